"""The one page for who decides: what was wanted, how it goes, what is late and why, what is asked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambitions.choices import AmbitionState, CommitmentState, Signal
from ambitions.models import Ambition, Commitment, Goal
from dashboards import wording
from dashboards.choices import Trend
from dashboards.series import FigureRow
from residents.choices import InputState
from residents.models import ResidentInput
from wijkaanpak.neighbourhoods.models import Programme

BAD_ENDS = {CommitmentState.NOT_KEPT, CommitmentState.PARTLY_KEPT, CommitmentState.DROPPED}
WORDS = {Trend.BETTER: "better", Trend.WORSE: "worse", Trend.SAME: "same"}


@dataclass(frozen=True)
class GoalLine:
    """A goal as one line: the figure at the start, now, and as wanted; `now` is empty when there is no figure yet."""

    name: str
    baseline: str
    baseline_period: str
    now: str
    period: str
    target: str
    target_on: date
    trend: str
    trend_label: str
    slug: str = ""
    period_number: int = 0


@dataclass(frozen=True)
class Voices:
    """How many residents spoke in the last twelve months and what they heard back."""

    received: int
    answered: int
    in_time: int
    waiting: int


def ambitions_of(programme: Programme) -> QuerySet[Ambition]:
    """What the partners agreed to want, with theme and headline goals. Two queries."""
    rows = Ambition.objects.filter(programme=programme, state=AmbitionState.ADOPTED).select_related("theme")
    return rows.prefetch_related("goals__indicator")


def goal_lines(goals: Iterable[Goal], latest: Sequence[FigureRow]) -> list[GoalLine]:
    """Return a line per headline goal of the whole programme, with the latest stored figure."""
    figures = {row.indicator: row for row in latest}
    return [goal_line(goal, figures.get(goal.indicator_id)) for goal in goals if goal.is_headline and goal.area_id is None]


def goal_line(goal: Goal, figure: FigureRow | None) -> GoalLine:
    def said(value: float) -> str:
        return wording.amount(value, goal.indicator.decimals, goal.indicator.unit)

    trend = figure.trend if figure else Trend.UNKNOWN.value
    known = figure is not None and figure.value is not None
    return GoalLine(
        name=goal.indicator.name, baseline=said(goal.baseline), baseline_period=wording.period(goal.baseline_period),
        now=said(figure.value) if figure and figure.value is not None else "", period=wording.period(figure.period) if figure and known else "",
        target=said(goal.target), target_on=goal.target_on, trend=trend, trend_label=wording.trend(trend),
        slug=figure.slug if figure else "", period_number=figure.period if figure else 0,
    )  # fmt: skip


def voices_of(programme: Programme, since: date) -> Voices:
    """Count what residents said since a date and what became of it. One query."""
    said = ResidentInput.objects.filter(programme=programme, state=InputState.PUBLISHED, received_at__date__gte=since)
    in_time = Q(answered_at__date__lte=F("answer_due_on"))
    counts = said.aggregate(received=Count("pk"), answered=Count("answered_at"), in_time=Count("pk", filter=in_time))
    return Voices(**counts, waiting=counts["received"] - counts["answered"])


def sentences(commitments: Collection[Commitment], latest: Iterable[FigureRow], voices: Voices) -> list[str]:
    """Return three sentences: the promises, the figures, the residents."""
    return [promises_sentence(commitments), figures_sentence(latest), voices_sentence(voices)]


def promises_sentence(commitments: Collection[Commitment]) -> str:
    kept = sum(row.state == CommitmentState.KEPT for row in commitments)
    running = [row for row in commitments if row.signal]
    troubled = sum(row.signal in {Signal.LATE, Signal.SILENT, Signal.DELAYED} for row in running)
    counts = {"kept": kept, "running": len(running), "troubled": troubled, "fine": len(running) - troubled}
    if not running:
        return _("No promises are running now; %(kept)s were kept.") % counts
    return _("Of the %(running)s promises that are running, %(fine)s go as agreed and %(troubled)s do not; %(kept)s were kept before.") % counts


def figures_sentence(latest: Iterable[FigureRow]) -> str:
    found = [row.trend for row in latest]
    counts = {word: found.count(trend) for trend, word in WORDS.items()}
    if not any(counts.values()):
        return _("The figures do not yet tell whether the neighbourhood got better or worse.")
    return _("Of the figures that can be compared, %(better)s got better, %(same)s stayed about the same and %(worse)s got worse.") % counts


def voices_sentence(voices: Voices) -> str:
    if not voices.received:
        return _("Residents have not sent anything in the last twelve months.")
    said = ngettext(
        "Residents sent %(received)s message in the last twelve months; %(answered)s were answered, %(in_time)s of them in time.",
        "Residents sent %(received)s messages in the last twelve months; %(answered)s were answered, %(in_time)s of them in time.",
        voices.received,
    )
    return said % {"received": voices.received, "answered": voices.answered, "in_time": voices.in_time}


def troubled(commitments: Iterable[Commitment]) -> list[Commitment]:
    """Return what is late, silent or delayed, the most serious first."""
    order = [Signal.LATE, Signal.SILENT, Signal.DELAYED]
    return sorted((row for row in commitments if row.signal in order), key=lambda row: (order.index(Signal(row.signal)), row.due_on))


def ended_badly(commitments: Iterable[Commitment], since: date) -> list[Commitment]:
    """Return what ended otherwise than promised since a date."""
    return [row for row in commitments if row.state in BAD_ENDS and row.ended_at and row.ended_at.date() >= since]
