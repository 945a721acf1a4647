"""Which services there are: what they publish, how they are asked, and where. The list stands in data/feeds.json."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from wijkaanpak.indicators import catalogue
from wijkaanpak.indicators.catalogue import Source

FILE = Path(__file__).parent.parent / "data" / "feeds.json"


@dataclass(frozen=True)
class Definition:
    """A service. `tables` gives the year by number of a table; None when the table holds several years."""

    slug: str
    name: str
    about: str
    source: Source
    protocol: str
    tables: dict[str, int | None]
    needs_municipality: bool
    crimes: tuple[str, ...]
    period_letters: str

    @property
    def base(self) -> str:
        """The address everything of this service starts with."""
        return settings.FETCH_ADDRESSES[self.protocol].rstrip("/")


@cache
def definitions() -> dict[str, Definition]:
    found = json.loads(FILE.read_text(encoding="utf-8"))["feeds"]
    return {entry["slug"]: _definition(entry) for entry in found}


def _definition(entry: dict) -> Definition:
    return Definition(
        slug=entry["slug"],
        name=entry["name"],
        about=entry["about"],
        source=catalogue.sources()[entry["source"]],
        protocol=entry["protocol"],
        tables={table["id"]: table.get("year") for table in entry.get("tables", [])},
        needs_municipality=entry.get("needs_municipality", False),
        crimes=tuple(entry.get("crimes", [])),
        period_letters=entry.get("period_letters", ""),
    )
