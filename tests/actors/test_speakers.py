"""Who is asked in the name of an organisation, also while somebody is away."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from actors import representatives, speakers
from ambitions import reminders
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import CommitmentFactory, in_days
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return RepresentativeFactory()


@pytest.fixture
def deputy(chief):
    RepresentativeFactory(organisation=chief.organisation)
    return RepresentativeFactory(organisation=chief.organisation, is_deputy=True)


def asked(chief):
    return speakers.in_place_of(chief.user, speakers.in_order([chief.organisation])[chief.organisation_id])


@pytest.mark.parametrize(("days", "away"), [(5, True), (1, True), (0, False), (-5, False), (None, False)])
def test_the_deputy_is_asked_until_the_first_day_back(chief, deputy, days, away):
    chief.away_until = None if days is None else in_days(days)
    chief.save()

    assert asked(chief) == (deputy if away else chief)


def test_who_is_away_is_asked_when_nobody_else_can_be(chief):
    representatives.say_away(chief, until=in_days(5), by=chief.user)

    assert (asked(chief), speakers.first(chief.organisation)) == (chief, chief)


def test_a_colleague_is_asked_first_while_somebody_is_away(chief, deputy):
    representatives.say_away(chief, until=in_days(5), by=chief.user)

    assert not speakers.first(chief.organisation).is_deputy
    assert speakers.first(chief.organisation) != chief


def test_a_reminder_goes_to_the_deputy_of_an_owner_who_is_away():
    promise = CommitmentFactory(late=True)
    deputy = RepresentativeFactory(organisation=promise.organisation, is_deputy=True)
    before = list(reminders.recipients([promise]))

    representatives.say_away(promise.organisation.representatives.get(user=promise.owner), until=in_days(9), by=promise.owner)

    assert (before, list(reminders.recipients([promise]))) == ([promise.owner], [deputy.user])


@pytest.mark.parametrize(("days", "code"), [(0, "past"), (400, "too_far")])
def test_a_day_that_cannot_be_is_refused(chief, days, code):
    with pytest.raises(ValidationError) as refusal:
        representatives.say_away(chief, until=in_days(days), by=chief.user)
    assert refusal.value.code == code


def test_somebody_says_it_on_the_page_of_the_own_organisation(browser_of, programme, partner):
    browser = browser_of("own")
    person = partner.representatives.get()
    address = reverse("actors:representative_away", args=[programme.slug, partner.pk, person.pk])

    answers = [browser.post(address, {"until": day}).status_code for day in (in_days(-1).isoformat(), in_days(9).isoformat(), "")]

    assert answers == [422, 302, 302]
    assert set(Event.objects.about(partner).values_list("kind", flat=True)) >= {"representative.away", "representative.back"}
