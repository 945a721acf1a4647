"""What pages read: stored rows only, one query per function.

The figures are read in SQL: rows of thirty columns that the database hands over as one JSON text are
here in a fraction of the time that building the same query and reading it cell by cell takes.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import FilteredRelation, Q

from ambitions.choices import AmbitionState
from ambitions.models import Commitment
from dashboards.asking import KIND
from dashboards.models import AreaFigure, ProgrammeFigure, ThemeScore
from dashboards.series import AreaValue, FigureRow, Freshness, GoalRow, Mark, Place, ProgrammeState, PromiseRow, ScoreRow, Surroundings
from wijkaanpak.journal.choices import JobState
from wijkaanpak.neighbourhoods.models import Programme

OF_INDICATOR = ["slug", "name", "unit", "decimals", "kind", "direction", "is_modelled", "is_example", "source"]
OF_FIGURE = [
    "period", "value", "numerator", "coverage", "areas_with_value", "areas_total", "municipality_value", "country_value",
    "previous_period", "previous_value", "compared_value", "noise", "years", "trend", "reason", "breaks", "provisional", "is_latest",
    "reference_date",
]  # fmt: skip
COLUMNS = ", ".join([
    "indicator.id", *(f"indicator.{name}" for name in OF_INDICATOR),
    "CASE WHEN figure.is_latest THEN indicator.definition ELSE '' END", "CASE WHEN figure.is_latest THEN indicator.pitfalls ELSE '' END",
    "theme.slug", "theme.name", *(f"figure.{name}" for name in OF_FIGURE), "figure.denominator", "indicator.per",
    "coalesce(rule.basis, CASE WHEN base.slug LIKE '%%respondents' THEN 'sample' ELSE 'counts' END)",  # as scores.rules has it
])  # fmt: skip
DATE = FigureRow._fields.index("reference_date")
FIGURES = f"""
SELECT figure.{{owner}}, json_agg(json_build_array({COLUMNS}) ORDER BY theme."order", indicator."order", indicator.id, figure.period)
FROM {{table}} figure
JOIN indicators_indicator indicator ON indicator.id = figure.indicator_id
LEFT JOIN neighbourhoods_theme theme ON theme.id = indicator.theme_id
LEFT JOIN indicators_indicator base ON base.id = indicator.denominator_id
LEFT JOIN dashboards_trendrule rule ON rule.indicator_id = indicator.id
WHERE figure.{{owner}} = ANY(%s) {{only}}
GROUP BY figure.{{owner}}
"""  # noqa: S608 names of our own
STATE = """
SELECT
    (SELECT count(*) FROM journal_event WHERE programme_id = %(programme)s),
    (SELECT computed_at FROM dashboards_programmemap WHERE programme_id = %(programme)s),
    (SELECT max(computed_at) FROM dashboards_programmefigure WHERE programme_id = %(programme)s),
    (SELECT greatest(max(loaded_at), max(undone_at)) FROM indicators_edition),
    (SELECT min(id) FROM journal_job
     WHERE kind = %(kind)s AND state = ANY(%(active)s) AND (programme_id = %(programme)s OR programme_id IS NULL))
"""
SURROUNDINGS = """
SELECT
    (SELECT json_agg(json_build_array(area.id, area.code, area.name, area.population) ORDER BY area.code)
     FROM neighbourhoods_programme_areas link JOIN neighbourhoods_area area ON area.id = link.area_id
     WHERE link.programme_id = %(programme)s),
    (SELECT json_agg(
         json_build_array(
             goal.indicator_id, goal.area_id, goal.baseline, goal.baseline_period, goal.target, goal.target_on, ambition.number, ambition.sentence
         ) ORDER BY ambition.number, goal."order")
     FROM ambitions_goal goal JOIN ambitions_ambition ambition ON ambition.id = goal.ambition_id
     WHERE ambition.programme_id = %(programme)s AND ambition.state = %(adopted)s AND goal.is_headline),
    (SELECT json_agg(
         json_build_array((version.adopted_at AT TIME ZONE %(zone)s)::date, 'adopted', version.sentence, theme.slug, ambition.number)
         ORDER BY version.adopted_at)
     FROM ambitions_ambitionversion version
     JOIN ambitions_ambition ambition ON ambition.id = version.ambition_id
     JOIN neighbourhoods_theme theme ON theme.id = ambition.theme_id
     WHERE ambition.programme_id = %(programme)s)
