"""Theme indexes of every area of the country and of the programmes, against frozen national references."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dashboards import arrays
from dashboards.arrays import Areas
from dashboards.choices import Reason
from dashboards.levels import Computed, Places
from dashboards.models import Reference
from dashboards.scores import index
from dashboards.scores.aggregation import Rule
from dashboards.scores.trends import FIRST_MONTH
from wijkaanpak.indicators.choices import MeasureKind
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.choices import AreaKind

KINDS = [AreaKind.MUNICIPALITY, AreaKind.DISTRICT, AreaKind.NEIGHBOURHOOD]
Normals = dict[tuple[int, str], index.Normal]


@dataclass(frozen=True)
class ThemeIndicators:
    """The indicators that make up the index of one theme, in a fixed order."""

    theme: int
    indicators: tuple[Indicator, ...]

    @property
    def ids(self) -> list[int]:
        return [indicator.pk for indicator in self.indicators]

    @property
    def directions(self) -> list[int]:
        return [indicator.direction for indicator in self.indicators]


def themes(indicators: Sequence[Indicator]) -> list[ThemeIndicators]:
    """Return the themes with their index indicators; those with fewer than three can never have an index."""
    found: dict[int, list[Indicator]] = {}
    for indicator in indicators:
        if indicator.in_theme_index and indicator.theme_id:
            found.setdefault(indicator.theme_id, []).append(indicator)
    return [ThemeIndicators(theme, tuple(group)) for theme, group in found.items()]


class Year(NamedTuple):
    """National figures of one year: area ids (ascending) and values [area, indicator], NaN missing."""

    areas: np.ndarray
    values: np.ndarray


def years(rules: dict[int, Rule], wanted: Sequence[int], periods: Sequence[int], areas: Areas) -> dict[int, Year]:
    """Return the national figures of each year, with a column per wanted indicator, in their order."""
    needed = set(wanted) | {part for key in wanted for part in (rules[key].numerator, rules[key].denominator) if part}
    found = {}
    for period in sorted(period for period in periods if period < FIRST_MONTH):  # one at a time: all of them take ten times the memory
        parts = list(arrays.slices(sorted(needed), [period]))
        if parts:
            found[period] = _derived(*_wide(parts, areas), rules, wanted)
    return found


def _wide(parts: list[arrays.Slice], areas: Areas) -> tuple[np.ndarray, dict[int, np.ndarray]]:
    """Lay the slices of a year beside each other; areas nobody knows (any more) are left out."""
    highest = max(int(part.areas.max()) for part in parts)
    there = np.zeros(max(highest, int(areas.ids[-1]) if len(areas.ids) else 0) + 1, dtype=bool)
    for part in parts:
        there[part.areas] = True
    known = np.zeros_like(there)
    known[areas.ids] = True
    ids = np.flatnonzero(there & known)
    row = np.full(len(there), -1)
    row[ids] = np.arange(len(ids))
    columns = {}
    for part in parts:
        column = np.full(len(ids) + 1, np.nan)  # the last takes what is left out
        column[row[part.areas]] = part.values
        columns[part.indicator] = column[:-1]
    return ids, columns


def _derived(ids: np.ndarray, wide: dict[int, np.ndarray], rules: dict[int, Rule], wanted: Sequence[int]) -> Year:
    """Fill rates that were not published from their numerator and denominator, and keep the wanted columns."""
    nothing = np.full(len(ids), np.nan)
    for key in wanted:
        rule = rules[key]
        if rule.kind == MeasureKind.RATE and rule.numerator in wide and rule.denominator in wide:
            base = np.where(wide[rule.denominator] > 0, wide[rule.denominator], np.nan)
            published = wide.get(key, nothing)
            wide[key] = np.where(np.isnan(published), rule.per * wide[rule.numerator] / base, published)
    values = np.column_stack([wide.get(key, nothing) for key in wanted])
    told = ~np.isnan(values).all(axis=1)
    return Year(ids[told], values[told])


def missing_normals(national: dict[int, Year], areas: Areas, wanted: Sequence[int], known: Normals) -> Normals:
    """Return references that are not frozen yet, each from the newest year with national figures."""
    made: Normals = {}
    for period in sorted(national, reverse=True):
        missing = [(number, key, kind) for number, key in enumerate(wanted) for kind in KINDS if (key, kind) not in known | made]
        if missing:
            rows = np.searchsorted(areas.ids, national[period].areas)
            inhabitants = _inhabitants(areas, period)
            chosen = {kind: areas.kinds[rows] == kind for kind in KINDS}
            for number, key, kind in missing:
                values = national[period].values[chosen[kind], number]
                normal = index.normal(values, areas.population[rows][chosen[kind]], inhabitants, period)
                if normal:
                    made[key, kind] = normal
    return made


def _inhabitants(areas: Areas, period: int) -> float:
    """Inhabitants of the country in the division nearest to the period; 0 when not known."""
    country = np.flatnonzero((areas.kinds == AreaKind.COUNTRY) & ~np.isnan(areas.population))
    if not len(country):
        return 0.0
    return float(areas.population[country[np.abs(areas.years[country] - period).argmin()]])


def stored_normals(version: int) -> Normals:
    rows = Reference.objects.filter(version=version).values_list("indicator_id", "kind", "mean", "deviation", "period", "areas")
    return {(indicator, kind): index.Normal(mean, deviation, period, count) for indicator, kind, mean, deviation, period, count in rows}


class AreaScores(NamedTuple):
    """The index of one theme in one year of all areas that have one, by ascending id."""

    theme: int
    period: int
    areas: np.ndarray
    scores: np.ndarray


class Lines(NamedTuple):
    """The figures of one year by line: roots (ascending, each once), the area that stands for each, values [line, indicator]."""

    roots: np.ndarray
    areas: np.ndarray
    values: np.ndarray


def area_scores(
    national: dict[int, Year], periods: Sequence[int], areas: Areas, groups: Sequence[ThemeIndicators], normals: Normals
) -> Iterator[AreaScores]:
    """Yield the scores of all areas per theme and year; the columns of `national` are the indicators of the groups in turn."""
    lines = {period: _by_line(figures, areas, period) for period, figures in national.items()}
    for period in periods:
        if period in lines:
            yield from _scores_of_year(lines, period, areas, groups, normals)


def _scores_of_year(
    lines: dict[int, Lines], period: int, areas: Areas, groups: Sequence[ThemeIndicators], normals: Normals
) -> Iterator[AreaScores]:
    current, filled, first = lines[period], _filled(lines, period), 0
    kinds = areas.kinds[np.searchsorted(areas.ids, current.areas)]
    for group in groups:
        own, scores = filled[:, first : first + len(group.ids)], np.full(len(kinds), np.nan)
        first += len(group.ids)
        for kind in KINDS:
            chosen = kinds == kind
            z = index.z(own[chosen], [normals.get((key, kind)) for key in group.ids], group.directions)
            scores[chosen] = index.score(z, len(group.ids))
        scored = np.flatnonzero(~np.isnan(scores))
        if len(scored):
            order = scored[np.argsort(current.areas[scored])]
            yield AreaScores(group.theme, period, current.areas[order], scores[order])


def _filled(lines: dict[int, Lines], period: int) -> np.ndarray:
    """Return the figures of a year with gaps taken from at most two years before, along the line of each area."""
    current = lines[period]
    filled = current.values.copy()
    for earlier in range(period - 1, period - 1 - index.CARRIED_YEARS, -1):
        if earlier in lines:
            before = lines[earlier]
            place = np.searchsorted(before.roots, current.roots).clip(max=len(before.roots) - 1)
            same = before.roots[place] == current.roots
            gap = np.isnan(filled) & same[:, None]
            filled = np.where(gap, before.values[place], filled)
    return filled


def _by_line(figures: Year, areas: Areas, period: int) -> Lines:
    """Return the figures by the line (root) of each area, with the area of the division nearest to the period."""
    rows = np.searchsorted(areas.ids, figures.areas)
    roots, distance = areas.roots[rows], np.abs(areas.years[rows] - period)
    order = np.lexsort((distance, roots))
    first = np.ones(len(order), dtype=bool)
    first[1:] = np.diff(roots[order]) != 0
    kept = order[first]
    return Lines(roots[kept], figures.areas[kept], figures.values[kept])


def programme_scores(
    done: dict[int, Computed], places: Places, groups: Sequence[ThemeIndicators], normals: Normals
) -> Iterator[dict]:
    """Yield the theme index of each programme in each year in which one of its indicators has a new figure."""
    kinds = programme_kinds(places)
    for group in groups:
        present = [done[key] for key in group.ids if key in done]
        if not present:
            continue
        periods = present[0].periods
        for number, programme in enumerate(places.programmes):
            values = np.array([_values(done.get(key), number, len(periods)) for key in group.ids])
            filled, of = index.carried(values, periods)
            for column in np.flatnonzero(~np.isnan(values).all(axis=0) & (periods < FIRST_MONTH)):
                known = {"programme_id": programme, "theme_id": group.theme, "kind": kinds[number], "period": int(periods[column])}
                yield known | _scored(group, filled[:, column], of[:, column], kinds[number], normals)


def _values(done: Computed | None, unit: int, length: int) -> np.ndarray:
    return np.full(length, np.nan) if done is None else done.level.value[unit]


def _scored(group: ThemeIndicators, values: np.ndarray, of: np.ndarray, kind: str, normals: Normals) -> dict:
    """Return the index with everything needed to check it by hand."""
    used = [normals.get((key, kind)) for key in group.ids]
    z = index.z(values[None, :], used, group.directions)
    score = index.score(z, len(group.ids))[0]
    parts = [
        {
            "indicator": indicator.pk, "name": indicator.name, "value": float(value), "period": int(period), "z": float(part),
            "mean": normal.mean, "deviation": normal.deviation, "base": normal.period, "areas": normal.areas, "direction": indicator.direction,
        }
        for indicator, value, period, part, normal in zip(group.indicators, values, of, z[0], used, strict=True)
        if normal and not np.isnan(part)
    ]  # fmt: skip
    lacks_reference = sum(normal is not None for normal in used) < index.AT_LEAST
    reason = Reason.NONE if not np.isnan(score) else Reason.NO_REFERENCE if lacks_reference else Reason.FEW_INDICATORS
    return {
        "score": None if np.isnan(score) else float(score), "reason": reason.value, "parts": parts,
        "indicators_present": int((~np.isnan(values)).sum()), "indicators_total": len(group.ids),
    }


def programme_kinds(places: Places) -> list[str]:
    """Return the kind of area most inhabitants of each programme live in; programmes are compared with areas of that kind."""
    weights = places.units.weights[: len(places.programmes), : len(places.areas)]
    totals = np.array([[row[places.kinds == kind].sum() for kind in KINDS] for row in weights]).reshape(-1, len(KINDS))
    return [KINDS[number].value for number in totals.argmax(axis=1)]
