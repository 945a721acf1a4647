"""What stands out in a table: impossible percentages, and figures that jump."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _

from wijkaanpak.indicators import catalogue
from wijkaanpak.indicators.formats.rows import MOST
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import Level, Problem

JUMP = 3.0  # standard deviations
SAME = 1e-6  # what a sum of scores may be off
ENOUGH = 20  # areas below which a spread says nothing
INHABITANTS = 100  # below this one household moves every figure


@dataclass(frozen=True)
class Jump:
    """A figure that is far from the rest. `before` is None when there was nothing to compare with."""

    slug: str
    area: str
    name: str
    value: float
    before: float | None
    deviations: float
    line: int

    def as_dict(self) -> dict:
        return asdict(self)


def check(table: Table) -> list[Problem]:
    """Return what can be seen in the table alone, by row; the problems found while reading come first."""
    return [*table.problems, *impossible_percentages(table), *wrong_totals(table)]


def impossible_percentages(table: Table) -> Iterator[Problem]:
    units = {slug: entry["unit"] for slug, entry in catalogue.described(table.values).items()}
    for slug, values in table.values.items():
        if not units[slug].startswith("%"):
            continue
        for row in np.flatnonzero(values > 100)[:MOST]:
            yield Problem(
                Level.STOP,
                _("is more than 100 per cent"),
                line=table.line(row, slug),
                column=table.headings.get(slug, slug),
                value=f"{values[row]:g}",
                area=table.code(row),
            )


def wrong_totals(table: Table) -> Iterator[Problem]:
    """Yield the rows in which published scores do not add up to their published total."""
    for slug, parts in catalogue.totals().items():
        if slug not in table.values or not all(part in table.values for part in parts):
            continue
        total, together = table.values[slug], np.sum([table.values[part] for part in parts], axis=0)
        for row in np.flatnonzero(np.abs(total - together) > SAME)[:MOST]:
            reason, value = _("is not the sum of its parts (%(sum)s)") % {"sum": f"{together[row]:g}"}, f"{total[row]:g}"
            yield Problem(Level.LOOK, reason, line=table.line(row, slug), column=table.headings[slug], value=value, area=table.code(row))


def jumps(table: Table, before: dict[str, pd.Series]) -> list[Jump]:
    """Return the figures more than three standard deviations from the rest, the furthest first.

    `before` gives per indicator the values of an earlier period by area code. Where it has them,
    the change is compared with the changes of the other areas in the file; areas whose boundary
    changed are left out. Without an earlier period a rate or mean is compared with the same figure
    of the other areas of its kind.
    """
    eligible = populated(table)
    found = [jump for slug in table.values if slug not in table.derived for jump in jumps_of(table, slug, before.get(slug), eligible)]
    return sorted(found, key=lambda jump: -abs(jump.deviations))


def jumps_of(table: Table, slug: str, before: pd.Series | None, eligible: np.ndarray) -> Iterator[Jump]:
    values = table.values[slug]
    earlier = before.reindex(table.areas["code"]).to_numpy(dtype="float64") if before is not None else np.full(len(values), np.nan)
    for kind in ("WK", "BU"):
        rows = eligible & (table.areas["kind"] == kind).to_numpy()
        scores = deviations(table, slug, values, earlier, rows)
        for row in np.flatnonzero(np.abs(scores) > JUMP):
            area = table.areas.iloc[row]
            past = None if np.isnan(earlier[row]) else float(earlier[row])
            yield Jump(slug, area["code"], area["name"], float(values[row]), past, round(float(scores[row]), 1), int(area["line"]))


def populated(table: Table) -> np.ndarray:
    return table.values["inhabitants"] >= INHABITANTS if "inhabitants" in table.values else np.ones(len(table.areas), dtype=bool)


def deviations(table: Table, slug: str, values: np.ndarray, earlier: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return how many standard deviations each row is from the mean of `rows`; nan where it was not compared."""
    kind = catalogue.entry(slug)["kind"]
    count = kind == "count"
    unchanged = rows & (table.areas["change"] != 3).to_numpy() & ~np.isnan(values) & ~np.isnan(earlier)
    if unchanged.sum() >= ENOUGH:
        change = np.log((values + 10) / (earlier + 10)) if count else values - earlier
        return standardised(change, unchanged)
    if count or kind == "index":
        return np.full(len(values), np.nan)
    return standardised(values, rows & ~np.isnan(values))


def standardised(values: np.ndarray, rows: np.ndarray) -> np.ndarray:
    result = np.full(len(values), np.nan)
    if rows.sum() < ENOUGH or not (spread := float(np.std(values[rows]))):
        return result
    result[rows] = (values[rows] - np.mean(values[rows])) / spread
    return result
