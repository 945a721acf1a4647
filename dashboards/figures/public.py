"""What the public pages draw: server-made SVG only, with counts under five hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dashboards import queries, series
from dashboards.figures import drawings
from dashboards.interpretations import Stories
from dashboards.models import Interpretation
from dashboards.series import Choropleth, FigureRow, IndicatorCard, ThemeSentence
from residents.recognition import Counts

UNTOLD = Stories()
NOBODY: Mapping[tuple[int, int], Counts] = {}


@dataclass(frozen=True)
class Theme:
    """A theme in one sentence with a small line; `cards` are its figures, drawn."""

    sentence: ThemeSentence
    spark: SafeString
    cards: Sequence["Card"] = ()
    story: Interpretation | None = None


@dataclass(frozen=True)
class Card:
    """A figure with its drawing; a single period gives no line, the number says it all."""

    card: IndicatorCard
    svg: SafeString
    story: Interpretation | None = None
    counts: Counts | None = None


@dataclass(frozen=True)
class Map:
    """The areas with the figure of one indicator, and which others can be chosen."""

    choropleth: Choropleth
    svg: SafeString
    choices: Sequence[tuple[str, str, bool]]


def with_sparkline(sentence: ThemeSentence) -> Theme:
    return Theme(sentence, spark(sentence))


def spark(sentence: ThemeSentence) -> SafeString:
    """Draw the line of a sentence; a line of one point says nothing."""
    known = [value for _period, value in sentence.points if value is not None]
    return drawings.sparkline(sentence.points, sentence.indicator, breaks=sentence.breaks) if len(known) > 1 else SafeString("")


def themes(
    rows: Iterable[FigureRow], name: str, municipality: str, stories: Stories = UNTOLD, recognised: Mapping[tuple[int, int], Counts] = NOBODY
) -> list[Theme]:
    """Return the themes that have a figure, each with its cards, in the order of the rows.

    Beside them stand the stories, and how many residents recognise a figure, by (indicator, period).
    """
    found = []
    for slug, group in groupby(rows, key=lambda row: row.theme):
        of_theme = list(group)
        sentences = series.theme_sentences(of_theme, public=True)
        cards = [card for card in series.indicator_cards(of_theme, municipality=municipality, public=True) if card.value]
        drawn = [_card(card, name, stories.figures.get(card.indicator), recognised.get((card.indicator, card.period))) for card in cards]
        found += [Theme(sentence, spark(sentence), drawn, stories.themes.get(slug or "")) for sentence in sentences]
    return found


def _card(card: IndicatorCard, name: str, story: Interpretation | None, counts: Counts | None) -> Card:
    known = [value for _period, value in card.points if value is not None]
    label = _("%(indicator)s, by period. The table below says the same.") % {"indicator": card.name}
    return Card(card, drawings.line_chart(card.chart, label, name) if len(known) > 1 else SafeString(""), story, counts)


def choropleth(programme: Any, rows: Iterable[FigureRow], chosen: str) -> Map | None:
    """Return the map of the chosen indicator, else of the first judged one; None with fewer than two areas or without figures."""
    latest = [row for row in rows if row.is_latest and row.value is not None]
    row = next((row for row in latest if row.slug == chosen), latest[0] if latest else None)
    places, values = queries.map_of(programme, row.indicator, row.period) if row else ([], [])
    if row is None or len(places) < 2:
        return None
    made = series.choropleth(places, values, row, getattr(programme, "map", None), public=True)
    return Map(made, drawings.choropleth(made, made.title), [(each.slug, each.name, each.slug == row.slug) for each in latest])
