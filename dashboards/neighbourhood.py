"""What visitors may read about a programme; everything here passes through `public()`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from actors.models import Organisation, Participation
from ambitions.models import Ambition, AmbitionVersion, Commitment
from dashboards import wording
from dashboards.briefing import GoalLine
from dashboards.choices import Trend
from dashboards.models import ProgrammeFigure
from dashboards.series import FigureRow, ThemeSentence
from residents.choices import InputState
from residents.models import Answer, Recognition, ResidentInput
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.models import Programme

ANSWERS = 4  # on the page of the neighbourhood; all of them have a page of their own
THEMES = 4


@dataclass(frozen=True)
class Promised:
    """An ambition with everything that was promised for it in public."""

    ambition: Ambition
    promises: Sequence[Commitment]


def programmes() -> QuerySet[Programme]:
    """Public programmes with what their pages count and when something last changed; the map comes along."""
    published = Q(inputs__state=InputState.PUBLISHED)
    events = Event.objects.filter(programme_id=OuterRef("pk")).order_by().values("programme_id")
    figures = ProgrammeFigure.objects.filter(programme=OuterRef("pk")).order_by().values("programme")
    answers = Recognition.objects.filter(programme=OuterRef("pk")).order_by().values("programme")
    rows = Programme.objects.public().select_related("map", "municipality").defer("municipality__boundary")
    return rows.annotate(
        received=Count("inputs", filter=published),
        answered=Count("inputs", filter=published & Q(inputs__answered_at__isnull=False)),
        in_time=Count("inputs", filter=published & Q(inputs__answered_at__date__lte=F("inputs__answer_due_on"))),
        events_so_far=Subquery(events.annotate(number=Count("pk")).values("number")),
        computed_at=Subquery(figures.annotate(moment=Max("computed_at")).values("moment")),
        recognised=Subquery(answers.annotate(total=Sum("number")).values("total")),
    )


def with_partners(rows: QuerySet[Programme]) -> QuerySet[Programme]:
    """Add `taking_part`, the current participations with their organisations, by name. One more query."""
    current = Participation.objects.current().select_related("organisation").order_by("organisation__name")
    return rows.prefetch_related(Prefetch("participations", current, to_attr="taking_part"))


def partners(programme: Programme) -> QuerySet[Organisation]:
    return Organisation.objects.in_programme(programme)


def ambitions(programme: Programme) -> QuerySet[Ambition]:
    return Ambition.objects.public().filter(programme=programme).select_related("theme")


def promises(programme: Programme) -> QuerySet[Commitment]:
    rows = Commitment.objects.public().filter(ambition__programme=programme)
    return rows.with_signal().select_related("organisation").order_by("due_on", "pk")


def promised(wanted: Iterable[Ambition], made: Iterable[Commitment]) -> list[Promised]:
    """Put the promises below their ambition; what is running comes before what has ended."""
    by_ambition: dict[int, list[Commitment]] = {}
    for commitment in made:
        by_ambition.setdefault(commitment.ambition_id, []).append(commitment)
    return [Promised(row, sorted(by_ambition.get(row.pk, []), key=lambda one: not one.is_in_force)) for row in wanted]


def answers(programme: Programme) -> QuerySet[Answer]:
    """The current answers to published inputs, latest first."""
    rows = Answer.objects.current().filter(input__programme=programme, input__in=ResidentInput.objects.public())
    return rows.select_related("input", "organisation").order_by("-given_at", "-pk")


def voices(ambition: Ambition, made: Iterable[Commitment]) -> QuerySet[ResidentInput]:
    """What residents said that became part of an ambition, or of one of these public promises, latest first."""
    linked = Q(links__ambition=ambition) | Q(links__commitment__in=[commitment.pk for commitment in made])
    current = Prefetch("answers", Answer.objects.current().select_related("organisation"), to_attr="current_answers")
    rows = ResidentInput.objects.public().filter(linked, programme=ambition.programme_id).distinct()
    return rows.prefetch_related(current).order_by("-received_at", "-pk")


def telling(sentences: Sequence[ThemeSentence], wanted: Iterable[Ambition]) -> list[ThemeSentence]:
    """Return four themes: first those the neighbourhood has an ambition for, in their own order."""
    themes = {ambition.theme.slug for ambition in wanted}
    ordered = sorted(sentences, key=lambda sentence: sentence.slug not in themes)
    return ordered[:THEMES]


def latest_by_slug(programme: Programme, slugs: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Return the latest stored figure per indicator slug, for the goals of an adopted version. One query."""
    rows = ProgrammeFigure.objects.latest().filter(programme=programme, indicator__slug__in=slugs)
    columns = ["indicator", "indicator__slug", "indicator__decimals", "value", "period", "trend"]
    return {row["indicator__slug"]: row for row in rows.values(*columns)}


def adopted_goals(version: AmbitionVersion | None, figures: dict[str, dict[str, Any]]) -> list[GoalLine]:
    """Return the headline goals as they were adopted: a goal that is being changed is not public yet."""
    return [_adopted(goal, figures.get(goal["indicator"])) for goal in _headlines(version)]


def adopted_indicators(version: AmbitionVersion | None) -> list[str]:
    """Return the slugs of the indicators of those goals."""
    return [goal["indicator"] for goal in _headlines(version)]


def _headlines(version: AmbitionVersion | None) -> list[dict[str, Any]]:
    goals = version.goals if version else []
    return [goal for goal in goals if goal.get("is_headline", True) and not goal.get("area")]


def _adopted(goal: dict[str, Any], figure: dict[str, Any] | None) -> GoalLine:
    decimals = figure["indicator__decimals"] if figure else 1
    known = figure is not None and figure["value"] is not None
    trend = figure["trend"] if figure else Trend.UNKNOWN.value
    return GoalLine(
        name=goal["name"], baseline=wording.amount(goal["baseline"], decimals, goal["unit"]), baseline_period=wording.period(goal["baseline_period"]),
        now=wording.amount(figure["value"], decimals, goal["unit"]) if figure and known else "",
        period=wording.period(figure["period"]) if figure and known else "", target=wording.amount(goal["target"], decimals, goal["unit"]),
        target_on=date.fromisoformat(goal["target_on"]), trend=trend, trend_label=wording.trend(trend),
        slug=goal["indicator"] if figure else "", period_number=figure["period"] if figure else 0,
    )  # fmt: skip


def judged(rows: Iterable[FigureRow]) -> list[FigureRow]:
    """Leave out figures that belong to no theme: counts that others are divided by."""
    return [row for row in rows if row.theme]
