"""Raw answers on disk: each page is asked once, and they do not stay for ever."""

import os
import time

import pytest

from tests.indicators.fetching.asking import fetch, fetch_again, switch_on, work
from wijkaanpak.indicators.fetching import keeping, running
from wijkaanpak.indicators.fetching.keeping import Kept
from wijkaanpak.indicators.models import Edition
from wijkaanpak.journal import jobs
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Job


def kept_files():
    return [path for path in keeping.top().glob("*/*") if path.is_file()]


def test_an_answer_comes_back_as_it_was():
    Kept(1).keep("http://a/", b"answer")

    assert (Kept(1).find("http://a/"), Kept(1).find("http://b/"), Kept(2).find("http://a/")) == (b"answer", None, None)


def test_an_answer_that_was_damaged_on_disk_is_not_used():
    Kept(1).keep("http://a/", b"answer")
    kept_files()[0].write_bytes(b"damaged")

    assert Kept(1).find("http://a/") is None


def test_old_answers_are_removed(settings):
    settings.FETCH_KEEP_DAYS = 14
    Kept(1).keep("http://old/", b"x")
    os.utime(kept_files()[0], (time.time() - 15 * 86_400,) * 2)
    Kept(2).keep("http://new/", b"y")

    keeping.tidy()

    assert (Kept(1).find("http://old/"), Kept(2).find("http://new/")) == (None, b"y")


def test_the_oldest_answers_go_when_there_are_too_many(settings):
    settings.FETCH_KEEP_MB = 1
    Kept(1).keep("http://old/", b"x" * 600_000)
    os.utime(kept_files()[0], (time.time() - 60,) * 2)
    Kept(1).keep("http://new/", b"y" * 600_000)

    keeping.tidy()

    assert Kept(1).find("http://old/") is None
    assert Kept(1).find("http://new/") is not None


@pytest.mark.django_db
@pytest.mark.usefixtures("indicators")
def test_pages_that_came_are_not_asked_again_after_a_failure(publisher):
    publisher.shelf.page = 5
    publisher.fault("TypedDataSet?$format=json&$skip=10", status=404)
    feed = fetch("cbs-v3", municipality="")
    before = publisher.count("TypedDataSet")

    fetch_again(feed)

    assert (before, publisher.count("TypedDataSet")) == (3, 4)
    assert Edition.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("indicators")
def test_a_job_that_is_stopped_between_two_pages_delivers_nothing_and_keeps_the_pages(publisher, monkeypatch, analyst):
    publisher.shelf.page = 5
    switch_on("cbs-v3", municipality="")
    jobs.run(Job.objects.get().pk)
    job = Job.objects.get(kind="indicators.fetch")
    keep = Kept.keep
    monkeypatch.setattr(running.Kept, "keep", lambda self, url, content: (keep(self, url, content), jobs.cancel(job, by=analyst)))

    work()

    job.refresh_from_db()
    assert (job.state, len(kept_files()), Edition.objects.count()) == (JobState.CANCELLED, 1, 0)
