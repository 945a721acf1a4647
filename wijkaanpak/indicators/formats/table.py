"""What every form of file is turned into: areas, values and what each cell was."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from wijkaanpak.indicators.formats.cells import Cell
from wijkaanpak.indicators.problems import Problem


@dataclass
class Table:
    """Figures per area as one form of file gave them.

    `areas` has the columns code, kind, name, change and line (of the file), one row per area and in
    file order; name is "" and change 0 where the file does not say. `values` (float64) and `cells`
    (int8, see Cell) have the same rows and a column per indicator slug. Nothing in a column at all
    puts its slug in `empty` and leaves it out of both. `boundaries` is GeoJSON geometry by area code.
    """

    form: str
    areas: pd.DataFrame
    values: dict[str, np.ndarray] = field(default_factory=dict)
    cells: dict[str, np.ndarray] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)
    sheet: str = ""
    year: int | None = None
    boundaries: dict[str, dict] = field(default_factory=dict)
    water: int = 0

    @property
    def slugs(self) -> list[str]:
        return list(self.values)

    def code(self, row: int | np.integer) -> str:
        return str(self.areas["code"].iloc[int(row)])

    def line(self, row: int | np.integer) -> int:
        return int(self.areas["line"].to_numpy()[row])

    def keep(self, rows: np.ndarray) -> None:
        """Keep only these rows (a boolean per row)."""
        self.areas = self.areas[rows].reset_index(drop=True)
        self.values = {slug: column[rows] for slug, column in self.values.items()}
        self.cells = {slug: column[rows] for slug, column in self.cells.items()}

    def drop_empty(self) -> None:
        """Set aside the columns in which no row has a value: they are not published yet."""
        for slug in [slug for slug, cells in self.cells.items() if not (cells == Cell.VALUE).any()]:
            self.empty.append(slug)
            del self.values[slug], self.cells[slug]
