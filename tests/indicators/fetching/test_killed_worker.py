"""A real Celery worker is killed with -9 between two pages: the next one goes on there, and each page is asked once."""

import os
import signal

import pytest
from django.db import connection, transaction

from tests.indicators.fetching.asking import switch_on
from tests.journal.test_killed_worker import environment, wait_until, worker  # noqa: F401 a fixture
from wijkaanpak.indicators import catalogue
from wijkaanpak.indicators.fetching import keeping
from wijkaanpak.indicators.models import Edition, Release
from wijkaanpak.journal import jobs
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Job

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.slow]
NEXT = ["", *(f"&$skip={start}" for start in range(2, 12, 2))]
PAGES = {f"/ODataFeed/odata/84799NED/{part}?$format=json{skip}" for part in ("WijkenEnBuurten", "TypedDataSet") for skip in NEXT}


def kept():
    return [path for path in keeping.top().glob("*/*") if path.is_file()]


def has_some_pages():
    return Job.objects.filter(kind="indicators.fetch", state=JobState.RUNNING, done__gte=2).exists()


def waits_for_its_row():
    """Whether the worker kept a page and now wants to say so, which we hold up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted AND locktype IN ('transactionid', 'tuple')")
        return cursor.fetchone() is not None


def is_delivered():
    jobs.reconcile()
    return Release.objects.fetched().exists()


def test_a_worker_killed_between_two_pages_is_followed_by_one_that_goes_on_there(environment, settings, publisher):  # noqa: F811 the fixture
    own = environment | {"JOB_LEASE_SECONDS": "5", "FETCHING": "1", "CBS_URL": publisher.url, "MEDIA_ROOT": str(settings.MEDIA_ROOT)}
    catalogue.sync()
    publisher.shelf.page = 2
    publisher.fault("/odata/84799NED/", waits=0.2, times=99)
    with worker(own) as process:
        switch_on("cbs-v3", municipality="")
        wait_until(has_some_pages, own)
        with transaction.atomic():
            Job.objects.select_for_update().get(kind="indicators.fetch")
            wait_until(waits_for_its_row, own)
            os.killpg(process.pid, signal.SIGKILL)

    assert (0 < len(kept()) < len(PAGES), Edition.objects.count()) == (True, 0)
    with worker(own):
        wait_until(is_delivered, own)

    assert {address: publisher.times()[address] for address in PAGES} == dict.fromkeys(PAGES, 1)
    assert Edition.objects.count() == 2
