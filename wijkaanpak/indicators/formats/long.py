"""Forms with a row per figure: area, period, which figure, and the figure."""

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from wijkaanpak.indicators import catalogue
from wijkaanpak.indicators.formats import rows
from wijkaanpak.indicators.formats.cells import Cell, Notation, numbers
from wijkaanpak.indicators.formats.columns import Matched
from wijkaanpak.indicators.formats.descriptions import Description
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused, Level, Problem


def fill(found: Table, raw: pd.DataFrame, matched: Matched, description: Description, notation: Notation) -> None:
    """Put the figures of a long form beside each other: a row per area and period, a column per indicator.

    What the file has no row for is ABSENT. A second row about the same figure is left out when it
    says the same, and must be mended when it does not.
    """
    every, value = found.areas, matched.structure["value"]
    slugs = rows.by_text(raw[matched.structure["measure"]], lambda cell: slug_of(cell, description)).to_numpy()
    list_unused(found, raw[matched.structure["measure"]], slugs, description)
    place, _keys = pd.factorize(every["code"] + " " + every["period"].astype(str))
    first = np.unique(place, return_index=True)[1]
    found.areas = every.iloc[first].reset_index(drop=True)
    for slug in [slug for slug in dict.fromkeys(slugs) if slug]:
        chosen = np.flatnonzero(slugs == slug)
        values, cells = numbers(raw[value].iloc[chosen], notation, signed=catalogue.may_be_negative(slug))
        cells = with_remarks(raw, matched, chosen, cells)
        spread(found, slug, place[chosen], values, cells, every["line"].to_numpy()[chosen])
        found.headings[slug] = str(raw[matched.structure["measure"]].iloc[chosen[0]]).strip()
        found.problems += rows.bad_cells(
            found, slug, whole(raw[value].iloc[chosen], place[chosen], len(first)), found.headings[slug], comma=notation.comma
        )
    if not found.values:
        raise FileRefused(_("No column with a known figure was found."), advice=_("Look in the list of indicators which columns are used."))


def slug_of(cell: object, description: Description) -> str:
    return catalogue.columns(description.keys).get(str(cell or "").strip().lower(), "")


def list_unused(found: Table, measures: pd.Series, slugs: np.ndarray, description: Description) -> None:
    """Set aside the measures without an indicator, and those about origin."""
    names = list(dict.fromkeys(str(name).strip() for name in measures[slugs == ""].unique()))
    origin = catalogue.origin_columns(description.keys)
    found.origin = [name for name in names if name.lower() in origin]
    found.unused += [name for name in names if name.lower() not in origin]


def with_remarks(raw: pd.DataFrame, matched: Matched, chosen: np.ndarray, cells: np.ndarray) -> np.ndarray:
    """Tell what is kept secret from what is not known, where the form has a column for it."""
    column = matched.structure.get("remark")
    if column is None:
        return cells
    secret = raw[column].iloc[chosen].astype(str).str.contains("secret|confidential|geheim", case=False).to_numpy(dtype=bool)
    return np.where((cells != Cell.VALUE) & secret, Cell.SECRET, cells).astype("int8")


def spread(found: Table, slug: str, place: np.ndarray, values: np.ndarray, cells: np.ndarray, lines: np.ndarray) -> None:
    """Write the figures of one indicator at their rows; the first of two for the same row counts."""
    size = len(found.areas)
    _rows, first = np.unique(place, return_index=True)
    found.values[slug], found.cells[slug] = np.full(size, np.nan), np.full(size, Cell.ABSENT, dtype="int8")
    found.lines[slug] = found.areas["line"].to_numpy().copy()
    for target, column in ((found.values[slug], values), (found.cells[slug], cells), (found.lines[slug], lines)):
        target[place[first]] = column[first]
    again = np.setdiff1d(np.arange(len(place)), first)
    found.problems += [repetition(found, slug, place[row], values[row], cells[row], int(lines[row])) for row in again[: rows.MOST]]


def repetition(found: Table, slug: str, row: int, value: float, cell: int, line: int) -> Problem:
    area, values = found.code(row), {"area": found.code(row), "line": found.line(row, slug)}
    if found.cells[slug][row] == cell and np.array_equal(found.values[slug][row], value, equal_nan=True):
        reason = _("%(area)s was already on line %(line)s with the same figures; this row is left out.")
        return Problem(Level.SKIP, reason % values, line=line, area=area)
    return Problem(Level.STOP, _("%(area)s was already on line %(line)s with other figures.") % values, line=line, column=slug, area=area)


def whole(column: pd.Series, place: np.ndarray, size: int) -> pd.Series:
    """Return the raw cells of one indicator at their rows, to quote them."""
    found = np.full(size, "", dtype=object)
    found[place] = column.to_numpy(dtype=object)
    return pd.Series(found)
