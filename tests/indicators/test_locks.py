"""Locked periods: the database refuses every change, imports are refused in time, and opening has a reason."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from tests.accounts.factories import UserFactory
from tests.indicators.excerpts import excerpt
from tests.indicators.factories import ObservationFactory
from wijkaanpak.indicators import editions, locks
from wijkaanpak.indicators.choices import EditionState
from wijkaanpak.indicators.models import Observation, PeriodLock
from wijkaanpak.journal import jobs
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db
FIRST = "kwb-2020-typed-first.csv"
INSERT = "INSERT INTO indicators_observation (indicator_id, period, area_id, value, status, edition_id) SELECT indicator_id, {period}, area_id, value, status, edition_id FROM indicators_observation LIMIT 1"


def lock(first=202001, last=202012):
    return locks.lock(first=first, last=last, reason="Het raadsverslag rust erop.", by=UserFactory(name="Analist"))


def refused(statement):
    """Run raw SQL and say whether the database refused it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError as error:
        return "are locked" in str(error)
    return False


def test_raw_sql_cannot_change_delete_or_add_figures_of_a_locked_year():
    ObservationFactory(period=2020)
    lock()

    assert refused("UPDATE indicators_observation SET value = 1")
    assert refused("UPDATE indicators_observation SET period = 2021")
    assert refused("DELETE FROM indicators_observation")
    assert refused(INSERT.format(period=202005))
    assert list(Observation.objects.values_list("period", "value")) == [(2020, 10)]


def test_figures_cannot_be_moved_into_a_locked_year_and_others_stay_free():
    ObservationFactory(period=2019)
    lock()

    assert refused("UPDATE indicators_observation SET period = 2020")
    assert refused(INSERT.format(period=2020))
    assert not refused("UPDATE indicators_observation SET value = 3")
    assert not refused(INSERT.format(period=202101))


def test_some_months_lock_those_months_and_not_the_year():
    ObservationFactory(period=202003)
    lock(first=202001, last=202003)

    assert refused("UPDATE indicators_observation SET value = 1")
    assert not refused(INSERT.format(period=202004))
    assert not refused(INSERT.format(period=2020))


def test_opening_needs_a_reason_is_logged_and_lets_changes_in():
    ObservationFactory(period=2020)
    made = lock()

    locks.unlock(made, reason="Het CBS heeft een fout hersteld.", by=UserFactory())

    assert not refused("UPDATE indicators_observation SET value = 1")
    assert [event.kind for event in Event.objects.about(made).order_by("pk")] == ["figures.locked", "figures.unlocked"]
    with pytest.raises(ValidationError) as error:
        locks.unlock(made, reason="Nog eens.", by=UserFactory())
    assert error.value.code == "open"


def test_a_lock_cannot_be_deleted_nor_opened_without_a_reason():
    lock()

    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodLock.objects.all()._raw_delete("default")
    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodLock.objects.update(unlocked_at="2026-01-01T00:00Z")


def test_a_delivery_for_a_locked_year_is_refused_with_the_reason(analyst, indicators):
    edition = editions.receive(excerpt(FIRST), name="kwb.csv", by=analyst)
    lock()

    with pytest.raises(ValidationError) as error:
        editions.confirm(edition, year=2020, by=analyst)

    assert error.value.code == "locked"
    assert "Het raadsverslag rust erop." in error.value.message
    assert editions.confirm(edition, year=2019, by=analyst).state == EditionState.LOADING


def test_areas_without_figures_come_in_whatever_is_locked(analyst, indicators):
    lock()

    assert editions.bring_in(excerpt("names-2020.json"), name="names-2020.json", year=2020, by=analyst).state == EditionState.LOADED


def test_a_job_that_finds_the_year_locked_fails_with_the_reason_and_changes_nothing(analyst, indicators):
    edition = editions.receive(excerpt(FIRST), name="kwb.csv", by=analyst)
    editions.confirm(edition, year=2020, by=analyst)
    lock()

    job = editions.latest_job(edition)
    jobs.run(job.pk)

    job.refresh_from_db()
    edition.refresh_from_db()
    assert (job.state, edition.state, Observation.objects.count()) == (JobState.FAILED, EditionState.FAILED, 0)
    assert "Het raadsverslag rust erop." in edition.problem


def test_a_delivery_of_a_locked_year_cannot_be_undone(analyst, indicators):
    edition = editions.bring_in(excerpt(FIRST), name="kwb.csv", year=2020, by=analyst)
    lock()

    with pytest.raises(ValidationError) as error:
        editions.undo(edition, by=analyst)

    assert error.value.code == "locked"


def test_the_preview_says_that_the_year_is_locked_and_the_form_refuses_it(client, analyst, indicators):
    edition = editions.receive(excerpt(FIRST), name="kwb-2020.csv", by=analyst)
    lock()
    client.force_login(analyst)

    page = client.get(reverse("indicators:edition_detail", args=[edition.pk])).content.decode()
    answer = client.post(reverse("indicators:edition_confirm", args=[edition.pk]), {"year": 2020, "status": 1, "sure": "on"})

    assert "De cijfers van 2020 staan vast" in page
    assert answer.status_code == 422
    assert "De cijfers van 2020 staan vast" in answer.content.decode()


def test_an_analyst_locks_and_opens_on_one_page(client, analyst):
    client.force_login(analyst)

    client.post(reverse("indicators:lock_list"), {"year": 2020, "reason": "Raadsverslag."})
    made = PeriodLock.objects.get()
    silent = client.post(reverse("indicators:lock_open", args=[made.pk]), {"reason": ""})
    was = PeriodLock.objects.get().is_in_force
    client.post(reverse("indicators:lock_open", args=[made.pk]), {"reason": "Herziening."})

    assert (made.first, made.last, made.locked_by, silent.status_code, was) == (202001, 202012, analyst, 302, True)
    assert PeriodLock.objects.get().unlock_reason == "Herziening."


def test_months_in_the_wrong_order_are_refused(client, analyst):
    client.force_login(analyst)

    answer = client.post(reverse("indicators:lock_list"), {"year": 2020, "first_month": 5, "last_month": 2, "reason": "Raadsverslag."})

    assert (answer.status_code, PeriodLock.objects.count()) == (422, 0)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_lists_every_lock_in_a_constant_number_of_queries(client, analyst, rows, django_assert_num_queries):
    for number in range(rows):
        lock(first=200001 + number * 100, last=200012 + number * 100)
    client.force_login(analyst)

    with django_assert_num_queries(4):
        page = client.get(reverse("indicators:lock_list")).content.decode()

    assert page.count("Het raadsverslag rust erop.") == rows
