"""The page of any area: a theme's figures drawn small, up to four areas side by side, and the map of a municipality."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dashboards import maps, profiles, series
from dashboards.figures import drawings
from dashboards.series import Choropleth, FigureRow, IndicatorCard, Place
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.models import Area

BACKGROUND = "achtergrond"


@dataclass(frozen=True)
class Card:
    """A figure with its small line; a single period gives no line."""

    card: IndicatorCard
    svg: SafeString


@dataclass(frozen=True)
class Beside:
    """One indicator in all areas compared: (name, cell) per area in the order of the areas, None where it has no figures at all."""

    name: str
    slug: str
    unit: str
    cells: Sequence[tuple[str, Card | None]]


@dataclass(frozen=True)
class Map:
    choropleth: Choropleth
    svg: SafeString


def of_theme(areas: Sequence[Area], theme: str, municipality: str, *, public: bool) -> list[list[IndicatorCard]]:
    """Return the cards of a theme per area, in the order of the areas. `municipality` is the name to compare the first area with."""
    found = profiles.of_theme(areas, None if theme == BACKGROUND else theme)
    return [series.indicator_cards(_compared(area, rows), municipality=municipality, public=public) for area, rows in zip(areas, found, strict=True)]


def _compared(area: Area, rows: list[FigureRow]) -> list[FigureRow]:
    """The country is not compared with itself."""
    return rows if profiles.is_part(area) else [row._replace(country=None) for row in rows]


def alone(cards: Sequence[IndicatorCard]) -> list[Card]:
    return [Card(card, _spark(card)) for card in cards]


def beside(areas: Sequence[Area], per_area: Sequence[Sequence[IndicatorCard]]) -> list[Beside]:
    """Put the areas side by side; the lines of one indicator share a scale."""
    found: dict[str, list[IndicatorCard | None]] = {}
    for number, cards in enumerate(per_area):
        for card in cards:
            found.setdefault(card.slug, [None] * len(per_area))[number] = card
    return [_beside(slug, cards, [str(area) for area in areas]) for slug, cards in found.items()]


def _beside(slug: str, cards: Sequence[IndicatorCard | None], names: Sequence[str]) -> Beside:
    there = [card for card in cards if card]
    values = [value for card in there for _period, value in card.points if value is not None]
    scale = (min(values), max(values)) if values else None
    drawn = [Card(card, _spark(card, scale)) if card else None for card in cards]
    return Beside(there[0].name, slug, there[0].unit, list(zip(names, drawn, strict=True)))


def _spark(card: IndicatorCard, scale: tuple[float, float] | None = None) -> SafeString:
    points = list(zip(card.chart.moments, (value for _period, value in card.points), strict=True))
    if sum(value is not None for _moment, value in points) < 2:
        return SafeString("")
    breaks = [moment for moment, period in zip(card.chart.moments, card.chart.periods, strict=True) if period in card.chart.breaks]
    label = _("%(indicator)s, by period. The table below says the same.") % {"indicator": card.name}
    return drawings.sparkline(points, label, breaks=breaks, scale=scale)


def choropleth(
    parts: Sequence[Area], drawing: maps.Drawing | None, indicator: Indicator, *, href: Callable[[Place], str], chosen: str, public: bool
) -> Map:
    """Return the map of one indicator over the parts of a municipality, in the last period with figures."""
    period, values = profiles.per_area(parts, indicator)
    places = [Place(area.pk, area.code, area.name, area.population) for area in parts]
    marked = next((area.pk for area in parts if area.code == chosen), None)
    row = profiles.nothing_told(indicator, period or parts[0].division.year)
    made = series.choropleth(places, values, row, drawing, href=href, chosen=marked, public=public)
    return Map(made, drawings.choropleth(made, made.title))


def by_theme(indicators: Sequence[Indicator]) -> list[tuple[str, list[Indicator]]]:
    """Return the indicators under the name of their theme, for a list to choose from."""
    groups = groupby(indicators, key=lambda each: each.theme.name if each.theme else _("background"))
    return [(name, list(group)) for name, group in groups]
