"""The list of commitments as an Excel sheet."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from ambitions.models import Commitment


def commitments(rows: Iterable[Commitment]) -> bytes:
    """One line per commitment of `with_signal()`, with headings; dates as dates, texts never as formulas."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Commitments"))
    sheet.append(list(_headings()))
    for row in rows:
        sheet.append([_cell(sheet, value) for value in _values(row)])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def _headings() -> list[str]:
    return [
        _("Promise"), _("Organisation"), _("Responsible person"), _("Ambition"), _("Theme"), _("State"), _("Signal"), _("Starts on"),
        _("Done before"), _("First agreed date"), _("Quantity"), _("Unit"), _("Euro"), _("Hours"), _("Formal basis"), _("Visible to"),
        _("Last word"), _("Last word on"),
    ]  # fmt: skip


def _values(row: Any) -> list:
    return [
        row.what, row.organisation.name, row.owner.name, row.ambition.sentence, row.ambition.theme.name, row.get_state_display(),
        str(row.badge.label) if row.is_in_force else "", row.starts_on, row.due_on, row.first_due_on, row.quantity, row.unit, row.euro,
        row.hours, row.get_formal_basis_display(), row.get_visibility_display(), row.last_sentence,
        timezone.localdate(row.last_word_at) if row.last_word_at else None,
    ]  # fmt: skip


def _cell(sheet, value):
    """A text that begins with "=" is a text: nobody's words may calculate in a reader's sheet."""
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
