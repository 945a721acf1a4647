"""Which rows of a file are about which area and period, and which are left out."""

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from wijkaanpak.indicators.formats import periods
from wijkaanpak.indicators.formats.cells import KINDS, Cell, code, is_code
from wijkaanpak.indicators.formats.columns import Matched
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused, Level, Problem
from wijkaanpak.neighbourhoods.boundaries import plain_name

CHANGES = {"1": 1, "2": 2, "3": 3}
MOST = 200  # problems of one kind that are kept
FORMULA = ("=", "+", "@", "\t")


def areas(raw: pd.DataFrame, matched: Matched, first_line: int) -> pd.DataFrame:
    """Return code, kind, name, change, line, period, provisional and whether it is water, a row per line of the file."""
    codes = by_text(raw[matched.structure["code"]], code)
    found = [periods.read(text) for text in different(raw, matched, "period")]
    place = positions(raw, matched, "period")
    return pd.DataFrame(
        {
            "code": codes,
            "kind": codes.str[:2],
            "name": names(raw, codes, matched),
            "change": changes(raw, matched),
            "line": np.arange(first_line, first_line + len(raw)),
            "period": np.array([period.number for period in found], dtype="int64")[place],
            "provisional": np.array([period.provisional for period in found], dtype=bool)[place],
            "water": flags(raw, matched),
        }
    )


def by_text(raw: pd.Series, convert) -> pd.Series:
    """Convert each different cell once."""
    place, found = pd.factorize(raw, use_na_sentinel=False)
    return pd.Series(np.array([convert(cell) for cell in found], dtype=object)[place] if len(found) else [], index=raw.index, dtype=object)


def different(raw: pd.DataFrame, matched: Matched, part: str) -> list:
    """Return the different cells of a column; one empty cell when the form has no such column."""
    column = matched.structure.get(part)
    return [""] if column is None else list(pd.factorize(raw[column], use_na_sentinel=False)[1])


def positions(raw: pd.DataFrame, matched: Matched, part: str) -> np.ndarray:
    column = matched.structure.get(part)
    return np.zeros(len(raw), dtype="int64") if column is None else pd.factorize(raw[column], use_na_sentinel=False)[0]


def names(raw: pd.DataFrame, codes: pd.Series, matched: Matched) -> pd.Series:
    """Return the name per row: of every area where there is a column for it, only of the country and municipalities elsewhere."""
    if "name" in matched.structure:
        return by_text(raw[matched.structure["name"]], lambda name: plain_name(str(name or "")))
    municipality = matched.structure.get("municipality")
    if municipality is None:
        return pd.Series("", index=raw.index)
    found = by_text(raw[municipality], lambda name: str(name or "").strip())
    return found.where(codes.str.startswith(("GM", "NL")), "")


def changes(raw: pd.DataFrame, matched: Matched) -> pd.Series:
    column = matched.structure.get("change")
    if column is None:
        return pd.Series(0, index=raw.index, dtype="int64")
    return by_text(raw[column], lambda cell: CHANGES.get(str(cell).strip(), 0)).astype("int64")


def flags(raw: pd.DataFrame, matched: Matched) -> pd.Series:
    column = matched.structure.get("water")
    return (
        pd.Series(False, index=raw.index)
        if column is None
        else by_text(raw[column], lambda cell: str(cell).strip().upper() == "JA").astype(bool)
    )


def leave_out(found: Table, *, has_periods: bool) -> None:
    """Leave out rows about something else than an area of ours, and rows that say the same twice."""
    rows = found.areas
    codes = rows["code"]
    shaped = by_text(codes, is_code).to_numpy(dtype=bool)
    found.problems += [unknown_code(row) for row in rows[~shaped].head(MOST).itertuples()]
    dated = (rows["period"] > 0).to_numpy() if has_periods else np.ones(len(rows), dtype=bool)
    found.problems += [
        Problem(Level.STOP, _("has no year or month in the column of the period"), line=int(row.line), area=row.code)
        for row in rows[shaped & ~dated].head(MOST).itertuples()
    ]
    water = rows["water"].to_numpy() | codes.str.contains(r"^(?:GM|WK|BU)099[89]").to_numpy()
    found.water = int((shaped & water).sum())
    ours = shaped & dated & ~water & rows["kind"].isin(KINDS).to_numpy()
    found.problems += formulas(rows[ours])
    repeated = rows.duplicated(["code", "period"]).to_numpy() & ours
    found.problems += [repetition(found, row) for row in np.flatnonzero(repeated)[:MOST]]
    if not (ours & ~repeated).any():
        raise FileRefused(_("No row has the code of a municipality, district or neighbourhood."))
    found.keep(ours & ~repeated)
    found.areas = found.areas.drop(columns="water")


def formulas(rows: pd.DataFrame) -> list[Problem]:
    """Return a problem per name that a spreadsheet would take for a formula."""
    suspect = rows[rows["name"].str.startswith(FORMULA)]
    reason = _("is a formula, not the name of an area")
    return [
        Problem(Level.STOP, reason, line=int(row.line), value=row.name_[:40], area=row.code)
        for row in suspect.rename(columns={"name": "name_"}).head(MOST).itertuples()
    ]


def unknown_code(row) -> Problem:
    """A row without code, or a total, is left out; a code of another shape must be mended."""
    total = not row.code or "totaal" in row.code.lower()
    if total:
        return Problem(Level.SKIP, _("This row has no area code (a total?) and is left out."), line=int(row.line), value=row.code[:40])
    reason = _("is not the code of an area (such as GM0202, WK020201 or BU02020101)")
    return Problem(Level.STOP, reason, line=int(row.line), value=row.code[:40])


def repetition(found: Table, row: int) -> Problem:
    rows = found.areas
    area, line = found.code(row), found.line(row)
    first = int(np.flatnonzero(((rows["code"] == area) & (rows["period"] == rows["period"].iloc[row])).to_numpy())[0])
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


def bad_cells(found: Table, slug: str, raw: pd.Series, heading: str, *, comma: bool) -> list[Problem]:
    """Return a problem per cell that is no number, and per cell below zero."""
    no_number = (
        _("is not a number; the decimal mark in this form is a comma")
        if comma
        else _("is not a number; the decimal mark in this form is a point")
    )
    reasons = {
        Cell.BAD: (Level.STOP, no_number),
        Cell.NEGATIVE: (Level.SKIP, _("is below zero and is read as not known")),
    }
    return [
        Problem(level, reason, line=found.line(row, slug), column=heading, value=str(raw.iloc[row]).strip()[:40], area=found.code(row))
        for kind, (level, reason) in reasons.items()
        for row in np.flatnonzero(found.cells[slug] == kind)[:MOST]
    ]
