"""What every form of file is turned into: areas, values and what each cell was."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wijkaanpak.indicators.choices import Status
from wijkaanpak.indicators.formats.cells import Cell
from wijkaanpak.indicators.problems import Problem


@dataclass
class Table:
    """Figures per area, or per area and period, as one form of file gave them.

    `areas` has the columns code, kind, name, change, line (of the file), period and provisional, in
    file order; name is "" and change 0 where the file does not say. Most files say no period: it is 0
    and there is one row per area; else there is a row per area and period. `values` (float64) and
    `cells` (int8, see Cell) have the same rows and a column per indicator slug; so have `bases` and
    `margins`, for figures of surveys. Nothing in a column at all puts its slug in `empty` and leaves
    it out of all. `boundaries` is GeoJSON geometry by area code.
    """

    form: str
    areas: pd.DataFrame
    values: dict[str, np.ndarray] = field(default_factory=dict)
    cells: dict[str, np.ndarray] = field(default_factory=dict)
    bases: dict[str, np.ndarray] = field(default_factory=dict)
    margins: dict[str, np.ndarray] = field(default_factory=dict)
    lines: dict[str, np.ndarray] = field(default_factory=dict)  # of the cell, where each has a line of its own
    headings: dict[str, str] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)
    estimated: set[str] = field(default_factory=set)  # counted back from whole percentages
    blank: Status = Status.MISSING  # what an empty cell means in this form
    source: str = ""  # slug; "" when the indicators tell
    sheet: str = ""
    year: int | None = None
    boundaries: dict[str, dict] = field(default_factory=dict)
    water: int = 0

    def __post_init__(self):
        for name, nothing in (("period", 0), ("provisional", False)):
            if name not in self.areas:
                self.areas = self.areas.assign(**{name: nothing})

    @property
    def slugs(self) -> list[str]:
        return list(self.values)

    @property
    def periods(self) -> list[int]:
        """The periods the file names, ascending; empty when a person has to say the year."""
        return sorted(int(period) for period in self.areas["period"].unique() if period)

    @property
    def area_count(self) -> int:
        return int(self.areas["code"].nunique())

    def code(self, row: int | np.integer) -> str:
        return str(self.areas["code"].iloc[int(row)])

    def line(self, row: int | np.integer, slug: str = "") -> int:
        lines = self.lines.get(slug)
        return int(self.areas["line"].to_numpy()[row] if lines is None else lines[row])

    def keep(self, rows: np.ndarray) -> None:
        """Keep only these rows (a boolean per row)."""
        self.areas = self.areas[rows].reset_index(drop=True)
        for columns in (self.values, self.cells, self.bases, self.margins, self.lines):
            columns.update({slug: column[rows] for slug, column in columns.items()})

    def of_period(self, period: int) -> "Table":
        """Return a table of one period, with what is needed to look at its figures."""
        found = Table(
            self.form, self.areas, dict(self.values), dict(self.cells), lines=dict(self.lines), headings=self.headings, derived=self.derived
        )
        found.keep((self.areas["period"] == period).to_numpy())
        return found

    def drop_empty(self) -> None:
        """Set aside the columns in which no row has a value: they are not published yet."""
        for slug in [slug for slug, cells in self.cells.items() if not (cells == Cell.VALUE).any()]:
            self.empty.append(slug)
            for columns in (self.values, self.cells, self.bases, self.margins, self.lines):
                columns.pop(slug, None)
