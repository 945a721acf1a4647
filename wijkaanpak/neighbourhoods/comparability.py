"""Which areas of different years are the same piece of land, so that their figures may be compared.

An area continues in the next division when CBS calls it unchanged (indicator 1) under the same code, or says that only
the code changed (2) and an analyst confirmed which area it continues. Other borders (3), an unknown change, or a year
that was not loaded break the chain.
"""

from collections.abc import Iterable

from django.db import connection

# each way to continue on its own, so that each finds its row by an index
EARLIER = """LATERAL (
        SELECT id FROM neighbourhoods_area WHERE later.change = 1 AND division_id = d.id AND code = later.code
        UNION ALL
        SELECT id FROM neighbourhoods_area WHERE later.change = 2 AND division_id = d.id AND id = later.predecessor_id
    ) earlier"""
LATER = """LATERAL (
        SELECT id FROM neighbourhoods_area WHERE change = 1 AND division_id = d.id AND code = earlier.code
        UNION ALL
        SELECT id FROM neighbourhoods_area WHERE change = 2 AND division_id = d.id AND predecessor_id = earlier.id
    ) later"""
SAME_AREA = f"""
WITH RECURSIVE back AS (
    SELECT a.id AS asked, a.id, d.year::int FROM neighbourhoods_area a JOIN neighbourhoods_division d ON d.id = a.division_id WHERE a.id = ANY(%(areas)s)
    UNION ALL
    SELECT back.asked, earlier.id, back.year - 1
    FROM back
    JOIN neighbourhoods_area later ON later.id = back.id
    JOIN neighbourhoods_division d ON d.year = back.year - 1
    CROSS JOIN {EARLIER}
    WHERE back.year > %(first)s
), forth AS (
    SELECT a.id AS asked, a.id, d.year::int FROM neighbourhoods_area a JOIN neighbourhoods_division d ON d.id = a.division_id WHERE a.id = ANY(%(areas)s)
    UNION ALL
    SELECT forth.asked, later.id, forth.year + 1
    FROM forth
    JOIN neighbourhoods_area earlier ON earlier.id = forth.id
    JOIN neighbourhoods_division d ON d.year = forth.year + 1
    CROSS JOIN {LATER}
    WHERE forth.year < %(last)s
)
SELECT asked, year, id FROM back WHERE year = ANY(%(years)s)
UNION
SELECT asked, year, id FROM forth WHERE year = ANY(%(years)s)
"""  # noqa: S608 only our own constant is put in
BEFORE = f"""
WITH RECURSIVE back AS (
    SELECT a.id AS asked, a.id, d.year::int FROM neighbourhoods_area a JOIN neighbourhoods_division d ON d.id = a.division_id WHERE a.id = ANY(%(areas)s)
    UNION ALL
    SELECT back.asked, earlier.id, back.year - 1
    FROM back
    JOIN neighbourhoods_area later ON later.id = back.id
    JOIN neighbourhoods_division d ON d.year = back.year - 1
    CROSS JOIN {EARLIER}
)
SELECT asked, id, year FROM back ORDER BY asked, year
"""  # noqa: S608 only our own constant is put in
CODES_OF_LINES = """
WITH RECURSIVE line(code) AS (
    SELECT unnest(%s::text[])
    UNION
    SELECT near.code FROM line
    CROSS JOIN LATERAL (
        SELECT before.code FROM neighbourhoods_area after JOIN neighbourhoods_area before ON before.id = after.predecessor_id
        WHERE after.code = line.code AND after.predecessor_id IS NOT NULL
        UNION ALL
        SELECT after.code FROM neighbourhoods_area before JOIN neighbourhoods_area after ON after.predecessor_id = before.id
        WHERE before.code = line.code
    ) near
)
SELECT code FROM line
"""


def codes_of_lines(codes: Iterable[str]) -> list[str]:
    """Return the codes with all codes that areas linked to them had before or got later, however often. One query."""
    with connection.cursor() as cursor:
        cursor.execute(CODES_OF_LINES, [list(codes)])
        return [code for (code,) in cursor.fetchall()]


def lines(area_ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """Return, for each area asked about, (id, division year) of all rows of the same area up to its own, the oldest first.

    Two areas may be compared when their lines begin with the same row. One query.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(BEFORE, {"areas": list(area_ids)})
        for asked, same, year in cursor.fetchall():
            found.setdefault(asked, []).append((same, year))
    return found


def same_areas(area_ids: Iterable[int], years: Iterable[int]) -> dict[int, dict[int, int]]:
    """Return, for each area asked about, {division year: id of the same area in that year}.

    Every area asked about is present; years in which it was not the same area are absent. One query.
    """
    areas, wanted = list(area_ids), sorted(set(years))
    found: dict[int, dict[int, int]] = {area: {} for area in areas}
    if not (areas and wanted):
        return found
    with connection.cursor() as cursor:
        cursor.execute(SAME_AREA, {"areas": areas, "years": wanted, "first": wanted[0], "last": wanted[-1]})
        for asked, year, same in cursor.fetchall():
            found[asked][year] = same
    return found


def comparable_ids(area_ids: Iterable[int], years: Iterable[int]) -> set[int]:
    """Return those of the areas that were the same area in every one of the years (division years, not periods)."""
    wanted = set(years)
    return {area for area, by_year in same_areas(area_ids, wanted).items() if by_year.keys() >= wanted}


def comparable(area_code: str, from_year: int, to_year: int) -> bool:
    """Say whether the area with this code in the later year already had the same borders in the earlier year."""
    first, last = sorted([from_year, to_year])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id FROM neighbourhoods_area a JOIN neighbourhoods_division d ON d.id = a.division_id WHERE d.year = %s AND a.code = %s",
            [last, area_code],
        )
        row = cursor.fetchone()
    return bool(row and comparable_ids([row[0]], [first]))
