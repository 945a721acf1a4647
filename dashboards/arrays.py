"""Figures in bulk: PostgreSQL arrays in, numpy out, and COPY back. Only the jobs use this.

Rows are what costs time, not arithmetic: one row per (indicator, period) carries all its areas as
arrays, which come over the binary protocol and are read without a loop.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd
import psycopg
from django.db import connection
from django.db.models import Model
from psycopg.adapt import Loader
from psycopg.pq import Format

from dashboards.scores import lineage
from wijkaanpak.indicators.choices import Status
from wijkaanpak.neighbourhoods import comparability
from wijkaanpak.neighbourhoods.models import Area

DTYPES = {1016: ">i8", 1022: ">f8"}  # type numbers of bigint[] and double precision[]
INT4, FLOAT8 = 23, 701  # type numbers inside a binary array
CODE_LENGTH = 10
EPOCH = date(1970, 1, 1)
FURTHER = 1_000_000  # further apart than any two periods
CODE = np.dtype([("kind", "S2"), ("rest", "i8")])  # what follows the letters tells areas of one year apart, read as a number
EVERY_AREA = f"""
SELECT array_agg(area.id), array_agg(year::bigint), array_agg(coalesce(population::float8, 'NaN')), array_agg(coalesce(change::float8, 'NaN')),
  array_agg(coalesce(predecessor_id::float8, 'NaN')), string_agg(rpad(code, {CODE_LENGTH}), '')
FROM neighbourhoods_area area JOIN neighbourhoods_division division ON division.id = division_id
WHERE kind <> 'PV' AND year BETWEEN %s AND %s
"""  # noqa: S608 a number of our own
# every area with such a figure has an id between the lowest and the highest, so its division is among those found
DIVISION_YEARS = """
SELECT min(year), max(year) FROM (
  SELECT min(lowest) AS lowest, max(highest) AS highest FROM unnest(%s::bigint[]) indicator(id), unnest(%s::int[]) wanted(period), LATERAL (
    SELECT min(area_id) AS lowest, max(area_id) AS highest FROM indicators_observation WHERE indicator_id = indicator.id AND period = wanted.period
  ) found
) span JOIN neighbourhoods_area area ON area.id BETWEEN lowest AND highest JOIN neighbourhoods_division division ON division.id = division_id
"""
ALWAYS = (0, 9999)
KNOWN_PERIODS = """
SELECT wanted.id, found.period FROM unnest(%s::bigint[]) wanted(id), LATERAL (
  WITH RECURSIVE step(period) AS (
    SELECT min(period) FROM indicators_observation WHERE indicator_id = wanted.id
    UNION ALL
    SELECT (SELECT min(period) FROM indicators_observation WHERE indicator_id = wanted.id AND period > step.period) FROM step WHERE step.period IS NOT NULL
  ) SELECT period FROM step WHERE period IS NOT NULL
) found
"""
SLICES = """
SELECT indicator_id, period, array_agg(area_id), array_agg(value)
FROM indicators_observation
WHERE indicator_id = ANY(%s) AND period = ANY(%s) AND value IS NOT NULL
GROUP BY 1, 2
"""
OBSERVED = """
SELECT array_agg(indicator_id::bigint), array_agg(period::bigint), array_agg(area_id::bigint), array_agg(coalesce(value, 'NaN')),
  array_agg(figure.status::bigint), array_agg(coalesce((reference_date - DATE 'epoch')::float8, 'NaN'))
FROM indicators_observation figure LEFT JOIN indicators_edition edition ON edition.id = edition_id
WHERE indicator_id = ANY(%s) AND period = ANY(%s) AND area_id = ANY(%s)
"""


class Slice(NamedTuple):
    """The known figures of one indicator in one period: area ids (int64) and values (float64), same order."""

    indicator: int
    period: int
    areas: np.ndarray
    values: np.ndarray


class Observed(NamedTuple):
    """Observations in no order, a column per field: values NaN where not known, `days` the reference date since 1970, NaN for none."""

    indicator: np.ndarray
    period: np.ndarray
    area: np.ndarray
    value: np.ndarray
    status: np.ndarray
    days: np.ndarray

    def dates(self) -> dict[tuple[int, int], tuple[date | None, bool]]:
        """Return per indicator and period with a figure the latest reference date, and whether something is provisional."""
        known = ~np.isnan(self.value)
        pairs, group = np.unique(self.indicator[known] * FURTHER + self.period[known], return_inverse=True)
        last, provisional = np.full(len(pairs), np.nan), np.zeros(len(pairs), dtype=bool)
        np.fmax.at(last, group, self.days[known])
        np.logical_or.at(provisional, group, self.status[known] == Status.PROVISIONAL)
        dates = [None if np.isnan(days) else EPOCH + timedelta(days) for days in last.tolist()]
        return dict(zip((divmod(pair, FURTHER) for pair in pairs.tolist()), zip(dates, provisional.tolist(), strict=True), strict=True))


def _loader(dtype: str) -> type[Loader]:
    record = np.dtype([("length", ">i4"), ("value", dtype)])

    class ArrayLoader(Loader):
        format = Format.BINARY

        def load(self, data):  # one dimension, no NULLs: 20 bytes of header, then length and value in turn
            return np.frombuffer(data, dtype=record, offset=20)["value"].astype(dtype[1:])

    return ArrayLoader


def _cursor() -> psycopg.Cursor:
    connection.ensure_connection()
    cursor: psycopg.Cursor = psycopg.Cursor(connection.connection)
    for oid, dtype in DTYPES.items():
        cursor.adapters.register_loader(oid, _loader(dtype))
    return cursor


def known_periods(indicators: Sequence[int]) -> list[tuple[int, int]]:
    """Return every (indicator, period) of the indicators that has observations, by stepping through the index."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_PERIODS, [list(indicators)])
        return cursor.fetchall()


