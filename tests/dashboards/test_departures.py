"""An organisation leaves: everything open goes to another one or is dropped with a reason, all of it or nothing."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from actors import organisations
from actors.models import Organisation, Participation
from ambitions.choices import CommitmentState
from ambitions.models import Commitment
from dashboards import departures
from dashboards.choices import Departing
from dashboards.departures import Choice
from residents.models import ResidentInput
from tests.actors.factories import AgreementFactory, OrganisationFactory, RepresentativeFactory, TensionFactory
from tests.ambitions.factories import CommitmentFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.journal.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaver(programme):
    return RepresentativeFactory(in_programme=programme, organisation__name="Vertrekker").organisation


@pytest.fixture
def taker(programme):
    return RepresentativeFactory(in_programme=programme, organisation__name="Blijver").organisation


@pytest.fixture
def leave(programme, leaver, coordinator):
    """Leave with one choice for everything, or with another one for a kind."""

    def act(everything=None, **by_kind):
        chosen = {thing.key: by_kind.get(thing.kind.value, everything) for thing in departures.things(programme, leaver)}
        choices = {key: choice for key, choice in chosen.items() if choice}
        return departures.leave(programme, organisation=leaver, choices=choices, reason="Stopt in de wijk.", by=coordinator)

    return act


def one_of_everything(programme, leaver):
    CommitmentFactory(in_programme=programme, started=True, organisation=leaver, owner=leaver.representatives.get().user)
    ResidentInputFactory(programme=programme, handed_over=True, organisation=leaver)
    third = OrganisationFactory(in_programme=programme)
    AgreementFactory(programme=programme, organisations=[leaver, third])
    TensionFactory(programme=programme, organisations=[leaver, third])


def test_everything_open_is_found_and_what_ended_or_is_of_others_is_not(programme, leaver):
    one_of_everything(programme, leaver)
    CommitmentFactory(in_programme=programme, kept=True, organisation=leaver)
    AgreementFactory(programme=programme, past=True, organisations=[leaver, OrganisationFactory()])
    TensionFactory(programme=programme, agreed=True, organisations=[leaver, OrganisationFactory()])
    AgreementFactory(programme=programme)
    CommitmentFactory(started=True, organisation=leaver)

    assert [thing.kind for thing in departures.things(programme, leaver)] == list(Departing)
    assert departures.count(programme, leaver) == len(Departing)


@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_open_is_read_in_a_constant_number_of_queries(programme, leaver, rows, django_assert_num_queries):
    for _number in range(rows):
        one_of_everything(programme, leaver)

    with django_assert_num_queries(5):
        assert len(departures.things(programme, leaver)) == rows * len(Departing)


def test_another_organisation_takes_everything_over(programme, leaver, taker, leave):
    one_of_everything(programme, leaver)

    leave(Choice(taker))

    commitment, said = Commitment.objects.get(), ResidentInput.objects.get()
    assert (commitment.organisation, commitment.owner, said.organisation) == (taker, taker.representatives.get().user, taker)
    assert departures.count(programme, leaver) == 0
    assert departures.count(programme, taker) == len(Departing)


def test_who_takes_over_gets_one_mail_about_all_of_it(programme, leaver, taker, leave):
    one_of_everything(programme, leaver)

    leave(Choice(taker))

    mail = Mail.objects.get(purpose="participation.ended")
    assert mail.to == taker.representatives.get().user.email
    assert mail.text.count("\n- ") == len(Departing)


def test_what_nobody_takes_over_is_dropped_with_its_reason(programme, leaver, taker, leave):
    one_of_everything(programme, leaver)

    leave(Choice(None, "Niemand kan dit."), input=Choice(taker))

    commitment = Commitment.objects.get()
    assert (commitment.state, commitment.end_reason) == (CommitmentState.DROPPED, "Niemand kan dit.")
    assert programme.agreements.get().end_reason == "Niemand kan dit."
    assert programme.tensions.get().agreement == "Niemand kan dit."


def test_an_agreement_and_a_tension_of_three_go_on_between_the_others(programme, leaver, leave):
    three = [leaver, OrganisationFactory(in_programme=programme), OrganisationFactory(in_programme=programme)]
    agreement, tension = AgreementFactory(programme=programme, organisations=three), TensionFactory(programme=programme, organisations=three)

    leave(Choice(None, "Gaat verder zonder."))

    assert set(Organisation.objects.filter(pk__in=agreement.parties.present().values("organisation"))) == set(three[1:])
    assert (set(tension.organisations.all()), programme.tensions.get().is_open) == (set(three[1:]), True)


@pytest.mark.parametrize(("choice", "code"), [(None, "no_successor"), (Choice(None, " "), "no_reason")])
def test_nothing_changes_when_one_thing_has_no_owner_and_no_reason(programme, leaver, taker, leave, choice, code):
    one_of_everything(programme, leaver)

    with pytest.raises(ValidationError) as refusal:
        leave(Choice(taker), tension=choice)

    assert refusal.value.code == code
    assert departures.count(programme, leaver) == len(Departing)


def test_a_resident_who_waits_is_never_dropped(programme, leaver, taker, leave):
    one_of_everything(programme, leaver)

    with pytest.raises(ValidationError) as refusal:
        leave(Choice(taker), input=Choice(None, "Niemand heeft tijd."))
    assert refusal.value.code == "no_successor"


def test_nothing_goes_to_an_organisation_for_which_nobody_speaks(programme, leaver, leave):
    one_of_everything(programme, leaver)

    with pytest.raises(ValidationError) as refusal:
        leave(Choice(OrganisationFactory(in_programme=programme)))
    assert refusal.value.code == "no_successor"


def test_leaving_any_other_way_is_refused_while_something_is_open(programme, leaver, coordinator):
    one_of_everything(programme, leaver)

    with pytest.raises(ValidationError) as refusal:
        organisations.leave(programme, organisation=leaver, reason="Weg.", by=coordinator)
    assert refusal.value.code == "in_hand"


@pytest.mark.parametrize("kind", list(Departing))
def test_the_database_refuses_what_the_code_would_forget(programme, leaver, taker, leave, kind):
    one_of_everything(programme, leaver)
    others = {Departing.COMMITMENT: Commitment.objects, Departing.INPUT: ResidentInput.objects}
    for other, rows in others.items():
        if other != kind:
            rows.filter(organisation=leaver).update(organisation=taker)
    if kind != Departing.AGREEMENT:
        programme.agreements.get().parties.filter(organisation=leaver).update(until=timezone.localdate())
    if kind != Departing.TENSION:
        programme.tensions.get().organisations.set([taker, OrganisationFactory()])

    assert [thing.kind for thing in departures.things(programme, leaver)] == [kind]
    with pytest.raises(IntegrityError, match="open things"), transaction.atomic():
        Participation.objects.filter(programme=programme, organisation=leaver).update(until=timezone.localdate())


def test_the_page_lists_what_is_open_and_passes_it_on(client, programme, leaver, taker, coordinator):
    one_of_everything(programme, leaver)
    client.force_login(coordinator)
    address = reverse("dashboards:partner_leave", args=[programme.slug, leaver.pk])
    page = client.get(address).content.decode()

    answer = client.post(address, {"reason": "Stopt.", "everything": taker.pk})

    assert Commitment.objects.get().what in page
    assert (answer.status_code, Commitment.objects.get().organisation) == (302, taker)
    assert leaver not in Organisation.objects.in_programme(programme)


def test_what_is_missing_is_asked_and_nothing_typed_is_lost(client, programme, leaver, taker, coordinator):
    one_of_everything(programme, leaver)
    client.force_login(coordinator)
    dropped = {f"commitment-{Commitment.objects.get().pk}": 0}

    answer = client.post(reverse("dashboards:partner_leave", args=[programme.slug, leaver.pk]), {"reason": "Wij stoppen hier.", "everything": taker.pk, **dropped})

    assert answer.status_code == 422
    assert "Wij stoppen hier." in answer.content.decode()
    assert "Zeg waarom dit vervalt" in answer.content.decode()
