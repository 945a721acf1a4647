"""A real Celery worker is killed with -9 while it reads figures in or undoes that: nothing of it stays, and then it happens once."""

import pytest
from django.db import connection, transaction

from tests.indicators.excerpts import excerpt
from tests.journal.test_killed_worker import environment, wait_until, worker  # noqa: F401 a fixture
from wijkaanpak.indicators import catalogue, editions
from wijkaanpak.indicators.choices import EditionState
from wijkaanpak.indicators.models import Edition, Observation
from wijkaanpak.journal import jobs
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Event, Job
from wijkaanpak.neighbourhoods.models import Area

AREAS = 6000
pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.slow]


def many_areas():
    """A file as large as half of the country, so that reading it in takes a while."""
    heading, *_rest = lines = excerpt("kwb-2020-typed-first.csv").split(b"\n")
    example = next(line for line in lines if b'"BU05180703"' in line)
    return b"\n".join([heading, *(example.replace(b"BU05180703", b"BU%08d" % number) for number in range(AREAS))]) + b"\n"


def is_half_way():
    return Job.objects.filter(kind="indicators.load", state=JobState.RUNNING, done__gt=0).exists()


def is_loaded():
    jobs.reconcile()  # what beat does every five seconds
    return Edition.objects.filter(state=EditionState.LOADED).exists()


def test_a_worker_killed_while_reading_in_leaves_nothing_and_it_happens_once(environment, settings, analyst):  # noqa: F811 the fixture
    own = environment | {"MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    catalogue.sync()
    edition = editions.receive(many_areas(), name="kwb-2020.csv", by=analyst)
    with worker(own):
        editions.confirm(edition, year=2020, by=analyst)
        wait_until(is_half_way, own)

    assert not Observation.objects.exists()
    assert not Area.objects.exists()
    with worker(own):
        wait_until(is_loaded, own)

    edition.refresh_from_db()
    assert Observation.objects.count() == edition.result["new"] == edition.preview["observations"]
    assert Event.objects.filter(kind="edition.loaded").count() == 1


def is_waiting_for_a_row():
    """Whether the worker got to the areas, the last step of undoing: in its transaction the figures are gone by then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
        return cursor.fetchone() is not None


def is_undone():
    jobs.reconcile()
    return Edition.objects.filter(state=EditionState.UNDONE).exists()


def test_a_worker_killed_while_undoing_leaves_the_delivery_as_it_was_and_it_happens_once(environment, settings, analyst):  # noqa: F811 the fixture
    own = environment | {"MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    edition = editions.bring_in(excerpt("kwb-2020-typed-first.csv"), name="kwb-2020.csv", year=2020, by=analyst)
    before = Observation.objects.count()
    editions.undo(edition, by=analyst)
    with transaction.atomic():
        Area.objects.select_for_update().first()
        with worker(own):
            wait_until(is_waiting_for_a_row, own)

    edition.refresh_from_db()
    assert (edition.state, Observation.objects.count()) == (EditionState.LOADED, before)
    with worker(own):
        wait_until(is_undone, own)

    assert not Observation.objects.exists()
    assert Event.objects.filter(kind="edition.undone").count() == 1
