"""Registered crimes, on the CBS service for others (OData version 3): only the kinds of crime and periods we can use."""

from collections.abc import Iterator

from wijkaanpak.indicators.fetching import odata3
from wijkaanpak.indicators.fetching.asking import Asker
from wijkaanpak.indicators.fetching.feeds import Definition
from wijkaanpak.indicators.fetching.published import File, Wanted

CRIME_WIDTH = 6

published, modified = odata3.published, odata3.modified


def files(definition: Definition, wanted: Wanted, ask: Asker) -> Iterator[File]:
    yield File(f"{wanted.table} {wanted.since}-{wanted.year}.json", odata3.figures(definition, wanted, ask, condition(definition, wanted)))


def condition(definition: Definition, wanted: Wanted) -> str:
    crimes = " or ".join(f"SoortMisdrijf eq '{crime:<{CRIME_WIDTH}}'" for crime in definition.crimes)
    first = f"{wanted.since}{definition.period_letters}{'01' if definition.period_letters == 'MM' else '00'}"
    return f"({crimes}) and {odata3.region_filter(wanted.municipality)} and Perioden ge '{first}'"
