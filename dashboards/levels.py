"""The figures of programmes and of their areas in every period: observations in, rows to store out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import repeat
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboards import arrays
from dashboards.choices import Reason
from dashboards.scores import aggregation, trends
from dashboards.scores.aggregation import Cube, Level, Rule, Units
from dashboards.scores.index import CARRIED_YEARS
from dashboards.scores.trends import FIRST_MONTH, Trends
from wijkaanpak.indicators.choices import Status
from wijkaanpak.neighbourhoods.models import Programme

COUNTRY = "NL00"
STORED = [
    "indicator_id", "period", "value", "numerator", "denominator", "coverage", "areas_with_value", "areas_total",
    "municipality_value", "country_value", "previous_period", "previous_value", "compared_value", "years", "noise", "trend", "reason",
    "breaks", "provisional", "is_latest", "reference_date", "computed_at",
]  # fmt: skip


class Pairs(NamedTuple):
    """Which area rows feed which slots, one entry per area row and slot; `root` is the line the row belongs to."""

    area: np.ndarray
    slot: np.ndarray
    root: np.ndarray
    year: np.ndarray


@dataclass
class Places:
    """The slots (areas of programmes, their municipalities, the country), the units made of them, and which rows feed a slot.

    Units are the programmes in the order of `programmes`, then the areas in the order of `areas`; `kinds` are of these areas.
    `causes` says of each area row why its line begins there.
    """

    programmes: list[int]
    areas: list[int]
    kinds: np.ndarray
    pairs: Pairs
    units: Units
    causes: dict[int, str] = field(default_factory=dict)


@dataclass
class Computed:
    """Level and trends of one indicator for all units, with the dates of its figures; columns as in `periods`."""

    rule: Rule
    periods: np.ndarray
    level: Level
    trends: Trends
    dates: dict[int, tuple]
    told: np.ndarray  # [unit, period]: there is something to say: a figure here or to compare with, or why there is none
    latest: np.ndarray  # [unit]: the column to show


def places(programmes: Sequence[Programme]) -> Places:
    """Find the slots and units of the programmes; reads the areas with the same codes in all divisions."""
    links = Programme.areas.through.objects.filter(programme__in=programmes).order_by("area__code", "area_id")
    members = pd.DataFrame(links.values_list("programme_id", "area_id", "area__code"), columns=["programme", "area", "code"])
    municipalities = {programme.pk: programme.municipality.code for programme in programmes if programme.municipality}
    pairs = zip(members["programme"], members["code"], strict=True)
    members["municipality"] = [municipalities.get(programme) or f"GM{code[2:6]}" for programme, code in pairs]
    own = members.drop_duplicates("area").set_index("area")
    others = [*sorted(set(members["municipality"])), COUNTRY]
    frame = arrays.areas([*own["code"], *others])
    ids = [programme.pk for programme in programmes]
    kinds = frame["kind"].reindex(own.index).to_numpy()
    return Places(ids, list(own.index), kinds, _pairs(frame, own, others), _units(ids, members, own, others, frame), frame["cause"].to_dict())


def _pairs(frame: pd.DataFrame, own: pd.DataFrame, others: list[str]) -> Pairs:
    """Say which area rows feed which slot: those of the same line, and those with the same code."""
    rows = frame.reset_index(names="area")[["area", "code", "root", "year"]]
    slots = pd.DataFrame({"slot": range(len(own) + len(others)), "code": [*own["code"], *others]})
    lines = pd.DataFrame({"slot": range(len(own)), "root": frame["root"].reindex(own.index).to_numpy()})
    found = [rows.merge(slots, on="code"), rows.merge(lines, on="root")]
    pairs = pd.concat(found)[list(Pairs._fields)].drop_duplicates()
    return Pairs(*(pairs[name].to_numpy() for name in Pairs._fields))


def _units(ids: list[int], members: pd.DataFrame, own: pd.DataFrame, others: list[str], frame: pd.DataFrame) -> Units:
    slot = {area: number for number, area in enumerate(own.index)} | {code: len(own) + number for number, code in enumerate(others)}
    unit = {pk: number for number, pk in enumerate(ids)}
    matrix = np.zeros((len(ids) + len(own), len(own) + len(others)))
    matrix[[unit[pk] for pk in members["programme"]], [slot[area] for area in members["area"]]] = 1
    matrix[len(ids) + np.arange(len(own)), np.arange(len(own))] = 1
    first = members.drop_duplicates("programme").set_index("programme")["municipality"]
    municipality = [slot.get(first.get(pk, ""), -1) for pk in ids] + [slot[code] for code in own["municipality"]]
    population = np.full(matrix.shape[1], np.nan)
    population[: len(own)] = frame["population"].reindex(own.index)
    return Units(matrix, population, np.array(municipality), slot[COUNTRY])


def compute(found: Places, rules: dict[int, Rule], wanted: Sequence[int], *, shown_only: bool = False) -> Iterator[Computed]:
    """Yield level and trends of each wanted indicator for all units; with `shown_only` the trend of the period to show alone."""
    needed = sorted({part for key in wanted for part in (key, rules[key].numerator, rules[key].denominator) if part})
    periods = sorted({period for _indicator, period in arrays.known_periods(needed)})
    cube, dates = fill(found, needed, periods)
    for key in wanted:
        rule = rules[key]
        sources = [source for source in (key, rule.numerator) if source in cube.values]
        if sources:
            dated = {period: dates[source, period] for period in periods for source in reversed(sources) if (source, period) in dates}
            yield _computed(rule, cube, found.units, sources[0], dated, shown_only)


def _computed(rule: Rule, cube: Cube, units: Units, source: int, dates: dict[int, tuple], shown_only: bool) -> Computed:
    made = aggregation.parts(rule, cube)
    level = aggregation.level(rule, cube, units, made)
    secret, unpublished = absent(cube, units, source, level)
    told = ~np.isnan(level.value) | (level.present > 0) | ~np.isnan(level.municipality) | ~np.isnan(level.country) | secret | unpublished
    latest = latest_column(level.value, told, cube.periods)
    judge = trends.Judge(rule, cube, units, made, level)
    said = judge.shown_words(latest) if shown_only else judge.words()
    gone = _without_areas(cube, units, level)
    said.reason[gone], said.breaks[gone] = Reason.GONE.value, True
    said.reason[unpublished] = Reason.NOT_PUBLISHED.value
    said.reason[secret] = Reason.SUPPRESSED.value
    return Computed(rule, cube.periods, level, said, dates, told, latest)


def fill(found: Places, indicators: Sequence[int], periods: Sequence[int]) -> tuple[Cube, dict[tuple[int, int], tuple]]:
    """Read the observations of the slots. Where two divisions carry a figure, the one nearest to the period counts.

    Returns the cube and, per indicator and period, (latest reference date or None, whether something is provisional).
    """
    cube = Cube(np.array(periods, dtype="int64"), found.units.members.shape[1], causes=found.causes, gone=_gone(found, periods))
    observed = arrays.observed(indicators, periods, np.unique(found.pairs.area).tolist())
    _lay(cube, observed, found.pairs)
    return cube, observed.dates()


def _lay(cube: Cube, observed: arrays.Observed, pairs: Pairs) -> None:
    """Lay all observations in the cube at once, those of the nearest division last: what is written last stays."""
    keys, indicator = np.unique(observed.indicator, return_inverse=True)
    column = np.searchsorted(cube.periods, observed.period)
    row, pair = _matched(observed.area, pairs.area)
    years = np.array([_year(period) for period in cube.periods.tolist()], dtype="int64")
    nearest_last = np.lexsort((pair, -np.abs(pairs.year[pair] - years[column[row]])))
    row, pair = row[nearest_last], pair[nearest_last]
    known = ~np.isnan(observed.value[row])
    cells = indicator[row], pairs.slot[pair], column[row]
    there, empty = tuple(place[known] for place in cells), tuple(place[~known] for place in cells)
    shape = (len(keys), cube.slots, len(cube.periods))
    values, lines, absent = np.full(shape, np.nan), np.zeros(shape, dtype="int64"), np.zeros(shape, dtype="int64")
    values[there], lines[there], absent[empty] = observed.value[row[known]], pairs.root[pair[known]], observed.status[row[~known]]
    for place, key in enumerate(keys.tolist()):
        cube.values[key], cube.lines[key], cube.absent[key] = values[place], lines[place], absent[place]


def _matched(areas: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (place in `areas`, place in `wanted`) of every two that are the same; both may hold an area several times."""
    order = np.argsort(wanted, kind="stable")
    first, last = np.searchsorted(wanted[order], areas, side="left"), np.searchsorted(wanted[order], areas, side="right")
    count = last - first
    place = np.repeat(np.arange(len(areas)), count)
    within = np.arange(len(place)) - np.repeat(np.cumsum(count) - count, count)
    return place, order[first[place] + within]


