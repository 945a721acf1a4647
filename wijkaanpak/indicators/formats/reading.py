"""From a grid and the description of its form to a table; one way for every form."""

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from wijkaanpak.indicators import catalogue
from wijkaanpak.indicators.formats import long, rows
from wijkaanpak.indicators.formats.cells import Cell, Notation, numbers
from wijkaanpak.indicators.formats.columns import Matched, match
from wijkaanpak.indicators.formats.descriptions import Description
from wijkaanpak.indicators.formats.grids import Grid
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused, Level, Problem


def table(grid: Grid, description: Description) -> Table:
    """Return the figures in a grid. Raises FileRefused when no column or row can be used."""
    matched = match(grid.headings, description)
    if not (matched.figures or matched.shares or description.measure):
        raise FileRefused(_("No column with a known figure was found."), advice=_("Look in the list of indicators which columns are used."))
    raw, notation = without_blank_rows(grid.cells(matched.used())), description.notation(grid)
    found = Table(form=description.form, areas=rows.areas(raw, matched, grid.first_line), blank=description.blank, sheet=grid.sheet)
    found.unused, found.origin, found.problems = matched.unused, matched.origin, list(grid.problems)
    if description.measure:
        long.fill(found, raw, matched, description, notation)
    else:
        fill(found, raw, matched, notation)
        count_back(found, matched, raw, notation)
        read_beside(found, raw, description, notation)
    rows.leave_out(found, has_periods=bool(matched.structure.get("period") or description.with_year))
    note_other_kinds(found, matched)
    found.drop_empty()
    return found


def without_blank_rows(raw: pd.DataFrame) -> pd.DataFrame:
    """Drop the rows without anything at the end, which Excel often keeps."""
    filled = raw.notna().any(axis=1)
    return raw.loc[: filled[filled].index[-1]] if filled.any() else raw.head(0)


def fill(found: Table, raw: pd.DataFrame, matched: Matched, notation: Notation) -> None:
    """Read a column per indicator; where headings name years, the rows are repeated for each of them."""
    years = sorted(matched.figures)
    if years != [0]:
        found.areas = pd.concat([found.areas.assign(period=year) for year in years], ignore_index=True)
    for slug in dict.fromkeys(slug for columns in matched.figures.values() for slug in columns):
        parts = [read(raw, columns.get(slug), slug, notation) for _year, columns in sorted(matched.figures.items())]
        found.values[slug] = np.concatenate([values for values, _cells in parts])
        found.cells[slug] = np.concatenate([cells for _values, cells in parts])
        headings = [columns[slug] for _year, columns in sorted(matched.figures.items()) if slug in columns]
        found.headings[slug] = headings[0]
        for number, year in enumerate(years):
            if heading := matched.figures[year].get(slug):
                found.problems += of_part(found, slug, raw[heading], heading, number * len(raw), notation)


def read(raw: pd.DataFrame, heading: str | None, slug: str, notation: Notation) -> tuple[np.ndarray, np.ndarray]:
    if heading is None:
        return np.full(len(raw), np.nan), np.full(len(raw), Cell.ABSENT, dtype="int8")
    return numbers(raw[heading], notation, signed=catalogue.may_be_negative(slug))


def of_part(found: Table, slug: str, column: pd.Series, heading: str, start: int, notation: Notation) -> list[Problem]:
    """Return the bad cells of one year's column, whose rows begin at `start`."""
    cells = found.cells[slug][start : start + len(column)]
    if not np.isin(cells, (Cell.BAD, Cell.NEGATIVE)).any():
        return []
    part = Table(form=found.form, areas=found.areas.iloc[start : start + len(column)], cells={slug: cells})
    return rows.bad_cells(part, slug, column, heading, comma=notation.comma)


def count_back(found: Table, matched: Matched, raw: pd.DataFrame, notation: Notation) -> None:
    """Turn whole percentages into counts, with the denominator of the same file; without it they are not used.

    The result is an estimate: a percentage without decimals is half a per cent off at most.
    """
    for slug, heading in matched.shares.items():
        base = catalogue.share_bases()[slug]
        if base not in found.values:
            found.unused.append(heading)
            continue
        shares, cells = numbers(raw[heading], notation)
        found.values[slug] = np.round(found.values[base] * shares / 100)
        found.cells[slug] = np.where((cells == Cell.VALUE) & (found.cells[base] != Cell.VALUE), Cell.UNKNOWN, cells).astype("int8")
        found.headings[slug] = heading
        found.problems += of_part(found, slug, raw[heading], heading, 0, notation)
        found.estimated.add(slug)


def read_beside(found: Table, raw: pd.DataFrame, description: Description, notation: Notation) -> None:
    """Read the numbers that figures are of, and their margins; a margin only where there is a figure."""
    for target, headings in ((found.bases, description.bases), (found.margins, description.margins)):
        for slug, heading in headings.items():
            values, cells = numbers(raw[heading], notation)
            target[slug] = np.where(cells == Cell.VALUE, values, np.nan)
            part = Table(form=found.form, areas=found.areas, cells={slug: cells})
            found.problems += rows.bad_cells(part, slug, raw[heading], heading, comma=notation.comma)
    for slug, margins in found.margins.items():
        margins[found.cells[slug] != Cell.VALUE] = np.nan


def note_other_kinds(found: Table, matched: Matched) -> None:
    if matched.between:
        reason = _("Columns of change between two years are of another kind and are not read: %(columns)s.")
        found.problems.append(Problem(Level.LOOK, reason % {"columns": ", ".join(matched.between)[:120]}))
    if found.water:
        found.problems.append(Problem(Level.SKIP, _("Water is left out: %(count)s rows.") % {"count": found.water}))
