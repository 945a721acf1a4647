"""Everything the figures page of a programme shows, from stored rows in a handful of queries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dashboards import interpretations, queries, series, wording
from dashboards.choices import Trend
from dashboards.figures import charts, drawings
from dashboards.forms import FigureFilter
from dashboards.interpretations import Stories
from dashboards.models import Interpretation
from dashboards.series import Choropleth, CommitmentChart, FigureRow, Freshness, IndicatorCard, Place, ThemeIndex, ThemeSentence


@dataclass
class Drawn:
    """A chart with the figure that the script draws; `plot` is the number of its element on the page."""

    plot: str
    figure: charts.Figure
    card: IndicatorCard | None = None
    story: Interpretation | None = None

    @property
    def json_id(self) -> str:
        return f"data-{self.plot}"


@dataclass
class Source:
    name: str
    newest: str
    is_example: bool


@dataclass
class Page:
    filter: FigureFilter
    is_narrowed: bool
    area: Place | None
    sentences: list[ThemeSentence]
    theme_name: str
    story: Interpretation | None
    cards: list[Drawn]
    indexes: list[ThemeIndex]
    index_plot: Drawn | None
    map: Choropleth | None
    map_svg: SafeString
    commitments: CommitmentChart | None
    commitments_plot: Drawn | None
    sources: list[Source]
    is_stale: bool
    computing: int | None
    kept: str
    sentence_of_proof: Any = settings.SENTENCE_OF_PROOF


def build(programme: Any, query: Mapping[str, str], user: Any, freshness: Freshness) -> Page:
    """Read, choose and draw. `programme` comes with its map and municipality."""
    places, goals, adopted = queries.surroundings(programme)
    promises = queries.promises(programme, user)
    area = next((place for place in places if place.code == query.get("gebied")), None)
    rows = queries.area_figures(area.area) if area else queries.programme_figures(programme)
    sentences = series.theme_sentences(rows)
    form = _filter(query, rows, places, sentences)
    narrowed = _at_period([row for row in rows if _is_wanted(row, form)], form.chosen("jaar"))
    municipality = programme.municipality.name if programme.municipality else ""
    cards = series.indicator_cards(narrowed, municipality=municipality, goals=goals, area=area.area if area else None, marks=series.happened(adopted, promises))
    stories = interpretations.stories(Interpretation.objects.visible_to(user).filter(programme=programme))
    indexes = series.theme_indexes(queries.theme_scores(programme)) if programme.shows_theme_index else []
    map_ = _map(programme, narrowed, places, area, query)
    promised = series.commitment_chart(series.counted(promises))
    return Page(
        filter=form, is_narrowed=bool(query), area=area, sentences=sentences, theme_name=form.shown_theme(),
        cards=[_drawn_card(card, area.name if area else programme.name, stories) for card in cards], story=stories.themes.get(form.chosen("thema")),
        indexes=indexes, index_plot=Drawn("index", charts.theme_index(indexes)) if any(item.score for item in indexes) else None,
        map=map_, map_svg=drawings.choropleth(map_, map_.title) if map_ else SafeString(""),
        commitments=promised, commitments_plot=Drawn("commitments", charts.commitments(promised)) if promised else None,
        sources=_sources(narrowed), is_stale=_is_stale(freshness, rows, len(places), area), computing=freshness.computing,
        kept=f"?gebied={area.code}" if area else "",
    )  # fmt: skip


def _filter(query: Mapping[str, str], rows: list[FigureRow], places: list[Place], sentences: list[ThemeSentence]) -> FigureFilter:
    """Return the form with the choices that exist; without a choice the first theme that got worse, else the first."""
    themes = {row.theme or "": row.theme_name for row in rows}
    first = min(sentences, key=lambda item: item.trend != Trend.WORSE).slug if sentences else "alle"
    chosen = query.get("thema") or first
    data = {**{name: query.get(name, "") for name in ("cijfer", "jaar", "gebied")}, "thema": chosen}
    offered = [row for row in rows if chosen == "alle" or (row.theme or "achtergrond") == chosen]
    return FigureFilter(
        data,
        themes=[(slug or "achtergrond", name or _("background")) for slug, name in themes.items()],
        indicators=list({row.slug: row.name for row in offered}.items()),
        periods=[(str(period), wording.period(period)) for period in sorted({row.period for row in offered}, reverse=True)],
        areas=[(place.code, place.name or place.code) for place in places],
    )


def _is_wanted(row: FigureRow, form: FigureFilter) -> bool:
    theme, indicator = form.chosen("thema"), form.chosen("cijfer")
    return theme in {"alle", row.theme or "achtergrond"} and indicator in {"", row.slug}


def _at_period(rows: list[FigureRow], period: int | str) -> list[FigureRow]:
    """Show the figures of one period where there are any; the others keep their latest."""
    if not period:
        return rows
    there = {row.indicator for row in rows if row.period == period}
    return [row._replace(is_latest=row.period == period) if row.indicator in there else row for row in rows]


def _drawn_card(card: IndicatorCard, name: str, stories: Stories) -> Drawn:
    return Drawn(card.slug, charts.of_indicator(card.chart, name), card, stories.figures.get(card.indicator))


def _map(programme: Any, rows: list[FigureRow], places: list[Place], area: Place | None, query: Mapping[str, str]) -> Choropleth | None:
    """Return the map of the chosen indicator, else of the first with a value; None without areas or figures."""
    candidates = [row for row in rows if row.is_latest]
    row = next((row for row in candidates if row.value is not None), candidates[0] if candidates else None)
    if row is None or len(places) < 2:
        return None
    values = queries.area_values([place.area for place in places], row.indicator, row.period)
    chosen = area.area if area else None
    return series.choropleth(places, values, row, getattr(programme, "map", None), href=_link(query), chosen=chosen)


def _link(query: Mapping[str, str]) -> Callable[[Place], str]:
    kept = {name: query[name] for name in ("thema", "cijfer", "jaar") if query.get(name)}
    return lambda place: "?" + urlencode({**kept, "gebied": place.code})


def _sources(rows: list[FigureRow]) -> list[Source]:
    newest: dict[str, FigureRow] = {}
    for row in rows:
        if row.value is not None and (row.source not in newest or row.period > newest[row.source].period):
            newest[row.source] = row
    return [Source(name, wording.period(row.period), row.is_example) for name, row in newest.items()]


def _is_stale(freshness: Freshness, rows: list[FigureRow], areas: int, area: Place | None) -> bool:
    """Whether figures came in, or areas changed, after the figures were computed."""
    if freshness.computed_at is None:
        return freshness.changed_at is not None and areas > 0
    moved = area is None and any(row.areas_total != areas for row in rows if row.is_latest)
    return moved or bool(freshness.changed_at and freshness.changed_at > freshness.computed_at)
