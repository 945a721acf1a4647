"""Bring the areas of a division up to date from what was staged, and take that back."""

from typing import Any

from django.db import connection
from django.db.models import ManyToOneRel, Model

from wijkaanpak.indicators.choices import EditionState
from wijkaanpak.indicators.models import Edition, ReplacedArea
from wijkaanpak.neighbourhoods.models import Area, Division

FIND = """
UPDATE incoming_area i SET area_id = a.id FROM neighbourhoods_area a WHERE a.division_id = %(division)s AND a.code = i.code
"""
REMEMBER = """
INSERT INTO indicators_replacedarea (edition_id, area_id, is_new, before)
SELECT %(edition)s, a.id, false,
       CASE WHEN i.name <> '' AND a.name <> i.name THEN jsonb_build_object('name', a.name) ELSE '{}'::jsonb END
    || CASE WHEN i.population <> a.population OR (i.population IS NOT NULL AND a.population IS NULL)
            THEN jsonb_build_object('population', a.population) ELSE '{}'::jsonb END
    || CASE WHEN i.change <> a.change OR (i.change IS NOT NULL AND a.change IS NULL)
            THEN jsonb_build_object('change', a.change) ELSE '{}'::jsonb END
    || CASE WHEN i.boundary IS NOT NULL AND a.boundary IS DISTINCT FROM i.boundary::jsonb
            THEN jsonb_build_object('boundary', a.boundary, 'boundary_source', a.boundary_source) ELSE '{}'::jsonb END
FROM incoming_area i JOIN neighbourhoods_area a ON a.id = i.area_id
"""
FORGET_UNCHANGED = "DELETE FROM indicators_replacedarea WHERE edition_id = %(edition)s AND before = '{}'::jsonb AND NOT is_new"
UPDATE = """
UPDATE neighbourhoods_area a
SET name = CASE WHEN i.name <> '' THEN i.name ELSE a.name END,
    population = coalesce(i.population, a.population), change = coalesce(i.change, a.change),
    boundary = coalesce(i.boundary::jsonb, a.boundary),
    boundary_source = CASE WHEN i.boundary IS NULL THEN a.boundary_source ELSE %(source)s END
FROM incoming_area i JOIN indicators_replacedarea r ON r.area_id = i.area_id AND r.edition_id = %(edition)s
WHERE a.id = i.area_id
"""
CREATE = """
WITH made AS (
    INSERT INTO neighbourhoods_area (division_id, code, kind, name, change, population, boundary, boundary_source)
    SELECT %(division)s, code, kind, name, change, population, boundary::jsonb, CASE WHEN boundary IS NULL THEN '' ELSE %(source)s END
    FROM incoming_area WHERE area_id IS NULL ORDER BY code
    RETURNING id
)
INSERT INTO indicators_replacedarea (edition_id, area_id, is_new, before) SELECT %(edition)s, id, true, '{}'::jsonb FROM made
"""
PARENTS = """
UPDATE neighbourhoods_area a SET parent_id = p.id FROM neighbourhoods_area p
WHERE a.division_id = %(division)s AND p.division_id = a.division_id AND a.parent_id IS DISTINCT FROM p.id
  AND p.code = CASE a.kind WHEN 'BU' THEN 'WK' || substr(a.code, 3, 6) WHEN 'WK' THEN 'GM' || substr(a.code, 3, 4)
                           WHEN 'GM' THEN 'NL00' WHEN 'PV' THEN 'NL00' END
"""
LATER = """
SELECT r.id FROM indicators_replacedarea r JOIN indicators_edition e ON e.id = r.edition_id
WHERE r.area_id = mine.area_id AND r.id > mine.id AND e.state = 'loaded' AND r.before ? %(field)s ORDER BY r.id LIMIT 1
"""
HAND_ON = f"""
UPDATE indicators_replacedarea later SET before = jsonb_set(later.before, ARRAY[%(field)s], mine.before -> %(field)s)
FROM indicators_replacedarea mine
WHERE mine.edition_id = %(edition)s AND mine.before ? %(field)s AND later.id = ({LATER})
"""  # noqa: S608 the inserted text is the constant above
RESTORE = {"name": "mine.before ->> 'name'", "population": "(mine.before ->> 'population')::integer", "change": "(mine.before ->> 'change')::smallint",
           "boundary": "nullif(mine.before -> 'boundary', 'null'::jsonb)", "boundary_source": "mine.before ->> 'boundary_source'"}  # fmt: skip


