"""The scores of the Leefbaarometer 3.0: a layer per measurement and level (`lbm3:buurtscore24`)."""

import re
from collections.abc import Iterator

from wijkaanpak.indicators.fetching import wfs
from wijkaanpak.indicators.fetching.asking import Asker
from wijkaanpak.indicators.fetching.feeds import Definition
from wijkaanpak.indicators.fetching.published import File, Published, Wanted, packed

SCORES = re.compile(r"^(?:lbm3:)?(?:gemeente|wijk|buurt)score(\d\d)$")
LEVELS = {"GM": "gemeente", "WK": "wijk", "BU": "buurt"}
RENAMED = {"id": "{kind}_code", "name": "{kind}_naam", "year": "jaar"}  # as the published tables call them


def published(definition: Definition, ask: Asker, *, since: int) -> Iterator[Published]:
    """Return the measurements; the service does not say when a layer changed, so each is fetched once."""
    for year in sorted(set(layers(definition, ask).values())):
        if year >= since:
            yield Published("leefbaarometer", year)


def layers(definition: Definition, ask: Asker) -> dict[str, int]:
    """Return the year of the measurement by name of the layer."""
    return {name: 2000 + int(found[1]) for name in wfs.layers(definition.base, ask) if (found := SCORES.match(name))}


def modified(definition: Definition, ask: Asker, table: str) -> str:
    """The service does not say it."""
    return ""


def files(definition: Definition, wanted: Wanted, ask: Asker) -> Iterator[File]:
    """Return the scores of one measurement, a file per level, with the columns of the tables that are published as CSV.

    Shapes are left out: those come from elsewhere.
    """
    names = [name for name, year in layers(definition, ask).items() if year == wanted.year]
    found = wfs.inside(definition.base, names, ask, municipality=wanted.municipality, code="id")
    for kind, level in LEVELS.items():
        rows = [row(feature, kind) for feature in found if wfs.attribute(feature, "id").startswith(kind)]
        if rows:
            yield File(f"leefbaarometer {wanted.year} {level}.json", packed({"value": rows}))


def row(feature: dict, kind: str) -> dict:
    return {RENAMED.get(name, name).format(kind=kind.lower()): value for name, value in feature["properties"].items()}
