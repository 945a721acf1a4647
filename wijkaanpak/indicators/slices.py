"""A whole slice at once: all areas of one indicator in one period, straight into observations in the order of the key.

Only where the slice is new: nothing is compared and nothing remembered. A slice that is there already goes through `staging`.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from django.db import connection

from wijkaanpak.indicators import blocks

COPY = "COPY indicators_observation (indicator_id, period, area_id, status, edition_id, value) FROM STDIN (FORMAT BINARY)"


def new_ones(indicators: Sequence[int], period: int) -> set[int]:
    """Return the indicators of which there is no observation at all in the period."""
    statement = """
        SELECT wanted FROM unnest(%s::bigint[]) wanted
        WHERE NOT EXISTS (SELECT FROM indicators_observation WHERE indicator_id = wanted AND period = %s)
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(indicators), period])
        return {indicator for (indicator,) in cursor.fetchall()}


def block(indicator: int, period: int, areas: np.ndarray, values: np.ndarray, statuses: np.ndarray, edition: int) -> bytes:
    """Return a slice in the binary form of COPY, in the order of the areas, those without a value (NaN, stored as NULL) after the others."""
    order = np.argsort(areas, kind="stable")
    size = len(order)
    columns = [
        ("i8", np.full(size, indicator)), ("i4", np.full(size, period)), ("i8", areas[order]), ("i2", statuses[order]),
        ("i8", np.full(size, edition)), ("f8", values[order]),
    ]  # fmt: skip
    return b"".join(blocks.rows(columns))


def write(slices: Iterable[bytes]) -> None:
    """Copy slices made by `block`, in the order of the key where they come so; inside the caller's transaction."""
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.write(blocks.HEADER)
        for one in slices:
            copy.write(one)
        copy.write(blocks.TRAILER)
