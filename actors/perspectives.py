"""How an organisation looks at a theme, in its own words; each change is a new version and the old one stays."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation, Perspective
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme, Theme

PARTS = ("goals", "interests", "means", "limits", "concerns")


@transaction.atomic
def write(programme: Programme, *, organisation: Organisation, theme: Theme, by: User, **parts: str) -> Perspective:
    """Store a new version; the same words as before change nothing and return the present version.

    Parts: goals, interests, means, limits, concerns; one that is not given is empty.
    Raises ValidationError (code "empty") when every part is empty.
    """
    words = {part: parts.pop(part, "").strip() for part in PARTS}
    if parts:
        raise TypeError(f"a perspective has no {', '.join(sorted(parts))}")
    if not any(words.values()):
        raise ValidationError(_("Write at least one part."), code="empty")
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)  # versions are numbered one by one
    present = Perspective.objects.current().filter(programme=programme, organisation=organisation, theme=theme).first()
    if present and words == {part: getattr(present, part) for part in PARTS}:
        return present
    return _replace(present, by, programme=programme, organisation=organisation, theme=theme, **words)


def _replace(present: Perspective | None, by: User, **values) -> Perspective:
    now = timezone.now()
    if present:
        Perspective.objects.filter(pk=present.pk).update(replaced_at=now)
    made = Perspective.objects.create(
        version=present.version + 1 if present else 1, written_by=by, written_at=now, **values
    )
    events.record(
        "perspective.written", about=made.organisation, by=by, programme=made.programme,
        new={"theme": made.theme.name, "version": made.version},
    )
    return made
