"""The yearly Excel file of the KWB, with short column names."""

import io
import warnings
import zipfile
from itertools import chain

import openpyxl
import pandas as pd
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from wijkaanpak.indicators.formats import kwb
from wijkaanpak.indicators.formats.columns import match
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused

KEY = "gwb_code_10"


def read(content: bytes) -> Table:
    """Return the table on the first sheet that has the column gwb_code_10."""
    workbook = opened(content)
    for sheet in workbook.worksheets:
        rows = sheet.iter_rows(values_only=True)
        headings = [str(heading or "").strip() for heading in next(rows, [])]
        if KEY in [heading.lower() for heading in headings]:
            return table(headings, rows, sheet=sheet.title)
    raise not_kwb(workbook)


def opened(content: bytes):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # styles and extensions that say nothing about the figures
            return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError):
        raise FileRefused(_("The Excel file is damaged."), advice=_("Download it again.")) from None


def table(headings: list[str], rows, *, sheet: str) -> Table:
    matched = match([heading for heading in headings if heading], "excel")
    wanted = kwb.used_headings(matched)
    places = [headings.index(heading) for heading in wanted]
    cells = list(chain.from_iterable([row[place] if place < len(row) else None for place in places] for row in rows))
    raw = pd.DataFrame(
        {heading: pd.Series(cells[place :: len(places)], dtype=object) for place, heading in enumerate(wanted)},
    )
    raw = without_blank_rows(raw)
    found = kwb.table(raw, matched, form="kwb-excel", code_column=matched.structure[KEY], name_column=matched.structure.get("regio", ""))
    found.sheet = sheet
    return found


def without_blank_rows(raw: pd.DataFrame) -> pd.DataFrame:
    """Drop the rows without anything at the end, which Excel often keeps."""
    filled = raw.notna().any(axis=1)
    return raw.loc[: filled[filled].index[-1]] if filled.any() else raw.head(0)


def not_kwb(workbook) -> FileRefused:
    titles = ", ".join(sheet.title for sheet in workbook.worksheets)[:120]
    return FileRefused(
        _("No sheet has the column gwb_code_10 (sheets: %(titles)s).") % {"titles": titles},
        advice=_("Of Excel files only the yearly Kerncijfers wijken en buurten (kwb-2023.xlsx) can be read so far."),
    )
