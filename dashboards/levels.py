"""The figures of programmes and of their areas in every period: observations in, rows to store out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

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


@dataclass
class Places:
    """The slots (areas of programmes, their municipalities, the country), the units made of them, and which rows feed a slot.

    `pairs` has one row per area row and slot: columns area (id), slot, root, year.
    Units are the programmes in the order of `programmes`, then the areas in the order of `areas`.
    """

    programmes: list[int]
    areas: list[int]
    frame: pd.DataFrame
    pairs: pd.DataFrame
    units: Units


@dataclass
class Computed:
    """Level and trends of one indicator for all units, with the dates of its figures; columns as in `periods`."""

    rule: Rule
    periods: np.ndarray
    level: Level
    trends: Trends
    dates: dict[int, tuple]
    absent: np.ndarray  # [2, unit, period]: nothing known and something secret; nothing known and not published


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
    return Places(ids, list(own.index), frame, _pairs(frame, own, others), _units(ids, members, own, others, frame))


def _pairs(frame: pd.DataFrame, own: pd.DataFrame, others: list[str]) -> pd.DataFrame:
    """Say which area rows feed which slot: those of the same line, and those with the same code."""
    rows = frame.reset_index(names="area")[["area", "code", "root", "year"]]
    slots = pd.DataFrame({"slot": range(len(own) + len(others)), "code": [*own["code"], *others]})
    lines = pd.DataFrame({"slot": range(len(own)), "root": frame["root"].reindex(own.index).to_numpy()})
    found = [rows.merge(slots, on="code"), rows.merge(lines, on="root")]
    return pd.concat(found)[["area", "slot", "root", "year"]].drop_duplicates()


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


def compute(found: Places, rules: dict[int, Rule], wanted: Sequence[int]) -> Iterator[Computed]:
    """Yield level and trends of each wanted indicator for all units."""
    needed = set(wanted) | {part for key in wanted for part in (rules[key].numerator, rules[key].denominator) if part}
    known = arrays.known_periods(sorted(needed))
    periods = sorted({period for _indicator, period in known})
    cube = fill(found, sorted(needed), periods)
    dates = arrays.dates(sorted(needed), periods, found.frame.index.tolist())
    for key in wanted:
        rule = rules[key]
        sources = [source for source in (key, rule.numerator) if source in cube.values or source in cube.absent]
        if not sources:
            continue
        made = aggregation.parts(rule, cube)
        level = aggregation.level(rule, cube, found.units, made)
        said = trends.Judge(rule, cube, found.units, made, level).words()
        dated = {period: dates[source, period] for period in periods for source in reversed(sources) if (source, period) in dates}
        yield Computed(rule, cube.periods, level, said, dated, name_absent(cube, found.units, sources, level, said))


def fill(found: Places, indicators: Sequence[int], periods: Sequence[int]) -> Cube:
    """Read the observations of the slots. Where two divisions carry a figure, the one nearest to the period counts."""
    causes = found.frame["cause"].to_dict()
    cube = Cube(np.array(periods, dtype="int64"), found.units.members.shape[1], causes=causes, gone=_gone(found, periods))
    column = {period: number for number, period in enumerate(periods)}
    nearest = {period: _nearest_last(found.pairs, _year(period)) for period in periods}
    ids = found.frame.index.tolist()
    for part in arrays.slices(indicators, periods, ids):
        slots, values, lines = _matched(part, nearest[part.period])
        cube.values.setdefault(part.indicator, cube.value(None))[slots, column[part.period]] = values
        cube.lines.setdefault(part.indicator, cube.line(None))[slots, column[part.period]] = lines
    for part in arrays.absent(indicators, periods, ids):
        slots, statuses, _lines = _matched(part, nearest[part.period])
        cube.absent.setdefault(part.indicator, cube.line(None))[slots, column[part.period]] = statuses
    return cube


def _gone(found: Places, periods: Sequence[int]) -> np.ndarray:
    """Say per slot and period whether the division of that year is here and does not have the area."""
    gone = np.zeros((found.units.members.shape[1], len(periods)), dtype=bool)
    there = {year: group.to_numpy() for year, group in found.pairs.groupby("year")["slot"]}
    for column, period in enumerate(periods):
        if _year(period) in there:
            gone[:, column] = True
            gone[there[_year(period)], column] = False
    return gone


def _nearest_last(pairs: pd.DataFrame, year: int) -> pd.DataFrame:
    """Order the pairs so that the division nearest to the year comes last, and so is written last."""
    return pairs.loc[(pairs["year"] - year).abs().sort_values(ascending=False, kind="stable").index]


def _matched(part: arrays.Slice, pairs: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return slots, values and lines of the pairs whose area is in the slice."""
    order = np.argsort(part.areas)
    place = np.searchsorted(part.areas[order], pairs["area"]).clip(max=len(order) - 1)
    hit = part.areas[order][place] == pairs["area"].to_numpy()
    return pairs["slot"].to_numpy()[hit], part.values[order][place[hit]], pairs["root"].to_numpy()[hit]


