"""A report as Excel file: real numbers, dates and units, made from the document alone; the same report gives the same bytes."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any, NamedTuple

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

Entry = dict[str, Any]
BOLD, SHADE = Font(bold=True), PatternFill("solid", fgColor="EAF1FB")
HIGH, WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
CHANGED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")


class Column(NamedTuple):
    """A column: its heading, the key in the row, its width in characters; a key that ends in `_on` holds a date."""

    heading: str | Promise
    key: str
    width: int = 14


FIGURES = [
    Column(gettext_lazy("theme"), "theme", 22), Column(gettext_lazy("indicator"), "name", 44), Column(gettext_lazy("unit"), "unit", 26),
    Column(gettext_lazy("period"), "period"), Column(gettext_lazy("reference date"), "reference_on"), Column(gettext_lazy("value"), "value"),
    Column(gettext_lazy("in words"), "text", 26), Column(gettext_lazy("municipality"), "municipality"), Column(gettext_lazy("the Netherlands"), "country"),
    Column(gettext_lazy("compared with"), "previous_period"), Column(gettext_lazy("value then"), "previous"), Column(gettext_lazy("trend"), "trend_label", 18),
    Column(gettext_lazy("reason"), "reason", 34), Column(gettext_lazy("estimate"), "is_modelled"), Column(gettext_lazy("provisional"), "is_provisional"),
    Column(gettext_lazy("source"), "source", 34),
]  # fmt: skip
COMMITMENTS = [
    Column(gettext_lazy("ambition"), "ambition", 10), Column(gettext_lazy("organisation"), "organisation", 32), Column(gettext_lazy("promise"), "what", 60),
    Column(gettext_lazy("state"), "state_label", 18), Column(gettext_lazy("signal"), "badge", 18), Column(gettext_lazy("starts on"), "starts_on"),
    Column(gettext_lazy("first agreed date"), "first_due_on"), Column(gettext_lazy("due on"), "due_on"), Column(gettext_lazy("ended on"), "ended_on"),
    Column(gettext_lazy("quantity"), "quantity"), Column(gettext_lazy("unit"), "unit", 20), Column(gettext_lazy("euro"), "euro"),
    Column(gettext_lazy("hours"), "hours"), Column(gettext_lazy("formal basis"), "basis", 22), Column(gettext_lazy("last word"), "last_word", 50),
    Column(gettext_lazy("last word on"), "last_word_on"), Column(gettext_lazy("reason"), "end_reason", 40), Column(gettext_lazy("visible to"), "visibility", 24),
]  # fmt: skip
AMBITIONS = [
    Column(gettext_lazy("ambition"), "number", 10), Column(gettext_lazy("sentence"), "sentence", 60), Column(gettext_lazy("theme"), "theme", 22),
    Column(gettext_lazy("version"), "version", 10), Column(gettext_lazy("adopted on"), "adopted_on"), Column(gettext_lazy("goal"), "name", 40),
    Column(gettext_lazy("area"), "area", 20), Column(gettext_lazy("unit"), "unit", 24), Column(gettext_lazy("baseline"), "baseline"),
    Column(gettext_lazy("period of the baseline"), "baseline_period"), Column(gettext_lazy("value"), "value"), Column(gettext_lazy("period"), "period"),
    Column(gettext_lazy("target"), "target"), Column(gettext_lazy("target date"), "target_on"), Column(gettext_lazy("trend"), "trend_label", 18),
]  # fmt: skip
ANSWERS = [
    Column(gettext_lazy("received on"), "asked_on"), Column(gettext_lazy("kind"), "kind"), Column(gettext_lazy("place"), "place", 28),
    Column(gettext_lazy("text as published"), "said", 60), Column(gettext_lazy("answered on"), "answered_on"), Column(gettext_lazy("in time"), "in_time"),
    Column(gettext_lazy("end state"), "outcome", 22), Column(gettext_lazy("reason"), "reason", 60), Column(gettext_lazy("organisation"), "organisation", 32),
]  # fmt: skip


def workbook(document: Entry, stamp: Entry, at: datetime) -> bytes:
    """Return the sheets Cijfers, Toezeggingen, Ambities, Inbreng and Verantwoording, in the language of the document."""
    with translation.override(document["language"]):
        book = Workbook()
        book.remove(book.active)
        book.properties.title = f"{document['about']['programme']} {stamp['number']}"
        book.properties.creator, book.properties.created = stamp["municipality"], at.replace(tzinfo=None, microsecond=0)
        _table(book, _("Figures"), FIGURES, document["figures"])
        _table(book, _("Commitments"), COMMITMENTS, document["commitments"])
        _table(book, _("Ambitions"), AMBITIONS, _goals(document["ambitions"]))
        _table(book, str(pgettext_lazy("sheet", "Residents’ input")), ANSWERS, document["residents"]["answers"])
        _account(book, document, stamp)
    kept = BytesIO()
    book.save(kept)
    return same_every_time(kept.getvalue(), at)


def _goals(ambitions: Iterable[Entry]) -> list[Entry]:
    """Return a line per goal; an ambition without goals has a line too."""
    return [{**ambition, **goal} for ambition in ambitions for goal in ambition["goals"] or [{}]]


def _table(book: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Entry]) -> None:
    sheet = book.create_sheet(title)
    for place, column in enumerate(columns, start=1):
        head = sheet.cell(1, place, str(column.heading))
        head.font, head.fill = BOLD, SHADE
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    for line, row in enumerate(rows, start=2):
        for place, column in enumerate(columns, start=1):
            _put(sheet.cell(line, place), row.get(column.key), decimals=row.get("decimals"), is_day=column.key.endswith("_on"))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _put(cell: Cell, value: Any, *, decimals: int | None = None, is_day: bool = False) -> None:
    """Write a value as what it is. A text that begins with "=" is a text: nobody's words may calculate in a reader's sheet."""
    cell.alignment = HIGH
    if value is None or value == "":
        return
    if is_day:
        cell.value, cell.number_format = date.fromisoformat(value), "dd-mm-yyyy"
    elif isinstance(value, bool):
        cell.value = _("yes") if value else _("no")
    elif isinstance(value, str):
        cell.value, cell.data_type, cell.alignment = value, "s", WRAPPED
    else:
        cell.value = value
        cell.number_format = "#,##0" + (f".{'0' * decimals}" if decimals else "") if isinstance(value, float) and decimals is not None else "General"


def _account(book: Workbook, document: Entry, stamp: Entry) -> None:
    """The last sheet: what this is, who stands for it, and how it was computed."""
    about, sheet = document["about"], book.create_sheet(_("Account"))
    facts: list[tuple[str, Any, bool]] = [
        (_("Programme"), about["programme"], False), (_("Report"), stamp["number"], False), (_("State"), stamp["state_label"], False),
        (_("From"), about["starts_on"], True), (_("Up to and including"), about["ends_on"], True), (_("As it stood on"), about["as_of_on"], True),
        (_("Checked on"), stamp["checked_on"], True), (_("Signed off on"), stamp["signed_on"], True), (_("Fingerprint"), stamp["fingerprint"], False),
        *((_("How it goes"), sentence, False) for sentence in document["sentences"]),
        *((_("How it was computed"), rule, False) for rule in document["method"]["rules"]),
        (_("Version of the theme index"), document["method"]["index_version"], False), (_("Mind"), document["method"]["sentence_of_proof"], False),
    ]  # fmt: skip
    for line, (name, value, is_day) in enumerate(facts, start=1):
        sheet.cell(line, 1, name).font = BOLD
        _put(sheet.cell(line, 2), value, is_day=is_day)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 100


def same_every_time(content: bytes, at: datetime) -> bytes:
    """Return the file with every moment in it set to that of the report: openpyxl writes the present one."""
    moment, kept = f"{at:%Y-%m-%dT%H:%M:%SZ}".encode(), BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as made, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        for name in made.namelist():
            data = made.read(name)
            file.writestr(zipfile.ZipInfo(name, ZIP_DAY), CHANGED.sub(rb"\g<1>" + moment + rb"\2", data) if name == "docProps/core.xml" else data, zipfile.ZIP_DEFLATED)
    return kept.getvalue()
