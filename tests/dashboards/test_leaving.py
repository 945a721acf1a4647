"""What would be lost if an organisation left: every kind of loss, and looking changes nothing."""

import hashlib
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboards import leaving
from dashboards.choices import Cover
from residents.models import InputLink
from tests.actors.factories import OrganisationFactory, ParticipationFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, DependencyFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def partner(programme):
    return OrganisationFactory(in_programme=programme, name="Woonstichting Voorbeeld")


@pytest.fixture
def ambition(programme):
    return AmbitionFactory(programme=programme, adopted=True)


def cover(programme, partner):
    return [(loss.ambition, loss.cover, loss.remaining) for loss in leaving.losses(programme, partner)]


@pytest.mark.parametrize(("others", "expected"), [(0, [Cover.NONE]), (1, [Cover.ONE]), (2, [])])
def test_an_ambition_loses_cover_when_fewer_than_two_others_remain(programme, partner, ambition, others, expected):
    CommitmentFactory.create_batch(2, ambition=ambition, organisation=partner, started=True)
    CommitmentFactory.create_batch(others, ambition=ambition, started=True)
    CommitmentFactory(ambition=ambition, not_kept=True)

    assert [found for _ambition, found, _names in cover(programme, partner)] == expected


def test_an_ambition_without_this_organisation_loses_nothing(programme, partner, ambition):
    CommitmentFactory(ambition=ambition, started=True)

    assert cover(programme, partner) == []


def test_whoever_left_already_is_no_cover(programme, partner, ambition):
    CommitmentFactory(ambition=ambition, organisation=partner, started=True)
    gone = OrganisationFactory()
    ParticipationFactory(programme=programme, organisation=gone, since="2020-01-01", until="2021-01-01")
    CommitmentFactory(ambition=ambition, organisation=gone, started=True)

    assert cover(programme, partner) == [(ambition, Cover.NONE, [])]


def test_only_open_promises_of_others_break(programme, partner, ambition):
    own = CommitmentFactory(ambition=ambition, organisation=partner, started=True)
    other = DependencyFactory(on=own, commitment=CommitmentFactory(ambition=ambition, started=True))
    DependencyFactory(on=own, commitment=CommitmentFactory(ambition=ambition, organisation=partner, started=True))
    DependencyFactory(on=own, commitment=CommitmentFactory(ambition=ambition, kept=True))
    DependencyFactory(on=CommitmentFactory(ambition=ambition, organisation=partner, kept=True), commitment=other.commitment)

    assert [wait.dependency for wait in leaving.simulate(programme, partner).waits] == [other]


def test_inputs_are_counted_once_and_linked(programme, partner, ambition):
    promise = CommitmentFactory(ambition=ambition, organisation=partner, started=True)
    inputs = [ResidentInputFactory(programme=programme, handed_over=True, organisation=partner) for _ in range(2)]
    for said in inputs:
        InputLink.objects.create(input=said, commitment=promise, linked_by=promise.owner)

    found = leaving.simulate(programme, partner)

    assert [(voices.commitment, voices.inputs) for voices in found.voices] == [(promise, sorted(said.pk for said in inputs))]
    assert found.to_answer == 2


def test_money_and_hours_are_those_of_running_promises_and_unknown_is_not_zero(programme, partner, ambition):
    CommitmentFactory(ambition=ambition, organisation=partner, started=True, euro=Decimal("10.01"))
    CommitmentFactory(ambition=ambition, organisation=partner, started=True, euro=Decimal("0.99"))
    CommitmentFactory(ambition=ambition, organisation=partner, kept=True, euro=500, hours=3)

    found = leaving.simulate(programme, partner)

    assert (found.euro.total.total, found.hours.total.total, found.hours.total.without) == (Decimal("11.00"), None, 2)


@pytest.fixture
def coordinator(programme):
    browser = Client()
    browser.force_login(MembershipFactory(programme=programme, role=Role.COORDINATOR).user)
    return browser


@pytest.fixture
def address(programme):
    return reverse("dashboards:exit_simulation", args=[programme.slug])


def everything():
    """A fingerprint of every row of every table but the sessions."""
    models = [model for model in apps.get_models() if model._meta.managed and model._meta.app_label not in {"sessions", "usersessions"}]
    rows = {model._meta.label: sorted(map(str, model.objects.values_list())) for model in models if hasattr(model, "objects")}
    return {label: hashlib.sha256("\n".join(found).encode()).hexdigest() for label, found in rows.items()}


def test_looking_writes_nothing(coordinator, programme, partner, ambition, address):
    own = CommitmentFactory(ambition=ambition, organisation=partner, started=True, euro=5)
    DependencyFactory(on=own, commitment=CommitmentFactory(ambition=ambition, started=True))
    InputLink.objects.create(input=ResidentInputFactory(programme=programme), commitment=own, linked_by=own.owner)
    before = everything()

    with CaptureQueriesContext(connection) as asked:
        page = coordinator.get(address, {"organisatie": partner.pk}).content.decode()

    assert "er blijft één organisatie over" in page
    assert everything() == before
    assert {query["sql"].split()[0] for query in asked.captured_queries} <= {"SELECT", "DECLARE"}  # a cursor to read


@pytest.mark.parametrize("rows", [1, 10])
def test_the_page_takes_constant_queries(coordinator, programme, partner, address, rows, django_assert_num_queries):
    for _number in range(rows):
        own = CommitmentFactory(ambition=AmbitionFactory(programme=programme, adopted=True), organisation=partner, started=True)
        DependencyFactory(on=own, commitment=CommitmentFactory(ambition=own.ambition, started=True))
        InputLink.objects.create(input=ResidentInputFactory(programme=programme), commitment=own, linked_by=own.owner)

    with django_assert_num_queries(13):
        response = coordinator.get(address, {"organisatie": partner.pk})

    assert len(response.context["found"].promises) == rows


def test_without_a_choice_one_chooses_and_a_stranger_is_no_choice(coordinator, address):
    assert "Er gaat niets verloren" not in coordinator.get(address).content.decode()
    assert coordinator.get(address, {"organisatie": OrganisationFactory().pk}).status_code == 422


def test_a_partner_without_promises_loses_nothing(coordinator, partner, address):
    assert "Er gaat niets verloren" in coordinator.get(address, {"organisatie": partner.pk}).content.decode()
