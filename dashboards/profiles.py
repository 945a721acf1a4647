"""The figures of any area, read from the observations when its page is asked for; the rules are those of the jobs.

Areas outside programmes have no stored figures. All series of the areas asked for, with their municipalities and
the country, come in one query.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from django.db.models import F, Q
from django.utils import timezone

from dashboards import arrays, levels, queries
from dashboards.levels import COUNTRY, STORED, Computed, Pairs, Places
from dashboards.models import TrendRule
from dashboards.scores import aggregation
from dashboards.scores.aggregation import Rule, Units
from dashboards.scores.rules import rules
from dashboards.series import AreaValue, FigureRow
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods import comparability
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Area

PLACES = {name: place for place, name in enumerate(STORED)}
OF_FIGURE = [PLACES[name] for name in queries.OF_FIGURE]
HAS_MUNICIPALITY = {AreaKind.DISTRICT, AreaKind.NEIGHBOURHOOD}


def municipality_code(area: Area) -> str:
    """Return the code of the municipality a district or neighbourhood lies in; empty for anything larger."""
    return f"GM{area.code[2:6]}" if area.kind in HAS_MUNICIPALITY else ""


def of_theme(areas: Sequence[Area], theme: str | None) -> list[list[FigureRow]]:
    """Return the figures of a theme (None: the background) per area, in the order of the areas; trend words for the latest only."""
    needed = Q(theme__slug=theme) if theme else Q(theme=None)
    own = Indicator.objects.filter(needed)
    parts = Q(pk__in=own.values("numerator")) | Q(pk__in=own.values("denominator"))
    catalogue = list(Indicator.objects.filter(needed | parts).select_related("theme"))
    return _figures(areas, catalogue, [each for each in catalogue if (each.theme.slug if each.theme else None) == theme], shown_only=True)


def complete(area: Area) -> list[FigureRow]:
    """Return all figures of an area by theme, each period with its own trend word: for a file, not for a page."""
    catalogue = list(Indicator.objects.select_related("theme").order_by("theme__order", "order", "pk"))
    return _figures([area], catalogue, catalogue, shown_only=False)[0]


def _figures(areas: Sequence[Area], catalogue: list[Indicator], shown: list[Indicator], *, shown_only: bool) -> list[list[FigureRow]]:
    rule = rules(catalogue, TrendRule.objects.filter(indicator__in=[each.pk for each in catalogue]))
    found = places(areas)
    texts = {each.pk: _of_indicator(each) for each in shown}
    figures: list[list[FigureRow]] = [[] for _area in areas]
    for done in levels.compute(found, rule, [each.pk for each in shown], shown_only=shown_only):
        for unit, row in _rows(done, found.units):
            figures[unit].append(FigureRow(*texts[done.rule.id], *(row[place] for place in OF_FIGURE)))
    return figures


def _rows(done: Computed, units: Units) -> Iterator[tuple[int, tuple]]:
    return levels.rows(done, units, 0, len(units.members), timezone.now())


def _of_indicator(indicator: Indicator) -> tuple:
    theme = (indicator.theme.slug, indicator.theme.name) if indicator.theme else (None, None)
    values = [getattr(indicator, name) for name in queries.OF_INDICATOR]
    return indicator.pk, *values, indicator.definition, indicator.pitfalls, *theme


def places(areas: Sequence[Area]) -> Places:
    """Return every area as a unit of its own, with its municipality and the country; two queries."""
    codes = [area.code for area in areas]
    others = sorted({COUNTRY, *filter(None, map(municipality_code, areas))} - set(codes))
    slots = {code: number for number, code in enumerate([*codes, *others])}
    rows = Area.objects.filter(code__in=slots).order_by("pk").values_list("pk", "code", "division__year")
    lines = comparability.lines(pk for pk, code, _year in rows if code in codes)
    pairs = {(pk, slots[code]): (lines[pk][0][0] if pk in lines else pk, year) for pk, code, year in rows}
    for number, area in enumerate(areas):  # the same area under codes it had before
        pairs |= {(pk, number): (lines[area.pk][0][0], year) for pk, year in lines[area.pk]}
    members = np.eye(len(codes), len(slots))
    population = np.full(len(slots), np.nan)
    population[: len(codes)] = [np.nan if area.population is None else area.population for area in areas]
    municipality = np.array([slots.get(municipality_code(area), -1) for area in areas])
    columns = [(pk, slot, root, year) for (pk, slot), (root, year) in pairs.items()]
    return Places(
        [], [area.pk for area in areas], np.array([area.kind for area in areas]), Pairs(*np.array(columns, dtype="int64").T),
        Units(members, population, municipality, slots[COUNTRY]),
    )  # fmt: skip


def with_figures() -> list[Indicator]:
    """Return the indicators of which any area has a figure, by theme, the background last."""
    rows = Indicator.objects.select_related("theme", "numerator", "denominator").order_by(F("theme__order").asc(nulls_last=True), "order")
    catalogue = list(rows)
    known = {indicator for indicator, _period in arrays.known_periods([each.pk for each in catalogue])}
    return [each for each in catalogue if each.pk in known or {each.numerator_id, each.denominator_id} <= known]


def per_area(areas: Sequence[Area], indicator: Indicator) -> tuple[int, list[AreaValue]]:
    """Return the last period with figures of these areas of one division, and the figure of each area in it; (0, []) without any.

    Nothing is taken from another division: the same code may be other land there.
    """
    needed = [each for each in (indicator, indicator.numerator, indicator.denominator) if each]
    rule = rules(needed, [])[indicator.pk]
    ids = np.array([area.pk for area in areas])
    population = np.array([np.nan if area.population is None else area.population for area in areas])
    units = Units(np.eye(len(ids)), population, np.full(len(ids), -1))
    numbers = np.arange(len(ids))
    found = Places([], ids.tolist(), numbers, Pairs(ids, numbers, ids, numbers), units)
    periods = sorted({period for _indicator, period in arrays.known_periods([each.pk for each in needed])})
    cube, _dates = levels.fill(found, [each.pk for each in needed], periods)
    source = next((each.pk for each in needed[:2] if each.pk in cube.values), None)
    if source is None:
        return 0, []
    return _last_values(rule, cube, units, source, ids)


def _last_values(rule: Rule, cube: aggregation.Cube, units: Units, source: int, ids: np.ndarray) -> tuple[int, list[AreaValue]]:
    level = aggregation.level(rule, cube, units, aggregation.parts(rule, cube))
    secret, unpublished = levels.absent(cube, units, source, level)
    told = np.flatnonzero((~np.isnan(level.value)).any(axis=0))
    column = int(told[-1]) if len(told) else len(cube.periods) - 1
    reasons = np.select([secret, unpublished], ["suppressed", "not_published"], default=level.reason)[:, column]
    values, tops = level.value[:, column], level.tops[:, column]
    columns: Any = zip(ids.tolist(), levels.numbers(values), levels.numbers(tops), reasons.tolist(), strict=True)
    return int(cube.periods[column]), [AreaValue(*row) for row in columns]


def nothing_told(indicator: Indicator, period: int) -> FigureRow:
    """Return a row that names an indicator and a period without a figure, as the map wants it."""
    empty = (None, None, None, 0, 0, None, None, None, None, None, None, 1, "", "", False, False, True, None)
    values: tuple[Any, ...] = (*_of_indicator(indicator), period, *empty)
    return FigureRow(*values)


def is_part(area: Area) -> bool:
    """Whether an area is less than the whole country."""
    return area.code != COUNTRY
