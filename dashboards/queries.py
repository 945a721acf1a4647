"""What pages read: stored rows only, one query per function."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Count, F, Max, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Greatest

from ambitions.choices import AmbitionState
from ambitions.models import Commitment, Goal
from dashboards.asking import KIND
from dashboards.models import AreaFigure, ProgrammeFigure, ThemeScore
from dashboards.series import AreaValue, CommitmentCount, FigureRow, GoalRow, Place, ScoreRow
from wijkaanpak.indicators.models import Edition
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods.models import Programme

OF_INDICATOR = ["slug", "name", "unit", "decimals", "kind", "direction", "is_modelled", "is_example", "source"]
OF_FIGURE = [
    "period", "value", "numerator", "coverage", "areas_with_value", "areas_total", "municipality_value", "country_value",
    "previous_period", "previous_value", "compared_value", "noise", "years", "trend", "reason", "breaks", "provisional", "is_latest",
    "reference_date",
]  # fmt: skip


def programme_figures(programme: Programme) -> list[FigureRow]:
    """All stored figures of a programme, by theme, indicator and period."""
    return _figures(ProgrammeFigure.objects.filter(programme=programme))


def latest_figures(programme: Programme) -> list[FigureRow]:
    """The figure to show of each indicator of a programme."""
    return _figures(ProgrammeFigure.objects.latest().filter(programme=programme))


def area_figures(area_id: int) -> list[FigureRow]:
    """All stored figures of one area, by theme, indicator and period."""
    return _figures(AreaFigure.objects.filter(area=area_id))


def _figures(rows: QuerySet) -> list[FigureRow]:
    """Read figures; the long texts come with the latest row of an indicator only."""
    def latest_only(name: str) -> Case:
        return Case(When(is_latest=True, then=F(f"indicator__{name}")), default=Value(""), output_field=TextField())

    texts = rows.annotate(definition=latest_only("definition"), pitfalls=latest_only("pitfalls"))
    columns = ["indicator_id", *(f"indicator__{name}" for name in OF_INDICATOR), "definition", "pitfalls"]
    columns += ["indicator__theme__slug", "indicator__theme__name", *OF_FIGURE]
    order = ["indicator__theme__order", "indicator__order", "indicator_id", "period"]
    return [FigureRow._make(row) for row in texts.order_by(*order).values_list(*columns)]


def theme_scores(programme: Programme) -> list[ScoreRow]:
    """The theme index of a programme in all years, by theme and year, of the newest version of the references."""
    rows = ThemeScore.objects.filter(programme=programme).order_by("theme__order", "period")
    columns = ["theme__slug", "theme__name", "period", "score", "reason", "indicators_present", "indicators_total", "parts", "kind", "version"]
    return [ScoreRow._make(row) for row in rows.values_list(*columns)]


def area_values(areas: Sequence[int], indicator_id: int, period: int) -> list[AreaValue]:
    """The figure of one indicator in one period for each of the areas that has a row."""
    rows = AreaFigure.objects.filter(area__in=areas, indicator=indicator_id, period=period).order_by("area__code")
    return [AreaValue._make(row) for row in rows.values_list("area_id", "value", "numerator", "reason")]


def places(programme: Programme) -> list[Place]:
    """The areas of a programme in the order of their codes."""
    rows = programme.areas.order_by("code").values_list("pk", "code", "name", "population")
    return [Place._make(row) for row in rows]


def goals(programme: Programme) -> list[GoalRow]:
    """Headline goals of adopted ambitions."""
    rows = Goal.objects.filter(ambition__programme=programme, ambition__state=AmbitionState.ADOPTED, is_headline=True)
    columns = ["indicator_id", "area_id", "baseline", "baseline_period", "target", "target_on", "ambition__number", "ambition__sentence"]
    return [GoalRow._make(row) for row in rows.order_by("ambition__number", "order").values_list(*columns)]


def commitments(programme: Programme, user: Any) -> list[CommitmentCount]:
    """How many commitments the user may see, per organisation and state."""
    rows = Commitment.objects.visible_to(user).filter(ambition__programme=programme)
    counted = rows.order_by("organisation__name").values_list("organisation__name", "state").annotate(number=Count("pk", distinct=True))
    return [CommitmentCount._make(row) for row in counted]


def with_freshness(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Add when the figures were computed, when an import last changed something, and the job that computes now."""
    own = Q(programme_id=OuterRef("pk")) | Q(programme_id=None)
    figures = ProgrammeFigure.objects.filter(programme=OuterRef("pk")).order_by().values("programme")
    editions = Edition.objects.order_by().values(one=Value(1)).annotate(moment=Greatest(Max("loaded_at"), Max("undone_at")))
    return programmes.annotate(
        computed_at=Subquery(figures.annotate(moment=Max("computed_at")).values("moment")),
        changed_at=Subquery(editions.values("moment")),
        computing=Subquery(Job.objects.active().filter(own, kind=KIND).order_by("pk").values("pk")[:1]),
    )


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
