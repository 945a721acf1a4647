"""Confirm which area a recoded area was before, refuse a proposal, and undo either; the figures follow."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.choices import Change
from wijkaanpak.neighbourhoods.models import Area, RefusedLink
from wijkaanpak.neighbourhoods.signals import areas_linked


@transaction.atomic
def confirm(pairs: Iterable[tuple[Area, Area]], *, by) -> int:
    """Confirm that each first area was the second one the year before; all or none. Returns how many.

    Raises ValidationError: "not_recoded", "other_year", "other_kind", or "taken" when another area continues it.
    """
    linked = [_link(area, candidate, by=by) for area, candidate in pairs]
    if linked:
        areas_linked.send(Area, area_ids=linked)
    return len(linked)


def _link(area: Area, candidate: Area, *, by) -> int:
    locked = Area.objects.select_for_update(of=("self",)).without_boundary().select_related("division").get(pk=area.pk)
    _require_possible(locked, candidate)
    locked.predecessor = candidate
    locked.save(update_fields=["predecessor"])
    RefusedLink.objects.filter(area=locked, candidate=candidate).delete()
    events.record("area.linked", about=locked, by=by, name=named(locked), new={"predecessor": named(candidate)})
    return locked.pk


def _require_possible(area: Area, candidate: Area) -> None:
    names = {"area": named(area), "candidate": named(candidate)}
    if area.change != Change.CODE:
        raise ValidationError(_("%(area)s did not change its code only, so it cannot be linked.") % names, code="not_recoded")
    if candidate.division.year != area.division.year - 1:
        raise ValidationError(_("%(candidate)s is not of the year before %(area)s.") % names, code="other_year")
    if candidate.kind != area.kind:
        raise ValidationError(_("%(candidate)s is another kind of area than %(area)s.") % names, code="other_kind")
    others = Area.objects.filter(division=area.division).exclude(pk=area.pk)
    if others.filter(predecessor=candidate).exists() or others.filter(code=candidate.code, change=Change.UNCHANGED).exists():
        raise ValidationError(_("Another area continues %(candidate)s already.") % names, code="taken")


@transaction.atomic
def undo(area: Area, *, by) -> None:
    """Take a confirmed link back. Raises ValidationError (code "not_linked") when there is none (any more)."""
    locked = Area.objects.select_for_update(of=("self",)).without_boundary().select_related("predecessor").get(pk=area.pk)
    if locked.predecessor is None:
        raise ValidationError(_("This area is not linked (any more)."), code="not_linked")
    old = {"predecessor": named(locked.predecessor)}
    once = locked.predecessor_id
    locked.predecessor = None
    locked.save(update_fields=["predecessor"])
    events.record("area.unlinked", about=locked, by=by, name=named(locked), old=old)
    areas_linked.send(Area, area_ids=[locked.pk, once])


@transaction.atomic
def refuse(area: Area, candidate: Area, *, by) -> None:
    """Remember that an area was not this candidate; saying so twice is saying it once."""
    _row, is_new = RefusedLink.objects.get_or_create(area=area, candidate=candidate)
    if is_new:
        events.record("area.link_refused", about=area, by=by, name=named(area), new={"candidate": named(candidate)})


@transaction.atomic
def undo_refusal(area: Area, candidate: Area, *, by) -> None:
    deleted, _rows = RefusedLink.objects.filter(area=area, candidate=candidate).delete()
    if deleted:
        events.record("area.link_refusal_undone", about=area, by=by, name=named(area), old={"candidate": named(candidate)})


def named(area: Area) -> str:
    return f"{area.name} ({area.code})" if area.name else area.code
