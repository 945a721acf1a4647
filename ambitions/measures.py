"""Which goal a commitment should help, and by which assumed mechanism."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ambitions.choices import AmbitionState, Strength
from ambitions.models import Commitment, Goal, Measure
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events


@transaction.atomic
def link(commitment: Commitment, *, goal: Goal, strength: int, mechanism: str, by: User, visible_from: date | None = None) -> Measure:
    """Say that a commitment should help a goal of its own ambition; once per goal.

    Raises ValidationError (codes "closed", "other_ambition", "linked_already", "no_mechanism", "too_soon", "too_late").
    """
    locked = Commitment.objects.select_for_update(of=("self",)).select_related("ambition").get(pk=commitment.pk)
    if goal.ambition_id != locked.ambition_id:
        raise ValidationError(_("This goal belongs to another ambition."), code="other_ambition")
    if locked.measures.filter(goal=goal).exists():
        raise ValidationError(_("This commitment is linked to this goal already."), code="linked_already")
    _check(locked, goal, mechanism, visible_from)
    measure = Measure.objects.create(
        ambition=locked.ambition, commitment=locked, goal=goal, strength=Strength(strength), mechanism=mechanism.strip(),
        visible_from=visible_from, created_by=by,
    )
    _record("measure.added", measure, by, new=_values(measure))
    return measure


@transaction.atomic
def change(measure: Measure, *, strength: int, mechanism: str, by: User, visible_from: date | None = None) -> Measure:
    """Change what is expected of it; commitment and goal stay. Raises ValidationError as `link` does."""
    locked = _locked(measure)
    _check(locked.commitment, locked.goal, mechanism, visible_from)
    old = _values(locked)
    locked.strength, locked.mechanism, locked.visible_from = Strength(strength), mechanism.strip(), visible_from
    if _values(locked) != old:
        locked.save(update_fields=["strength", "mechanism", "visible_from"])
        _record("measure.changed", locked, by, old=old, new=_values(locked))
    return locked


@transaction.atomic
def remove(measure: Measure, *, by: User) -> None:
    """Take the link away; the log keeps what was expected. Raises ValidationError (code "closed")."""
    locked = _locked(measure)
    _refuse_closed(locked.commitment)
    _record("measure.removed", locked, by, old=_values(locked))
    locked.delete()


def fall_away(goal: Goal, *, by: User) -> None:
    """Record for every commitment that its goal is removed; the rows go with the goal."""
    for measure in goal.measures.select_related("commitment__ambition", "goal__indicator", "goal__area"):
        _record("measure.removed", measure, by, old=_values(measure))


def name_of(goal: Goal) -> str:
    """The goal in a few words; needs its indicator and area."""
    return f"{goal.indicator.name} ({goal.area.name})" if goal.area else goal.indicator.name


def _locked(measure: Measure) -> Measure:
    query = Measure.objects.select_for_update(of=("self",)).select_related("commitment__ambition", "goal__indicator", "goal__area")
    return query.get(pk=measure.pk)


def _check(commitment: Commitment, goal: Goal, mechanism: str, visible_from: date | None) -> None:
    _refuse_closed(commitment)
    if not mechanism.strip():
        raise ValidationError(_("Say in one sentence how the commitment should help."), code="no_mechanism")
    if visible_from and visible_from < commitment.starts_on:
        raise ValidationError(_("No effect can be seen before the commitment starts."), code="too_soon")
    if visible_from and visible_from > goal.target_on:
        raise ValidationError(_("The effect must be expected before the target date of the goal."), code="too_late")


def _refuse_closed(commitment: Commitment) -> None:
    if commitment.ambition.state == AmbitionState.CLOSED:
        raise ValidationError(_("This ambition is closed."), code="closed")


def _values(measure: Measure) -> dict[str, Any]:
    return {
        "goal": name_of(measure.goal), "strength": int(measure.strength), "mechanism": measure.mechanism,
        "visible_from": measure.visible_from.isoformat() if measure.visible_from else "",
    }


def _record(kind: str, measure: Measure, by: User, **change: dict[str, Any]) -> None:
    events.record(kind, about=measure.commitment, by=by, programme=measure.commitment.ambition.programme_id, **change)
