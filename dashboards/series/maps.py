"""The map of one indicator as plain data: classes, legend, and the list that says the same."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from dashboards import wording
from dashboards.series.rows import AreaValue, FigureRow, Place

CLASSES = 5
ROUND = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8]


@dataclass(frozen=True)
class MapRow:
    """One area: `text` is the number, `figure` the number with its unit, `level` 1–5 is its class (0: no figure), `path` its shape ("" when there is no boundary)."""

    area: int
    code: str
    name: str
    text: str
    figure: str
    sign: str
    reason: str
    level: int
    href: str
    path: str
    is_chosen: bool


@dataclass(frozen=True)
class LegendItem:
    level: int
    text: str


@dataclass(frozen=True)
class Choropleth:
    title: str
    unit: str
    width: int
    height: int
    rows: tuple[MapRow, ...]
    legend: tuple[LegendItem, ...]
    has_missing: bool
    has_shapes: bool
    finding: str
    source: str


def choropleth(
    places: Sequence[Place], values: Sequence[AreaValue], indicator: FigureRow, drawn: object = None, *,
    href: Callable[[Place], str] = lambda place: "", chosen: int | None = None, public: bool = False,
) -> Choropleth:
    """Return the map of one indicator (any of its rows tells name, unit and period) over the areas.

    `drawn` is the programme's stored map with width, height, shapes and source, or None: then there is a list only.
    """
    by_area = {value.area: value for value in values}
    known = [float(wording.rounded(value.value, indicator.decimals)) for value in values if value.value is not None]
    limits = class_limits(min(known), max(known), indicator.decimals) if known else []
    paths = {shape["area"]: shape["path"] for shape in getattr(drawn, "shapes", [])}
    rows = tuple(_row(place, by_area.get(place.area), indicator, limits, paths.get(place.area, ""), href(place), chosen, public) for place in places)
    names = {"indicator": indicator.name, "period": wording.period(indicator.period), "unit": indicator.unit}
    return Choropleth(
        title=_("%(indicator)s, %(period)s") % names, unit=indicator.unit, width=getattr(drawn, "width", 0), height=getattr(drawn, "height", 0), rows=rows,
        legend=tuple(_legend(limits, indicator)), has_missing=any(row.level == 0 for row in rows),
        has_shapes=any(row.path for row in rows), finding=_finding(rows, values, indicator, public), source=getattr(drawn, "source", ""),
    )  # fmt: skip


def class_limits(low: float, high: float, decimals: int = 0) -> list[float]:
    """Return the six limits of five equal classes in round numbers that hold all values; one class when all are equal."""
    if low == high:
        return [low, high]
    step = (high - low) / CLASSES
    smallest = 10.0**-decimals
    power = 10.0
    while power > step:
        power /= 10
    candidates = [max(factor * power * scale, smallest) for scale in (1, 10, 100) for factor in ROUND]
    for width in sorted(candidates):
        first = round(low // width * width, 6)
        if width >= step and first + CLASSES * width > high and _fits(width, decimals):
            return [round(first + number * width, 6) for number in range(CLASSES + 1)]
    return [low + number * step for number in range(CLASSES)] + [high]


def _fits(width: float, decimals: int) -> bool:
    """Whether limits of this width can be written with the decimals of the indicator."""
    return abs(round(width, decimals) - width) < 1e-9


def level(value: float, limits: Sequence[float]) -> int:
    """Return the class of a value, 1 to 5; a limit belongs to the class it begins."""
    inner = limits[1:-1]
    return 1 + sum(value >= limit for limit in inner)


def _row(
    place: Place, value: AreaValue | None, indicator: FigureRow, limits: Sequence[float], path: str, href: str, chosen: int | None, public: bool
) -> MapRow:
    known = value.value if value else None
    hidden = public and value is not None and wording.is_few(known, indicator.kind, value.numerator)
    reason = value.reason if value else "no_values"
    cell = wording.written(known, partial(wording.number, decimals=indicator.decimals), sign=wording.missing_sign(reason), few_cases=hidden)
    figure = cell.text if known is None or hidden else wording.amount(known, indicator.decimals, indicator.unit)
    return MapRow(
        area=place.area, code=place.code, name=place.name or place.code, text=cell.text, figure=figure,
        sign=cell.sign, reason="" if known is not None else wording.reason(reason),
        level=0 if known is None else level(float(wording.rounded(known, indicator.decimals)), limits), href=href, path=path, is_chosen=place.area == chosen,
    )  # fmt: skip


def _legend(limits: Sequence[float], indicator: FigureRow) -> list[LegendItem]:
    if len(limits) == 2:
        return [LegendItem(1, wording.amount(limits[0], indicator.decimals, indicator.unit))]
    texts = [wording.number(limit, indicator.decimals) for limit in limits]
    return [
        LegendItem(number, _("%(low)s to %(high)s") % {"low": low, "high": high})
        for number, (low, high) in enumerate(itertools.pairwise(texts), start=1)
    ]


def _finding(rows: Sequence[MapRow], values: Sequence[AreaValue], indicator: FigureRow, public: bool) -> str:
    """Name the range in one sentence; the areas stand in order of their code, never in order of merit."""
    known = [value for value in values if value.value is not None]
    if not known:
        return _("There are no figures per area.")
    if public and any(wording.is_few(value.value, indicator.kind, value.numerator) for value in known):
        return _("Figures for %(known)s of the %(total)s areas.") % {"known": len(known), "total": len(rows)}
    low, high = min(value.value or 0 for value in known), max(value.value or 0 for value in known)
    return _("From %(low)s to %(high)s; figures for %(known)s of the %(total)s areas.") % {
        "low": wording.number(low, indicator.decimals), "high": wording.amount(high, indicator.decimals, indicator.unit),
        "known": len(known), "total": len(rows),
    }  # fmt: skip
