"""A rectangle of cells under headings: what every kind of file with a table is turned into first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pandas as pd
from django.utils.translation import gettext as _

from wijkaanpak.indicators.problems import FileRefused, Problem

MOST_COLUMNS = 1_000  # the widest published table has 121


@dataclass
class Grid:
    """Headings, and the raw cells below them on demand.

    `cells` takes the wanted headings and returns a frame with these as columns and a row per line of
    the file, cells as text or as the numbers a workbook holds. `first_line` is the line of the first
    row. `separator` and `padded` (numbers in quotes, filled up with spaces) only mean something in text.
    """

    headings: list[str]
    cells: Callable[[list[str]], pd.DataFrame]
    first_line: int = 2
    sheet: str = ""
    separator: str = ""
    padded: bool = False
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self):
        check_headings(self.headings)


def check_headings(headings: list[str]) -> None:
    """Refuse more columns than any table has, and two columns under one heading."""
    if len(headings) > MOST_COLUMNS:
        reason = _("There are %(count)s columns; more than %(limit)s is not a table of areas.") % {
            "count": len(headings),
            "limit": MOST_COLUMNS,
        }
        raise FileRefused(reason, advice=_("Put the areas below each other, one row per area."), line=1)
    seen: set[str] = set()
    for heading in headings:
        if heading and heading in seen:
            raise FileRefused(_("This column occurs twice."), advice=_("Leave one of them out."), line=1, column=heading)
        seen.add(heading)


def of_records(records: list[dict]) -> Grid:
    """Return the grid of rows that each name their columns: JSON or Atom."""
    headings = list(dict.fromkeys(key for record in records[:50] for key in record))

    def cells(wanted: Iterable[str]) -> pd.DataFrame:
        return pd.DataFrame({heading: pd.Series([record.get(heading) for record in records], dtype=object) for heading in wanted})

    return Grid(headings, cells, first_line=1)
