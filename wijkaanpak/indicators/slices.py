"""A whole slice at once: all areas of one indicator in one period, straight into observations in the order of the key.

Only where the slice is new: nothing is compared and nothing remembered. A slice that is there already goes through `staging`.
"""

from collections.abc import Sequence

import numpy as np
from django.db import connection

COPY = "COPY indicators_observation (indicator_id, period, area_id, status, edition_id, value) FROM STDIN (FORMAT BINARY)"
HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
COLUMNS = [("indicator", ">i8"), ("period", ">i4"), ("area", ">i8"), ("status", ">i2"), ("edition", ">i8"), ("value", ">f8")]
ROW = np.dtype([("fields", ">i2"), *((name, kind) for column, width in COLUMNS for name, kind in ((f"{column}_length", ">i4"), (column, width)))])
VALUE_BYTES = ROW["value"].itemsize


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
    """Return a slice in the binary form of COPY, in the order of the areas; a value of NaN is stored as NULL."""
    order = np.argsort(areas, kind="stable")
    rows = np.zeros(len(order), dtype=ROW)
    rows["fields"] = len(COLUMNS)
    found = {"indicator": indicator, "period": period, "area": areas[order], "status": statuses[order], "edition": edition, "value": values[order]}
    for name, column in found.items():
        rows[name], rows[f"{name}_length"] = column, ROW[name].itemsize
    unknown = np.isnan(rows["value"])
    rows["value_length"][unknown] = -1
    kept = np.ones((len(rows), ROW.itemsize), dtype=bool)
    kept[unknown, -VALUE_BYTES:] = False  # a NULL has a length and no bytes
    return rows.view(np.uint8).reshape(kept.shape)[kept].tobytes()


def write(blocks) -> None:
    """Copy slices made by `block`, in the order of the key where they come so; inside the caller's transaction."""
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        copy.write(HEADER)
        for one in blocks:
            copy.write(one)
        copy.write(TRAILER)
