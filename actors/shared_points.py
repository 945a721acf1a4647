"""What several organisations see the same way on a theme."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation, SharedPoint
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme, Theme


@transaction.atomic
def mark(programme: Programme, *, theme: Theme, organisations: Collection[Organisation], sentence: str, by: User) -> SharedPoint:
    """Put on record what these organisations share. Raises ValidationError (codes "no_sentence", "too_few", "not_taking_part")."""
    if not sentence.strip():
        raise ValidationError(_("Write one sentence."), code="no_sentence")
    chosen = {organisation.pk for organisation in organisations}
    if len(chosen) < 2:
        raise ValidationError(_("Choose at least two organisations."), code="too_few")
    if Organisation.objects.in_programme(programme).filter(pk__in=chosen).count() < len(chosen):
        raise ValidationError(_("One of these organisations does not take part in the programme."), code="not_taking_part")
    point = SharedPoint.objects.create(programme=programme, theme=theme, sentence=sentence.strip(), marked_by=by)
    point.organisations.set(chosen)
    new = {"organisations": sorted(organisation.name for organisation in organisations), "theme": theme.name}
    events.record("shared_point.marked", about=point, by=by, programme=programme, new=new)
    return point


@transaction.atomic
def withdraw(point: SharedPoint, *, by: User) -> SharedPoint:
    """Let a shared point no longer hold; it stays in the log. A second press changes nothing."""
    locked = SharedPoint.objects.select_for_update(of=("self",)).select_related("programme").get(pk=point.pk)
    if locked.withdrawn_at is None:
        locked.withdrawn_at = timezone.now()
        locked.save(update_fields=["withdrawn_at"])
        events.record("shared_point.withdrawn", about=locked, by=by, programme=locked.programme)
    return locked
