"""The papers of a meeting as one document: every sentence comes from a record and leads to it; only the own text does not."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambitions import coverage
from ambitions.choices import Visibility
from ambitions.models import Ambition, Commitment
from dashboards import attention
from dashboards.choices import Attention, Body
from dashboards.models import AgendaItem, Meeting, Paper
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import sentences
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.models import Programme

FORMAT, LANGUAGE = 1, "nl"
MOST = 20  # changes told
FIRST_TIME = timedelta(days=90)  # looked back when the body did not meet before
ASKED = {Attention.DECISION, Attention.SUPPORT, Attention.REVIEW, ""}
TOLD = [
    "ambition.adopted", "ambition.closed", "commitment.agreed", "commitment.postponed", "commitment.kept", "commitment.partly_kept",
    "commitment.not_kept", "commitment.dropped", "commitment.reopened", "decision.made", "decision.reviewed",
]  # fmt: skip
Document = dict[str, Any]


def compose(meeting: Meeting, own: str, at: datetime, *, by: User) -> Document:
    """Return the papers as they stand at a moment, in Dutch: what is asked first, then what changed, what is wrong, and residents.

    Made from the agenda of the meeting and the records of the programme; the same data and moment give the same document.
    What is internal is not told; `by` decides only which promises count when gaps are looked for.
    """
    programme, items = meeting.programme, list(meeting.items.all())
    since = last_time(meeting)
    with translation.override(LANGUAGE):
        return {
            "format": FORMAT, "about": _about(meeting, since, at), "own": own.strip(),
            "asked": [_point(item) for item in items if item.kind in ASKED],
            "changed": list(changes(programme, since, at)),
            "troubled": [_point(item) for item in items if item.kind not in ASKED and item.kind != Attention.CONTRADICTION],
            "contradictions": [_point(item) for item in items if item.kind == Attention.CONTRADICTION],
            "gaps": [_gap(gap, programme) for gap in coverage.gaps(coverage.read(programme, by))],
            "residents": [_voice(row, programme) for row in attention.voices(programme, timezone.localdate(since))],
        }  # fmt: skip


def last_time(meeting: Meeting) -> datetime:
    """Return the beginning of the day on which the body met before, or three months before this meeting."""
    earlier = Meeting.objects.filter(programme=meeting.programme, body=meeting.body, held_on__lt=meeting.held_on).order_by("-held_on").first()
    day = earlier.held_on if earlier else meeting.held_on - FIRST_TIME
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))


def _about(meeting: Meeting, since: datetime, at: datetime) -> Document:
    programme = meeting.programme
    return {
        "programme": programme.name, "title": str(meeting), "body": str(Body(meeting.body).label), "held_on": meeting.held_on.isoformat(),
        "starts_at": f"{meeting.starts_at:%H:%M}" if meeting.starts_at else "", "place": meeting.place,
        "since_on": timezone.localdate(since).isoformat(), "made_at": at.isoformat(), "made_on": timezone.localdate(at).isoformat(),
        "is_example": programme.is_example,
    }  # fmt: skip


def _point(item: AgendaItem) -> Document:
    label = str(Attention(item.kind).label) if item.kind else ""
    return {"place": item.place, "label": label, "text": item.what, "why": item.detail, "who": item.who, "url": item.url}


def changes(programme: Programme, since: datetime, at: datetime) -> Iterable[Document]:
    """Yield what happened since the last time, the newest first, at most twenty."""
    internal = Commitment.objects.filter(ambition__programme=programme, visibility=Visibility.INTERNAL)
    told = Event.objects.in_programme(programme.pk).filter(kind__in=TOLD, at__gte=since, at__lte=at)
    told = told.exclude(subject_type=Commitment._meta.label_lower, subject_id__in=internal.values("pk"))
    found = list(told.order_by("-at", "-pk")[:MOST])
    numbers = dict(Ambition.objects.filter(programme=programme).values_list("pk", "number"))
    for event, entry in zip(found, sentences.timeline(found), strict=True):
        yield {
            "on": timezone.localdate(event.at).isoformat(), "about": event.subject_name, "text": entry.text, "url": address(event, programme, numbers),
        }  # fmt: skip


def address(event: Event, programme: Programme, numbers: dict[int, int]) -> str:
    """Return where the record of an event stands; empty when it has no page."""
    kind = event.subject_type.rpartition(".")[2]
    if kind == "commitment":
        return reverse("ambitions:commitment_detail", args=[programme.slug, event.subject_id])
    if kind == "ambition" and event.subject_id in numbers:
        return reverse("ambitions:ambition_detail", args=[programme.slug, numbers[event.subject_id]])
    return reverse("dashboards:decision_list", args=[programme.slug]) if kind == "decision" else ""


def _gap(gap: coverage.Gap, programme: Programme) -> Document:
    why = _("Only one organisation promised something.") if gap.committed else _("Nobody promised anything that stands.")
    return {"text": gap.ambition.sentence, "why": why, "url": reverse("ambitions:ambition_detail", args=[programme.slug, gap.ambition.number])}


def _voice(row: attention.ThemeVoices, programme: Programme) -> Document:
    counts = {"total": row.total, "concerns": row.concerns, "compliments": row.compliments}
    said = ngettext(
        "%(total)s message, of which %(concerns)s a worry and %(compliments)s a compliment.",
        "%(total)s messages, of which %(concerns)s a worry and %(compliments)s a compliment.",
        row.total,
    )
    return {"text": row.name, "why": said % counts, "url": reverse("residents:inbox", args=[programme.slug])}


def stamp(paper: Paper) -> dict[str, Any]:
    """Return what is known of the papers themselves."""
    return {"number": paper.number, "municipality": settings.MUNICIPALITY_NAME, "base": settings.BASE_URL.rstrip("/")}
