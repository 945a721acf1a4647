"""The OData form of the KWB saved as CSV: untyped (padded, a point for unknown) and typed (empty for unknown)."""

import csv
import io

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from wijkaanpak.indicators.formats import kwb
from wijkaanpak.indicators.formats.columns import match
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused

BOM = b"\xef\xbb\xbf"
SEPARATOR, NEWLINE = ord(";"), ord("\n")


def is_kwb(content: bytes) -> bool:
    heading = first_line(content)
    return b"WijkenEnBuurten" in heading and b";" in heading and b'"";' not in heading.removeprefix(b'"')


def first_line(content: bytes) -> bytes:
    return content.removeprefix(BOM).split(b"\n", 1)[0]


def read(content: bytes) -> Table:
    """Return the table of a KWB download as CSV. Raises FileRefused naming the line that cannot be read."""
    text = decoded(content)
    headings = next(csv.reader([text.split("\n", 1)[0].rstrip("\r")], delimiter=";"))
    check_headings(headings)
    check_fields(content, text, len(headings))
    matched = match(headings, "v3")
    raw = pd.read_csv(
        io.StringIO(text),
        sep=";",
        dtype=object,
        keep_default_na=False,
        usecols=kwb.used_headings(matched),
        skip_blank_lines=False,
        low_memory=False,
    )
    form = "kwb-csv-untyped" if b'"       .' in content else "kwb-csv-typed"
    return kwb.table(raw, matched, form=form, code_column=matched.structure["wijkenenbuurten"])


def decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise FileRefused(
            _("The text is not UTF-8."),
            advice=_("Another program saved the file again; download the original."),
            line=content.count(b"\n", 0, error.start) + 1,
        ) from None


def check_headings(headings: list[str]) -> None:
    repeated = next((heading for heading in headings if headings.count(heading) > 1), None)
    if repeated:
        raise FileRefused(_("This column occurs twice."), advice=_("Leave one of them out."), line=1, column=repeated)


def check_fields(content: bytes, text: str, expected: int) -> None:
    """Refuse a file in which a line has too many or too few fields.

    Counting separators per line is enough for nearly every file and takes milliseconds; only when
    that does not add up are the quotes followed.
    """
    marks = np.frombuffer(content.rstrip(b"\r\n") + b"\n", dtype="uint8")
    ends = np.flatnonzero(marks == NEWLINE)
    per_line = np.diff(np.searchsorted(np.flatnonzero(marks == SEPARATOR), ends), prepend=0)
    if (per_line + 1 == expected).all() and content.count(b'"') % 2 == 0:
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    try:
        for fields in reader:
            if len(fields) != expected:
                raise wrong_fields(reader.line_num, len(fields), expected)
    except csv.Error:
        raise FileRefused(
            _("A quotation mark is not closed or stands in the wrong place."), advice=download_again(), line=reader.line_num
        ) from None
    if reader.line_num != len(ends):
        raise FileRefused(
            _("A text runs over more than one line."), advice=download_again(), line=int(np.flatnonzero(per_line + 1 != expected)[0]) + 1
        )


def wrong_fields(line: int, found: int, expected: int) -> FileRefused:
    reason = _("There are %(found)s fields instead of %(expected)s.") % {"found": found, "expected": expected}
    return FileRefused(reason, advice=download_again(), line=line)


def download_again() -> str:
    return _("The file is damaged, perhaps by a spreadsheet; download it again.")
