"""One card per indicator and one sentence per theme."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboards import wording
from dashboards.choices import Trend
from dashboards.series.charts import LineChart, line_chart
from dashboards.series.intervals import Interval
from dashboards.series.rows import FigureRow, GoalRow, Mark
from wijkaanpak.indicators.choices import MeasureKind

MOST_MARKS = 20
ONLY_NOW = gettext_lazy("%(now)s in %(period)s.")
CANNOT_BE_SAID = gettext_lazy("%(now)s in %(period)s. Better or worse cannot be said: %(reason)s.")


@dataclass(frozen=True)
class Difference:
    place: str
    sentence: str


@dataclass(frozen=True)
class TableRow:
    period: str
    own: wording.Cell
    municipality: wording.Cell
    country: wording.Cell
    note: str
    between: str = ""  # what it can be by chance; empty when that is not known


@dataclass(frozen=True)
class IndicatorCard:
    """Everything a page says about one indicator. `value` is empty and `sign` says why when there is no figure."""

    indicator: int
    slug: str
    name: str
    theme: str
    unit: str
    value: str
    number: str
    sign: str
    reason: str
    period: int
    period_text: str
    age: str
    is_old: bool
    source: str
    definition: str
    pitfalls: str
    direction: str
    is_modelled: bool
    is_example: bool
    provisional: bool
    coverage: str
    differences: tuple[Difference, ...]
    trend: str
    trend_label: str
    finding: str
    goal: str
    margin: str
    points: tuple[tuple[int, float | None], ...]
    table: tuple[TableRow, ...]
    chart: LineChart

    @property
    def has_municipality(self) -> bool:
        """Whether any period has a figure of the municipality: a column of signs alone says nothing."""
        return any(row.municipality.text for row in self.table)

    @property
    def has_country(self) -> bool:
        return any(row.country.text for row in self.table)

    @property
    def has_intervals(self) -> bool:
        return any(row.between for row in self.table)

    @property
    def unit_words(self) -> str:
        """The unit as it follows the number: of "% of the dwellings" the sign already stands behind the number."""
        return self.unit.removeprefix("%").strip()


@dataclass(frozen=True)
class ThemeSentence:
    """How one theme is doing, in one or two plain sentences about its most telling indicator."""

    slug: str
    name: str
    sentence: str
    trend: str
    trend_label: str
    indicator: str
    indicator_slug: str
    value: str
    period: str
    period_number: int
    age: str
    is_old: bool
    source: str
    is_example: bool
    points: tuple[tuple[int, float | None], ...]
    breaks: frozenset[int]


def indicator_cards(
    rows: Iterable[FigureRow], *, municipality: str = "", goals: Sequence[GoalRow] = (), area: int | None = None,
    public: bool = False, today: datetime.date | None = None, marks: Sequence[Mark] = (),
) -> list[IndicatorCard]:
    """Return a card per indicator, in the order of the rows (ascending periods within an indicator).

    `public` hides counts under 5. Goals of `area` (None: the whole programme) are drawn in the chart, and the
    marks of the indicator's theme and of the ambitions that have it as a goal.
    """
    groups = [list(group) for _indicator, group in groupby(rows, key=lambda row: row.indicator)]
    chosen = {goal.indicator: goal for goal in reversed(goals) if goal.area == area}
    place = municipality or _("the municipality")
    return [_card(group, place, chosen.get(group[0].indicator), public, today, _beside(group[0], goals, marks)) for group in groups]


def _beside(row: FigureRow, goals: Sequence[GoalRow], marks: Sequence[Mark]) -> list[Mark]:
    numbers = {goal.ambition for goal in goals if goal.indicator == row.indicator}
    return [mark for mark in marks if mark.theme == row.theme or mark.ambition in numbers][-MOST_MARKS:]


def _card(
    group: list[FigureRow], municipality: str, goal: GoalRow | None, public: bool, today: datetime.date | None, marks: Sequence[Mark]
) -> IndicatorCard:
    latest = shown(group)
    years = wording.years_old(latest.period, latest.reference_date, today)
    hidden = public and any(wording.is_few(row.value, row.kind, row.numerator) for row in group)
    chart = line_chart(group, municipality, goal, hidden, marks)
    return IndicatorCard(
        indicator=latest.indicator, slug=latest.slug, name=latest.name, theme=latest.theme or "", unit=latest.unit,
        value=_value(latest, public), number=_number(latest, public), sign="" if latest.value is not None else wording.missing_sign(latest.reason),
        reason=wording.reason(latest.reason) if latest.value is None or latest.trend == Trend.UNKNOWN else "",
        period=latest.period, period_text=wording.period(latest.period), age=wording.age(years), is_old=years > wording.OLD_YEARS,
        source=latest.source, definition=latest.definition, pitfalls=latest.pitfalls, direction=str(wording.DIRECTIONS[latest.direction]),
        is_modelled=latest.is_modelled, is_example=latest.is_example, provisional=latest.provisional, coverage=_coverage(latest),
        differences=tuple(_differences(latest, municipality, public)), trend=latest.trend, trend_label=wording.trend(latest.trend),
        finding=finding(latest, public), goal=_goal(latest, goal), margin=_margin(latest), points=tuple((row.period, _open(row, public)) for row in group),
        table=_table(group, chart, public), chart=chart,
    )  # fmt: skip


def shown(group: Sequence[FigureRow]) -> FigureRow:
    """Return the row the job marked as the latest; the last one when none is marked."""
    return next((row for row in group if row.is_latest), group[-1])


def _open(row: FigureRow, public: bool) -> float | None:
    return None if public and wording.is_few(row.value, row.kind, row.numerator) else row.value


def _value(row: FigureRow, public: bool) -> str:
    if row.value is None:
        return ""
    return wording.few() if _open(row, public) is None else wording.amount(row.value, row.decimals, row.unit)


def _number(row: FigureRow, public: bool) -> str:
    """Write the value without its unit, except the sign that belongs to a percentage."""
    return "" if row.value is None else _compared(row, row.value, public)


def _coverage(row: FigureRow) -> str:
    if row.areas_total < 2 or row.value is None or row.areas_with_value == row.areas_total:
        return ""
    return _("figures of %(known)s of the %(total)s areas") % {"known": row.areas_with_value, "total": row.areas_total}


def _differences(row: FigureRow, municipality: str, public: bool) -> Iterable[Difference]:
    """Compare with the same period elsewhere; counts of larger areas are always larger and say nothing."""
    if row.kind == MeasureKind.COUNT or row.value is None or _open(row, public) is None:
        return
    for place, other in [(municipality, row.municipality), (_("the Netherlands"), row.country)]:
        if other is not None:
            yield Difference(place, wording.difference(row.value, other, row.decimals, place))


def finding(row: FigureRow, public: bool = False) -> str:
    """Say in one sentence what the chart shows: the change and its trend word, or why there is no word."""
    now = {"name": row.name, "now": _value(row, public), "period": wording.period(row.period), "reason": wording.reason(row.reason)}
    if row.value is None:
        return _("No figure for %(period)s: %(reason)s.") % now
    if row.previous_period is None or row.previous is None or row.compared is None or _open(row, public) is None:
        return (CANNOT_BE_SAID if row.trend == Trend.UNKNOWN else ONLY_NOW) % now
    now |= {
        "before": _compared(row, row.previous, public), "now": _compared(row, row.compared, public),
        "then": wording.period(row.previous_period),
    }  # fmt: skip
    if row.trend == Trend.UNKNOWN:
        return CANNOT_BE_SAID % now
    if row.trend == Trend.NOT_JUDGED:
        return _("From %(before)s in %(then)s to %(now)s in %(period)s.") % now
    return str((wording.THREE_YEARS if row.years > 1 else wording.COMPARED)[row.trend]) % now


def _compared(row: FigureRow, value: float, public: bool) -> str:
    if public and wording.is_few(value, row.kind, row.numerator if value == row.value else None):
        return wording.few()
    return wording.number(value, row.decimals) + ("%" if row.unit.startswith("%") else "")


def _goal(row: FigureRow, goal: GoalRow | None) -> str:
    if goal is None:
        return ""
    return _("Goal: from %(baseline)s in %(period)s to %(target)s before %(date)s.") % {
        "baseline": wording.number(goal.baseline, row.decimals), "period": wording.period(goal.baseline_period),
        "target": wording.number(goal.target, row.decimals), "date": date_format(goal.target_on, "DATE_FORMAT"),
    }  # fmt: skip


def _margin(row: FigureRow) -> str:
    """Say how big a change must be to count, one decimal finer than the figure itself."""
    if row.noise is None or row.trend not in {Trend.BETTER, Trend.SAME, Trend.WORSE}:
        return ""
    return _("A smaller change than %(margin)s can be chance.") % {"margin": wording.number(row.noise, row.decimals + 1)}


def _table(group: Sequence[FigureRow], chart: LineChart, public: bool) -> tuple[TableRow, ...]:
    """The rows of the table twin, latest first, with what the chart shows."""
    intervals = [None] * len(group) if public or not chart.intervals else chart.intervals  # public drawings show no band
    write = wording.writer(group[0].decimals)
    return tuple(_table_row(row, interval, write, public) for row, interval in reversed(list(zip(group, intervals, strict=True))))


def _between(row: FigureRow, interval: Interval | None) -> str:
    if interval is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": wording.number(interval[0], row.decimals), "high": wording.number(interval[1], row.decimals)}


def _table_row(row: FigureRow, interval: Interval | None, write: Callable[[float], str], public: bool) -> TableRow:
    notes = [_("provisional")] if row.provisional else []
    notes += [_("boundaries or definition changed")] if row.breaks else []
    few_cases = public and wording.is_few(row.value, row.kind, row.numerator)
    own = wording.written(row.value, write, sign=wording.missing_sign(row.reason), few_cases=few_cases)
    compared = wording.written(row.municipality, write), wording.written(row.country, write)
    return TableRow(wording.period(row.period), own, *compared, ", ".join(notes), _between(row, interval))


def theme_sentences(rows: Iterable[FigureRow], *, public: bool = False, today: datetime.date | None = None) -> list[ThemeSentence]:
    """Return a sentence per theme that has a figure, in the order of the rows.

    It is about the first indicator with a trend word; without one, about the first that has a value.
    """
    groups = [list(group) for _indicator, group in groupby((row for row in rows if row.theme), key=lambda row: row.indicator)]
    themes = groupby(groups, key=lambda group: group[0].theme)
    leads = [min(theme, key=lambda group: _telling(shown(group))) for _slug, theme in themes]
    return [_sentence(lead, public, today) for lead in leads if shown(lead).value is not None]


def _telling(row: FigureRow) -> tuple[bool, bool, bool]:
    """Sort key: figures with a value first, then those with a word, then those that are judged at all."""
    return row.value is None, row.trend not in {Trend.BETTER, Trend.SAME, Trend.WORSE}, row.trend == Trend.NOT_JUDGED


def _sentence(group: list[FigureRow], public: bool, today: datetime.date | None) -> ThemeSentence:
    row = shown(group)
    years = wording.years_old(row.period, row.reference_date, today)
    texts = {"indicator": row.name, "value": _value(row, public), "period": wording.period(row.period)}
    if row.previous_period:
        texts["then"] = wording.period(row.previous_period)
    return ThemeSentence(
        slug=row.theme or "", name=row.theme_name or "", sentence=_plain(row.trend if row.previous_period else "", row.years) % texts,
        trend=row.trend, trend_label=wording.trend(row.trend), indicator=row.name, indicator_slug=row.slug, value=texts["value"],
        period=texts["period"], period_number=row.period,
        age=wording.age(years), is_old=years > wording.OLD_YEARS, source=row.source, is_example=row.is_example,
        points=tuple((each.period, _open(each, public)) for each in group), breaks=frozenset(each.period for each in group if each.breaks),
    )  # fmt: skip


def _plain(trend: str, years: int) -> str:
    if years > 1:
        return {
            Trend.BETTER: _("%(indicator)s: %(value)s in %(period)s. The last three years were better than the three before."),
            Trend.WORSE: _("%(indicator)s: %(value)s in %(period)s. The last three years were worse than the three before."),
            Trend.SAME: _("%(indicator)s: %(value)s in %(period)s. The last three years were about the same as the three before."),
        }.get(Trend(trend), _("%(indicator)s: %(value)s in %(period)s."))
    return {
        Trend.BETTER.value: _("%(indicator)s: %(value)s in %(period)s. That is better than in %(then)s."),
        Trend.WORSE.value: _("%(indicator)s: %(value)s in %(period)s. That is worse than in %(then)s."),
        Trend.SAME.value: _("%(indicator)s: %(value)s in %(period)s. That is about the same as in %(then)s."),
        Trend.UNKNOWN.value: _("%(indicator)s: %(value)s in %(period)s. Whether that is better or worse than before cannot be said."),
    }.get(trend, _("%(indicator)s: %(value)s in %(period)s."))
