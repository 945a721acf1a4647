"""Bring a table into temporary tables of the database by binary COPY, a column at a time.

Temporary tables belong to the connection: when a worker is killed, nothing of them is left.
"""

import json
from collections.abc import Callable

import numpy as np
import pandas as pd
from django.db import connection

from wijkaanpak.indicators import blocks, catalogue
from wijkaanpak.indicators.choices import Status
from wijkaanpak.indicators.formats.cells import Cell
from wijkaanpak.indicators.formats.table import Table

TABLES = """
DROP TABLE IF EXISTS incoming, incoming_area;
CREATE TEMP TABLE incoming_area (
    pos integer PRIMARY KEY, code text, kind text, name text, change smallint, population integer, boundary text, area_id integer
);
CREATE TEMP TABLE incoming (
    indicator_id integer, period integer, pos integer, value double precision, status smallint, base double precision, margin double precision
);
"""
COPY_AREAS = "COPY incoming_area (pos, code, kind, name, change, population, boundary) FROM STDIN (FORMAT BINARY)"
COPY_VALUES = "COPY incoming (indicator_id, period, pos, value, status, base, margin) FROM STDIN (FORMAT BINARY)"
AREA_TYPES = ["int4", "text", "text", "text", "int2", "int4", "text"]


def stage(table: Table, *, indicators: dict[str, int], year: int, status: int, step: Callable[[int], None]) -> int:
    """Copy areas and values and return how many values; `step` is called with the columns done so far.

    `year` is the period of a file that names none, `status` that of a figure with a value.
    """
    modelled = {slug for slug, entry in catalogue.described(table.slugs).items() if entry.get("is_modelled")} | table.estimated
    place, _codes = pd.factorize(table.areas["code"])
    periods = table.areas["period"].replace(0, year).to_numpy()
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        stage_areas(cursor, table)
        for done, slug in enumerate(table.slugs):
            step(done)
            own = Status.MODELLED if slug in modelled and status == Status.FINAL else status
            count += stage_values(cursor, table, slug, indicators[slug], place, periods, statuses(table, slug, own))
        cursor.execute("ANALYZE incoming; ANALYZE incoming_area")
    step(len(table.slugs))
    return count


def stage_areas(cursor, table: Table) -> None:
    with cursor.copy(COPY_AREAS) as copy:
        copy.set_types(AREA_TYPES)
        for pos, row in enumerate(area_rows(table)):
            copy.write_row((pos, *row))


def area_rows(table: Table):
    """Yield (code, kind, name, change, inhabitants, boundary as text) per area; None where the file does not say.

    Of an area in several periods the last row counts, in the place of the first.
    """
    people = table.values.get("inhabitants", np.full(len(table.areas), np.nan))
    rows = table.areas.assign(people=people).drop_duplicates("code", keep="last").set_index("code")
    rows = rows.loc[table.areas["code"].drop_duplicates()].reset_index()
    columns = (rows[name].tolist() for name in ("code", "kind", "name", "change", "people"))
    for code, kind, name, change, inhabitants in zip(*columns, strict=True):
        boundary = table.boundaries.get(code)
        yield (
            code, kind, name[:120], change or None,
            None if np.isnan(inhabitants) else round(inhabitants),
            json.dumps(boundary) if boundary else None,
        )  # fmt: skip


def statuses(table: Table, slug: str, status: int) -> np.ndarray:
    """Return the status per row: of a value the given one, provisional where the period says so; else why there is none."""
    cells = table.cells[slug]
    found = np.full(len(cells), Status.MISSING.value, dtype="int16")
    found[cells == Cell.SECRET] = Status.SUPPRESSED
    found[cells == Cell.EMPTY] = table.blank
    known = cells == Cell.VALUE
    found[known] = np.where(table.areas["provisional"].to_numpy()[known], Status.PROVISIONAL, status)
    return found


def stage_values(cursor, table: Table, slug: str, indicator: int, place: np.ndarray, periods: np.ndarray, status: np.ndarray) -> int:
    """Copy one column and return how many rows; what the file says nothing about is not among them."""
    here = table.cells[slug] != Cell.ABSENT
    nothing = np.full(len(status), np.nan)
    known = np.where(table.cells[slug] == Cell.VALUE, table.values[slug], np.nan)
    columns = [
        ("i4", np.full(here.sum(), indicator)), ("i4", periods[here]), ("i4", place[here]), ("f8", known[here]), ("i2", status[here]),
        ("f8", table.bases.get(slug, nothing)[here]), ("f8", table.margins.get(slug, nothing)[here]),
    ]  # fmt: skip
    with cursor.copy(COPY_VALUES) as copy:
        for block in blocks.binary(columns):
            copy.write(block)
    return int(here.sum())


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS incoming, incoming_area")
