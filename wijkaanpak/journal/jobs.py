"""Jobs that survive: the row is written with its cause, the message is a doorbell, beat rings again.

A worker owns a job through a token with a lease. Each step renews the lease and stops when the
token is no longer its own, so a job that was taken over never has two effects.
"""

import logging
import uuid
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from kombu.exceptions import OperationalError

from wijkaanpak.celery import app
from wijkaanpak.journal import events
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Job

logger = logging.getLogger(__name__)
LEASE = timedelta(seconds=settings.JOB_LEASE_SECONDS)
ATTEMPTS = 3
HANDLERS: dict[str, Callable] = {}


class JobCancelled(Exception):
    """Somebody asked to stop, or another worker took over; the work leaves no effect."""


class JobRefused(Exception):
    """The job cannot succeed however often it is tried; the message is for the person who asked."""


def handles(kind):
    """Register a function that does jobs of this kind; it gets a `Run` and returns the result as a dict."""

    def register(function):
        HANDLERS[kind] = function
        return function

    return register


def enqueue(kind, *, key, payload=None, by=None, programme=None, total=0):
    """Store a job, or return the active one with the same kind and key; the bell rings after commit."""
    values = {
        "kind": kind, "key": str(key), "payload": payload or {}, "total": total,
        "programme_id": getattr(programme, "pk", programme),
        "requested_by_id": getattr(by, "pk", None), "requested_by_name": str(by or ""),
    }
    try:
        with transaction.atomic():
            job = Job.objects.create(**values)
    except IntegrityError:
        job = Job.objects.active().get(kind=kind, key=str(key))
    transaction.on_commit(partial(ring, job.pk), robust=True)
    return job


def round_of(kind, day=None):
    """Put the round of a day, today when none is given, in the job list; asked twice, there is one at a time."""
    name = (day or timezone.localdate()).isoformat()
    return enqueue(kind, key=name, payload={"today": name})


def ring(pk):
    """Tell a worker there is work; a broker that is away only delays it until beat rings again."""
    try:
        app.send_task("journal.run_job", args=[pk], retry=False)
    except OperationalError:
        logger.warning("broker away, job %s waits for the next round", pk)


class Run:
    """A claimed job: report progress through it, and do the effect inside `finishing()`."""

    def __init__(self, job):
        self.job = job

    @property
    def payload(self):
        return self.job.payload

    @property
    def day(self):
        """The day this is the round of."""
        return date.fromisoformat(self.payload["today"])

    def through(self, rows, message):
        """Yield each of the rows, and report that it comes next; raises JobCancelled as `step` does."""
        for done, row in enumerate(rows, start=1):
            self.step(done, len(rows), message)
            yield row

    def mine(self):
        return Job.objects.filter(pk=self.job.pk, token=self.job.token, state=JobState.RUNNING)

    def step(self, done, total=None, message=None):
        """Renew the lease and show progress; raises JobCancelled when stopped or taken over."""
        values = {"done": done, "lease_until": timezone.now() + LEASE}
        if total is not None:
            values["total"] = total
        if message is not None:
            values["message"] = str(message)[:300]
        if not self.mine().filter(cancel_requested=False).update(**values):
            raise JobCancelled

    @contextmanager
    def finishing(self, **result):
        """Do the effect in one transaction that ends with the job marked done.

        Yields the result dict to fill in. Raises JobCancelled, and undoes the effect, when the job
        was stopped or taken over meanwhile.
        """
        with transaction.atomic():
            if not self.mine().filter(cancel_requested=False).select_for_update().first():
                raise JobCancelled
            yield result
            _finish(self, JobState.DONE, result=result, done=F("total"))


def claim(pk):
    """Take a queued job, or a running one whose lease ran out; None when somebody else has it."""
    now = timezone.now()
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=now)
    token = uuid.uuid4()
    taken = Job.objects.filter(free, pk=pk, attempts__lt=ATTEMPTS).update(
        state=JobState.RUNNING, token=token, lease_until=now + LEASE, attempts=F("attempts") + 1, started_at=now
    )
    return Run(Job.objects.get(pk=pk)) if taken else None


def run(pk):
    """Claim and do a job; a handler ends with `with run.finishing()` around its effect.

    A fault of the code gives the job back for a later attempt and is raised for the log.
    """
    claimed = claim(pk)
    if claimed is None:
        return
    try:
        HANDLERS[claimed.job.kind](claimed)
    except JobCancelled:
        _finish(claimed, JobState.CANCELLED)
    except JobRefused as refusal:
        _finish(claimed, JobState.FAILED, error=str(refusal), result={"refused": True})
    except Exception as error:
        claimed.mine().update(error=repr(error)[:1000], lease_until=timezone.now())
        raise


def run_all():
    """Do every waiting job here and now, and those they ask for: for the example and for measuring."""
    while waiting := list(Job.objects.filter(state=JobState.QUEUED).order_by("pk").values_list("pk", flat=True)):
        for pk in waiting:
            run(pk)


def _finish(claimed, state, **values):
    claimed.mine().update(state=state, finished_at=timezone.now(), lease_until=None, token=None, **values)


@transaction.atomic
def cancel(job, *, by):
    """Ask a job to stop: a queued one stops at once, a running one at its next step. Says whether there was anything to stop."""
    now = timezone.now()
    mine = Job.objects.filter(pk=job.pk)
    stopped = mine.filter(state=JobState.QUEUED).update(state=JobState.CANCELLED, finished_at=now)
    asked = mine.filter(state=JobState.RUNNING, cancel_requested=False).update(cancel_requested=True)
    if stopped or asked:
        events.record("job.cancelled", about=job, by=by, programme=job.programme_id)
    return bool(stopped or asked)


def reconcile():
    """Ring for what was left lying; give up on jobs that were tried often enough or that nobody may finish."""
    lying = Job.objects.left_lying()
    over = {"finished_at": timezone.now(), "token": None, "lease_until": None}
    lying.filter(cancel_requested=True).update(state=JobState.CANCELLED, **over)
    hopeless = lying.filter(attempts__gte=ATTEMPTS)
    hopeless.filter(error="").update(error="stopped three times without finishing")
    hopeless.update(state=JobState.FAILED, **over)
    for pk in lying.values_list("pk", flat=True)[:200]:
        ring(pk)
