"""A report as readers get it: the document with days as dates, and the stamp with number, state, who and when."""

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dateparse import parse_date

from dashboards.choices import Readers
from dashboards.models import Report

FIRST_ANSWERS = 12  # on the page and in the PDF; the sheet has all of them


def stamp(report: Report) -> dict[str, Any]:
    """Return what is known of the report beside its document; a public report names no people. Needs who made, checked and signed it."""
    names = report.audience != Readers.PUBLIC
    with translation.override(report.document["language"]):
        state_label = str(report.get_state_display()).capitalize()
    return {
        "number": report.number, "municipality": settings.MUNICIPALITY_NAME, "state_label": state_label,
        "is_signed": report.is_signed, "fingerprint": report.fingerprint,
        "made_on": _day(report.made_at), "made_by": str(report.made_by) if names else "",
        "checked_on": _day(report.checked_at), "checked_by": str(report.checked_by) if names and report.checked_by else "",
        "signed_on": _day(report.signed_at), "signed_by": str(report.signed_by) if names and report.signed_by else "",
        "replaces": {"number": report.replaces.number, "because": report.replaces_because} if report.replaces else None,
    }  # fmt: skip


def _day(moment: Any) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


def page(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document ready to show: dates as dates, commitments below their ambition, figures below their theme."""
    found = with_dates(document)
    found["promised"] = _grouped(found["commitments"], "ambition")
    found["themes"] = _grouped(found["figures"], "theme")
    answers = found["residents"]["answers"]
    found["answers"], found["more_answers"] = answers[:FIRST_ANSWERS], max(0, len(answers) - FIRST_ANSWERS)
    found["asks"] = any(found["decisions"].values())
    return found


def with_dates(value: Any, key: str = "") -> Any:
    """Return a copy in which each text under a key that ends in `_on` is a date; an empty one is None."""
    if isinstance(value, dict):
        return {name: with_dates(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [with_dates(part) for part in value]
    return parse_date(value) if key.endswith("_on") and isinstance(value, str) else value


def _grouped(rows: list[dict[str, Any]], key: str) -> list[tuple[Any, list[dict[str, Any]]]]:
    found: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return list(found.items())
