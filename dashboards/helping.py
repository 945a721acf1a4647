"""Which promise should help which goal, and what was learned on the way: for the page of an ambition and its sheet."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from ambitions.models import Ambition, Commitment, Lesson, Measure


@dataclass(frozen=True)
class Help:
    """What one promise should do for one goal; `effect_from` is the day from which that may be seen."""

    goal: str
    organisation: str
    what: str
    mechanism: str
    effect_from: date | None


def helps(made: Iterable[Commitment], indicators: Collection[str]) -> list[Help]:
    """Return what these promises should do for the goals with these indicators, by goal. One query."""
    by_pk = {row.pk: row for row in made}
    rows = Measure.objects.at_work().with_effect().filter(commitment__in=by_pk, goal__indicator__slug__in=indicators)
    rows = rows.annotate(goal_name=F("goal__indicator__name")).order_by("goal__order", "goal", "-strength", "pk")
    promises = [(row, by_pk[row.commitment_id]) for row in rows]
    return [Help(row.goal_name, str(made.organisation), made.what, row.mechanism, row.effect_from) for row, made in promises]


def lessons(ambition: Ambition) -> QuerySet[Lesson]:
    """What was learned, latest first; signed by the organisation, for whom the person is nobody's business."""
    return Lesson.objects.filter(ambition=ambition).select_related("by_organisation")
