"""The learning log of an ambition: what we assumed, what we saw, what we change."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors.models import Organisation
from actors.permissions import organisation_ids
from ambitions.models import Ambition, Lesson
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events


@transaction.atomic
def write(ambition: Ambition, *, assumed: str, saw: str, changes: str, by: User) -> Lesson:
    """Add a lesson, signed; also to a closed ambition, because that is when one looks back.

    Raises ValidationError (code "incomplete") unless all three parts are there.
    """
    parts = {"assumed": assumed.strip(), "saw": saw.strip(), "changes": changes.strip()}
    if not all(parts.values()):
        raise ValidationError(_("Fill in all three parts. If nothing changes, say so."), code="incomplete")
    lesson = Lesson.objects.create(ambition=ambition, written_by=by, by_organisation=_organisation(by, ambition), **parts)
    events.record("lesson.written", about=ambition, by=by, programme=ambition.programme_id, new=parts)
    return lesson


def _organisation(by: User, ambition: Ambition) -> Organisation | None:
    """The partner the writer speaks for; None for who speaks for none of them."""
    return Organisation.objects.filter(pk__in=organisation_ids(by)).in_programme(ambition.programme_id).first()
