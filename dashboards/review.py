"""The review half-way on one page: figures and promises beside each ambition, side by side and without a because."""

from collections.abc import Iterable, Sequence
from typing import Any

from ambitions import reviews
from ambitions.choices import AmbitionState, CommitmentState, Course, Signal
from ambitions.models import Ambition, Commitment, Goal, Review
from dashboards import briefing, queries
from dashboards.series import FigureRow
from wijkaanpak.neighbourhoods.models import Period


def compose(period: Period, review: Review | None) -> list[dict[str, Any]]:
    """Return a row per ambition of the period as plain values, as they are now: what is frozen when the review is closed.

    Seven queries, however many ambitions. Counts are whole numbers; a figure that is not known is an empty text, never zero.
    """
    ambitions = list(reviews.of_period(period).prefetch_related("goals__indicator")) if review else []
    latest = queries.latest_figures(period.programme)
    verdicts = {verdict.ambition_id: verdict for verdict in review.verdicts.select_related("decided_by")} if review else {}
    promised: dict[int, list[Commitment]] = {}
    for row in Commitment.objects.filter(ambition__in=[row.pk for row in ambitions]).with_signal():
        promised.setdefault(row.ambition_id, []).append(row)
    return [_row(row, row.goals.all(), promised.get(row.pk, []), latest, verdicts.get(row.pk)) for row in ambitions]


def _row(ambition: Ambition, goals: Iterable[Goal], made: Sequence[Commitment], latest: Sequence[FigureRow], verdict: Any) -> dict[str, Any]:
    return {
        "number": ambition.number, "sentence": ambition.sentence, "theme": ambition.theme.name, "is_closed": ambition.state == AmbitionState.CLOSED,
        "state": str(AmbitionState(ambition.state).label), "shape": AmbitionState(ambition.state).shape,
        "goals": [_goal(line) for line in briefing.goal_lines(goals, latest)], "promises": counts(made), "verdict": _verdict(verdict),
    }  # fmt: skip


def _goal(line: briefing.GoalLine) -> dict[str, str]:
    return {
        "name": line.name, "baseline": line.baseline, "baseline_period": line.baseline_period, "now": line.now, "period": line.period,
        "target": line.target, "target_on": line.target_on.isoformat(), "trend": line.trend, "trend_label": str(line.trend_label),
    }  # fmt: skip


def counts(made: Iterable[Any]) -> dict[str, int]:
    """Count what was promised: kept, kept in part or not, late now, running otherwise, dropped, proposed. Rows come with `signal`."""
    rows = list(made)
    broken = {CommitmentState.PARTLY_KEPT, CommitmentState.NOT_KEPT}
    late = sum(row.signal == Signal.LATE for row in rows)
    return {
        "kept": sum(row.state == CommitmentState.KEPT for row in rows), "not_kept": sum(row.state in broken for row in rows), "late": late,
        "running": sum(bool(row.signal) for row in rows) - late, "dropped": sum(row.state == CommitmentState.DROPPED for row in rows),
        "proposed": sum(row.state == CommitmentState.PROPOSED for row in rows),
        "total": len(rows),
    }  # fmt: skip


def _verdict(verdict: Any) -> dict[str, str] | None:
    if verdict is None:
        return None
    return {
        "course": verdict.course, "label": str(Course(verdict.course).label), "shape": verdict.shape, "reason": verdict.reason,
        "by": str(verdict.decided_by), "on": verdict.decided_at.date().isoformat(),
    }  # fmt: skip


def with_dates(rows: Iterable[dict[str, Any]], parse: Any) -> list[dict[str, Any]]:
    """Return the rows with their dates as dates again, to be written the way the language does."""
    return [
        {
            **row, "goals": [{**goal, "target_on": parse(goal["target_on"])} for goal in row["goals"]],
            "verdict": {**row["verdict"], "on": parse(row["verdict"]["on"])} if row["verdict"] else None,
        }
        for row in rows
    ]  # fmt: skip
