"""Excel workbooks: a grid per sheet."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain, islice

import openpyxl
import pandas as pd
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from wijkaanpak.indicators.formats.grids import Grid
from wijkaanpak.indicators.problems import FileRefused

DAMAGED = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, EOFError, OSError, zlib.error)
FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>')
PIECE, OVERLAP = 1_000_000, 4_000  # bytes of a sheet that are looked at together; a formula can be long
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")


def grids(content: bytes) -> Iterator[Grid]:
    """Yield the sheets that have headings; a cell with a formula counts by the value Excel last computed."""
    check_formulas(content)
    workbook = opened(content)
    for sheet in workbook.worksheets:
        if sheet.max_column is None or sheet.max_column > 0:
            yield from grid(sheet)


def titles(content: bytes) -> str:
    return ", ".join(sheet.title for sheet in opened(content).worksheets)[:120]


def opened(content: bytes):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles and extensions that say nothing about the figures
            return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except DAMAGED:
        raise damaged() from None


def damaged() -> FileRefused:
    return FileRefused(_("The Excel file is damaged."), advice=_("Download it again."))


def grid(sheet) -> Iterator[Grid]:
    try:
        headings = [str("" if heading is None else heading).strip() for heading in next(sheet.iter_rows(max_row=1, values_only=True), [])]
    except DAMAGED:
        raise damaged() from None
    while headings and not headings[-1]:
        headings.pop()
    if headings:
        yield Grid(headings, lambda wanted: cells(sheet, headings, wanted), sheet=sheet.title)


def cells(sheet, headings: list[str], wanted: list[str]) -> pd.DataFrame:
    places = [headings.index(heading) for heading in wanted]
    try:
        rows = islice(sheet.iter_rows(values_only=True), 1, None)
        found = list(chain.from_iterable([row[place] if place < len(row) else None for place in places] for row in rows))
    except DAMAGED:
        raise damaged() from None
    return pd.DataFrame({heading: pd.Series(found[place :: len(places)], dtype=object) for place, heading in enumerate(wanted)})


def check_formulas(content: bytes) -> None:
    """Refuse a workbook with formulas that were never computed: such a cell would read as empty."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in filter(SHEET.fullmatch, archive.namelist()):
                with archive.open(part) as sheet:
                    check_sheet(sheet)
    except DAMAGED:
        raise damaged() from None


def check_sheet(sheet) -> None:
    before = b""
    while piece := sheet.read(PIECE):
        if missing := FORMULA.search(before + piece):
            reason = _("Cell %(cell)s holds a formula without a computed value.") % {"cell": missing[1].decode()}
            raise FileRefused(reason, advice=_("Open the file in Excel, let it compute, and save it again."))
        before = piece[-OVERLAP:]
