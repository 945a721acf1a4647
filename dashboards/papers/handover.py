"""The dossier of a hand-over as tagged PDF (PDF/UA-1), from the document alone: the same dossier gives the same bytes."""

from pathlib import Path

from dashboards import handovers
from dashboards.models import Handover
from dashboards.reports import pdf

TEMPLATE = Path(__file__).with_name("handover.typ")


def render(handover: Handover) -> bytes:
    """Needs a hand-over that is closed."""
    if handover.document is None or handover.closed_at is None:
        raise ValueError("a hand-over has a dossier once it is closed")
    return pdf.typeset(TEMPLATE, handover.document, handovers.stamp(), handover.closed_at)
