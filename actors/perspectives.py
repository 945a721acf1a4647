"""How an organisation looks at a theme: a draft that only itself sees, and released versions that stay as they are."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import PARTS, Organisation, Perspective, PerspectiveDraft
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme, Theme


@transaction.atomic
def write(programme: Programme, *, organisation: Organisation, theme: Theme, by: User, edit: int = 0, **parts: str) -> PerspectiveDraft | None:
    """Keep the words as the draft; words that are those of the released version leave no draft, and return None.

    Parts: goals, interests, means, limits, concerns; one that is not given is empty. `edit` is that of the draft the
    writer began with, 0 without one. Raises ValidationError (codes "empty", "changed_meanwhile").
    """
    words = _words(parts)
    _lock(organisation)
    about = {"programme": programme, "organisation": organisation, "theme": theme}
    draft = PerspectiveDraft.objects.filter(**about).first()
    if edit != (draft.edit if draft else 0):
        raise ValidationError(
            _("Somebody of your organisation changed the draft meanwhile. Your words are still below: compare them and save again."),
            code="changed_meanwhile",
        )
    released = Perspective.objects.current().filter(**about).first()
    if released and words == released.words():
        PerspectiveDraft.objects.filter(**about).delete()
        return None
    values = {**words, "edit": edit + 1, "written_by": by, "written_at": timezone.now()}
    return PerspectiveDraft.objects.update_or_create(programme=programme, organisation=organisation, theme=theme, defaults=values)[0]


def _words(parts: dict[str, str]) -> dict[str, str]:
    if unknown := parts.keys() - set(PARTS):
        raise TypeError(f"a perspective has no {', '.join(sorted(unknown))}")
    words = {part: parts.get(part, "").replace("\r\n", "\n").strip() for part in PARTS}
    if not any(words.values()):
        raise ValidationError(_("Write at least one part."), code="empty")
    return words


def _lock(organisation: Organisation) -> None:
    """Drafts and versions of one organisation come one by one."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


@transaction.atomic
def release(draft: PerspectiveDraft, *, edit: int, by: User) -> Perspective:
    """Make the draft the next version, which everybody in the programme reads and nobody changes any more.

    `edit` is that of the draft as it was read. Raises ValidationError (codes "gone", "changed_meanwhile").
    """
    _lock(draft.organisation)
    found = PerspectiveDraft.objects.select_related("programme", "organisation", "theme", "written_by").filter(pk=draft.pk).first()
    if found is None:
        raise ValidationError(_("This draft was released or thrown away already."), code="gone")
    if found.edit != edit:
        raise ValidationError(_("The draft was changed meanwhile. Read it again before you release it."), code="changed_meanwhile")
    about = {"programme": found.programme, "organisation": found.organisation, "theme": found.theme}
    last = Perspective.objects.current().filter(**about).first()
    made = Perspective.objects.create(
        **about, **found.words(), version=last.version + 1 if last else 1, written_by=found.written_by, released_by=by
    )
    found.delete()
    events.record(
        "perspective.released", about=made.organisation, by=by, programme=made.programme, new={"theme": made.theme.name, "version": made.version}
    )
    return made


@transaction.atomic
def discard(draft: PerspectiveDraft) -> None:
    """Throw the draft away; the released version stays as it is. Nobody else saw the draft, so the log does not tell of it."""
    _lock(draft.organisation)
    PerspectiveDraft.objects.filter(pk=draft.pk).delete()
