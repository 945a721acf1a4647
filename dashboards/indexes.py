"""Theme indexes of every area of the country and of the programmes, against frozen national references."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboards import arrays
from dashboards.choices import Reason
from dashboards.levels import COUNTRY, Computed, Places
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


def frames(rules: dict[int, Rule], wanted: Sequence[int], periods: Sequence[int], areas: pd.DataFrame) -> dict[int, pd.DataFrame]:
    """Return per year the national figures: index area id, one float column per wanted indicator, NaN missing."""
    needed = set(wanted) | {part for key in wanted for part in (rules[key].numerator, rules[key].denominator) if part}
    parts: dict[int, list[arrays.Slice]] = {}
    for part in arrays.slices(sorted(needed), [period for period in periods if period < FIRST_MONTH]):
        parts.setdefault(part.period, []).append(part)
    return {period: _derived(_wide(slices_, areas), rules, wanted) for period, slices_ in sorted(parts.items())}


def _wide(parts: list[arrays.Slice], areas: pd.DataFrame) -> pd.DataFrame:
    ids = np.unique(np.concatenate([part.areas for part in parts]))
    columns = {}
    for part in parts:
        column = np.full(len(ids), np.nan)
        column[np.searchsorted(ids, part.areas)] = part.values
        columns[part.indicator] = column
    return pd.DataFrame(columns, index=ids).loc[np.isin(ids, areas.index)]


def _derived(wide: pd.DataFrame, rules: dict[int, Rule], wanted: Sequence[int]) -> pd.DataFrame:
    """Fill rates that were not published from their numerator and denominator, and keep the wanted columns."""
    for key in wanted:
        rule = rules[key]
        if rule.kind == MeasureKind.RATE and rule.numerator in wide and rule.denominator in wide:
            base = wide[rule.denominator].where(wide[rule.denominator] > 0)
            made = rule.per * wide[rule.numerator] / base
            wide[key] = wide[key].fillna(made) if key in wide else made
    return wide.reindex(columns=list(wanted)).dropna(how="all")


def missing_normals(national: dict[int, pd.DataFrame], areas: pd.DataFrame, wanted: Sequence[int], known: Normals) -> Normals:
    """Return references that are not frozen yet, each from the newest year with national figures."""
    made: Normals = {}
    for period in sorted(national, reverse=True):
        figures = national[period]
        places = areas.loc[figures.index]
        inhabitants = _inhabitants(areas, period)
        for kind in KINDS:
            chosen = (places["kind"] == kind).to_numpy()
            population = places["population"].to_numpy()[chosen]
            for key in wanted:
                if (key, kind) not in known and (key, kind) not in made:
                    normal = index.normal(figures[key].to_numpy()[chosen], population, inhabitants, period)
                    if normal:
                        made[key, kind] = normal
    return made


def _inhabitants(areas: pd.DataFrame, period: int) -> float:
    """Inhabitants of the country in the division nearest to the period; 0 when not known."""
    country = areas.loc[(areas["code"] == COUNTRY) & areas["population"].notna()]
    nearest = (country["year"] - period).abs().sort_values(kind="stable").index
    return float(country.loc[nearest, "population"].iloc[0]) if len(nearest) else 0.0


def stored_normals(version: int) -> Normals:
    rows = Reference.objects.filter(version=version).values_list("indicator_id", "kind", "mean", "deviation", "period", "areas")
    return {(indicator, kind): index.Normal(mean, deviation, period, count) for indicator, kind, mean, deviation, period, count in rows}


def area_blocks(
    national: dict[int, pd.DataFrame], period: int, areas: pd.DataFrame, groups: Sequence[ThemeIndicators], normals: Normals
) -> Iterator[bytes]:
    """Yield the scores of all areas in one year, per theme and kind, ready for COPY."""
    current = _by_line(national[period], areas, period)
    filled = current.drop(columns="area")
    for earlier in range(period - 1, period - 1 - index.CARRIED_YEARS, -1):
        if earlier in national:
            before = _by_line(national[earlier], areas, earlier).drop(columns="area").reindex(filled.index)
            filled = filled.where(filled.notna(), before)
    ids, kinds = current["area"].to_numpy(), areas["kind"].reindex(current["area"]).to_numpy()
    for group in groups:
        for kind in KINDS:
            chosen = kinds == kind
            z = index.z(filled.loc[chosen, group.ids].to_numpy(), [normals.get((key, kind)) for key in group.ids], group.directions)
            scores = index.score(z, len(group.ids))
            scored = ~np.isnan(scores)
            if scored.any():
                yield arrays.score_block(group.theme, period, group.ids, ids[chosen][scored], scores[scored], z[scored])


def _by_line(figures: pd.DataFrame, areas: pd.DataFrame, period: int) -> pd.DataFrame:
    """Return the figures by the line (root) of each area, with the area of the division nearest to the period."""
    places = areas.loc[figures.index]
    distance = (places["year"] - period).abs()
    found = figures.assign(area=figures.index, root=places["root"], distance=distance)
    return found.sort_values("distance", kind="stable").drop_duplicates("root").set_index("root").drop(columns="distance")


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
