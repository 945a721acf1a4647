"""Who could take part in an ambition, in preparation, execution and evaluation, and what was done with it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ambitions.choices import Influence, Stage
from ambitions.models import Ambition, Involvement
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events

FIELDS = ("stage", "who", "influence", "starts_on", "ends_on", "fixed", "free", "outcome")


@transaction.atomic
def write(ambition: Ambition, *, by: User, **values: Any) -> Involvement:
    """Add to the log, also of a closed ambition: evaluation comes last.

    Raises ValidationError (codes "incomplete", "ends_early").
    """
    made = Involvement(ambition=ambition, written_by=by, **values)
    _check(made)
    made.save()
    events.record("involvement.written", about=ambition, by=by, programme=ambition.programme_id, new=_values(made))
    return made


@transaction.atomic
def change(involvement: Involvement, *, by: User, **values: Any) -> Involvement:
    """Put an entry right, or add what was done with it; the event log keeps what it said. Raises ValidationError as `write` does."""
    locked = Involvement.objects.select_for_update(of=("self",)).select_related("ambition").get(pk=involvement.pk)
    old = _values(locked)
    for field in FIELDS:
        setattr(locked, field, values.get(field, getattr(locked, field)))
    _check(locked)
    if _values(locked) != old:
        locked.save()
        events.record("involvement.changed", about=locked.ambition, by=by, programme=locked.ambition.programme_id, old=old, new=_values(locked))
    return locked


def by_stage(ambition: Ambition) -> list[tuple[Stage, list[Involvement]]]:
    """Return the three phases in their order, each with its entries, empty ones included. One query."""
    rows = list(ambition.involvements.select_related("written_by"))
    return [(stage, [row for row in rows if row.stage == stage]) for stage in Stage]


def _check(entry: Involvement) -> None:
    if not (entry.who.strip() and entry.fixed.strip() and entry.free.strip()):
        raise ValidationError(_("Say who could take part, what was fixed and what was open."), code="incomplete")
    if entry.ends_on and entry.ends_on < entry.starts_on:
        raise ValidationError(_("The last day is before the first."), code="ends_early")


def _values(entry: Involvement) -> dict[str, str]:
    return {
        "stage": str(Stage(entry.stage).label), "who": entry.who, "influence": str(Influence(entry.influence).label),
        "starts_on": entry.starts_on.isoformat(), "ends_on": entry.ends_on.isoformat() if entry.ends_on else "",
        "fixed": entry.fixed, "free": entry.free, "outcome": entry.outcome,
    }  # fmt: skip
