"""Kerncijfers wijken en buurten: from headings and raw cells to a table, whatever the form."""

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from wijkaanpak.indicators.formats.cells import KINDS, Cell, code, is_code, numbers
from wijkaanpak.indicators.formats.columns import Matched
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused, Level, Problem
from wijkaanpak.neighbourhoods.boundaries import plain_name

CHANGES = {"1": 1, "2": 2, "3": 3}
MOST = 200  # problems of one kind that are kept


def table(raw: pd.DataFrame, matched: Matched, *, form: str, code_column: str, name_column: str = "", first_line: int = 2) -> Table:
    """Return the table of a file read as text: `raw` has its headings as columns, one row per line."""
    if not matched.indicators:
        raise FileRefused(_("No column with a known figure was found."), advice=_("Look in the list of indicators which columns are used."))
    found = Table(form=form, areas=areas(raw, matched, code_column, name_column, first_line))
    found.unused, found.origin, found.headings = matched.unused, matched.origin, matched.indicators
    for slug, heading in matched.indicators.items():
        values, cells = numbers(raw[heading])
        found.problems += bad_cells(found, raw[heading], cells, heading)
        found.values[slug], found.cells[slug] = values, cells
    leave_out_rows(found)
    found.drop_empty()
    return found


def areas(raw: pd.DataFrame, matched: Matched, code_column: str, name_column: str, first_line: int) -> pd.DataFrame:
    codes = raw[code_column].map(code)
    return pd.DataFrame(
        {
            "code": codes,
            "kind": codes.str[:2],
            "name": names(raw, codes, matched, name_column),
            "change": changes(raw, matched),
            "line": np.arange(first_line, first_line + len(raw)),
        }
    )


def names(raw: pd.DataFrame, codes: pd.Series, matched: Matched, name_column: str) -> pd.Series:
    """Return the name per row: of every area in Excel, only of the country and municipalities elsewhere."""
    if name_column:
        return raw[name_column].map(lambda name: plain_name(str(name or "")))
    municipality = matched.structure.get("gemeentenaam")
    if municipality is None:
        return pd.Series("", index=raw.index)
    found = raw[municipality].map(lambda name: str(name or "").strip())
    return found.where(codes.str.startswith(("GM", "NL")), "")


def changes(raw: pd.DataFrame, matched: Matched) -> pd.Series:
    column = next((matched.structure[name] for name in matched.structure if name.startswith(("indelingswijziging", "ind_wbi"))), None)
    if column is None:
        return pd.Series(0, index=raw.index, dtype="int64")
    return raw[column].map(lambda cell: CHANGES.get(str(cell).strip(), 0)).astype("int64")


def bad_cells(found: Table, raw: pd.Series, cells: np.ndarray, heading: str) -> list[Problem]:
    """Return a problem per cell that is no number, and per cell below zero."""
    reasons = {
        Cell.BAD: (Level.STOP, _("is not a number; the decimal mark in this form is a point")),
        Cell.NEGATIVE: (Level.SKIP, _("is below zero and is read as not known")),
    }
    return [
        Problem(
            level,
            reason,
            line=found.line(row),
            column=heading,
            value=str(raw.iloc[row]).strip()[:40],
            area=found.code(row),
        )
        for kind, (level, reason) in reasons.items()
        for row in np.flatnonzero(cells == kind)[:MOST]
    ]


def leave_out_rows(found: Table) -> None:
    """Leave out rows about something else than an area of ours, and rows that say the same twice."""
    codes = found.areas["code"]
    ours = codes.map(is_code).to_numpy()
    found.problems += [unknown_code(row) for row in found.areas[~ours].head(MOST).itertuples()]
    ours = ours & found.areas["kind"].isin(KINDS).to_numpy()
    repeated = codes.duplicated().to_numpy() & ours
    found.problems += [repetition(found, row) for row in np.flatnonzero(repeated)[:MOST]]
    if not (ours & ~repeated).any():
        raise FileRefused(_("No row has the code of a municipality, district or neighbourhood."))
    found.keep(ours & ~repeated)


def unknown_code(row) -> Problem:
    """A row without code, or a total, is left out; a code of another shape must be mended."""
    total = not row.code or "totaal" in row.code.lower()
    if total:
        return Problem(Level.SKIP, _("This row has no area code (a total?) and is left out."), line=int(row.line), value=row.code[:40])
    reason = _("is not the code of an area (such as GM0202, WK020201 or BU02020101)")
    return Problem(Level.STOP, reason, line=int(row.line), value=row.code[:40])


def repetition(found: Table, row: int) -> Problem:
    codes = found.areas["code"]
    area, line = found.code(row), found.line(row)
    first = int(np.flatnonzero((codes == area).to_numpy())[0])
    place = {"area": area, "line": found.line(first)}
    differs = next(
        (slug for slug in found.slugs if not np.array_equal(found.values[slug][[first]], found.values[slug][[row]], equal_nan=True)), None
    )
    if differs is None:
        return Problem(
            Level.SKIP,
            _("%(area)s was already on line %(line)s with the same figures; this row is left out.") % place,
            line=line,
            area=area,
        )
    reason = _("%(area)s was already on line %(line)s with other figures.") % place
    return Problem(Level.STOP, reason, line=line, column=found.headings[differs], area=area)


def used_headings(matched: Matched) -> list[str]:
    return [*matched.structure.values(), *matched.indicators.values()]
