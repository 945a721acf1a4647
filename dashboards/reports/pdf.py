"""A report as tagged PDF (PDF/UA-1), made by typst from the document alone: the same report gives the same bytes."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import typst

ROOT = Path(__file__).parents[1]  # what templates may import from
TEMPLATE = Path(__file__).with_name("report.typ")
STANDARD: Literal["ua-1"] = "ua-1"
FONTS = typst.Fonts(include_system_fonts=False)  # only those that come with typst: every machine sets the same pages


def render(document: dict[str, Any], stamp: dict[str, Any], at: datetime) -> bytes:
    """Return the PDF of a document. `stamp` is what is known of the report itself: number, state, who and when.

    Texts are handed over as data and never read as mark-up.
    """
    return typeset(TEMPLATE, document, stamp, at)


def typeset(template: Path, document: dict[str, Any], stamp: dict[str, Any], at: datetime) -> bytes:
    """Return the PDF that a template makes of a document; texts are handed over as data."""
    inputs = {"document": json.dumps(document, sort_keys=True), "stamp": json.dumps(stamp, sort_keys=True)}
    made = typst.compile(
        template, root=ROOT, font_paths=FONTS, sys_inputs=inputs, pdf_standards=STANDARD, timestamp=int(at.timestamp())
    )
    return bytes(made)
