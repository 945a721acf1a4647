"""A real Celery worker is killed with -9 and Redis is emptied: everything still happens, once."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.journal.factories import MailFactory
from wijkaanpak.journal import jobs
from wijkaanpak.journal.choices import JobState, MailState
from wijkaanpak.journal.models import Event, Job, Mail
from wijkaanpak.journal.tasks import deliver_mails

JOBS, MAILS = 12, 5
pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.slow]


@pytest.fixture
def environment(tmp_path):
    own = {
        "DATABASE_URL": urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
        "REDIS_URL": settings.REDIS_URL,
        "JOB_LEASE_SECONDS": "1",
        "EMAIL_BACKEND": "tests.journal.counting.SlowBackend",
        "MAILS_FILE": str(tmp_path / "mails"),
        "WORKER_LOG": str(tmp_path / "log"),
        "C_FORCE_ROOT": "1",
    }
    return os.environ | own


@contextmanager
def worker(environment):
    """Run a worker with two processes; leaving kills all of it with -9."""
    command = ["-m", "celery", "-A", "wijkaanpak", "--quiet", "worker", "--concurrency", "2", "--include", "tests.journal.counting"]
    with Path(environment["WORKER_LOG"]).open("a") as log:
        process = subprocess.Popen(
            [sys.executable, *command, "--loglevel", "ERROR", "--without-gossip", "--without-mingle"],
            cwd=settings.BASE_DIR,
            env=environment,
            start_new_session=True,
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def wait_until(condition, environment, *, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(Path(environment["WORKER_LOG"]).read_text() or "the worker said nothing")
        time.sleep(0.1)


def counted():
    return list(Event.objects.filter(kind="test.counted").values_list("subject_id", flat=True))


def all_done():
    jobs.reconcile()  # what beat does every five seconds
    return not Job.objects.exclude(state=JobState.DONE).exists() and not Mail.objects.exclude(state=MailState.SENT).exists()


def make_stuck_mails_look_old():
    Mail.objects.filter(state=MailState.SENDING).update(claimed_at=timezone.now() - timedelta(minutes=6))


def test_everything_happens_once(environment, tmp_path):
    with worker(environment):
        MailFactory.create_batch(MAILS)
        deliver_mails.delay()
        made = [jobs.enqueue("test.slowly", key=number) for number in range(JOBS)]
        wait_until(lambda: counted() and Mail.objects.filter(state=MailState.SENT).exists(), environment)

    assert len(counted()) < JOBS
    assert Mail.objects.filter(state=MailState.QUEUED).exists()
    redis.Redis.from_url(settings.CACHES["default"]["LOCATION"]).flushall()
    make_stuck_mails_look_old()
    with worker(environment):
        deliver_mails.delay()
        wait_until(all_done, environment)

    assert sorted(counted()) == [job.pk for job in made]
    sent = (tmp_path / "mails").read_text().split()
    assert len(sent) == len(set(sent)) == MAILS
