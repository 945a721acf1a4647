"""Files of the municipality itself, of which a person says what the columns are."""

import hashlib
import re
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijkaanpak.indicators.formats import delimited, reading, workbook
from wijkaanpak.indicators.formats.cells import code, is_code
from wijkaanpak.indicators.formats.descriptions import ANY_SEPARATOR, Description
from wijkaanpak.indicators.formats.grids import Grid
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.indicators.sources import Source

WIDEST = 60  # columns; above this nobody fills in a page
SAMPLE = 200  # rows that are looked at to find the codes
MOSTLY = 0.5  # of these have one


@dataclass
class Columns:
    """What the columns of a file are: headings by what they are for, and per figure its indicator.

    `bases` and `margins` give the heading by indicator slug. `year` is that of the figures when no
    column says it. `comma`: the decimal mark in texts. `fingerprint` is that of the headings.
    """

    code: str
    figures: dict[str, str]  # indicator slug by heading
    name: str = ""
    period: str = ""
    year: int | None = None
    comma: bool = False
    bases: dict[str, str] = field(default_factory=dict)
    margins: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""

    def as_dict(self) -> dict:
        return asdict(self)

    def description(self) -> Description:
        return Description(
            form="own", label=gettext_lazy("Figures of the municipality itself"), keys="own", marks=(),
            code=exactly(self.code), name=exactly(self.name), period=exactly(self.period),
            separators=delimited.SEPARATORS, commas=ANY_SEPARATOR if self.comma else "",
            columns=self.figures, bases=self.bases, margins=self.margins,
        )  # fmt: skip


def exactly(heading: str) -> str:
    return re.escape(heading.strip().lower())


def grid_of(source: Source) -> Grid:
    """Return the grid with area codes in a text or workbook. Raises FileRefused when there is none."""
    found = next((grid for grid in grids_of(source) if code_column(grid)), None)
    if found is None:
        raise FileRefused(
            _("No column has codes of areas (such as GM0202, WK020201 or BU02020101)."),
            advice=_("Add a column with the CBS code of every area; names are not unique."),
        )
    if len(found.headings) > WIDEST:
        reason = _("There are %(count)s columns; more than %(limit)s cannot be filled in.") % {
            "count": len(found.headings),
            "limit": WIDEST,
        }
        raise FileRefused(reason, advice=_("Leave out the columns you do not need."), line=1)
    return found


def grids_of(source: Source):
    if source.kind == "workbook":
        yield from workbook.grids(source.content)
    elif source.kind == "text":
        yield delimited.grid(source.content)


def has_codes(source: Source) -> bool:
    """Whether a file that is not recognised has a column with codes of areas."""
    try:
        return grid_of(source) is not None
    except FileRefused:
        return False


def code_column(grid: Grid) -> str:
    """Return the heading of the first column that mostly holds codes of areas; "" when there is none."""
    named = [heading for heading in grid.headings if heading]
    cells = grid.cells(named).head(SAMPLE)
    shares = {heading: sum(is_code(code(cell)) for cell in cells[heading]) for heading in named}
    return next((heading for heading, count in shares.items() if count and count >= MOSTLY * len(cells)), "")


def fingerprint(headings: list[str]) -> str:
    """Return what tells that two files have the same heading row."""
    text = "\n".join(heading.strip().lower() for heading in headings)
    return hashlib.sha256(text.encode()).hexdigest()


def read(source: Source, columns: Columns) -> Table:
    """Return the figures in a file with the given columns."""
    grid = grid_of(source)
    missing = [heading for heading in (columns.code, *columns.figures) if heading not in grid.headings]
    if missing:
        raise FileRefused(
            _("The column %(column)s is not in the file.") % {"column": missing[0]}, advice=_("Say again what the columns are.")
        )
    found = reading.table(grid, columns.description())
    found.source, found.year = "own", columns.year
    return found