def _gone(found: Places, periods: Sequence[int]) -> np.ndarray:
    """Say per slot and period whether the division of that year is here and does not have the area."""
    gone = np.zeros((found.units.members.shape[1], len(periods)), dtype=bool)
    for column, period in enumerate(periods):
        there = found.pairs.slot[found.pairs.year == _year(period)]
        if len(there):
            gone[:, column] = True
            gone[there, column] = False
    return gone


def absent(cube: Cube, units: Units, source: int, level: Level) -> tuple[np.ndarray, np.ndarray]:
    """Say of units without any figure ([unit, period]) whether the source keeps it secret, and whether it is not yet published."""
    status, nothing = cube.absent.get(source, cube.line(None)), level.reason == Reason.NO_VALUES
    secret, unpublished = (nothing & (units.members @ (status == code) > 0) for code in (Status.SUPPRESSED, Status.NOT_PUBLISHED))
    return secret, unpublished


def _without_areas(cube: Cube, units: Units, level: Level) -> np.ndarray:
    """Say of units without any figure ([unit, period]) whether none of their areas exists in the division of that year."""
    nothing = level.reason == Reason.NO_VALUES
    return nothing & (units.members @ cube.gone == units.areas[:, None]) if cube.gone is not None else np.zeros_like(nothing)


