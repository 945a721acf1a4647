"""Columns of numbers as rows in the binary form of COPY, without a loop over the rows."""

from collections.abc import Iterator

import numpy as np

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
Columns = list[tuple[str, np.ndarray]]


def binary(columns: Columns) -> Iterator[bytes]:
    """Yield a whole COPY stream of columns of (numpy type, values); nan is NULL."""
    yield HEADER
    yield from rows(columns)
    yield TRAILER


def rows(columns: Columns) -> Iterator[bytes]:
    """Yield the rows alone. Rows with the same columns empty have the same size, so each such group is one array."""
    empty = np.array([np.isnan(values) if kind == "f8" else np.zeros(len(values), dtype=bool) for kind, values in columns])
    pattern = (empty * (1 << np.arange(len(columns)))[:, None]).sum(axis=0)
    for which in np.unique(pattern):
        yield group(columns, pattern == which, [bool(which >> number & 1) for number in range(len(columns))])


def group(columns: Columns, chosen: np.ndarray, empty: list[bool]) -> bytes:
    """Return the rows that have the same columns empty: number of fields, and per field its length (-1: NULL) and value."""
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for number, (kind, _values) in enumerate(columns):
        fields += [(f"length{number}", ">i4")] + ([] if empty[number] else [(f"value{number}", f">{kind}")])
    found = np.empty(int(chosen.sum()), dtype=np.dtype(fields))
    found["fields"] = len(columns)
    for number, (kind, values) in enumerate(columns):
        found[f"length{number}"] = -1 if empty[number] else int(kind[1])
        if not empty[number]:
            found[f"value{number}"] = values[chosen]
    return found.tobytes()
