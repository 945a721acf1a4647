"""Charts as plain data: what to draw, and the sentences and tables that say the same."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambitions.choices import CommitmentState
from dashboards import wording
from dashboards.choices import Reason
from dashboards.series.intervals import Interval, of_group
from dashboards.series.rows import CommitmentCount, FigureRow, GoalRow, Mark, PromiseRow, ScoreRow

CLIPPED = 3.0  # further from the average does not count


@dataclass(frozen=True)
class TimeMark:
    """Something that happened, on the line of years: its moment, day, kind and words."""

    moment: float
    on: datetime.date
    kind: str
    label: str
    what: str


@dataclass(frozen=True)
class LineChart:
    """Values per period for the own area, municipality and country; None is a gap.

    `breaks` are the periods before which the line is interrupted. `baseline` and `target` are points
    (moment in years, value) when a goal is set. `intervals` say per period between which values the own figure lies by chance.
    """

    periods: tuple[int, ...]
    own: tuple[float | None, ...]
    municipality: tuple[float | None, ...]
    country: tuple[float | None, ...]
    breaks: frozenset[int]
    unit: str
    decimals: int
    municipality_name: str
    baseline: tuple[float, float] | None = None
    target: tuple[float, float] | None = None
    intervals: tuple[Interval | None, ...] = ()
    marks: tuple[TimeMark, ...] = ()

    @property
    def known_periods(self) -> int:
        columns = zip(self.own, self.municipality, self.country, strict=True)
        return sum(any(value is not None for value in column) for column in columns)

    @property
    def moments(self) -> tuple[float, ...]:
        """The periods on a line of years: 202005 is 2020.33."""
        return tuple(as_years(period) for period in self.periods)


def as_years(period: int) -> float:
    return period if period < wording.FIRST_MONTH else period // 100 + (period % 100 - 1) / 12


def line_chart(
    group: Sequence[FigureRow], municipality: str, goal: GoalRow | None, hides_few: bool = False, marks: Sequence[Mark] = ()
) -> LineChart:
    """Return the chart of one indicator. Municipality and country are left out for counts, which only grow with size."""
    compared = group[0].kind != "count"
    nothing = (None,) * len(group)
    return LineChart(
        periods=tuple(row.period for row in group),
        own=tuple(None if hides_few and wording.is_few(row.value, row.kind, row.numerator) else row.value for row in group),
        municipality=tuple(row.municipality for row in group) if compared else nothing,
        country=tuple(row.country for row in group) if compared else nothing,
        breaks=frozenset(row.period for row in group if row.breaks),
        unit=group[0].unit, decimals=group[0].decimals, municipality_name=municipality,
        baseline=(as_years(goal.baseline_period), goal.baseline) if goal else None,
        target=(_moment(goal.target_on), goal.target) if goal else None,
        intervals=() if hides_few else tuple(of_group(group)), marks=tuple(map(_time_mark, marks)),
    )  # fmt: skip


def _time_mark(mark: Mark) -> TimeMark:
    label = _("ambition adopted") if mark.kind == "adopted" else str(CommitmentState(mark.kind).label)
    return TimeMark(_moment(mark.on), mark.on, mark.kind, label, mark.what)


def _moment(day: datetime.date) -> float:
    return round(day.year + (day.timetuple().tm_yday - 1) / 365, 2)


@dataclass(frozen=True)
class Part:
    """One indicator inside a theme index, in words, so that everybody can check it."""

    name: str
    value: str
    period: str
    is_carried: bool
    mean: str
    deviation: str
    base: str
    z: str
    rule: str


@dataclass(frozen=True)
class ThemeIndex:
    slug: str
    name: str
    score: float | None
    text: str
    reason: str
    period: int
    present: int
    total: int
    version: int
    sentence: str
    parts: tuple[Part, ...]


def theme_indexes(rows: Sequence[ScoreRow]) -> list[ThemeIndex]:
    """Return the index of the last year with one per theme, else the last year; in the order of the rows."""
    last: dict[str, ScoreRow] = {}
    for row in rows:
        if row.score is not None or row.theme not in last or last[row.theme].score is None:
            last[row.theme] = row
    return [_index(row) for row in last.values()]


def _index(row: ScoreRow) -> ThemeIndex:
    text = "" if row.score is None else wording.number(row.score, 0)
    names = {"theme": row.theme_name, "score": text, "present": row.present, "total": row.total, "period": wording.period(row.period)}
    if row.score is None:
        sentence = _("%(theme)s: too few figures for an index (%(present)s of %(total)s indicators).") % names
    elif round(row.score) == 100:
        sentence = _("%(theme)s: %(score)s in %(period)s, the national average.") % names
    elif row.score > 100:
        sentence = _("%(theme)s: %(score)s in %(period)s, better than the national average.") % names
    else:
        sentence = _("%(theme)s: %(score)s in %(period)s, less good than the national average.") % names
    return ThemeIndex(
        slug=row.theme, name=row.theme_name, score=row.score, text=text, reason="" if row.reason == Reason.NONE else wording.reason(row.reason),
        period=row.period, present=row.present, total=row.total, version=row.version, sentence=sentence,
        parts=tuple(_part(part, row.period) for part in row.parts),
    )  # fmt: skip


def _part(part: dict, period: int) -> Part:
    full = part["direction"] * (part["value"] - part["mean"]) / part["deviation"]
    numbers = {"value": part["value"], "mean": part["mean"], "deviation": part["deviation"], "z": part["z"]}
    texts = {name: wording.number(value, 2) for name, value in numbers.items()}
    higher, lower = _("(%(value)s − %(mean)s) ÷ %(deviation)s = %(full)s"), _("(%(mean)s − %(value)s) ÷ %(deviation)s = %(full)s")
    rule = (higher if part["direction"] > 0 else lower) % {**texts, "full": wording.number(full, 2)}
    if abs(full) > CLIPPED:
        rule = _("%(computation)s, counts as %(z)s") % {"computation": rule, **texts}
    return Part(
        name=part["name"], period=wording.period(part["period"]), is_carried=part["period"] != period, base=wording.period(part["base"]),
        rule=rule, **texts,
    )  # fmt: skip


@dataclass(frozen=True)
class CommitmentChart:
    """Commitments per organisation (rows) and state (columns); `counts[organisation][state]`, zero where there are none."""

    organisations: tuple[str, ...]
    states: tuple[str, ...]
    state_labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    finding: str

    @property
    def table(self) -> list[tuple[str, list[str], str]]:
        """The numbers ready to write, with their total: a template spends ten times as long on a number as on a text."""
        return [(name, [str(count) for count in row], str(sum(row))) for name, row in zip(self.organisations, self.counts, strict=True)]


def counted(promises: Iterable[PromiseRow]) -> list[CommitmentCount]:
    """Return how many commitments there are per organisation and state, in the order of the organisations."""
    return [CommitmentCount(*key, number) for key, number in Counter((row.organisation, row.state) for row in promises).items()]


def happened(adopted: Iterable[Mark], promises: Iterable[PromiseRow]) -> list[Mark]:
    """Return what belongs beside the figures, oldest first: adopted ambitions, promises agreed and ended."""
    found = list(adopted)
    for row in promises:
        if row.agreed_at:
            found.append(Mark(timezone.localtime(row.agreed_at).date(), "agreed", row.what, row.theme, row.ambition))
            if row.ended_at:
                found.append(Mark(timezone.localtime(row.ended_at).date(), row.state, row.what, row.theme, row.ambition))
    return sorted(found, key=lambda mark: mark.on)


def commitment_chart(rows: Sequence[CommitmentCount]) -> CommitmentChart | None:
    """Return the chart with the states that occur, in the order of a commitment's life; None without commitments."""
    if not rows:
        return None
    states = [state for state in CommitmentState if any(row.state == state for row in rows)]
    organisations = list(dict.fromkeys(row.organisation for row in rows))
    found = {(row.organisation, row.state): row.number for row in rows}
    counts = tuple(tuple(found.get((name, state.value), 0) for state in states) for name in organisations)
    total, kept = sum(row.number for row in rows), sum(row.number for row in rows if row.state == CommitmentState.KEPT)
    sentence = ngettext("%(total)s commitment, of which %(kept)s kept.", "%(total)s commitments, of which %(kept)s kept.", total)
    labels = tuple(str(state.label) for state in states)
    return CommitmentChart(
        tuple(organisations), tuple(state.value for state in states), labels, counts, sentence % {"total": total, "kept": kept}
    )
