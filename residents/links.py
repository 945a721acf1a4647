"""What an input became part of; from here the sender can follow the chain."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ambitions.models import Ambition, Commitment
from residents.choices import InputState
from residents.models import InputLink, ResidentInput
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events


@transaction.atomic
def link(
    resident_input: ResidentInput, *, by: User, ambition: Ambition | None = None, commitment: Commitment | None = None
) -> InputLink:
    """Tie an input to an ambition or a commitment of the same programme; a second time changes nothing.

    Raises ValidationError (codes "one_thing", "not_published", "other_programme").
    """
    _check(resident_input, ambition, commitment)
    made, is_new = InputLink.objects.get_or_create(
        input=resident_input, ambition=ambition, commitment=commitment, defaults={"linked_by": by}
    )
    if is_new:
        new = {"to": str(ambition or commitment), "ambition": made.ambition_id, "commitment": made.commitment_id}
        events.record("input.linked", about=resident_input, by=by, programme=resident_input.programme_id, new=new)
    return made


@transaction.atomic
def unlink(input_link: InputLink, *, by: User) -> None:
    """Take a link away that was a mistake; the log keeps that it was there."""
    resident_input = input_link.input
    old = {"to": str(input_link.ambition or input_link.commitment)}
    input_link.delete()
    events.record("input.unlinked", about=resident_input, by=by, programme=resident_input.programme_id, old=old)


def _check(resident_input: ResidentInput, ambition: Ambition | None, commitment: Commitment | None) -> None:
    if (ambition is None) == (commitment is None):
        raise ValidationError(_("Choose an ambition or a commitment."), code="one_thing")
    if resident_input.state != InputState.PUBLISHED:
        raise ValidationError(_("Publish the input first."), code="not_published")
    owner = ambition or commitment.ambition  # type: ignore[union-attr]  # one of the two is there
    if owner.programme_id != resident_input.programme_id:
        raise ValidationError(_("This belongs to another programme."), code="other_programme")
