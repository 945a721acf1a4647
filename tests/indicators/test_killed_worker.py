"""A real Celery worker is killed with -9 while it reads figures in: nothing of it stays, and then it happens once."""

import pytest

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
