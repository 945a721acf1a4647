"""Writing a calendar as RFC 5545 says: escaped, folded by octets, with lines that end in CRLF. No database, no language."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75  # octets, without the end of the line
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ESCAPES = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


@dataclass(frozen=True)
class Entry:
    """One event: a whole day, or a moment when `at` is given. The same thing keeps the same `uid` for ever."""

    uid: str
    on: date
    summary: str
    description: str = ""
    location: str = ""
    url: str = ""
    category: str = ""
    at: datetime | None = None


def calendar(name: str, entries: Iterable[Entry], stamp: datetime) -> bytes:
    """Return the whole calendar as UTF-8; `stamp` is the moment at which it was made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Wijkaanpak//Wijkaanpak//NL", "CALSCALE:GREGORIAN"]
    lines += [f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D"]
    for entry in entries:
        lines += _event(entry, stamp)
    return "".join(part for line in [*lines, "END:VCALENDAR"] for part in folded(line)).encode()


def _event(entry: Entry, stamp: datetime) -> list[str]:
    found = ["BEGIN:VEVENT", f"UID:{entry.uid}", f"DTSTAMP:{_moment(stamp)}", *_when(entry), f"SUMMARY:{escaped(entry.summary)}"]
    texts = {"DESCRIPTION": entry.description, "LOCATION": entry.location, "CATEGORIES": entry.category}
    found += [f"{key}:{escaped(text)}" for key, text in texts.items() if text]
    found += [f"URL:{entry.url}"] if entry.url else []
    return [*found, "END:VEVENT"]


def _when(entry: Entry) -> list[str]:
    """A day lasts until the next one and leaves the person free; a moment is written in UTC."""
    if entry.at:
        return [f"DTSTART:{_moment(entry.at)}"]
    last = entry.on + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}", f"DTEND;VALUE=DATE:{last:%Y%m%d}", "TRANSP:TRANSPARENT"]


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Return a text as a value: no control characters, and a backslash before what would end it."""
    plain = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(ESCAPES.get(letter, letter) for letter in plain)


def folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, each with its end; a letter is never cut in two."""
    start, part, size = "", "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            yield f"{start}{part}\r\n"
            start, part, size = " ", "", 1
        part, size = part + letter, size + width
    yield f"{start}{part}\r\n"
