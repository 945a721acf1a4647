"""From staged rows to observations: what is new, what changes, and what was there before.

Everything here runs inside the caller's transaction.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from wijkaanpak.indicators.choices import Status
from wijkaanpak.indicators.models import Edition

LOCK = "SELECT pg_advisory_xact_lock(720042)"  # one delivery at a time: two could both think a figure is new
# the figures with their areas in one table: joined in two steps they made PostgreSQL compare every area with every other
ARRIVE = """
DROP TABLE IF EXISTS arrived;
CREATE TEMP TABLE arrived ON COMMIT DROP AS
SELECT s.indicator_id, s.period, i.area_id, s.value, s.status, s.base, s.margin
FROM incoming s JOIN incoming_area i USING (pos) ORDER BY 1, 2, 3;
ANALYZE arrived
"""
JOINED = """
FROM arrived s
JOIN indicators_observation o
  ON o.indicator_id = s.indicator_id AND o.period = s.period AND o.area_id = s.area_id
  AND o.indicator_id = ANY(%(indicators)s) AND o.period = ANY(%(periods)s)
"""
DIFFERS = f"""((
    o.value IS DISTINCT FROM s.value
    OR (o.status = {Status.PROVISIONAL:d} AND s.status = {Status.FINAL:d})
    OR (s.value IS NULL AND o.status <> s.status)
    OR o.base IS DISTINCT FROM s.base OR o.margin IS DISTINCT FROM s.margin
) AND NOT (s.indicator_id = ANY(%(estimated)s) AND o.value IS NOT NULL AND o.status <> {Status.MODELLED:d}))"""  # an estimate replaces no count
MEET = f"""
SELECT o.indicator_id, o.edition_id, count(*) FILTER (WHERE {DIFFERS}), count(*) FILTER (WHERE NOT {DIFFERS})
{JOINED} GROUP BY 1, 2
"""
REMEMBER = f"""
INSERT INTO indicators_replacedobservation (edition_id, indicator_id, period, area_id, value, status, base, margin, previous_edition_id)
SELECT %(edition)s, o.indicator_id, o.period, o.area_id, o.value, o.status, o.base, o.margin, o.edition_id {JOINED} WHERE {DIFFERS}
"""
UPDATE = f"""
UPDATE indicators_observation o
SET value = s.value, base = s.base, margin = s.margin, edition_id = %(edition)s,
    status = CASE WHEN o.value <> s.value AND NOT s.indicator_id = ANY(%(estimated)s) THEN {Status.REVISED:d} ELSE s.status END
FROM arrived s
WHERE o.indicator_id = s.indicator_id AND o.period = s.period AND o.area_id = s.area_id
  AND o.indicator_id = ANY(%(indicators)s) AND o.period = ANY(%(periods)s)
  AND {DIFFERS}