def _year(period: int) -> int:
    return period // 100 if period >= FIRST_MONTH else period


def rows(done: Computed, units: Units, first: int, last: int, at: datetime) -> Iterator[tuple]:
    """Yield (unit, values in the order of STORED) for the units from `first` up to `last`.

    A period in which neither the unit nor its comparisons have a figure gives no row.
    """
    level, said = done.level, done.trends
    unit, column = np.nonzero(done.told[first:last])
    unit = unit + first
    cell = (unit, column)
    periods = done.periods[column].tolist()
    dates = [done.dates.get(period, (None, False)) for period in periods]
    yield from zip(
        unit.tolist(),
        zip(
            repeat(done.rule.id), periods, numbers(level.value[cell]), numbers(level.tops[cell]), numbers(level.bases[cell]),
            level.coverage[cell].tolist(), level.present[cell].tolist(), units.areas[unit].tolist(),
            numbers(level.municipality[cell]), numbers(level.country[cell]),
            [previous or None for previous in said.previous[cell].tolist()], numbers(said.before[cell]), numbers(said.now[cell]),
            said.years[cell].tolist(), numbers(said.noise[cell]), said.trend[cell].tolist(), said.reason[cell].tolist(), said.breaks[cell].tolist(),
            [bool(provisional) for _date, provisional in dates], (done.latest[unit] == column).tolist(), [date for date, _p in dates], repeat(at),
            strict=False,
        ),
        strict=False,
    )  # fmt: skip


def latest_column(values: np.ndarray, told: np.ndarray, periods: np.ndarray) -> np.ndarray:
    """Return per unit the column to show: the last with a value when it is at most two years older than the newest, else the newest."""
    numbers = np.arange(len(periods))
    newest = np.where(told, numbers, -1).max(axis=1)
    last = np.where(np.isnan(values), -1, numbers).max(axis=1)
    years = np.array([_year(int(period)) for period in periods])
    return np.where((last >= 0) & (years[newest] - years[last] <= CARRIED_YEARS), last, newest)


def numbers(values: np.ndarray) -> list[float | None]:
    """Return plain numbers, None where there is none: only NaN differs from itself."""
    return [None if value != value else value for value in values.tolist()]
