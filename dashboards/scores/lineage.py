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
    found = pd.Series(areas.index, index=areas.index, dtype="int64")
    before, before_year = pd.Series(dtype="int64"), None
    for year, group in areas.sort_values("year", kind="stable").groupby("year"):
        root = found.loc[group.index]
        if before_year == year - 1:
            same = group["code"].map(before).where(group["change"] == Change.UNCHANGED)
            root = same.fillna(root)
        is_of_year_before = group["predecessor"].map(areas["year"]) == year - 1
        linked = group["predecessor"].where((group["change"] == Change.CODE) & is_of_year_before).map(found)
        root = linked.fillna(root).astype("int64")
        found.loc[group.index] = root
        before, before_year = pd.Series(root.to_numpy(), index=group["code"].to_numpy()), year
    return found


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
