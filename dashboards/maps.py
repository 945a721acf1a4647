"""Boundaries made small enough to travel with a page: simplified together, projected, as SVG paths of whole numbers."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np
import shapely
from django.core.cache import cache
from django.db.models import QuerySet
from redis.exceptions import RedisError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from wijkaanpak.neighbourhoods.models import Area

KEPT_SECONDS = 7 * 24 * 3600
SIZE = 600  # units of the longer side; one unit is the smallest detail
POLYGONS = ("Polygon", "MultiPolygon")


class Drawing(NamedTuple):
    width: int
    height: int
    shapes: list[dict[str, Any]]
    source: str


def draw(areas: Sequence[Area]) -> Drawing | None:
    """Return the drawing of the areas that have a boundary, None when none has.

    Shared borders stay closed because the areas are simplified as one coverage. A boundary that is not
    a valid polygon is mended; one without any surface is left out.
    """
    found = [(area, _surface(area.boundary)) for area in areas if area.boundary]
    kept = [(area, surface) for area, surface in found if not surface.is_empty]
    if not kept:
        return None
    surfaces, width, height = _on_paper(np.array([surface for _area, surface in kept], dtype=object))
    shapes = [
        {"area": area.pk, "code": area.code, "name": area.name or area.code, "path": path(surface)}
        for (area, _found), surface in zip(kept, shapely.coverage_simplify(surfaces, 1.5), strict=True)
    ]
    return Drawing(width, height, shapes, next((area.boundary_source for area, _s in kept if area.boundary_source), ""))


def kept(areas: QuerySet[Area], key: str) -> Drawing | None:
    """Return the drawing of areas made earlier under the same key, else make it; a cache that is away only costs time."""
    with suppress(RedisError):
        if (made := cache.get(f"map:{key}")) is not None:
            return Drawing(*made)
    made = draw(list(areas))
    if made:
        with suppress(RedisError):
            cache.set(f"map:{key}", tuple(made), KEPT_SECONDS)
    return made


def _surface(boundary: dict) -> BaseGeometry:
    made = shapely.make_valid(shape(boundary))
    parts = [part for part in getattr(made, "geoms", [made]) if part.geom_type in POLYGONS]
    return shapely.union_all(parts)


def _on_paper(surfaces: np.ndarray) -> tuple[np.ndarray, int, int]:
    """Project degrees on a flat page with north up; correct in proportion for the middle of the areas."""
    west, south, east, north = shapely.total_bounds(surfaces)
    narrow = np.cos(np.radians((south + north) / 2))
    scale = SIZE / max((east - west) * narrow, north - south)
    flat = shapely.transform(
        surfaces, lambda points: np.column_stack([(points[:, 0] - west) * narrow * scale, (north - points[:, 1]) * scale])
    )
    return flat, max(1, round((east - west) * narrow * scale)), max(1, round((north - south) * scale))


def path(surface: BaseGeometry) -> str:
    """Return the SVG path of a polygon or several: absolute start, then relative steps, all whole numbers."""
    polygons = getattr(surface, "geoms", [surface])
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return "".join(_ring(shapely.get_coordinates(ring)) for ring in rings)


def _ring(points: np.ndarray) -> str:
    whole = np.rint(points[:-1]).astype(int)
    steps = np.diff(whole, axis=0)
    moved = steps[(steps != 0).any(axis=1)]
    numbers = " ".join(f"{x} {y}" for x, y in moved).replace(" -", "-")
    return f"M{whole[0][0]} {whole[0][1]}l{numbers}z" if len(moved) >= 2 else ""