def name_absent(cube: Cube, units: Units, sources: list[int], level: Level, said: Trends) -> np.ndarray:
    """Say of units without any figure that they are secret or not yet published, where the source says so."""
    status = cube.absent.get(sources[0], cube.line(None))
    nothing = level.reason == Reason.NO_VALUES
    secret, unpublished = (nothing & (units.members @ (status == code) > 0) for code in (Status.SUPPRESSED, Status.NOT_PUBLISHED))
    gone = nothing & (units.members @ cube.gone == units.areas[:, None]) if cube.gone is not None else np.zeros_like(nothing)
    said.reason[gone], said.breaks[gone] = Reason.GONE.value, True
    said.reason[unpublished] = Reason.NOT_PUBLISHED.value
    said.reason[secret] = Reason.SUPPRESSED.value
    return np.stack([secret, unpublished])


def _year(period: int) -> int:
    return period // 100 if period >= FIRST_MONTH else period


def rows(done: Computed, units: Units, first: int, last: int, at: datetime) -> Iterator[tuple]:
    """Yield (unit, values in the order of STORED) for the units from `first` up to `last`.

    A period in which neither the unit nor its comparisons have a figure gives no row.
    """
    level, said = done.level, done.trends
    told = ~np.isnan(level.value) | (level.present > 0) | ~np.isnan(level.municipality) | ~np.isnan(level.country) | done.absent.any(axis=0)
    latest = latest_column(level.value, told, done.periods)
    for unit in range(first, last):
        for column in np.flatnonzero(told[unit]):
            cell = (unit, column)
            period = int(done.periods[column])
            date, provisional = done.dates.get(period, (None, False))
            previous = int(said.previous[cell]) or None
            yield unit, (
                done.rule.id, period, _number(level.value[cell]), _number(level.tops[cell]), _number(level.bases[cell]),
                float(level.coverage[cell]), int(level.present[cell]), int(units.areas[unit]),
                _number(level.municipality[cell]), _number(level.country[cell]),
                previous, _number(said.before[cell]), _number(said.now[cell]), int(said.years[cell]), _number(said.noise[cell]),
                said.trend[cell], said.reason[cell], bool(said.breaks[cell]), bool(provisional),
                bool(latest[unit] == column), date, at,
            )  # fmt: skip


def latest_column(values: np.ndarray, told: np.ndarray, periods: np.ndarray) -> np.ndarray:
    """Return per unit the column to show: the last with a value when it is at most two years older than the newest, else the newest."""
    numbers = np.arange(len(periods))
    newest = np.where(told, numbers, -1).max(axis=1)
    last = np.where(np.isnan(values), -1, numbers).max(axis=1)
    years = np.array([_year(int(period)) for period in periods])
    return np.where((last >= 0) & (years[newest] - years[last] <= CARRIED_YEARS), last, newest)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
