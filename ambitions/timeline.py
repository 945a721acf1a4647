"""Everything that happened to a commitment in one line of time, newest first."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ambitions.models import Commitment, ProgressUpdate
from wijkaanpak.journal import sentences
from wijkaanpak.journal.models import Event


@dataclass(frozen=True)
class Line:
    """One thing that happened; `update` is there when it was a word on the progress."""

    at: datetime
    who: str
    text: str
    update: ProgressUpdate | None = None


def lines(commitment: Commitment) -> list[Line]:
    """Words, changes and reminders; three queries. A word stands for its own event."""
    found = [*_words(commitment), *_changes(commitment), *_reminders(commitment)]
    return sorted(found, key=lambda line: line.at, reverse=True)


def _words(commitment: Commitment) -> list[Line]:
    updates = commitment.updates.select_related("by", "by_organisation").annotate(unit=F("commitment__unit"))
    return [Line(at=update.at, who=str(update.by), text=update.sentence, update=update) for update in updates]


def _changes(commitment: Commitment) -> list[Line]:
    events = Event.objects.about(commitment).exclude(kind="commitment.reported")
    return [Line(at=entry.at, who=entry.who, text=entry.text) for entry in sentences.timeline(events)]


def _reminders(commitment: Commitment) -> list[Line]:
    sent = commitment.reminders.select_related("user")
    return [Line(at=_morning(reminder.sent_on), who=_("Wijkaanpak"), text=_(
        "A reminder went by mail to %(person)s (%(occasion)s)."
    ) % {"person": reminder.user, "occasion": reminder.get_occasion_display()}) for reminder in sent]


def _morning(day):
    return timezone.make_aware(datetime.combine(day, time(7, 30)))
