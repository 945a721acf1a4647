"""Read the boundaries of areas from GeoJSON: codes, names, geometry in WGS 84, without water."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from wijkaanpak.neighbourhoods import dutch_grid

CODE = re.compile(r"^(GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})$", re.ASCII)
CODE_NAMES = ["statcode", "buurtcode", "bu_code", "wijkcode", "wk_code", "gemeentecode", "gm_code", "code"]
NAME_NAMES = ["statnaam", "buurtnaam", "bu_naam", "buurt", "wijknaam", "wk_naam", "wijk", "gemeentenaam", "gm_naam", "naam", "name"]
NOT_LAND = ("GM0998", "GM0999", "WK0998", "WK0999", "BU0998", "BU0999")
NETHERLANDS = (3.0, 50.5, 7.5, 53.8)  # west, south, east, north
DIGITS = 6  # about ten centimetres


@dataclass
class Shape:
    """The boundary of one area; `geometry` is GeoJSON, or None when the file had no usable one."""

    code: str
    name: str
    number: int
    geometry: dict | None


@dataclass
class Boundaries:
    """What a file holds: shapes in file order, the year it names if any, and what stood out per feature number."""

    shapes: list[Shape] = field(default_factory=list)
    year: int | None = None
    water: int = 0
    problems: list[tuple[int, str, str]] = field(default_factory=list)


def read(content: bytes) -> Boundaries:
    """Return the boundaries in a GeoJSON file; see `collect`. Raises ValidationError when it is no GeoJSON."""
    data = parsed(content)
    return collect(features_of(data), system=str(((data.get("crs") or {}).get("properties") or {}).get("name", "")))


def collect(features: list[dict], *, system: str) -> Boundaries:
    """Return the boundaries in a list of features; `system` is the name of their coordinates, "" when not said.

    Dutch national coordinates are turned into longitude and latitude. Raises ValidationError for
    other coordinates, one that is no number, or when there is no code of an area. A shape that
    crosses itself is repaired and reported.
    """
    metres = in_metres(features, system)
    check_coordinates(features, metres=metres)
    found = Boundaries(year=year_of(features))
    for number, feature in enumerate(features, start=1):
        add(found, number, feature, metres=metres)
    if not found.shapes:
        raise ValidationError(_("No feature has the code of an area (statcode, buurtcode, wijkcode or gemeentecode)."), code="no_codes")
    if metres:
        found.problems.append(
            (0, _("The coordinates were Dutch national ones (RD, EPSG:28992) and have been turned into longitude and latitude."), "look")
        )
    found.shapes = merged(found.shapes)
    return found


def in_metres(features: list[dict], system: str) -> bool:
    """Whether the coordinates are Dutch national ones, by their name or by the first point. Raises ValidationError for other systems."""
    if re.search(r"28992|RD.?New|Amersfoort", system):
        return True
    if system and not re.search(r"CRS84|4326|4258|WGS.?84", system):
        raise wrong_coordinates(system[:60])
    point = next((point for feature in features if (point := first_point((feature.get("geometry") or {}).get("coordinates")))), None)
    return point is not None and dutch_grid.lies_in(*point)


def parsed(content: bytes) -> dict:
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValidationError(_("The text is not UTF-8."), code="damaged") from None
    except RecursionError:
        raise ValidationError(_("The JSON is nested deeper than any map."), code="damaged") from None
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise ValidationError(
            _("Line %(line)s, column %(column)s: the JSON breaks off or is damaged here."), code="damaged", params=place
        ) from None
    if not isinstance(data, dict):
        return {}
    if b"NaN" in content or b"Infinity" in content:
        check_numbers(data)
    return data


def check_numbers(data: dict) -> None:
    """Refuse a coordinate that is not a number: JSON written carelessly can hold NaN and Infinity."""
    for number, feature in enumerate(data.get("features") or [], start=1):
        if re.search("NaN|Infinity", json.dumps((feature or {}).get("geometry"))):
            raise no_number(number)


def features_of(data: dict) -> list[dict]:
    if data.get("type") == "Topology":
        raise ValidationError(
            _("This is TopoJSON. Download the layer as GeoJSON or GeoPackage, or convert it first (mapshaper, QGIS)."), code="topojson"
        )
    features = data.get("features")
    if not isinstance(features, list) or not features or not all(isinstance(feature, dict) for feature in features):
        raise ValidationError(_("This is not GeoJSON with a list of features."), code="no_features")
    return features


def wrong_coordinates(system: str) -> ValidationError:
    text = _(
        "The coordinates are in %(system)s, not in longitude and latitude (WGS 84). Download or save the file again in WGS 84 (EPSG:4326)."
    )
    return ValidationError(text, code="coordinates", params={"system": system})


def check_coordinates(features: list[dict], *, metres: bool) -> None:
    """Refuse other metres, swapped axes and places abroad, by the first point of each shape."""
    for number, feature in enumerate(features, start=1):
        point = first_point((feature.get("geometry") or {}).get("coordinates"))
        if point is None:
            continue
        x, y = point
        if not (math.isfinite(x) and math.isfinite(y)):
            raise no_number(number)
        if metres and not dutch_grid.lies_in(x, y):
            raise abroad(number)
        if metres:
            continue
        if abs(x) > 180 or abs(y) > 90:
            raise wrong_coordinates(_("metres (feature %(number)s starts at %(x)s, %(y)s)") % {"number": number, "x": x, "y": y})
        if inside(y, x) and not inside(x, y):
            raise ValidationError(_("Longitude and latitude are swapped (feature %(number)s)."), code="swapped", params={"number": number})
        if not inside(x, y):
            raise abroad(number)


def abroad(number: int) -> ValidationError:
    return ValidationError(_("Feature %(number)s does not lie in the European Netherlands."), code="abroad", params={"number": number})


def no_number(number: int) -> ValidationError:
    return ValidationError(_("Feature %(number)s has a coordinate that is not a number."), code="no_number", params={"number": number})


def inside(x: float, y: float) -> bool:
    west, south, east, north = NETHERLANDS
    return west <= x <= east and south <= y <= north


def first_point(coordinates) -> tuple[float, float] | None:
    while isinstance(coordinates, (list, tuple)) and coordinates and isinstance(coordinates[0], (list, tuple)):
        coordinates = coordinates[0]
    if isinstance(coordinates, (list, tuple)) and len(coordinates) >= 2 and all(isinstance(part, (int, float)) for part in coordinates[:2]):
        return coordinates[0], coordinates[1]
    return None


def year_of(features: list[dict]) -> int | None:
    """Return the year in jrstatcode ("2021WK020201"), when every feature that has one agrees."""
    found = {str((feature.get("properties") or {}).get("jrstatcode", ""))[:4] for feature in features} - {""}
    return int(next(iter(found))) if len(found) == 1 and next(iter(found)).isdigit() else None


def add(found: Boundaries, number: int, feature: dict, *, metres: bool) -> None:
    properties = {str(key).lower(): value for key, value in (feature.get("properties") or {}).items()}
    code = code_of(properties, feature.get("id"))
    if str(properties.get("water", "")).upper() == "JA" or code.startswith(NOT_LAND):
        found.water += 1
    elif not code:
        found.problems.append((number, _("has no code of an area and is left out"), "skip"))
    else:
        geometry, remark = geometry_of(feature.get("geometry"), number=number, metres=metres)
        if remark:
            found.problems.append((number, f"{code}: {remark}", "look" if geometry else "skip"))
        found.shapes.append(Shape(code, name_of(properties), number, geometry))


def code_of(properties: dict, identifier: object) -> str:
    """Return the CBS code; a municipal file with local codes gets it from the municipality and the local code."""
    candidates = [*(properties.get(name) for name in CODE_NAMES), identifier]
    for candidate in candidates:
        text = str(candidate or "").strip().upper()
        if CODE.match(text):
            return text
    municipality = str(properties.get("gemeentecode") or "").strip().upper().removeprefix("GM")
    local = str(properties.get("buurtcode") or "").strip().upper()
    made = f"BU{municipality}{local}"
    return made if CODE.match(made) else ""


def name_of(properties: dict) -> str:
    return next((plain_name(str(properties[name])) for name in NAME_NAMES if properties.get(name)), "")


def plain_name(name: str) -> str:
    """Return a name without the number some files put before it: "Wijk 02 Noorderpark" is Noorderpark."""
    return re.sub(r"^Wijk \d\d (?=\S)", "", name.strip())[:120]


def geometry_of(raw: dict | None, *, number: int, metres: bool) -> tuple[dict | None, str]:
    """Return the polygons of a geometry as GeoJSON and a remark; the geometry is None when nothing has an area."""
    try:
        geometry = shape(raw) if raw else None
    except (shapely.errors.GEOSException, ValueError, TypeError, KeyError, AttributeError, IndexError):
        return None, _("the shape cannot be read; registered without boundary")
    if geometry is None or geometry.is_empty:
        return None, _("there is no shape; registered without boundary")
    if not all(map(math.isfinite, shapely.get_coordinates(geometry).flat)):
        raise no_number(number)
    rounded = shapely.transform(geometry, in_degrees if metres else lambda points: points.round(DIGITS))
    usable = polygons(rounded if rounded.is_valid else shapely.make_valid(rounded, method="structure", keep_collapsed=False))
    if usable is None:
        return None, _("the shape has no area; registered without boundary")
    return mapping(usable), "" if geometry.is_valid else _("the shape crossed itself and is repaired")


def in_degrees(points):
    """Turn an array of Dutch national coordinates into longitude and latitude, in place."""
    points[:, 0], points[:, 1] = dutch_grid.to_degrees(points[:, 0], points[:, 1])
    return points.round(DIGITS)


def polygons(geometry: BaseGeometry) -> BaseGeometry | None:
    """Return only the polygons of a geometry, as one; None when there are none."""
    parts = [part for part in parts_of(geometry) if isinstance(part, shapely.Polygon) and part.area > 0]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def parts_of(geometry: BaseGeometry) -> Iterator[BaseGeometry]:
    for part in getattr(geometry, "geoms", [geometry]):
        if hasattr(part, "geoms"):
            yield from parts_of(part)
        else:
            yield part


def merged(shapes: list[Shape]) -> list[Shape]:
    """Take several features of one area together: maps cut areas along water."""
    by_code: dict[str, list[Shape]] = {}
    for item in shapes:
        by_code.setdefault(item.code, []).append(item)
    return [one(group) for group in by_code.values()]


def one(group: list[Shape]) -> Shape:
    if len(group) == 1:
        return group[0]
    union = shapely.union_all([shape(item.geometry) for item in group if item.geometry])
    usable = polygons(union)
    name = next((item.name for item in group if item.name), "")
    return Shape(group[0].code, name, group[0].number, mapping(usable) if usable is not None else None)
