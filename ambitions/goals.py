"""What should change in figures: from a baseline to a target, at most three of them in the headline."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from ambitions import consultations, measures
from ambitions.models import Ambition, Goal, GoalPoint
from wijkaanpak.accounts.models import User
from wijkaanpak.indicators.choices import Direction
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Area

HEADLINES = (1, 2, 3)
Points = Sequence[tuple[date, float]]


@transaction.atomic
def add(
    ambition: Ambition, *, by: User, area: Area | None = None, order: int | None = None, is_headline: bool = True,
    points: Points = (), **values: Any,
) -> Goal:
    """Add a goal, by itself in the first free place of the headline; `values` and `points` are those of `check`.

    Raises ValidationError (codes of `check`, and "frozen", "three_headlines").
    """
    locked = _open(ambition)
    check(**values, points=points)
    goal = Goal.objects.create(ambition=locked, area=area, is_headline=is_headline, order=order or _place(locked, is_headline), **values)
    _put_points(goal, points)
    _record("goal.added", goal, by, new=_values(goal))
    consultations.text_changed(locked, by=by)
    return goal


@transaction.atomic
def change(goal: Goal, *, by: User, is_headline: bool, points: Points = (), **values: Any) -> Goal:
    """Change a goal; takes the same values as `add`, without order. What was judged of it before was about something else."""
    ambition = _open(goal.ambition)
    check(**{key: value for key, value in values.items() if key != "area"}, points=points)
    old = _values(Goal.objects.select_related("indicator", "area").get(pk=goal.pk))
    if is_headline != goal.is_headline:
        goal.order = _place(ambition, is_headline)
    goal.is_headline = is_headline
    for field, value in values.items():
        setattr(goal, field, value)
    goal.save()
    _put_points(goal, points)
    _record("goal.changed", goal, by, old=old, new=_values(goal))
    if _values(goal) != old:
        goal.checks.all().delete()
        consultations.text_changed(ambition, by=by)
    return goal


@transaction.atomic
def remove(goal: Goal, *, by: User) -> None:
    """Remove a goal, with the links of the commitments that should help it."""
    ambition = _open(goal.ambition)
    measures.fall_away(goal, by=by)
    _record("goal.removed", goal, by, old=_values(goal))
    goal.delete()
    consultations.text_changed(ambition, by=by)


def check(
    *, indicator: Indicator, definition: str, baseline: float, baseline_period: int, target: float, target_on: date,
    visible_from: date | None = None, points: Points = (),
) -> None:
    """Refuse goals that cannot be judged: estimates and context figures, no definition, no change, a path that does not lead there.

    Raises ValidationError (codes "not_measurable", "no_definition", "no_change", "too_soon", "effect_too_late", "point_outside", "point_twice").
    """
    if indicator.is_modelled or indicator.direction == Direction.CONTEXT:
        raise ValidationError(
            _("“%(name)s” is an estimate or a background figure. Choose a measured figure with a good and a bad side."),
            code="not_measurable", params={"name": indicator.name},
        )
    if target == baseline:
        raise ValidationError(_("The target must differ from the baseline."), code="no_change")
    if target_on.year <= int(str(baseline_period)[:4]):
        raise ValidationError(_("The target date must lie after the period of the baseline."), code="too_soon")
    if visible_from and visible_from > target_on:
        raise ValidationError(_("The effect must be expected before the target date."), code="effect_too_late")
    if not definition.strip():
        raise ValidationError(_("Say what exactly the figure says."), code="no_definition")
    _check_points(points, baseline_period, target_on)


def _check_points(points: Points, baseline_period: int, target_on: date) -> None:
    days = [day for day, _value in points]
    if len(set(days)) < len(days):
        raise ValidationError(_("Two points have the same date."), code="point_twice")
    if any(day.year <= int(str(baseline_period)[:4]) or day >= target_on for day in days):
        raise ValidationError(_("Each point must lie after the period of the baseline and before the target date."), code="point_outside")


def _put_points(goal: Goal, points: Points) -> None:
    goal.points.all().delete()
    GoalPoint.objects.bulk_create(GoalPoint(goal=goal, on=day, value=value) for day, value in points)


def _open(ambition: Ambition) -> Ambition:
    locked = Ambition.objects.select_for_update(of=("self",)).get(pk=ambition.pk)
    if not locked.is_open_to_change:
        raise ValidationError(_("The goals are adopted. Revise the ambition to change them."), code="frozen")
    return locked


def _place(ambition: Ambition, is_headline: bool) -> int:
    """The first free place in the headline, or the last place among the other goals."""
    others = ambition.goals.filter(is_headline=is_headline)
    if not is_headline:
        return (others.aggregate(last=Max("order"))["last"] or 0) + 1
    free = sorted(set(HEADLINES) - set(others.values_list("order", flat=True)))
    if not free:
        raise ValidationError(_("An ambition has at most three headline goals."), code="three_headlines")
    return free[0]


def _values(goal: Goal) -> dict[str, Any]:
    return {
        "indicator": goal.indicator.name, "area": goal.area.name if goal.area else "", "baseline": goal.baseline,
        "baseline_period": goal.baseline_period, "target": goal.target, "target_on": goal.target_on.isoformat(),
        "visible_from": goal.visible_from.isoformat() if goal.visible_from else "", "definition": goal.definition,
        "points": [f"{date_format(point.on, 'j F Y')}: {number_format(point.value)}" for point in goal.points.all()],
    }


def _record(kind: str, goal: Goal, by: User, **change: Any) -> None:
    events.record(kind, about=goal.ambition, by=by, programme=goal.ambition.programme_id, **change)
