"""The papers of a meeting as tagged PDF (PDF/UA-1), from the document alone: the same papers give the same bytes."""

from pathlib import Path

from dashboards.models import Paper
from dashboards.papers.content import stamp
from dashboards.reports import pdf

TEMPLATE = Path(__file__).with_name("papers.typ")


def render(paper: Paper) -> bytes:
    return pdf.typeset(TEMPLATE, paper.document, stamp(paper), paper.made_at)
