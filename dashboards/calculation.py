"""Everything needed to compute one figure and its trend word by hand: the areas with their numbers, and where these come from.

Reads the observations again: what it shows differs from the stored figure only when that is out of date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from dashboards import levels
from dashboards.levels import Places
from dashboards.models import TrendRule
from dashboards.scores import aggregation
from dashboards.scores.aggregation import Cube, Parts, Rule
from dashboards.scores.rules import rules
from dashboards.series import FigureRow
from wijkaanpak.indicators import signs
from wijkaanpak.indicators.models import Edition, Indicator, Observation
from wijkaanpak.neighbourhoods.models import Area, Programme


@dataclass(frozen=True)
class Number:
    """What one area brings in for one period. `top` and `base` are what adds up; None is not known, `sign` says why.

    `is_same` says whether the area then is the same piece of land as in the period the page is about.
    """

    period: int
    value: float | None
    top: float | None
    base: float | None
    sign: str
    is_same: bool

    @property
    def counts(self) -> bool:
        return self.top is not None and self.base is not None


@dataclass(frozen=True)
class AreaNumbers:
    """One area with its inhabitants (None not known) and its number in every period, in the order asked for."""

    code: str
    name: str
    inhabitants: int | None
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Source:
    """A delivery the numbers came from: of which indicator and period, which file, and the day the figures are of."""

    indicator: str
    period: int
    file: str
    publisher: str
    reference_date: date | None
    status: int


@dataclass(frozen=True)
class Calculation:
    """Periods first `now`, then those compared with; the areas by code; the value made of them (None: cannot be made)."""

    rule: Rule
    now: tuple[int, ...]
    then: tuple[int, ...]
    areas: tuple[AreaNumbers, ...]
    sources: tuple[Source, ...]
    value: float | None

    @property
    def inhabitants(self) -> int | None:
        known = [area.inhabitants for area in self.areas]
        return None if None in known else sum(number or 0 for number in known)

    def counting(self, periods: Sequence[int]) -> list[AreaNumbers]:
        """Return the areas that bring in a number in all of these periods."""
        return [area for area in self.areas if all(number.counts for number in area.numbers if number.period in periods)]

    def total(self, name: str, periods: Sequence[int], among: Sequence[int]) -> float:
        """Return the sum of `top` or `base` over the periods, of the areas that count in all periods of `among`."""
        numbers = [number for area in self.counting(among) for number in area.numbers if number.period in periods]
        return sum(getattr(number, name) or 0 for number in numbers)


def of(programme: Programme, row: FigureRow, area: int | None = None) -> Calculation:
    """Return the calculation of a stored figure of a programme, or of one of its areas. A constant number of queries."""
    catalogue = list(Indicator.objects.all())
    rule = rules(catalogue, TrendRule.objects.filter(indicator=row.indicator))[row.indicator]
    found = levels.places([programme])
    wanted = [key for key in (rule.id, rule.numerator, rule.denominator) if key]
    now, then = periods_of(row)
    periods = sorted({*now, *then})
    cube, _dates = levels.fill(found, wanted, periods)
    made = aggregation.parts(rule, cube)
    unit = 0 if area is None else len(found.programmes) + found.areas.index(area)
    level = aggregation.level(rule, cube, found.units, made)
    value = float(level.value[unit, periods.index(row.period)])
    chosen = np.flatnonzero(found.units.members[unit])
    return Calculation(
        rule, now, then, tuple(_areas(found, chosen, rule, cube, made, periods, [*now, *then])),
        tuple(_sources(found, chosen, wanted, periods, {one.pk: one.name for one in catalogue})), None if np.isnan(value) else value,
    )  # fmt: skip


def periods_of(row: FigureRow) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the periods of the figure and those it is compared with, latest first; three of each when years were taken together."""
    if row.previous_period is None:
        return (row.period,), ()
    return tuple(row.period - back for back in range(row.years)), tuple(row.previous_period - back for back in range(row.years))


def _areas(found: Places, slots: np.ndarray, rule: Rule, cube: Cube, made: Parts, periods: list[int], order: list[int]) -> list[AreaNumbers]:
    rows = Area.objects.filter(pk__in=[found.areas[slot] for slot in slots]).order_by("code").values_list("pk", "code", "name", "population")
    own, lines, absent = aggregation.of_slots(rule, cube, made), cube.line(_counted_by(rule, cube)), cube.absent.get(rule.id)
    place = {area: slot for slot, area in enumerate(found.areas)}
    first = periods.index(order[0])

    def number(slot: int, period: int) -> Number:
        column = periods.index(period)
        status = int(absent[slot, column]) if absent is not None else 0
        return Number(
            period, _known(own[slot, column]), _known(made.tops[slot, column]), _known(made.bases[slot, column]),
            signs.of_status(status) if status else signs.MISSING, bool(lines[slot, column] == lines[slot, first]),
        )  # fmt: skip

    return [AreaNumbers(code, name or code, people, tuple(number(place[pk], period) for period in order)) for pk, code, name, people in rows]


def _counted_by(rule: Rule, cube: Cube) -> int | None:
    return rule.id if rule.id in cube.lines else rule.numerator


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _sources(found: Places, slots: np.ndarray, indicators: list[int], periods: list[int], names: dict[int, str]) -> list[Source]:
    areas = found.pairs.area[np.isin(found.pairs.slot, slots)].tolist()
    rows = Observation.objects.filter(indicator_id__in=indicators, period__in=periods, area_id__in=areas).order_by("indicator_id", "-period")
    used = list(rows.values_list("indicator_id", "period", "edition_id", "status").distinct())
    editions = Edition.objects.in_short().in_bulk([edition for _indicator, _period, edition, _status in used])
    return [_source(names[indicator], period, editions.get(edition), status) for indicator, period, edition, status in used]


def _source(name: str, period: int, edition: Edition | None, status: int) -> Source:
    if edition is None:
        return Source(name, period, "", "", None, status)
    return Source(name, period, edition.file_name, edition.source, edition.reference_date, status)
