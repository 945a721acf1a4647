"""The areas of an invented country: codes, names, inhabitants, and boundaries that fit together."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from wijkaanpak.neighbourhoods.choices import AreaKind

AREAS = 180  # of one unit of scale: the country, 3 municipalities, 32 districts, the rest neighbourhoods
MUNICIPALITIES, DISTRICTS = 3.42, 32
INHABITANTS = 1_200  # of a neighbourhood, in the middle
STEPS = 6  # points on each side of a neighbourhood
CELL = 0.008  # degrees


@dataclass
class Land:
    """One entry per area, in the order country, municipality, its districts each followed by its neighbourhoods.

    `parents` and `municipalities` are places in the same arrays, -1 for none; `burden` is how hard life is there (mean 0, sd about 1).
    """

    codes: np.ndarray
    kinds: np.ndarray
    names: np.ndarray
    parents: np.ndarray
    municipalities: np.ndarray
    population: np.ndarray
    burden: np.ndarray


def make(scale: int, seed: int) -> Land:
    """Return 180 areas times the scale; the same for the same scale and seed."""
    chance = np.random.default_rng(seed)
    municipalities, districts = max(1, round(MUNICIPALITIES * scale)), DISTRICTS * scale
    neighbourhoods = AREAS * scale - 1 - municipalities - districts
    of_district = shares(chance, districts, municipalities)
    of_neighbourhood = shares(chance, neighbourhoods, districts)
    rows: list[tuple[str, AreaKind, str, int, int]] = [("NL00", AreaKind.COUNTRY, "Verzonnen land", -1, -1)]
    district = 0
    for number in range(1, municipalities + 1):
        here = len(rows)
        rows.append((f"GM{number:04d}", AreaKind.MUNICIPALITY, f"Verzonnen gemeente {number}", 0, here))
        for order in range(of_district[number - 1]):
            rows += district_rows(number, order, of_neighbourhood[district], here, len(rows))
            district += 1
    codes, kinds, names, parents, within = (np.array(column) for column in zip(*rows, strict=True))
    population = counted(kinds, parents, chance)
    burden = 0.6 * chance.normal(size=len(rows))[within] + 0.8 * chance.normal(size=len(rows))
    return Land(codes, kinds, names, parents, within, population, burden * (kinds != AreaKind.COUNTRY))


def shares(chance: np.random.Generator, total: int, groups: int) -> np.ndarray:
    """Divide a total in groups of unequal size, at least one each."""
    return 1 + chance.multinomial(total - groups, chance.dirichlet(np.full(groups, 1.5)))


def district_rows(municipality: int, order: int, neighbourhoods: int, municipality_place: int, place: int) -> list[tuple]:
    tens, ones = divmod(order, 36)
    code = f"{municipality:04d}{np.base_repr(tens, 36)}{np.base_repr(ones, 36)}"
    name = f"Verzonnen wijk {municipality}.{order + 1}"
    rows = [(f"WK{code}", AreaKind.DISTRICT, name, municipality_place, municipality_place)]
    return rows + [
        (f"BU{code}{number:02d}", AreaKind.NEIGHBOURHOOD, f"Verzonnen buurt {municipality}.{order + 1}.{number}", place, municipality_place)
        for number in range(neighbourhoods)
    ]  # fmt: skip


def counted(kinds: np.ndarray, parents: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Return inhabitants: some for each neighbourhood, and their sum for everything above it."""
    population = np.where(kinds == AreaKind.NEIGHBOURHOOD, np.rint(chance.lognormal(np.log(INHABITANTS), 0.7, len(kinds)) / 5) * 5, 0).astype(int)
    for kind in (AreaKind.NEIGHBOURHOOD, AreaKind.DISTRICT, AreaKind.MUNICIPALITY):
        chosen = np.flatnonzero(kinds == kind)
        np.add.at(population, parents[chosen], population[chosen])
    return population


def boundaries(land: Land) -> Iterator[tuple[int, str]]:
    """Yield (place, GeoJSON) of each area below the country: cells of a warped grid, and what they make up together."""
    municipalities = np.flatnonzero(land.kinds == AreaKind.MUNICIPALITY)
    side = int(np.ceil(np.sqrt(len(municipalities))))
    for turn, municipality in enumerate(municipalities):
        cells = np.flatnonzero((land.kinds == AreaKind.NEIGHBOURHOOD) & (land.municipalities == municipality))
        made = dict(zip(cells.tolist(), grid(len(cells), turn % side, turn // side), strict=True))
        for district in np.unique(land.parents[cells]).tolist():
            made[district] = shapely.union_all([made[cell] for cell in cells[land.parents[cells] == district].tolist()])
        made[int(municipality)] = shapely.union_all([made[cell] for cell in cells.tolist()])
        for place, surface in made.items():
            yield place, as_geojson(surface)


def grid(number: int, column: int, row: int) -> np.ndarray:
    """Return as many polygons, row by row in a square; neighbours share every point of their border."""
    width = int(np.ceil(np.sqrt(number)))
    rows, columns = np.divmod(np.arange(number), width)
    along = np.arange(STEPS) / STEPS
    ring = np.concatenate([[(x, 0) for x in along], [(1, y) for y in along], [(1 - x, 1) for x in along], [(0, 1 - y) for y in along]])
    corners = np.column_stack([columns, rows])[:, None, :] + np.concatenate([ring, ring[:1]])[None]
    corners[:, -1] = corners[:, 0]
    return shapely.polygons(warped(corners, column, row))


def warped(points: np.ndarray, column: int, row: int) -> np.ndarray:
    """Bend a grid so that no border is straight, and put it in its place in the country."""
    x, y = np.round(points[..., 0], 6), np.round(points[..., 1], 6)
    bent_x = x + 0.12 * np.sin(3.1 * y + column) + 0.03 * np.sin(11.3 * y + 2 * x)
    bent_y = y + 0.12 * np.sin(2.7 * x + row) + 0.03 * np.sin(12.7 * x + 2 * y)
    return np.round(np.stack([3.5 + 0.2 * column + CELL * bent_x, 53.4 - 0.14 * row - 0.6 * CELL * bent_y], axis=-1), 6)


def as_geojson(surface: shapely.Geometry) -> str:
    return json.dumps(json.loads(shapely.to_geojson(surface)), separators=(",", ":"))
