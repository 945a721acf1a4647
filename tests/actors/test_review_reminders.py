"""Who watches over a tension gets one mail for each day on which it is to be looked at again."""

import pytest

from actors import review_reminders, tensions
from tests.actors.factories import TensionFactory
from tests.ambitions.factories import in_days
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.journal import jobs
from wijkaanpak.journal.models import Mail
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


def run(today=None):
    job = review_reminders.plan(today)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job.result["mails"]


@pytest.mark.parametrize(("traits", "words"), [({}, "nog geen afspraak"), ({"agreed": True}, "Eerst bouwen, dan slopen.")])
def test_the_owner_is_told_that_the_day_has_come(programme, traits, words):
    tension = TensionFactory(programme=programme, due=True, **traits)
    TensionFactory(programme=programme)

    assert run() == 1
    assert Mail.objects.get().to == tension.owner.email
    assert words in Mail.objects.get().text


def test_a_day_is_told_once_and_the_next_day_of_review_again(programme):
    tension = TensionFactory(programme=programme, due=True)
    first = [run(), run(in_days(1)), run(in_days(40))]

    tensions.review(tension, sentence="Nog in gesprek.", review_on=in_days(30), by=tension.owner)

    assert first == [1, 0, 0]
    assert [run(in_days(29)), run(in_days(30)), run(in_days(31))] == [0, 1, 0]


@pytest.mark.parametrize("change", [{"memberships": "ended"}, {"account": "closed"}])
def test_the_coordinator_is_told_when_the_owner_is_gone(programme, change):
    tension = TensionFactory(programme=programme, due=True)
    coordinator = MembershipFactory(programme=programme, role=Role.COORDINATOR).user
    if "account" in change:
        type(coordinator).objects.filter(pk=tension.owner_id).update(is_active=False)
    else:
        tension.owner.memberships.update(role=Role.READER, programme=MembershipFactory().programme)

    run()

    assert Mail.objects.get().to == coordinator.email


def test_a_tension_without_anybody_to_tell_stops_nobody(programme):
    TensionFactory(programme=programme, due=True).owner.memberships.all().update(programme=MembershipFactory().programme)

    assert run() == 0
