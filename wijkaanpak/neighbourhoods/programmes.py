"""Programmes: what they are called, where they are, and in which periods."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Area, Period, Programme
from wijkaanpak.neighbourhoods.signals import areas_changed

EDITABLE = {"name", "summary", "is_public", "shows_theme_index", "answer_term_days", "contact_name", "contact_email"}


@transaction.atomic
def add(*, slug: str, name: str, summary: str, by, **values) -> Programme:
    programme = Programme.objects.create(slug=slug, name=name, summary=summary, **values)
    events.record("programme.added", about=programme, by=by, programme=programme, new={"name": name})
    return programme


@transaction.atomic
def change(programme: Programme, *, by, **values) -> Programme:
    """Change the named fields; only what differs is written and recorded. Raises ValueError for another field."""
    if unknown := values.keys() - EDITABLE:
        raise ValueError(f"not editable: {sorted(unknown)}")
    locked = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    old = {name: getattr(locked, name) for name, value in values.items() if getattr(locked, name) != value}
    if not old:
        return locked
    new = {name: values[name] for name in old}
    for name, value in new.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(new))
    events.record("programme.changed", about=locked, by=by, programme=locked, old=old, new=new)
    _record_publication(locked, old, by=by)
    return locked


def _record_publication(programme, old, *, by):
    if "is_public" in old:
        kind = "programme.published" if programme.is_public else "programme.hidden"
        events.record(kind, about=programme, by=by, programme=programme)


@transaction.atomic
def choose_areas(programme: Programme, *, municipality: Area | None, areas, by) -> None:
    """Let the programme run in exactly these areas and tell whoever computes with them.

    Raises ValidationError: "years" when they are of different divisions, "overlap" when one lies inside another.
    """
    chosen = sorted(areas, key=lambda area: area.code)
    _check_areas(chosen)
    locked = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    before = list(locked.areas.without_boundary())
    if before == chosen and locked.municipality_id == getattr(municipality, "pk", None):
        return
    locked.areas.set(chosen)
    locked.municipality = municipality
    locked.save(update_fields=["municipality"])
    old, new = ({"areas": [area.name or area.code for area in areas]} for areas in (before, chosen))
    events.record("programme.areas_chosen", about=locked, by=by, programme=locked, old=old, new=new)
    areas_changed.send(Programme, programme=locked)


def _check_areas(areas):
    if len({area.division_id for area in areas}) > 1:
        raise ValidationError(_("Choose areas of one year: borders differ from year to year."), code="years")
    chosen = {area.pk for area in areas}
    inside = [area.name for area in areas if area.parent_id in chosen]
    if inside:
        text = _("%(areas)s would count twice: the district around it is chosen as well.") % {"areas": ", ".join(inside)}
        raise ValidationError(text, code="overlap")


@transaction.atomic
def add_period(programme: Programme, *, name: str, starts_on, ends_on, by, review_on=None) -> Period:
    period = Period.objects.create(programme=programme, name=name, starts_on=starts_on, ends_on=ends_on, review_on=review_on)
    events.record("period.added", about=period, by=by, programme=programme, new=_dates(period))
    return period


@transaction.atomic
def change_period(period: Period, *, name: str, starts_on, ends_on, by, review_on=None) -> Period:
    locked = Period.objects.select_for_update(of=("self",)).select_related("programme").get(pk=period.pk)
    old = _dates(locked)
    locked.name, locked.starts_on, locked.ends_on, locked.review_on = name, starts_on, ends_on, review_on
    locked.save()
    events.record("period.changed", about=locked, by=by, programme=locked.programme, old=old, new=_dates(locked))
    return locked


@transaction.atomic
def remove_period(period: Period, *, by) -> None:
    """Remove a period that nothing was recorded about yet. Raises ValidationError (code "in_use")."""
    events.record("period.removed", about=period, by=by, programme=period.programme, old=_dates(period))
    try:
        period.delete()
    except ProtectedError as error:
        raise ValidationError(_("This period has ambitions or a review, so it stays."), code="in_use") from error


def _dates(period):
    dates = {name: getattr(period, name) for name in ("starts_on", "ends_on", "review_on")}
    return {"name": period.name} | {name: value.isoformat() if value else None for name, value in dates.items()}
