"""What the protocols hand on: which releases exist, and the files a release becomes."""

import json
import re
from dataclasses import dataclass

COUNTRY = "NL00"
STATUS = re.compile(r"Status van de cijfers:?\s*(\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Published:
    """A table as its publisher offers it now. `modified` is blank where the publisher does not say it."""

    table: str
    year: int
    modified: str = ""
    is_provisional: bool = False


@dataclass(frozen=True)
class Wanted:
    """What to fetch: a table, of one municipality ("GM0363") or of all (""), from a year on."""

    table: str
    year: int
    municipality: str
    since: int


@dataclass(frozen=True)
class File:
    """Bytes as they are handed to the importer, under a name that says where they come from."""

    name: str
    content: bytes


def last_year(text: str) -> int | None:
    """Return the last year a catalogue names in "2020", "2012-2025" or "2024*"."""
    found = re.findall(r"(?:19|20)\d\d", text)
    return int(found[-1]) if found else None


def says_provisional(period: str, description: str) -> bool:
    """Whether a catalogue calls the figures provisional: a star behind the period, or the line about their status."""
    status = STATUS.search(description)
    return "*" in period or bool(status and status[1].lower().startswith("voorlopig"))


def packed(content: dict) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def is_inside(code: str, municipality: str) -> bool:
    """Whether an area is a municipality, district or neighbourhood of one municipality; every area when that is blank."""
    return not municipality or (code[:2] in ("GM", "WK", "BU") and code[2:6] == municipality[2:])


def is_wanted(code: str, municipality: str) -> bool:
    """Whether figures of an area are wanted: those of the municipality, and of the country to compare with."""
    return code == COUNTRY or is_inside(code, municipality)