def bring_up_to_date(edition: Edition, *, year: int, source: str) -> dict[str, int]:
    """Create and update the areas of the division of a year; the staged rows learn their area."""
    division, _created = Division.objects.get_or_create(year=year)
    values: dict[str, Any] = {"division": division.pk, "edition": edition.pk, "source": source}
    with connection.cursor() as cursor:
        for statement in (FIND, REMEMBER, FORGET_UNCHANGED, UPDATE):
            cursor.execute(statement, values)
        changed = cursor.rowcount
        cursor.execute(CREATE, values)
        made = cursor.rowcount
        if made:  # PostgreSQL takes a division it does not know for an empty one, and then compares every area with every other
            cursor.execute("ANALYZE neighbourhoods_area (division_id, code, kind)")
        for statement in (FIND, PARENTS):
            cursor.execute(statement, values)
    return {"new": made, "changed": changed}


def take_back(edition: Edition) -> None:
    """Give areas the fields they had before; delete the new ones nothing refers to.

    Where a later delivery changed the same field, that one now remembers what was there before this one.
    """
    with connection.cursor() as cursor:
        for field, value in RESTORE.items():
            restore = f"""
                UPDATE neighbourhoods_area a SET {field} = {value} FROM indicators_replacedarea mine
                WHERE mine.edition_id = %(edition)s AND mine.before ? %(field)s AND a.id = mine.area_id AND NOT EXISTS ({LATER})
            """  # noqa: S608 field and value are the constants above
            cursor.execute(restore, {"edition": edition.pk, "field": field})
            cursor.execute(HAND_ON, {"edition": edition.pk, "field": field})
    made = set(edition.replaced_areas.filter(is_new=True).values_list("area_id", flat=True))
    later = ReplacedArea.objects.filter(area_id__in=made, edition__state=EditionState.LOADED).exclude(edition=edition)
    delete_unused(made, kept=set(later.values_list("area_id", flat=True)))
    ReplacedArea.objects.filter(edition=edition).delete()


def delete_unused(candidates: set[int], *, kept: set[int]) -> None:
    """Delete areas that no figure, programme, other record or later delivery knows; keep what lies above one that stays."""
    staying = candidates & (kept | referenced(candidates))
    parents = dict(Area.objects.filter(pk__in=candidates).values_list("pk", "parent_id"))
    for area in list(staying):
        above = parents.get(area)
        while above is not None:
            staying.add(above)
            above = parents.get(above)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM neighbourhoods_area WHERE id = ANY(%s)", [list(candidates - staying)])


def referenced(candidates: set[int]) -> set[int]:
    """Return the areas that some record refers to; an area among the candidates does not count as such."""
    found: set[int] = set()
    wanted, quoted = list(candidates), connection.ops.quote_name
    with connection.cursor() as cursor:
        for relation in Area._meta.get_fields(include_hidden=True):
            if not wanted or not isinstance(relation, ManyToOneRel):
                continue
            model: type[Model] = relation.related_model
            table, column = quoted(model._meta.db_table), quoted(relation.field.column)
            outside = "AND NOT id = ANY(%(wanted)s)" if model is Area else ""
            cursor.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} = ANY(%(wanted)s) {outside}", {"wanted": wanted})  # noqa: S608
            found |= {area for (area,) in cursor.fetchall()}
    return found
