"""What the SQL concludes about a promise, and whom it asks for a word."""

import pytest

from ambitions import commitments
from ambitions.choices import Occasion, Report, Signal
from ambitions.models import Commitment
from tests.ambitions.factories import CommitmentFactory, ProgressUpdateFactory, in_days

pytestmark = pytest.mark.django_db


def signal(**values):
    CommitmentFactory(**values)
    return Commitment.objects.with_signal().get().signal


def spoken(days_ago, **values):
    made = CommitmentFactory(started=True, starts_on=in_days(-200), **values)
    ProgressUpdateFactory(commitment=made, days_ago=days_ago)
    return Commitment.objects.with_signal().get()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"late": True}, Signal.LATE),
        ({"started": True, "due_on": in_days(0)}, Signal.NONE),
        ({"silent": True}, Signal.SILENT),
        ({"agreed": True, "starts_on": in_days(-45)}, Signal.NONE),
        ({"agreed": True, "starts_on": in_days(-46)}, Signal.SILENT),
        ({"agreed": True, "starts_on": in_days(10)}, Signal.NONE),
        ({"agreed": True, "starts_on": in_days(-200), "due_on": in_days(-1)}, Signal.LATE),
        ({"starts_on": in_days(-200), "due_on": in_days(-1)}, ""),
        ({"kept": True, "starts_on": in_days(-200), "due_on": in_days(-1)}, ""),
    ],
)
def test_a_promise_without_word(values, expected):
    assert signal(**values) == expected


@pytest.mark.parametrize(("days_ago", "expected"), [(45, Signal.ON_TRACK), (46, Signal.SILENT)])
def test_silence_starts_with_the_last_word(days_ago, expected):
    assert spoken(days_ago).signal == expected


def test_a_word_before_the_start_does_not_make_it_silent():
    made = CommitmentFactory(agreed=True, starts_on=in_days(-10))
    ProgressUpdateFactory(commitment=made, days_ago=100)

    assert Commitment.objects.with_signal().get().signal == Signal.ON_TRACK


@pytest.mark.parametrize(("report", "expected"), [(Report.DELAYED, Signal.DELAYED), (Report.DONE, Signal.DELAYED), (Report.ON_TRACK, Signal.ON_TRACK)])
def test_the_last_word_counts(report, expected):
    made = CommitmentFactory(started=True)
    ProgressUpdateFactory(commitment=made, days_ago=9, report=Report.DELAYED)
    ProgressUpdateFactory(commitment=made, days_ago=1, report=report, sentence="Laatste woord.")

    found = Commitment.objects.with_signal().get()

    assert (found.signal, found.last_sentence) == (expected, "Laatste woord.")


def test_a_late_promise_stays_late_whatever_is_said():
    assert spoken(0, due_on=in_days(-1)).signal == Signal.LATE


def test_a_postponed_promise_is_not_late():
    made = CommitmentFactory(late=True, starts_on=in_days(-40))
    commitments.postpone(made, due_on=in_days(60), reason="Later.", by=made.owner)

    assert Commitment.objects.with_signal().get().signal == Signal.NONE


def test_days_are_counted():
    CommitmentFactory(late=True, due_on=in_days(-3), starts_on=in_days(-90))

    found = Commitment.objects.with_signal().get()

    assert (found.days_late, found.days_silent) == (3, 90)


def test_signals_of_many_are_one_query(django_assert_num_queries):
    CommitmentFactory.create_batch(3, silent=True)

    with django_assert_num_queries(1):
        assert {found.signal for found in Commitment.objects.with_signal()} == {Signal.SILENT}


@pytest.mark.parametrize(
    ("due_in", "expected"),
    [(15, None), (14, Occasion.BEFORE), (1, Occasion.BEFORE), (0, Occasion.DUE), (-13, Occasion.DUE), (-14, Occasion.AFTER)],
)
def test_a_word_is_asked_around_the_due_date(due_in, expected):
    CommitmentFactory(started=True, starts_on=in_days(-40), due_on=in_days(due_in))

    assert [found.occasion for found in Commitment.objects.asking_for_word()] == ([expected] if expected else [])


def test_a_word_is_asked_after_silence():
    made = CommitmentFactory(silent=True)

    found = Commitment.objects.asking_for_word().get()

    assert (found.occasion, found.occasion_on) == (Occasion.SILENT, made.starts_on)


@pytest.mark.parametrize(("days_ago", "asked"), [(6, False), (8, True)])
def test_nobody_is_asked_about_what_they_just_said(days_ago, asked):
    made = CommitmentFactory(late=True)
    ProgressUpdateFactory(commitment=made, days_ago=days_ago)

    assert Commitment.objects.asking_for_word().exists() == asked


@pytest.mark.parametrize("values", [{"kept": True}, {}])
def test_nothing_is_asked_about_what_is_not_in_force(values):
    CommitmentFactory(starts_on=in_days(-90), due_on=in_days(-3), **values)

    assert not Commitment.objects.asking_for_word().exists()


def test_a_promise_that_has_not_started_is_not_announced():
    CommitmentFactory(agreed=True, starts_on=in_days(3), due_on=in_days(10))

    assert not Commitment.objects.asking_for_word().exists()
