"""Boundaries of municipalities, districts and neighbourhoods from PDOK: a service per year."""

import re
from collections.abc import Iterator

from django.utils import timezone

from wijkaanpak.indicators.choices import FetchProblem
from wijkaanpak.indicators.fetching import wfs
from wijkaanpak.indicators.fetching.asking import Asker
from wijkaanpak.indicators.fetching.feeds import Definition
from wijkaanpak.indicators.fetching.http import FetchFailed
from wijkaanpak.indicators.fetching.published import File, Published, Wanted

LAYERS = re.compile(r"^(?:gebiedsindelingen:)?(?:gemeente|wijk|buurt)_gegeneraliseerd$")


def published(definition: Definition, ask: Asker, *, since: int) -> Iterator[Published]:
    """Return the years there is a service for; a division is drawn once, so each is fetched once."""
    for year in range(since, timezone.localdate().year + 1):
        if layers(definition, ask, year):
            yield Published("gebiedsindelingen", year)


def layers(definition: Definition, ask: Asker, year: int) -> list[str]:
    """Return the layers with municipalities, districts and neighbourhoods; none while the year is not published."""
    try:
        return [name for name in wfs.layers(service(definition, year), ask) if LAYERS.match(name)]
    except FetchFailed as failure:
        if failure.problem == FetchProblem.GONE:
            return []
        raise


def service(definition: Definition, year: int) -> str:
    return f"{definition.base}/{year}/wfs/v1_0"


def modified(definition: Definition, ask: Asker, table: str) -> str:
    """The service does not say it."""
    return ""


def files(definition: Definition, wanted: Wanted, ask: Asker) -> Iterator[File]:
    """Return the boundaries of one year, outlines of municipalities included, as one GeoJSON file."""
    base = service(definition, wanted.year)
    found = wfs.inside(base, layers(definition, ask, wanted.year), ask, municipality=wanted.municipality, code="statcode")
    yield File(f"grenzen {wanted.year}.geojson", wfs.collection(found))
