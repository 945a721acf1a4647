"""The newer CBS service, OData version 4: one row per figure, turned here into the table the importer knows."""

from collections.abc import Iterator

from wijkaanpak.indicators import catalogue
from wijkaanpak.indicators.choices import FetchProblem
from wijkaanpak.indicators.fetching.asking import Asker, address, following
from wijkaanpak.indicators.fetching.feeds import Definition
from wijkaanpak.indicators.fetching.http import FetchFailed
from wijkaanpak.indicators.fetching.published import COUNTRY, File, Published, Wanted, is_wanted, last_year, packed, says_provisional

REGION = "WijkenEnBuurten"


def published(definition: Definition, ask: Asker, *, since: int) -> Iterator[Published]:
    """Return the tables of the list that exist in this service, as their properties describe them now."""
    for table, year in definition.tables.items():
        if (year is None or year >= since) and (found := described(definition, ask, table)):
            period, text = str(found.get("TemporalCoverage", "")), str(found.get("Description", ""))
            yield Published(table, year or last_year(period) or since, str(found.get("Modified", "")), says_provisional(period, text))


def described(definition: Definition, ask: Asker, table: str) -> dict | None:
    """Return the properties of a table; None when the service does not (yet) have it."""
    try:
        return ask.now(f"{definition.base}/{table}/Properties")
    except FetchFailed as failure:
        if failure.problem == FetchProblem.GONE:
            return None
        raise


def modified(definition: Definition, ask: Asker, table: str) -> str:
    found = described(definition, ask, table) or {}
    return str(found.get("Modified", ""))


def files(definition: Definition, wanted: Wanted, ask: Asker) -> Iterator[File]:
    """Return the names of the areas and the figures, both in the form of version 3."""
    base = f"{definition.base}/{wanted.table}"
    named = [row for row in all_rows(f"{base}/{REGION}Codes", ask) if is_wanted(code(row, "Identifier"), wanted.municipality)]
    yield File(f"{wanted.table} {wanted.year} namen.json", packed({"value": [as_name(row) for row in named]}))
    yield File(f"{wanted.table} {wanted.year}.json", packed({"value": wide(base, wanted, ask)}))


def as_name(row: dict) -> dict:
    """Return a line of the list of codes as version 3 writes it."""
    found = code(row, "Identifier")
    municipality = f"GM{found[2:6]}" if found[:2] in ("GM", "WK", "BU") else ""
    return {"Key": found, "Title": row.get("Title") or "", "Municipality": municipality, "DetailRegionCode": code(row, "DetailRegionCode")}


def code(row: dict, name: str) -> str:
    return str(row.get(name) or "").strip()


def all_rows(url: str, ask: Asker) -> list[dict]:
    """Return the rows of every page. Raises FetchFailed when there are none."""
    found: list[dict] = []
    first, seen = url, set()
    while url and url not in seen:
        seen.add(url)
        answer = ask.page(url)
        found += answer["value"]
        link = answer.get("@odata.nextLink")
        url = following(url, link) if link else ""
    if not found:
        raise FetchFailed(FetchProblem.EMPTY, first)
    return found


def wide(base: str, wanted: Wanted, ask: Asker) -> list[dict]:
    """Return one row per area with a column per measure.

    Measures of the catalogue get the column name of version 3 by their code, which is the same in every
    year; the others keep their code, so that the preview names them as not used. A measure without
    value is null: `ValueAttribute` says why, and both mean that the figure is not known. Measures about
    origin are left out.
    """
    known, origin = headings(), catalogue.origin_columns("v4")
    measures = {measure for row in all_rows(f"{base}/MeasureCodes", ask) if (measure := code(row, "Identifier")).lower() not in origin}
    found: dict[str, dict] = {}
    for row in all_rows(observations(base, wanted.municipality), ask):
        area, measure = code(row, REGION), code(row, "Measure")
        if is_wanted(area, wanted.municipality) and measure in measures:
            found.setdefault(area, {REGION: area})[known.get(measure.lower(), measure)] = row.get("Value")
    if set(found) <= {COUNTRY}:
        raise FetchFailed(FetchProblem.EMPTY, f"{wanted.table}: {wanted.municipality}")
    return filled(list(found.values()))


def observations(base: str, municipality: str) -> str:
    """Return the address of the figures; a beginning of the code fits with and without padding."""
    if not municipality:
        return f"{base}/Observations"
    digits = municipality[2:]
    parts = " or ".join(f"startswith({REGION},'{start}')" for start in (COUNTRY, f"GM{digits}", f"WK{digits}", f"BU{digits}"))
    return address(f"{base}/Observations", odata_filter=parts)


def headings() -> dict[str, str]:
    """Return the column name of version 3 by code of version 4 in lower case, for every measure the catalogue knows."""
    names = {slug: name for name, slug in catalogue.columns("v3").items()}
    return {code: names[slug] for code, slug in catalogue.columns("v4").items() if slug in names}


def filled(found: list[dict]) -> list[dict]:
    """Give every row every column: the importer reads the columns off the first rows."""
    columns = dict.fromkeys(name for row in found for name in row)
    return [{name: row.get(name) for name in columns} for row in found]