"""  # noqa: S608
INSERT = """
INSERT INTO indicators_observation (indicator_id, period, area_id, value, status, base, margin, edition_id)
SELECT s.indicator_id, s.period, s.area_id, s.value, s.status, s.base, s.margin, %(edition)s
FROM arrived s
{only}
ORDER BY s.indicator_id, s.period, s.area_id
"""
NEW_ONLY = """
WHERE NOT EXISTS (
    SELECT FROM indicators_observation o
    WHERE o.indicator_id = s.indicator_id AND o.period = s.period AND o.area_id = s.area_id
  AND o.indicator_id = ANY(%(indicators)s) AND o.period = ANY(%(periods)s)
)
"""
MANY = 100_000  # figures; above this naming the areas costs more than it saves whoever hears of it
LARGEST = """
SELECT n.name, coalesce(nullif(a.name, ''), a.code), a.code, top.before, top.after, n.decimals
FROM (
    SELECT indicator_id, area_id, r.value AS before, o.value AS after, abs(o.value - r.value) / (abs(r.value) + 10) AS size
    FROM indicators_replacedobservation r JOIN indicators_observation o USING (indicator_id, period, area_id)
    WHERE r.edition_id = %(edition)s AND r.value IS NOT NULL AND o.value IS NOT NULL
    ORDER BY size DESC, indicator_id, area_id LIMIT 10
) top
JOIN neighbourhoods_area a ON a.id = top.area_id
JOIN indicators_indicator n ON n.id = top.indicator_id
ORDER BY size DESC, n.name, a.code
"""
CHANGED_AREAS = """
SELECT DISTINCT o.area_id FROM indicators_observation o
WHERE o.indicator_id = ANY(%(indicators)s) AND o.period = ANY(%(periods)s) AND o.edition_id = %(edition)s LIMIT 2001
"""


@dataclass
class Loaded:
    """What a delivery did: numbers of observations, per indicator and in all, and which deliveries it met."""

    new: dict[int, int]
    changed: dict[int, int]
    unchanged: dict[int, int]
    confirmed: dict[int, int]
    largest: list[dict]
    areas: list[int] | None


def load(edition: Edition, *, periods: list[int], indicators: list[int], estimated: list[int]) -> Loaded:
    """Write the staged values as observations, remembering what they replace.

    `estimated` are the indicators whose values were counted back from percentages: these fill what is
    not known, and never take the place of a count.
    """
    values: dict[str, Any] = {"edition": edition.pk, "periods": periods, "indicators": indicators, "estimated": estimated}
    with connection.cursor() as cursor:
        cursor.execute(ARRIVE)
        cursor.execute(MEET, values)
        met = cursor.fetchall()
        changed = added_up(met, 0, 2)
        if any(changed.values()):
            cursor.execute(REMEMBER, values)
            cursor.execute(UPDATE, values)
        cursor.execute(INSERT.format(only=NEW_ONLY if met else ""), values)
        unchanged = added_up(met, 0, 3)
        new = new_ones(cursor, changed, unchanged)
        few = sum(new.values()) + sum(changed.values()) <= MANY
        return Loaded(
            new=new,
            changed=changed,
            unchanged=unchanged,
            confirmed=added_up(met, 1, 3),
            largest=largest(cursor, values) if changed else [],
            areas=touched_areas(cursor, values) if few else None,
        )


def added_up(rows: list[tuple], key: int, number: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in rows:
        if row[number]:
            found[row[key]] = found.get(row[key], 0) + row[number]
    return found


def new_ones(cursor, changed: dict[int, int], unchanged: dict[int, int]) -> dict[int, int]:
    cursor.execute("SELECT indicator_id, count(*) FROM arrived GROUP BY 1")
    rest = {pk: count - changed.get(pk, 0) - unchanged.get(pk, 0) for pk, count in cursor.fetchall()}
    return {pk: count for pk, count in rest.items() if count}


def largest(cursor, values: dict) -> list[dict]:
    cursor.execute(LARGEST, values)
    names = ["indicator", "area", "code", "before", "after", "decimals"]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def touched_areas(cursor, values: dict) -> list[int] | None:
    """Return the areas that got new or other figures; None when there are more than two thousand."""
    cursor.execute(CHANGED_AREAS, values)
    found = [area for (area,) in cursor.fetchall()]
    return None if len(found) > 2000 else found


def take_back(edition: Edition, *, periods: list[int], indicators: list[int]) -> list[int] | None:
    """Delete what a delivery wrote and put back what it replaced; return the areas, or None for very many."""
    values: dict[str, Any] = {"edition": edition.pk, "periods": periods, "indicators": indicators}
    with connection.cursor() as cursor:
        areas = touched_areas(cursor, values)
        cursor.execute(
            """
            DELETE FROM indicators_observation
            WHERE indicator_id = ANY(%(indicators)s) AND period = ANY(%(periods)s) AND edition_id = %(edition)s
            """,
            values,
        )
        cursor.execute(
            """
            INSERT INTO indicators_observation (indicator_id, period, area_id, value, status, base, margin, edition_id)
            SELECT indicator_id, period, area_id, value, status, base, margin, previous_edition_id
            FROM indicators_replacedobservation WHERE edition_id = %(edition)s ORDER BY 1, 2, 3
            """,
            values,
        )
        cursor.execute("DELETE FROM indicators_replacedobservation WHERE edition_id = %(edition)s", values)
    return areas


def lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


def tidy() -> None:
    """Renew the visibility map and statistics, on which the index-only reads depend; outside a transaction."""
    statement = "ANALYZE" if connection.in_atomic_block else "VACUUM (ANALYZE)"
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} indicators_observation, neighbourhoods_area")
