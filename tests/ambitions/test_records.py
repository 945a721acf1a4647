"""What became of the promises: judged against the first and against the last agreed date."""

import datetime

import pytest
from django.utils import timezone

from ambitions import records
from ambitions.choices import Verdict
from ambitions.models import Commitment
from tests.ambitions.factories import CommitmentFactory, ProgressUpdateFactory, in_days

pytestmark = pytest.mark.django_db


def days_ago(number):
    return timezone.now() - datetime.timedelta(days=number)


def judged(**values):
    """Return (against the first date, against the last date) of one promise that began a year ago."""
    made = CommitmentFactory(**{"starts_on": in_days(-365), "agreed_at": days_ago(360)} | values)
    found = Commitment.objects.with_verdict().get(pk=made.pk)
    return found.against_first, found.against_last


@pytest.mark.parametrize(
    ("first", "last", "ended", "expected"),
    [
        (-30, -30, 30, ("on_time", "on_time")),
        (-30, -30, 29, ("too_late", "too_late")),
        (-60, -20, 30, ("too_late", "on_time")),
        (-60, -40, 30, ("too_late", "too_late")),
    ],
)
def test_what_was_kept_is_in_time_up_to_the_day_itself(first, last, ended, expected):
    assert judged(kept=True, first_due_on=in_days(first), due_on=in_days(last), ended_at=days_ago(ended)) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"), [(10, 10, ("running", "running")), (-10, 10, ("overdue", "running")), (-20, -10, ("overdue", "overdue"))]
)
def test_what_runs_is_judged_by_whether_its_date_has_passed(first, last, expected):
    assert judged(started=True, first_due_on=in_days(first), due_on=in_days(last)) == expected


@pytest.mark.parametrize(("state", "expected"), [("not_kept", "not_kept"), ("partly_kept", "not_kept"), ("dropped", "dropped")])
def test_what_was_not_kept_or_dropped_is_the_same_against_both(state, expected):
    assert judged(not_kept=True, state=state) == (expected, expected)


def test_proposals_and_what_was_dropped_before_it_was_agreed_do_not_count():
    CommitmentFactory()
    CommitmentFactory(state="dropped", ended_at=timezone.now(), end_reason="Toch niet.")

    assert not Commitment.objects.with_verdict().exists()


def test_every_promise_stands_once_in_each_column():
    first = CommitmentFactory(kept=True)
    values = {"organisation": first.organisation, "in_programme": first.ambition.programme}
    for trait in ("not_kept", "late", "silent", "started"):
        CommitmentFactory(**{trait: True}, **values)

    [record] = records.of_organisations(Commitment.objects.with_verdict().select_related("organisation"))

    assert record.total == 5
    assert sum(count.first for count in record.counts) == sum(count.last for count in record.counts) == 5


def test_moved_and_silent_count_beside_the_verdict():
    moved = CommitmentFactory(started=True, starts_on=in_days(-90), first_due_on=in_days(-10), due_on=in_days(30))
    spoken = CommitmentFactory(late=True, organisation=moved.organisation, in_programme=moved.ambition.programme)
    ProgressUpdateFactory(commitment=spoken)

    [record] = records.of_organisations(Commitment.objects.with_verdict().select_related("organisation"))

    assert (record.moved, record.silent) == (1, 1)


def test_organisations_stand_in_alphabetical_order():
    for name in ("Zorg", "Aanpak", "Markt"):
        CommitmentFactory(kept=True, organisation__name=name)

    found = records.of_organisations(Commitment.objects.with_verdict().select_related("organisation"))

    assert [str(record.organisation) for record in found] == ["Aanpak", "Markt", "Zorg"]


@pytest.mark.parametrize("date", records.SIDES)
@pytest.mark.parametrize("verdict", Verdict)
def test_behind_each_count_stand_its_promises(date, verdict):
    made = CommitmentFactory(kept=True, ended_at=timezone.now(), due_on=in_days(0))
    rows = list(Commitment.objects.with_verdict())

    assert records.chosen(rows, date=date, outcome=verdict.value) == ([made] if verdict == "on_time" else [])


@pytest.mark.parametrize(("date", "outcome"), [("", "on_time"), ("eerste", ""), ("eerste", "onzin"), ("middelste", "on_time")])
def test_an_address_that_names_no_count_chooses_nothing(date, outcome):
    assert records.chosen([], date=date, outcome=outcome) is None