"""


def programme_figures(programme: Programme) -> list[FigureRow]:
    """All stored figures of a programme, by theme, indicator and period."""
    return _figures(ProgrammeFigure, "programme_id", [programme.pk]).get(programme.pk, [])


def latest_figures(programme: Programme) -> list[FigureRow]:
    """The figure to show of each indicator of a programme."""
    return _figures(ProgrammeFigure, "programme_id", [programme.pk], only="AND figure.is_latest").get(programme.pk, [])


def area_figures(area_id: int) -> list[FigureRow]:
    """All stored figures of one area, by theme, indicator and period."""
    return figures_of_areas([area_id]).get(area_id, [])


def figures_of_areas(area_ids: Sequence[int]) -> dict[int, list[FigureRow]]:
    """All stored figures per area, by theme, indicator and period; an area without figures is absent."""
    return _figures(AreaFigure, "area_id", area_ids)


def figure(programme: Programme, area_id: int | None, indicator_id: int, period: int) -> FigureRow | None:
    """One stored figure of a programme, or of one of its areas; None when there is none."""
    rows = programme_figures(programme) if area_id is None else area_figures(area_id)
    return next((row for row in rows if row.indicator == indicator_id and row.period == period), None)


def _figures(model: Any, owner: str, pks: Sequence[int], only: str = "") -> dict[int, list[FigureRow]]:
    """Read figures by owner; the long texts come with the latest row of an indicator only."""
    with connection.cursor() as cursor:
        cursor.execute(FIGURES.format(table=model._meta.db_table, owner=owner, only=only), [list(pks)])
        return {pk: [_figure(row) for row in found] for pk, found in cursor.fetchall()}


def _figure(row: list[Any]) -> FigureRow:
    return FigureRow._make([*row[:DATE], row[DATE] and datetime.date.fromisoformat(row[DATE]), *row[DATE + 1 :]])


def state_of(programme: Programme) -> ProgrammeState:
    """Return what tells whether the figures page of a programme is still the same, and how fresh its figures are."""
    with connection.cursor() as cursor:
        cursor.execute(STATE, {"programme": programme.pk, "kind": KIND, "active": JobState.active()})
        events, drawn_at, *freshness = cursor.fetchone()
    return ProgrammeState(programme.pk, events, drawn_at, Freshness(*freshness))


def surroundings(programme: Programme) -> Surroundings:
    """Return the areas of a programme by code, and the headline goals and adopted texts of its ambitions."""
    with connection.cursor() as cursor:
        cursor.execute(SURROUNDINGS, {"programme": programme.pk, "adopted": AmbitionState.ADOPTED.value, "zone": settings.TIME_ZONE})
        areas, aims, texts = cursor.fetchone()
    adopted = [Mark(datetime.date.fromisoformat(on), *rest) for on, *rest in texts or []]
    return Surroundings([Place(*area) for area in areas or []], [_goal(*aim) for aim in aims or []], adopted)


def _goal(indicator: int, area: int | None, baseline: float, since: int, target: float, target_on: str, number: int, sentence: str) -> GoalRow:
    return GoalRow(indicator, area, baseline, since, target, datetime.date.fromisoformat(target_on), number, sentence)


def theme_scores(programme: Programme) -> list[ScoreRow]:
    """The theme index of a programme in all years, by theme and year, of the newest version of the references."""
    rows = ThemeScore.objects.filter(programme=programme).order_by("theme__order", "period")
    columns = ["theme__slug", "theme__name", "period", "score", "reason", "indicators_present", "indicators_total", "parts", "kind", "version"]
    return [ScoreRow._make(row) for row in rows.values_list(*columns)]


def area_values(areas: Sequence[int], indicator_id: int, period: int) -> list[AreaValue]:
    """The figure of one indicator in one period for each of the areas that has a row."""
    rows = AreaFigure.objects.filter(area__in=areas, indicator=indicator_id, period=period).order_by("area__code")
    return [AreaValue._make(row) for row in rows.values_list("area_id", "value", "numerator", "reason")]


def map_of(programme: Programme, indicator_id: int, period: int) -> tuple[list[Place], list[AreaValue]]:
    """The areas of a programme by code, and the figure of one indicator in one period of each that has a row."""
    figure = FilteredRelation("figures", condition=Q(figures__indicator=indicator_id, figures__period=period))
    rows = programme.areas.annotate(figure=figure).order_by("code").values_list(
        "pk", "code", "name", "population", "figure__pk", "figure__value", "figure__numerator", "figure__reason"
    )  # fmt: skip
    found = list(rows)
    return [Place(*row[:4]) for row in found], [AreaValue(row[0], *row[5:]) for row in found if row[4] is not None]


def promises(programme: Programme, user: Any) -> list[PromiseRow]:
    """The commitments the user may see, by organisation."""
    rows = Commitment.objects.visible_to(user).filter(ambition__programme=programme).order_by("organisation__name", "pk")
    columns = ["organisation__name", "state", "what", "agreed_at", "ended_at", "ambition__theme__slug", "ambition__number"]
    return [PromiseRow._make(row) for row in rows.values_list(*columns)]


def areas_as_geojson(programme: Programme) -> dict[str, Any]:
    """The areas with their boundaries (WGS 84) as a GeoJSON FeatureCollection; geometry null where there is none."""
    columns = ["code", "name", "population", "boundary", "boundary_source", "division__year"]
    features = [
        {
            "type": "Feature", "id": code, "geometry": boundary,
            "properties": {"code": code, "name": name, "population": population, "source": source, "year": year},
        }
        for code, name, population, boundary, source, year in programme.areas.order_by("code").values_list(*columns)
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}
