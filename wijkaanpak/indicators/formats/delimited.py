"""Text with separators: the grid in it, and the line on which it is damaged."""

import csv
import io
import re

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from wijkaanpak.indicators.formats.grids import Grid
from wijkaanpak.indicators.problems import FileRefused

BOM = b"\xef\xbb\xbf"
NEWLINE = ord("\n")
SEPARATORS = ";,\t"
PADDED = re.compile(rb'"(?=[^"]{3,8}")\s+[-.\d][\d.]*"')  # filled up on the left to eight signs at most
LOOKED_AT = 400_000  # bytes in which a padded number must occur


def first_line(content: bytes) -> bytes:
    return content.removeprefix(BOM).split(b"\n", 1)[0]


def grid(content: bytes) -> Grid:
    """Return the grid in a text. Raises FileRefused naming the line that cannot be read."""
    text = decoded(content)
    heading = text.split("\n", 1)[0].rstrip("\r")
    separator = separator_of(heading)
    headings = next(csv.reader([heading], delimiter=separator))
    found = Grid(
        headings, lambda wanted: cells(text, separator, wanted), separator=separator, padded=bool(PADDED.search(content[:LOOKED_AT]))
    )
    check_fields(content, text, len(headings), separator)
    return found


def separator_of(heading: str) -> str:
    """Return the sign that parts a heading into most fields."""
    return max(SEPARATORS, key=lambda sign: len(next(csv.reader([heading], delimiter=sign), [])))


def cells(text: str, separator: str, wanted: list[str]) -> pd.DataFrame:
    """Return the wanted columns as texts. Not as categories: pandas would make numbers of these, whatever the decimal mark."""
    return pd.read_csv(
        io.StringIO(text), sep=separator, dtype=object, na_filter=False, usecols=wanted, skip_blank_lines=False, low_memory=False
    )


def decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise FileRefused(
            _("The text is not UTF-8."),
            advice=_("Another program saved the file again; download the original."),
            line=content.count(b"\n", 0, error.start) + 1,
        ) from None


def check_fields(content: bytes, text: str, expected: int, separator: str) -> None:
    """Refuse a file in which a line has too many or too few fields.

    Counting separators per line is enough for nearly every file and takes milliseconds; only when
    that does not add up are the quotes followed.
    """
    marks = np.frombuffer(content.rstrip(b"\r\n") + b"\n", dtype="uint8")
    ends = np.flatnonzero(marks == NEWLINE)
    per_line = np.diff(np.searchsorted(np.flatnonzero(marks == ord(separator)), ends), prepend=0)
    if (per_line + 1 == expected).all() and content.count(b'"') % 2 == 0:
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
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
