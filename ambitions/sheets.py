"""The commitment register as an Excel sheet."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ambitions.models import Commitment
from ambitions.register.columns import COLUMNS, Column

BOLD, HIGH = Font(bold=True), Alignment(vertical="top", wrap_text=True)
OPEN, ONLY_TO_READ = PatternFill("solid", fgColor="EAF1FB"), PatternFill("solid", fgColor="E4E4E4")
BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def commitments(rows: Iterable[Commitment]) -> bytes:
    """One line per commitment of `with_signal()`, with headings; dates as dates, texts never as formulas. Grey columns are only to read."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Commitments"))
    sheet.freeze_panes = "D2"
    for place, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.append([_heading(sheet, column) for column in COLUMNS])
    for row in rows:
        sheet.append([_cell(sheet, column.value(row)) for column in COLUMNS])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _heading(sheet: Any, column: Column) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=str(column.heading))
    cell.font, cell.fill, cell.alignment = BOLD, OPEN if column.is_editable else ONLY_TO_READ, HIGH
    return cell


def _cell(sheet: Any, value: Any) -> WriteOnlyCell:
    """A text that begins like a formula is a text, also after somebody edits it: nobody's words may calculate in a reader's sheet."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
    cell.alignment = HIGH
    if isinstance(value, date):
        cell.number_format = "dd-mm-yyyy"
    if isinstance(value, str):
        cell.data_type, cell.quotePrefix = "s", value.startswith(BEGINS_FORMULA)
    return cell


def plain(title: str, records: list[list[Any]]) -> bytes:
    """A sheet of a heading and records; texts never as formulas, what is unknown stays empty."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for record in records:
        sheet.append([_cell(sheet, value) for value in record])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def harmless(value: Any) -> Any:
    """A cell of a CSV file: decimals with a comma, as Dutch Excel reads them, and no text that begins like a formula."""
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_FORMULA) else value
