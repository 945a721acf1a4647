"""What a report says about the commitments: all of them by ambition and organisation, what is late and why, what ended otherwise."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from ambitions.choices import CommitmentState, Visibility
from ambitions.models import Commitment
from dashboards import briefing, wording
from wijkaanpak.neighbourhoods.models import Programme

Entry = dict[str, Any]


def commitments(programme: Programme, today: date, *, public: bool) -> QuerySet[Commitment]:
    """What a report may name: for everybody what is public; for partners all but what an organisation keeps to itself."""
    rows = Commitment.objects.public() if public else Commitment.objects.exclude(visibility=Visibility.INTERNAL)
    found = rows.filter(ambition__programme=programme).with_signal(today).select_related("organisation", "ambition__theme")
    return found.order_by("ambition__number", "organisation__name", "due_on", "pk")


def running_or_ended(rows: Sequence[Commitment], since: date) -> list[Entry]:
    """Return what is agreed and runs, and what ended in the period, by ambition and organisation."""
    agreed = [row for row in rows if row.state != CommitmentState.PROPOSED]
    return [entry(row) for row in agreed if row.ended_at is None or timezone.localdate(row.ended_at) >= since]


def troubled(rows: Sequence[Commitment]) -> list[Entry]:
    """Return what is late, silent or delayed, the most serious first, with the last word as the reason."""
    return [entry(row) for row in briefing.troubled(rows)]


def ended_badly(rows: Sequence[Commitment], since: date) -> list[Entry]:
    return [entry(row) for row in briefing.ended_badly(rows, since)]


def proposed(rows: Sequence[Commitment]) -> list[Entry]:
    return [entry(row) for row in rows if row.state == CommitmentState.PROPOSED]


def entry(row: Any) -> Entry:
    """Return a commitment as plain values; money in euro. Names of people stay out."""
    return {
        "ambition": row.ambition.number, "ambition_sentence": row.ambition.sentence, "theme": row.ambition.theme.name,
        "organisation": row.organisation.name, "what": row.what, "state": row.state, "state_label": row.get_state_display(),
        "signal": row.signal, "badge": str(row.badge.label), "shape": row.badge.shape, "starts_on": row.starts_on.isoformat(),
        "first_due_on": _iso(row.first_due_on), "due_on": row.due_on.isoformat(), "was_postponed": row.was_postponed,
        "days_late": row.days_late if row.signal == "late" else None, "days_silent": row.days_silent if row.signal == "silent" else None,
        "last_word": row.last_sentence or "", "last_word_on": _day(row.last_word_at), "ended_on": _day(row.ended_at), "end_reason": row.end_reason,
        "quantity": _number(row.quantity), "unit": row.unit, "quantity_text": _amount(row), "euro": _number(row.euro), "hours": _number(row.hours),
        "basis": row.get_formal_basis_display(), "visibility": row.get_visibility_display(),
    }  # fmt: skip


def _amount(row: Commitment) -> str:
    if row.quantity is None:
        return ""
    return f"{wording.number(float(row.quantity), 0 if row.quantity == int(row.quantity) else 2)} {row.unit}"


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(moment: Any) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""
