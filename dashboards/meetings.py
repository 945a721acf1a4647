"""Meetings: called, an agenda made from what asks for attention, what was said, closed."""

from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards import agenda
from dashboards.choices import Body
from dashboards.models import AgendaItem, Meeting
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme


@transaction.atomic
def call(
    programme: Programme, *, body: str, held_on: date, by: User, subject: str = "", starts_at: time | None = None, place: str = ""
) -> Meeting:
    """Put a meeting in the diary. Raises ValidationError (code "no_subject") for a working group without a subject."""
    if body == Body.WORKING and not subject.strip():
        raise ValidationError(_("Say what the working group is about."), code="no_subject")
    meeting = Meeting.objects.create(
        programme=programme, body=body, subject=subject.strip(), held_on=held_on, starts_at=starts_at, place=place.strip(), called_by=by
    )
    events.record("meeting.called", about=meeting, by=by, programme=programme, new={"held_on": held_on.isoformat(), "body": str(Body(body).label)})
    return meeting


def locked(meeting: Meeting) -> Meeting:
    """Lock a meeting that can still change. Raises ValidationError (code "closed")."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("programme").get(pk=meeting.pk)
    if found.is_closed:
        raise ValidationError(_("This meeting is closed; nothing in it changes any more."), code="closed")
    return found


@transaction.atomic
def make_agenda(meeting: Meeting, *, by: User) -> int:
    """Add what asks for attention now and is not on the agenda yet; return how many points were added."""
    found = locked(meeting)
    there = set(found.items.values_list("kind", "action_url"))
    wanted = [alarm for alarm in agenda.now(found.programme, timezone.localdate()) if alarm.key not in there]
    first = _next_place(found)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=found, place=first + number, kind=alarm.kind, url=alarm.url, action_url=alarm.action_url,
            what=_fitting(alarm.what, 300), detail=_fitting(alarm.detail, 400), who=_fitting(alarm.who, 200),
        )
        for number, alarm in enumerate(wanted)
    )  # fmt: skip
    events.record("meeting.agenda_made", about=found, by=by, programme=found.programme_id, new={"points": len(wanted)})
    return len(wanted)


def _fitting(text: object, length: int) -> str:
    whole = str(text or "")
    return whole if len(whole) <= length else whole[: length - 2].rsplit(" ", 1)[0] + " …"


def _next_place(meeting: Meeting) -> int:
    return (meeting.items.aggregate(last=Max("place"))["last"] or 0) + 1


@transaction.atomic
def add_item(meeting: Meeting, *, what: str, by: User) -> AgendaItem:
    """Put a point of one's own on the agenda."""
    found = locked(meeting)
    item = AgendaItem.objects.create(meeting=found, place=_next_place(found), what=what.strip(), who=by.name)
    events.record("meeting.item_added", about=found, by=by, programme=found.programme_id, new={"what": item.what})
    return item


@transaction.atomic
def drop_item(item: AgendaItem, *, by: User) -> None:
    """Take a point from the agenda. Raises ValidationError (code "decided") when something was decided or agreed about it."""
    found = locked(item.meeting)
    if item.decisions.exists() or item.actions.exists():
        raise ValidationError(_("Something was decided or agreed about this point; it stays."), code="decided")
    events.record("meeting.item_dropped", about=found, by=by, programme=found.programme_id, old={"what": item.what})
    item.delete()


@transaction.atomic
def write_down(item: AgendaItem, *, said: str, by: User) -> AgendaItem:
    """Keep what was said about a point; the last text stays, the log has the earlier ones."""
    found = locked(item.meeting)
    before, item.said = item.said, said.strip()
    item.save(update_fields=["said"])
    events.record("meeting.said", about=found, by=by, programme=found.programme_id, old={"said": before}, new={"said": item.said})
    return item


@transaction.atomic
def close(meeting: Meeting, *, by: User) -> Meeting:
    """Close the minutes: from now on the database refuses changes. Raises ValidationError (code "early") before its day."""
    found = locked(meeting)
    if found.held_on > timezone.localdate():
        raise ValidationError(_("The meeting is still to come."), code="early")
    found.closed_by, found.closed_at = by, timezone.now()
    found.save(update_fields=["closed_by", "closed_at"])
    events.record("meeting.closed", about=found, by=by, programme=found.programme_id)
    return found
