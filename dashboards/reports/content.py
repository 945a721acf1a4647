"""The document of a report: everything it says as plain values, so that each form of it is made from the same words."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation

from dashboards import attention, briefing, queries
from dashboards.choices import Readers
from dashboards.exceptions import closes_on, words
from dashboards.reports import heard, measured, promised, wanted
from wijkaanpak.neighbourhoods.models import Programme

FORMAT = 1
LANGUAGE = "nl"
STEPS = 4
Document = dict[str, Any]


@dataclass(frozen=True)
class Order:
    """What a coordinator asked for: the period, for whom, and the decisions the report asks of its readers."""

    starts_on: date
    ends_on: date
    audience: str
    decisions: Sequence[str] = ()

    @property
    def is_public(self) -> bool:
        return self.audience == Readers.PUBLIC


def _quiet(done: int, total: int | None = None) -> None:
    pass


def compose(programme: Programme, order: Order, at: datetime, step: Callable = _quiet) -> Document:
    """Return what there is to report as it stands at a moment, in Dutch. The same data and moment give the same document."""
    today, public = timezone.localdate(at), order.is_public
    with translation.override(LANGUAGE):
        step(0, STEPS)
        rows = queries.programme_figures(programme)
        figures = measured.figures(rows, public=public)
        step(1, STEPS)
        made = list(promised.commitments(programme, today, public=public))
        step(2, STEPS)
        voices = heard.residents(programme, order.starts_on, order.ends_on)
        step(3, STEPS)
        latest = [row for row in rows if row.is_latest and row.theme]
        return {
            "format": FORMAT, "language": LANGUAGE, "about": _about(programme, order, at),
            "sentences": [briefing.promises_sentence(made), briefing.figures_sentence(latest), voices["sentence"]],
            "ambitions": wanted.ambitions(programme, rows, public=public), "figures": figures,
            "commitments": promised.running_or_ended(made, order.starts_on), "troubled": promised.troubled(made),
            "ended_badly": promised.ended_badly(made, order.starts_on), "residents": voices, "decisions": _decisions(programme, order, made),
            "method": measured.method(queries.theme_scores(programme), shows_index=programme.shows_theme_index),
        }  # fmt: skip


def _about(programme: Programme, order: Order, at: datetime) -> Document:
    return {
        "programme": programme.name, "summary": programme.summary, "municipality": programme.municipality.name if programme.municipality else "",
        "areas": [area.name or area.code for area in programme.areas.order_by("code").without_boundary()],
        "starts_on": order.starts_on.isoformat(), "ends_on": order.ends_on.isoformat(), "as_of_on": timezone.localdate(at).isoformat(),
        "made_at": at.isoformat(), "audience": order.audience, "is_example": programme.is_example,
    }  # fmt: skip


def _decisions(programme: Programme, order: Order, made: Sequence[Any]) -> Document:
    """Return what is asked of who decides. Texts and promises that are not agreed yet stay out of a public report."""
    asked = [] if order.is_public else list(attention.ambitions_asked(programme))
    return {
        "asked": list(order.decisions),
        "ambitions": [{"number": row.number, "sentence": words(row), "closes_on": closes_on(row).isoformat()} for row in asked],
        "commitments": [] if order.is_public else promised.proposed(made),
    }


def canonical(document: Document) -> bytes:
    """Return the document as JSON with its keys in order: one document has one form."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False).encode()


def fingerprint(document: Document) -> str:
    return hashlib.sha256(canonical(document)).hexdigest()
