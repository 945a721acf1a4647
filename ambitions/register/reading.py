"""Open an Excel file that somebody uploaded as register, without trusting it: its rows as plain values, or the reason why not."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from ambitions.register.columns import COLUMNS, HEADINGS, by_heading
from wijkaanpak.indicators import sources
from wijkaanpak.indicators.formats import workbook
from wijkaanpak.indicators.problems import FileRefused

LARGEST, LARGEST_UNPACKED = 5_000_000, 40_000_000  # bytes; a register of a thousand rows is about 100 kB
MOST_ROWS, MOST_COLUMNS = 1000, 60
Row = dict[str, Any]


def read(content: bytes, *, name: str) -> list[Row]:
    """Return the rows that are not empty: {"row": number in the file, "cells": {column: text, number or None}}; days as ISO text.

    Raises FileRefused when it is no Excel file, too large, damaged, or no register.
    """
    check(content, name)
    workbook.check_formulas(content)
    book = workbook.opened(content)
    try:
        sheet, keys = register_in(book)
        return rows(sheet, keys)
    except workbook.DAMAGED:
        raise workbook.damaged() from None


def check(content: bytes, name: str) -> None:
    """Refuse what is no small workbook, before anything is unpacked."""
    if len(content) > LARGEST:
        raise FileRefused(_("The file is larger than 5 MB, too large for a register."), advice=again())
    source = sources.take_in(content, name=name)
    if source.kind != "workbook" or source.content != content:
        raise FileRefused(_("This is not an Excel file (.xlsx)."), advice=again())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise FileRefused(_("The file unpacks to far more than it seems."), advice=again())
        try:
            if any(b"<!DOCTYPE" in archive.read(part) for part in archive.namelist() if part.endswith((".xml", ".rels"))):
                raise FileRefused(_("The file holds instructions that do not belong in an Excel file."), advice=again())
        except (*workbook.DAMAGED, RuntimeError, NotImplementedError):  # locked with a password, or packed in a way nobody uses
            raise workbook.damaged() from None


def again() -> str:
    return _("Download the register again and fill in that file.")


def register_in(book: Any) -> tuple[Any, list[str | None]]:
    """Return the first sheet with the headings of a register, and the column each of them stands for."""
    known, nearest = by_heading(), None
    for sheet in book.worksheets:
        headings = next(sheet.iter_rows(max_row=1, max_col=MOST_COLUMNS, values_only=True), ())
        keys = [known.get(str(heading or "").strip().casefold()) for heading in headings]
        missing = [column.key for column in COLUMNS if column.is_required and column.key not in keys]
        if not missing:
            refuse_twice(keys)
            return sheet, keys
        nearest = missing if nearest is None or len(missing) < len(nearest) else nearest
    names = ", ".join(f"“{HEADINGS[key]}”" for key in nearest or [])
    raise FileRefused(_("The first row lacks these headings: %(names)s.") % {"names": names}, advice=again())


def refuse_twice(keys: Sequence[str | None]) -> None:
    twice = next((key for key in keys if key and keys.count(key) > 1), None)
    if twice:
        raise FileRefused(_("The heading “%(name)s” stands there twice.") % {"name": HEADINGS[twice]}, advice=_("Remove one of the two columns."))


def rows(sheet: Any, keys: Sequence[str | None]) -> list[Row]:
    found = []
    lines = islice(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=len(keys), values_only=True), 1, None)
    for number, cells in enumerate(lines, start=2):
        values = {key: plain(cell) for key, cell in zip(keys, cells, strict=False) if key}
        if any(value not in (None, "") for value in values.values()):
            found.append({"row": number, "cells": values})
    if sheet_goes_on(found):
        raise FileRefused(_("The register has more than 1,000 rows."), advice=_("Upload it in parts."))
    return found


def sheet_goes_on(found: Sequence[Row]) -> bool:
    return bool(found) and found[-1]["row"] > MOST_ROWS + 1


def plain(cell: Any) -> str | int | float | None:
    """A cell as it can be kept: text without blanks around it, a number, or a day as ISO text."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool)):
        return cell
    return str(cell).replace("\x00", "").strip()
