"""One year of a programme for the council: what was wanted, what became of the promises, what was decided, what residents heard.

Only what everybody in the programme may see; what an organisation keeps to itself is in none of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from ambitions.choices import CommitmentState
from ambitions.models import Ambition, AmbitionVersion, Commitment
from dashboards import queries
from dashboards.models import Decision, Report
from dashboards.reports import heard, reading, wanted
from residents import quarters
from residents.choices import EndState
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.models import Programme

KEPT = [CommitmentState.KEPT, CommitmentState.PARTLY_KEPT]
DROPPED = [CommitmentState.NOT_KEPT, CommitmentState.DROPPED]
SHOWN = 10  # of each kind, so that a year fits on two sheets; the rest is counted
Entry = dict[str, Any]


@dataclass(frozen=True)
class Year:
    """A calendar year as it can be told today: a year that is not over ends today."""

    number: int
    today: date

    @property
    def starts_on(self) -> date:
        return date(self.number, 1, 1)

    @property
    def ends_on(self) -> date:
        return min(date(self.number, 12, 31), self.today)

    @property
    def is_over(self) -> bool:
        return self.number < self.today.year


@dataclass(frozen=True)
class Part:
    """The first rows of a list, and how many there are."""

    rows: list[Any]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def years(programme: Programme, today: date) -> list[int]:
    """Return the years there is something to tell about, the latest first. One query."""
    first = programme.periods.aggregate(first=Min("starts_on"))["first"] or timezone.localdate(programme.created_at)
    return list(range(today.year, min(first.year, today.year) - 1, -1))


def ambitions(programme: Programme, year: Year) -> list[Entry]:
    """Return the texts in force at the end of the year, with figures of up to then. Five queries."""
    versions = AmbitionVersion.objects.filter(ambition__programme=programme, adopted_at__date__lte=year.ends_on)
    closed = Event.objects.in_programme(programme.pk).filter(
        kind="ambition.closed", subject_type=Ambition._meta.label_lower, at__date__lt=year.starts_on
    )
    found = wanted.in_order(versions.exclude(ambition__in=closed.values("subject_id"), ambition__state="closed"))
    rows = queries.programme_figures(programme)
    return [reading.with_dates(entry) for entry in wanted.of_versions(programme, found, rows, public=False, until=year.number)]


def promises(programme: Programme) -> QuerySet[Commitment]:
    """Agreed promises that everybody in the programme may see."""
    agreed = Commitment.objects.shared().filter(ambition__programme=programme, agreed_at__isnull=False)
    return agreed.with_word().select_related("organisation", "ambition").order_by("due_on", "pk")


def kept(rows: Iterable[Commitment], year: Year) -> Part:
    return part([row for row in rows if row.state in KEPT and _ended_in(row, year)])


def dropped(rows: Iterable[Commitment], year: Year) -> Part:
    return part([row for row in rows if row.state in DROPPED and _ended_in(row, year)])


def late(rows: Iterable[Commitment], year: Year) -> Part:
    """What was agreed, and not ended on the last day of the year although its date had passed."""
    return part([row for row in rows if row.due_on < _next_day(year) and _day(row.agreed_at) <= year.ends_on and _ran_after(row, year)])


def _next_day(year: Year) -> date:
    """A date of the last day of a year that is over has passed; a date of today has not."""
    return year.ends_on + timedelta(days=1) if year.is_over else year.ends_on


def _ran_after(row: Commitment, year: Year) -> bool:
    return row.ended_at is None or _day(row.ended_at) > year.ends_on


def _ended_in(row: Commitment, year: Year) -> bool:
    return row.ended_at is not None and year.starts_on <= _day(row.ended_at) <= year.ends_on


def _day(moment: Any) -> date:
    return timezone.localdate(moment)


def decisions(programme: Programme, year: Year) -> Part:
    return part(Decision.objects.filter(programme=programme, decided_on__range=(year.starts_on, year.ends_on)).order_by("-decided_on", "-number"))


def residents(programme: Programme, year: Year) -> Entry:
    """Return how many spoke and heard back in time, and how the answers ended, as (label, number). Three queries."""
    counts = heard.counts(programme, year.starts_on, year.ends_on)
    given = quarters.public_answers(programme).filter(given_at__date__range=(year.starts_on, year.ends_on)).order_by()
    ended = dict(given.values_list("end_state").annotate(Count("pk")))
    outcomes = [(EndState(state).label, ended[state]) for state in EndState if state in ended]
    return {**counts, "sentence": heard.sentence(counts, year.starts_on, year.ends_on), "outcomes": outcomes}


def reports(programme: Programme, year: Year) -> QuerySet[Report]:
    """Signed reports about this year: their period ends in it, or they were signed off in it. Two queries."""
    of_year = Q(ends_on__year=year.number) | Q(signed_at__year=year.number)
    return Report.objects.signed().filter(of_year, programme=programme).in_short().order_by("number")


def part(rows: Iterable[Any]) -> Part:
    found = list(rows)
    return Part(found[:SHOWN], len(found))
