"""Jobs happen once, whatever happens to the worker that does them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.accounts.factories import UserFactory
from tests.journal.factories import JobFactory
from wijkaanpak.celery import app
from wijkaanpak.journal import events, jobs
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Event, Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def handler(monkeypatch):
    """Let a function do the jobs of kind "test.count": `handler(function)`."""
    return lambda function: monkeypatch.setitem(jobs.HANDLERS, "test.count", function)


@pytest.fixture
def bells(monkeypatch):
    rung = []
    monkeypatch.setattr(app, "send_task", lambda name, args, **options: rung.append(args[0]))
    return rung


def count(run):
    run.step(1, 2, "half")
    finish(run)


def finish(run):
    with run.finishing() as result:
        events.record("test.counted", about=run.job)
        result["counted"] = 2


def effects():
    return Event.objects.filter(kind="test.counted").count()


def abandon(job):
    """Make a job look like its worker was killed."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_enqueueing_rings_only_after_commit(bells, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.enqueue("test.count", key="1", payload={"id": 3}, by=UserFactory(name="Ada"))
        assert bells == []

    assert bells == [job.pk]
    assert (job.state, job.payload, job.requested_by_name) == (JobState.QUEUED, {"id": 3}, "Ada")


def test_the_same_key_is_queued_once():
    first = jobs.enqueue("test.count", key="1")
    second = jobs.enqueue("test.count", key="1")
    other = jobs.enqueue("test.count", key="2")

    assert first == second
    assert other != first


def test_a_finished_key_can_be_queued_again():
    first = JobFactory(key="1", state=JobState.DONE)

    assert jobs.enqueue("test.count", key="1") != first


def test_a_broker_that_is_away_only_delays(monkeypatch, django_capture_on_commit_callbacks, caplog):
    with app.connection_for_write("redis+socket:///nowhere/redis.sock") as away:
        monkeypatch.setattr(app, "connection_for_write", lambda *args, **kwargs: away)
        monkeypatch.setattr(app.amqp, "_producer_pool", None)
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.enqueue("test.count", key="1")

    assert f"broker away, job {job.pk} waits" in caplog.text
    assert Job.objects.left_lying().get() == job


def test_a_job_is_done_and_shows_its_result(handler):
    handler(count)
    job = JobFactory(total=2)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.result, job.message, job.token) == (JobState.DONE, 2, {"counted": 2}, "half", None)
    assert effects() == 1


def test_ringing_twice_does_the_job_once(handler):
    handler(count)
    job = JobFactory()

    jobs.run(job.pk)
    jobs.run(job.pk)

    assert effects() == 1


def test_a_running_job_belongs_to_its_worker(handler):
    handler(count)
    job = JobFactory(running=True)

    jobs.run(job.pk)

    assert effects() == 0


def test_a_job_of_a_killed_worker_is_taken_over(handler):
    handler(count)
    job = JobFactory(running=True, attempts=1)
    abandon(job)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_each_step_renews_the_lease():
    job = JobFactory()
    run = jobs.claim(job.pk)
    abandon(job)

    run.step(5, 10)

    job.refresh_from_db()
    assert job.lease_until > timezone.now() + jobs.LEASE / 2
    assert (job.done, job.total) == (5, 10)


def test_a_worker_that_was_taken_over_stops_at_its_next_step():
    job = JobFactory()
    slow = jobs.claim(job.pk)
    abandon(job)
    jobs.claim(job.pk)

    with pytest.raises(jobs.JobCancelled):
        slow.step(1)


def test_a_worker_that_was_taken_over_has_no_effect():
    job = JobFactory()
    slow = jobs.claim(job.pk)
    abandon(job)
    finish(jobs.claim(job.pk))

    with pytest.raises(jobs.JobCancelled):
        finish(slow)

    assert effects() == 1


def test_a_job_cancelled_before_its_effect_has_none():
    job = JobFactory()
    run = jobs.claim(job.pk)
    jobs.cancel(job, by=UserFactory())

    with pytest.raises(jobs.JobCancelled):
        finish(run)

    assert effects() == 0


def test_a_cancelled_queued_job_never_starts(handler):
    handler(count)
    job = JobFactory()

    assert jobs.cancel(job, by=UserFactory())

    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, effects()) == (JobState.CANCELLED, 0)


def test_a_cancelled_running_job_stops_at_its_next_step(handler):
    by = UserFactory()

    def cancelled_meanwhile(run):
        jobs.cancel(run.job, by=by)
        count(run)

    handler(cancelled_meanwhile)
    job = JobFactory()
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, effects()) == (JobState.CANCELLED, 0)
    assert Event.objects.about(job).get().actor_name == by.name


def test_cancelling_during_the_effect_undoes_it(handler):
    def cancelled_late(run):
        with run.finishing():
            events.record("test.counted", about=run.job)
            raise jobs.JobCancelled

    handler(cancelled_late)
    job = JobFactory()
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, effects()) == (JobState.CANCELLED, 0)


def test_a_job_cancelled_under_a_killed_worker_is_not_tried_again(bells):
    job = JobFactory(running=True, cancel_requested=True)
    abandon(job)

    jobs.reconcile()

    job.refresh_from_db()
    assert (job.state, bells) == (JobState.CANCELLED, [])


def test_cancelling_what_is_over_changes_nothing():
    job = JobFactory(state=JobState.DONE)

    assert not jobs.cancel(job, by=UserFactory())
    assert not Event.objects.about(job).exists()


def test_a_refused_job_says_why_and_is_not_tried_again(handler):
    def refuse(run):
        raise jobs.JobRefused("This file is empty.")

    handler(refuse)
    job = JobFactory()
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "This file is empty.")


def test_a_poison_job_fails_after_three_attempts(handler, bells):
    def poison(run):
        raise ZeroDivisionError("by zero")

    handler(poison)
    job = JobFactory()
    for _attempt in range(jobs.ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            jobs.run(job.pk)
    jobs.reconcile()

    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == (JobState.FAILED, "ZeroDivisionError('by zero')", 3)
    assert bells == []


def test_a_job_that_kills_its_worker_fails_after_three_attempts(bells):
    job = JobFactory(running=True, attempts=jobs.ATTEMPTS)
    abandon(job)

    jobs.reconcile()

    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "stopped three times without finishing")


def test_what_was_left_lying_is_rung_again(bells):
    queued, silent = JobFactory(), JobFactory(running=True)
    JobFactory(running=True)
    JobFactory(run_after=timezone.now() + timedelta(hours=1))
    JobFactory(state=JobState.DONE)
    abandon(silent)

    jobs.reconcile()

    assert sorted(bells) == [queued.pk, silent.pk]
