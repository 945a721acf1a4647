"""Which areas of different years are the same place.

CBS divides the country anew each year. An area continues the one with the same code of the year
before when its change indicator says "unchanged", or, when only the code changed, the one an analyst
linked it to. Anything else (another boundary, a year that was not loaded, no indicator) starts a new
line, and `causes` says why: the same code is not enough to compare. `neighbourhoods.comparability` answers the same question
for a few areas; this is for all areas of the country at once.
"""

import numpy as np
import pandas as pd

from dashboards.choices import Reason
from wijkaanpak.neighbourhoods.choices import Change


def roots(areas: pd.DataFrame) -> pd.Series:
    """Return the id of the first area of the line each area belongs to.

    `areas` has one row per area: index id; columns code (str), year (int), change (float, NaN
    unknown), predecessor (float, NaN none). Returns a Series of int64 by area id; two areas may be
    compared when their roots are equal.
    """
    if areas.empty:
        return pd.Series(dtype="int64", index=areas.index)
    ids, years, codes, change, predecessor = areas.index.to_numpy(), *(areas[name].to_numpy() for name in ("year", "code", "change", "predecessor"))
    found = ids.astype("int64")
    there, earlier = _located(predecessor, ids)
    linked = there & (change == Change.CODE) & (years[earlier] == years - 1)
    before = np.array([], dtype="int64")  # the rows of the year before, by code
    for year in np.unique(years).tolist():
        rows = np.flatnonzero(years == year)
        rows = rows[np.argsort(codes[rows], kind="stable")]
        if len(before) and years[before[0]] == year - 1:
            known, place = _located(codes[rows], codes[before])
            same = known & (change[rows] == Change.UNCHANGED)
            found[rows[same]] = found[before[place[same]]]
        of_link = rows[linked[rows]]
        found[of_link] = found[earlier[of_link]]
        before = rows
    return pd.Series(found, index=areas.index)


def _located(wanted: np.ndarray, among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Say of each wanted value whether it is among the others, and where (any place when it is not)."""
    order = np.argsort(among, kind="stable")
    place = order[np.searchsorted(among, wanted, sorter=order).clip(max=len(among) - 1)]
    return among[place] == wanted, place


def causes(areas: pd.DataFrame) -> pd.Series:
    """Return why a line begins at each area, as a word of Reason by area id; "" where it may go on or the figures begin.

    `areas` is the frame of `roots`. A code that the division before does not have is another area, whatever its
    indicator says: that one looks back one year only.
    """
    found = pd.Series("", index=areas.index, dtype=object)
    seen: set[str] = set()
    before: set[str] = set()
    before_year = None
    for year, group in areas.sort_values("year", kind="stable").groupby("year"):
        if before_year is not None:
            why = np.select(
                [
                    group["change"] == Change.BOUNDARY,
                    (group["change"] == Change.CODE) & (before_year == year - 1),
                    ~group["code"].isin(before if before_year == year - 1 else seen),
                    (before_year != year - 1) | group["change"].isna(),
                ],
                [Reason.BOUNDARY.value, Reason.UNLINKED.value, Reason.BOUNDARY.value, Reason.GAP.value],
                default="",
            )
            found.loc[group.index] = why
        before, before_year = set(group["code"]), year
        seen |= before
    return found


def frame(ids, codes, years, changes, predecessors) -> pd.DataFrame:
    """Return the areas as the frame `roots` works on; None becomes NaN."""
    return pd.DataFrame(
        {
            "code": codes, "year": np.asarray(years, dtype="int64"),
            "change": np.asarray(changes, dtype="float64"), "predecessor": np.asarray(predecessors, dtype="float64"),
        },
        index=pd.Index(np.asarray(ids, dtype="int64"), name="id"),
    )
