"""Who takes part: organisations and the programmes they joined or left."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Organisation, Participation
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme

FIELDS = {"name", "kind", "description", "answer_term_days", "part_of"}
OPEN: list[Callable[[Programme, Organisation], int]] = []


def open_things_come_from(count: Callable[[Programme, Organisation], int]) -> None:
    """Register what counts the open things of an organisation in a programme; this app does not know them all."""
    if count not in OPEN:
        OPEN.append(count)


@transaction.atomic
def add(
    *, name: str, kind: str, by: User, description: str = "", answer_term_days: int = 15, part_of: Organisation | None = None,
    programme: Programme | None = None,
) -> Organisation:
    """Add an organisation to the installation, and to a programme when one is given."""
    organisation = Organisation.objects.create(
        name=name, kind=kind, description=description, answer_term_days=answer_term_days, part_of=part_of,
        is_example=programme.is_example if programme else False,
    )
    events.record("organisation.added", about=organisation, by=by, programme=programme, new={"name": name, "kind": kind})
    if programme:
        join(programme, organisation=organisation, by=by)
    return organisation


@transaction.atomic
def change(organisation: Organisation, *, by: User, programme: Programme | None = None, **values: Any) -> Organisation:
    """Correct what is known of an organisation; it is the same in every programme.

    Raises ValidationError (code "circle") when it would become a part of itself.
    """
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"an organisation has no {', '.join(sorted(unknown))} to set")
    if values.get("part_of"):
        _check_circle(organisation, values["part_of"])
    locked = Organisation.objects.select_for_update(of=("self",)).select_related("part_of").get(pk=organisation.pk)
    changed = {field: value for field, value in values.items() if getattr(locked, field) != value}
    old = {field: getattr(locked, field) for field in changed}
    for field, value in changed.items():
        setattr(locked, field, value)
    if changed:
        locked.save(update_fields=list(changed))
        events.record("organisation.changed", about=locked, by=by, programme=programme, old=_plain(old), new=_plain(changed))
    return locked


def _check_circle(organisation: Organisation, whole: Organisation) -> None:
    """Walk up from the whole with every row locked, so that two changes at once cannot close a circle together."""
    above = dict(Organisation.objects.select_for_update(of=("self",)).order_by("pk").values_list("pk", "part_of"))
    step: int | None = whole.pk
    while step is not None and step != organisation.pk:
        step = above[step]
    if step is not None:
        raise ValidationError(_("%(whole)s is itself a part of this organisation. Choose another one, or leave it empty."), code="circle", params={"whole": whole.name})


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Values as the event log keeps them: an organisation by its name."""
    return {key: str(value) if isinstance(value, Organisation) else value for key, value in values.items()}


@transaction.atomic
def join(programme: Programme, *, organisation: Organisation, by: User) -> Participation:
    """Let an organisation take part, for the first time or again. Raises ValidationError (code "takes_part")."""
    today = timezone.localdate()
    participation, is_new = Participation.objects.select_for_update(of=("self",)).get_or_create(
        programme=programme, organisation=organisation, defaults={"since": today}
    )
    if not is_new and (participation.until is None or participation.until > today):
        raise ValidationError(_("This organisation already takes part."), code="takes_part")
    participation.until = None
    participation.save(update_fields=["until"])
    events.record("participation.started", about=organisation, by=by, programme=programme, new={"programme": programme.name})
    return participation


@transaction.atomic
def leave(programme: Programme, *, organisation: Organisation, by: User, reason: str) -> Participation:
    """End the participation today; what the organisation promised and said stays readable.

    Raises ValidationError (codes "takes_no_part", "no_reason", and "in_hand": nothing that is open stays behind with who is gone).
    """
    participation = Participation.objects.current().select_for_update(of=("self",)).filter(
        programme=programme, organisation=organisation
    ).first()
    if participation is None:
        raise ValidationError(_("This organisation does not take part in the programme."), code="takes_no_part")
    if not reason.strip():
        raise ValidationError(_("Say why the organisation leaves."), code="no_reason")
    _check_open(programme, organisation)
    participation.until = timezone.localdate()
    participation.save(update_fields=["until"])
    events.record("participation.ended", about=organisation, by=by, programme=programme, new={"reason": reason.strip()})
    return participation


def _check_open(programme: Programme, organisation: Organisation) -> None:
    number = sum(count(programme, organisation) for count in OPEN)
    if number:
        text = ngettext(
            "%(name)s still has %(number)s open thing. Say first who takes it over.",
            "%(name)s still has %(number)s open things. Say first who takes them over.",
            number,
        )
        raise ValidationError(text % {"name": organisation.name, "number": number}, code="in_hand")
