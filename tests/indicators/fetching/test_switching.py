"""Who is asked: only services that are switched on, in an installation that may fetch at all."""

import pytest
from django.core.exceptions import ValidationError

from tests.indicators.fetching.asking import switch_on, turned_on, work
from wijkaanpak.celery import app
from wijkaanpak.indicators.fetching import feeds, switching
from wijkaanpak.indicators.models import Feed
from wijkaanpak.indicators.tasks import look_everywhere
from wijkaanpak.journal.models import Event, Job

pytestmark = pytest.mark.django_db


def test_nothing_is_asked_while_no_service_is_switched_on(publisher):
    for slug in feeds.definitions():
        Feed.objects.create(slug=slug)

    look_everywhere()
    work()

    assert (publisher.asked, Job.objects.count()) == ([], 0)


def test_nothing_is_asked_in_an_installation_that_may_not_fetch(publisher, settings):
    settings.FETCHING = False

    switch_on("cbs-v3")
    look_everywhere()
    work()

    assert (publisher.asked, Job.objects.count()) == ([], 0)


def test_an_installation_may_not_fetch_unless_told_so(settings):
    assert settings.FETCHING is False


def test_a_job_that_waited_while_its_service_was_switched_off_asks_nothing(publisher):
    switch_on("cbs-v3")
    Feed.objects.update(is_on=False)

    work()

    assert publisher.asked == []


def test_every_service_that_is_on_is_asked_at_night(publisher):
    turned_on("cbs-v3", municipality="GM0202")
    turned_on("pdok", municipality="GM0202", since=2021)
    Feed.objects.create(slug="leefbaarometer")

    look_everywhere()
    work()

    assert (publisher.count("ODataCatalog") > 0, publisher.count("pdok") > 0, publisher.count("lbm3")) == (True, True, 0)


def test_the_schedule_looks_every_night():
    assert "indicators.look_everywhere" in [entry["task"] for entry in app.conf.beat_schedule.values()]


def test_switching_on_is_recorded_with_what_changed(publisher, analyst):
    switch_on("cbs-v3", by=analyst)

    event = Event.objects.get(kind="feed.changed")
    assert (event.actor_id, event.old["is_on"], event.new["is_on"]) == (analyst.pk, False, True)


def test_saving_without_a_change_asks_nothing_and_records_nothing(publisher, analyst):
    switch_on("cbs-v3", by=analyst)
    before = Event.objects.count(), Job.objects.count()

    switch_on("cbs-v3", by=analyst)

    assert (Event.objects.count(), Job.objects.count()) == before


def test_looking_at_a_service_that_is_off_is_refused(publisher, analyst):
    with pytest.raises(ValidationError) as caught:
        switching.look_now(Feed.objects.create(slug="cbs-v3"), by=analyst)

    assert caught.value.code == "off"


def test_asking_twice_makes_one_job(publisher, analyst):
    feed = turned_on("cbs-v3", municipality="GM0202")

    switching.look_now(feed, by=analyst)
    switching.look_now(feed, by=analyst)

    assert Job.objects.count() == 1


def test_there_is_nothing_to_stop_while_nothing_is_fetched(publisher, analyst):
    with pytest.raises(ValidationError) as caught:
        switching.stop(turned_on("cbs-v3"), by=analyst)

    assert caught.value.code == "idle"