def slices(indicators: Sequence[int], periods: Sequence[int]) -> Iterator[Slice]:
    """Yield the known figures of the whole country per indicator and period."""
    with _cursor() as cursor:  # a row at a time: each holds the country
        yield from map(Slice._make, cursor.stream(SLICES, [list(indicators), list(periods)], binary=True))


def observed(indicators: Sequence[int], periods: Sequence[int], areas: Sequence[int]) -> Observed:
    """Return what there is about some areas, values and reasons for their absence alike. One query."""
    with _cursor() as cursor:
        cursor.execute(OBSERVED, [list(indicators), list(periods), list(areas)], binary=True)
        columns = cursor.fetchone() or (None,) * len(Observed._fields)
    return Observed(*(np.array([], dtype="int64") if column is None else column for column in columns))


def areas(codes: Iterable[str]) -> pd.DataFrame:
    """Return the areas of all divisions that have the codes, and those with the codes they had before or got later.

    Index id; columns code, kind, year, change, predecessor, population (float, NaN unknown), root, cause (why its line begins).
    """
    rows = Area.objects.order_by("pk")
    rows = rows.filter(code__in=comparability.codes_of_lines(codes))
    columns = ["pk", "code", "kind", "division__year", "change", "predecessor", "population"]
    table = list(zip(*rows.values_list(*columns), strict=True)) or [()] * len(columns)
    frame = lineage.frame(table[0], table[1], table[3], table[4], table[5])
    frame["kind"], frame["population"] = table[2], np.asarray(table[6], dtype="float64")
    return frame.assign(root=lineage.roots(frame), cause=lineage.causes(frame))


class Areas(NamedTuple):
    """All areas of some divisions, by ascending id; population NaN where not known; `roots`: the line each belongs to, among these."""

    ids: np.ndarray
    kinds: np.ndarray
    years: np.ndarray
    population: np.ndarray
    roots: np.ndarray


def division_years(indicators: Sequence[int], periods: Sequence[int]) -> tuple[int, int]:
    """Return the first and the last year of the divisions in which these figures have their areas; all years without figures."""
    with connection.cursor() as cursor:
        cursor.execute(DIVISION_YEARS, [list(indicators), list(periods)])
        first, last = cursor.fetchone()
    return (first, last) if first else ALWAYS


def every_area(years: tuple[int, int] = ALWAYS) -> Areas:
    """Read all areas but provinces, which have no index: as arrays, because there may be ten times the country.

    `years` are the first and the last division to read.
    """
    with _cursor() as cursor:
        cursor.execute(EVERY_AREA, years, binary=True)
        ids, of_year, population, change, predecessor, codes = cursor.fetchone() or (None,) * 6
    if ids is None:
        nothing = np.array([], dtype="int64")
        return Areas(nothing, nothing.astype(str), nothing, nothing.astype(float), nothing)
    order = np.argsort(ids)  # cheaper than having the database put each of the six in order
    letters = np.frombuffer(codes.encode(), dtype=CODE)[order]
    frame = lineage.frame(ids[order], letters["rest"], of_year[order], change[order], predecessor[order])
    return Areas(ids[order], letters["kind"].astype("U2"), of_year[order], population[order], lineage.roots(frame).to_numpy())


def copy_scores(found: Iterable[tuple[int, int, np.ndarray, np.ndarray]], at: datetime) -> None:
    """Write national scores: (theme, period, area ids, scores), each pair of arrays as one row."""
    statement = "COPY dashboards_nationalscores (theme_id, period, areas, scores, computed_at) FROM STDIN (FORMAT BINARY)"
    with _cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(["int8", "int4", "bytea", "bytea", "timestamptz"])  # an array is sent as the bytes it is made of
        for theme, period, areas, scores in found:
            copy.write_row((theme, period, _array(areas, ">i4", INT4), _array(scores, ">f8", FLOAT8), at))


def _array(values: np.ndarray, dtype: str, kind: int) -> bytes:
    """Return an array in the binary form of PostgreSQL: one dimension from 1, no NULLs, then length and value in turn."""
    record = np.empty(len(values), dtype=[("length", ">i4"), ("value", dtype)])
    record["length"], record["value"] = record.dtype["value"].itemsize, values
    return struct.pack(">5i", 1, 0, kind, len(values), 1) + record.tobytes()


def copy_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Write rows of one of our own tables by binary COPY, the types as the model has them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    types = [(fields[name].db_type(connection) or "").partition("(")[0] for name in columns]
    names = psycopg.sql.SQL(", ").join(map(psycopg.sql.Identifier, columns))
    statement = psycopg.sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(psycopg.sql.Identifier(model._meta.db_table), names)
    with _cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)
