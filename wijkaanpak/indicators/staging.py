"""Bring a table into temporary tables of the database by binary COPY, a column at a time.

Temporary tables belong to the connection: when a worker is killed, nothing of them is left.
"""

import json
from collections.abc import Callable

import numpy as np
from django.db import connection

from wijkaanpak.indicators.choices import Status
from wijkaanpak.indicators.formats.cells import Cell
from wijkaanpak.indicators.formats.table import Table

TABLES = """
DROP TABLE IF EXISTS incoming, incoming_area;
CREATE TEMP TABLE incoming_area (
    pos integer PRIMARY KEY, code text, kind text, name text, change smallint, population integer, boundary text, area_id integer
);
CREATE TEMP TABLE incoming (indicator_id integer, pos integer, value double precision, status smallint);
"""
COPY_AREAS = "COPY incoming_area (pos, code, kind, name, change, population, boundary) FROM STDIN (FORMAT BINARY)"
COPY_VALUES = "COPY incoming (indicator_id, pos, value, status) FROM STDIN (FORMAT BINARY)"
AREA_TYPES = ["int4", "text", "text", "text", "int2", "int4", "text"]
VALUE_TYPES = ["int4", "int4", "float8", "int2"]


def stage(table: Table, *, indicators: dict[str, int], status: int, step: Callable[[int], None]) -> int:
    """Copy areas and values and return how many values; `step` is called with the columns done so far."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        stage_areas(cursor, table)
        for done, slug in enumerate(table.slugs):
            step(done)
            stage_values(cursor, indicators[slug], *filled(table, slug, status))
        cursor.execute("ANALYZE incoming; ANALYZE incoming_area")
    step(len(table.slugs))
    return len(table.slugs) * len(table.areas)


def stage_areas(cursor, table: Table) -> None:
    with cursor.copy(COPY_AREAS) as copy:
        copy.set_types(AREA_TYPES)
        for pos, row in enumerate(area_rows(table)):
            copy.write_row((pos, *row))


def area_rows(table: Table):
    """Yield (code, kind, name, change, inhabitants, boundary as text) per area; None where the file does not say."""
    people = table.values.get("inhabitants", np.full(len(table.areas), np.nan)).tolist()
    columns = (table.areas[name].tolist() for name in ("code", "kind", "name", "change"))
    for code, kind, name, change, inhabitants in zip(*columns, people, strict=True):
        boundary = table.boundaries.get(code)
        yield (
            code, kind, name[:120], change or None,
            None if np.isnan(inhabitants) else round(inhabitants),
            json.dumps(boundary) if boundary else None,
        )  # fmt: skip


def filled(table: Table, slug: str, status: int) -> tuple[list, list]:
    """Return values (None where not known) and statuses of a column."""
    cells, values = table.cells[slug], table.values[slug]
    known = cells == Cell.VALUE
    shown = values.astype(object)
    shown[~known] = None
    return shown.tolist(), np.where(known, status, Status.MISSING.value).tolist()


def stage_values(cursor, indicator_id: int, values: list, statuses: list) -> None:
    with cursor.copy(COPY_VALUES) as copy:
        copy.set_types(VALUE_TYPES)
        for pos, (value, status) in enumerate(zip(values, statuses, strict=True)):
            copy.write_row((indicator_id, pos, value, status))


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS incoming, incoming_area")
