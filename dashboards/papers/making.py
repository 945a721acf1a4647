"""Making the papers of a meeting: frozen and numbered; other papers are a new number."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards import meetings
from dashboards.models import Meeting, Paper
from dashboards.papers import content
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events


@transaction.atomic
def make(meeting: Meeting, *, own: str, by: User) -> Paper:
    """Freeze the papers as they stand now. Raises ValidationError (codes "closed", "no_agenda")."""
    found = meetings.locked(meeting)
    if not found.items.exists():
        raise ValidationError(_("Make the agenda first; the papers follow it."), code="no_agenda")
    number, at = (found.papers.aggregate(last=Max("number"))["last"] or 0) + 1, timezone.now()
    paper = Paper.objects.create(meeting=found, number=number, document=content.compose(found, own, at, by=by), made_by=by, made_at=at)
    events.record("papers.made", about=found, by=by, programme=found.programme_id, new={"number": number})
    return paper
