"""The CBS service, OData version 3; the police publishes through the same one.

The answer of one municipality comes from ODataApi. That refuses more than 10,000 rows, with an
error 500; then, and for the whole country, ODataFeed gives pages with the address of the next.
"""

from collections.abc import Iterator

from wijkaanpak.indicators.choices import FetchProblem
from wijkaanpak.indicators.fetching.asking import Asker, address, following, rows
from wijkaanpak.indicators.fetching.feeds import Definition
from wijkaanpak.indicators.fetching.http import FetchFailed
from wijkaanpak.indicators.fetching.published import (
    COUNTRY,
    File,
    Published,
    Wanted,
    is_inside,
    is_wanted,
    last_year,
    packed,
    says_provisional,
)

TOO_MANY = "more than 10000 records"
CODE_WIDTH = 10  # a code of another width in a filter gives an answer without rows, not an error


def published(definition: Definition, ask: Asker, *, since: int) -> Iterator[Published]:
    """Return the tables of the list that exist, as the catalogue describes them now."""
    for table, year in definition.tables.items():
        if (year is None or year >= since) and (found := described(definition, ask, table)):
            period, text = str(found.get("Period", "")), str(found.get("ShortDescription", ""))
            yield Published(table, year or last_year(period) or since, str(found.get("Modified", "")), says_provisional(period, text))


def described(definition: Definition, ask: Asker, table: str) -> dict | None:
    """Return the line of the catalogue about a table; None when it does not (yet) have it."""
    url = address(f"{definition.base}/ODataCatalog/Tables", odata_format="json", odata_filter=f"Identifier eq '{table}'")
    return next(iter(rows(url, ask.now(url))), None)


def modified(definition: Definition, ask: Asker, table: str) -> str:
    found = described(definition, ask, table) or {}
    return str(found.get("Modified", ""))


def files(definition: Definition, wanted: Wanted, ask: Asker) -> Iterator[File]:
    """Return the names of the areas and the figures, each as one answer with the rows of all pages."""
    yield File(f"{wanted.table} {wanted.year} namen.json", names(definition, wanted, ask))
    yield File(f"{wanted.table} {wanted.year}.json", figures(definition, wanted, ask, region_filter(wanted.municipality)))


def region_filter(municipality: str) -> str:
    """Return the condition for a municipality with all its districts and neighbourhoods, and the country; blank for all areas."""
    if not municipality:
        return ""
    whole_codes = [f"WijkenEnBuurten eq '{code:<{CODE_WIDTH}}'" for code in (COUNTRY, municipality)]
    parts = [f"startswith(WijkenEnBuurten,'{kind}{municipality[2:]}')" for kind in ("WK", "BU")]
    return f"({' or '.join(whole_codes + parts)})"


def figures(definition: Definition, wanted: Wanted, ask: Asker, condition: str) -> bytes:
    """Return the rows of the wanted areas. Raises FetchFailed when there is none of the municipality."""
    filtered = {"odata_filter": condition} if condition else {}
    api, feed = (
        address(f"{definition.base}/{service}/odata/{wanted.table}/TypedDataSet", odata_format="json", **filtered)
        for service in ("ODataApi", "ODataFeed")
    )
    answer = whole(api, feed, ask) if condition else all_pages(feed, ask)
    if not any(is_inside(code(row), wanted.municipality) for row in answer["value"]):
        raise FetchFailed(FetchProblem.EMPTY, f"{wanted.table}: {wanted.municipality}")
    return packed(answer)


def code(row: dict, name: str = "WijkenEnBuurten") -> str:
    return str(row.get(name) or "").strip()


def whole(api: str, feed: str, ask: Asker) -> dict:
    """Return the answer of ODataApi, or of the feed when it has more rows than ODataApi gives."""
    try:
        return all_pages(api, ask)
    except FetchFailed as failure:
        if TOO_MANY not in failure.text:
            raise
    return all_pages(feed, ask)


def all_pages(url: str, ask: Asker) -> dict:
    """Return an answer with the rows of every page. Raises FetchFailed when there are none."""
    found: list[dict] = []
    first, seen = None, set()
    while url and url not in seen:
        seen.add(url)
        answer = ask.page(url, hopeless=TOO_MANY)
        found += answer["value"]
        first = first or answer
        link = answer.get("odata.nextLink")
        url = following(url, link) if link else ""
    if first is None or not found:
        raise FetchFailed(FetchProblem.EMPTY, next(iter(seen)))
    return {name: value for name, value in first.items() if name not in ("value", "odata.nextLink")} | {"value": found}


def names(definition: Definition, wanted: Wanted, ask: Asker) -> bytes:
    """Return the list WijkenEnBuurten of the same table; its service does not filter on a part of the key, so we do."""
    url = address(f"{definition.base}/ODataFeed/odata/{wanted.table}/WijkenEnBuurten", odata_format="json")
    answer = all_pages(url, ask)
    return packed(answer | {"value": [row for row in answer["value"] if is_wanted(code(row, "Key"), wanted.municipality)]})
