"""What a report says about the ambitions: the adopted text with its version, and the goals as they were adopted."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ambitions.choices import AmbitionState
from ambitions.models import AmbitionVersion
from dashboards import queries, series, wording
from dashboards.choices import Trend
from dashboards.series import FigureRow, Told
from wijkaanpak.neighbourhoods.models import Programme

Entry = dict[str, Any]
Lines = dict[tuple[str, str], list[Told]]


def ambitions(programme: Programme, rows: Sequence[FigureRow], *, public: bool) -> list[Entry]:
    """Return the adopted ambitions in their order, each with its headline goals and where their figures stand."""
    adopted = AmbitionVersion.objects.filter(ambition__programme=programme, ambition__state=AmbitionState.ADOPTED)
    return of_versions(programme, in_order(adopted), rows, public=public)


def in_order(versions: QuerySet[AmbitionVersion]) -> list[AmbitionVersion]:
    """Return the latest of these versions of each ambition, in the order of the ambitions. One query."""
    return list(versions.order_by("ambition__number", "-number").distinct("ambition__number").select_related("ambition__theme"))


def of_versions(
    programme: Programme, versions: Sequence[AmbitionVersion], rows: Sequence[FigureRow], *, public: bool, until: int | None = None
) -> list[Entry]:
    """Return these texts with their goals; with `until` no figure of after that year is used."""
    names = {goal["area"] for version in versions for goal in version.goals if goal.get("area")}
    lines = _lines("", up_to(rows, until), public)
    places = dict(programme.areas.filter(name__in=names).values_list("pk", "name"))
    for area, figures in queries.figures_of_areas([*places]).items():
        lines |= _lines(places[area], up_to(figures, until), public)
    return [_ambition(version, lines) for version in versions]


def up_to(rows: Sequence[FigureRow], until: int | None) -> list[FigureRow]:
    """Return the figures of up to and including a year; the last one of each indicator is then its latest."""
    if until is None:
        return list(rows)
    known = [row for row in rows if wording.year(row.period) <= until]
    last = {row.indicator: row.period for row in known}  # they come by period
    return [row._replace(is_latest=row.period == last[row.indicator]) for row in known]


def _lines(area: str, rows: Sequence[FigureRow], public: bool) -> Lines:
    """Return the figures of one place by (indicator, name of the area): all periods, the earliest first."""
    found: Lines = {}
    for told in series.told(rows, public=public):
        found.setdefault((told.row.slug, area), []).append(told)
    return found


def _ambition(version: AmbitionVersion, lines: Lines) -> Entry:
    ambition = version.ambition
    goals = [goal for goal in version.goals if goal.get("is_headline", True)]
    return {
        "number": ambition.number, "sentence": version.sentence, "why": version.why, "theme": ambition.theme.name, "version": version.number,
        "adopted_on": timezone.localdate(version.adopted_at).isoformat(),
        "goals": [_goal(goal, lines.get((goal["indicator"], goal.get("area", "")), [])) for goal in goals],
    }  # fmt: skip


def _goal(goal: Entry, line: Sequence[Told]) -> Entry:
    """Return a goal with its figure now; `points` are (period, value) of all periods that may be told."""
    latest = next((told for told in line if told.row.is_latest), None)
    known = latest is not None and latest.value is not None
    decimals = latest.row.decimals if latest else 1
    trend = latest.row.trend if latest else Trend.UNKNOWN.value

    def said(value: float | None) -> str:
        return "" if value is None else wording.short(value, decimals, goal["unit"])

    return {
        "name": goal["name"], "unit": goal["unit"], "area": goal.get("area", ""), "decimals": decimals,
        "baseline": goal["baseline"], "baseline_text": said(goal["baseline"]), "baseline_period": wording.period(goal["baseline_period"]),
        "value": latest.value if latest else None, "text": said(latest.value) if latest else "",
        "period": wording.period(latest.row.period) if latest and known else "", "target": goal["target"], "target_text": said(goal["target"]),
        "target_on": goal["target_on"], "trend": trend, "trend_label": wording.trend(trend),
        "points": [[told.row.period, told.value] for told in line if told.value is not None],
    }  # fmt: skip
