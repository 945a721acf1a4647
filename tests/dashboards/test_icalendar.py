"""The calendar as RFC 5545 says, read back by a strict reader that follows the grammar."""

import re
from datetime import UTC, date, datetime

import pytest

from dashboards.icalendar import Entry, calendar, escaped

STAMP = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
LINE = re.compile(r"^(?P<name>[A-Z][A-Z0-9-]*)(?P<parameters>(;[A-Z-]+=[^;:,\x00-\x1f\"]+)*):(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)$")
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "NAME", "X-WR-CALNAME"}
ONCE = {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "DTEND", "DESCRIPTION", "LOCATION", "URL", "TRANSP"}
NEEDED = {"UID", "DTSTAMP", "DTSTART"}


def read(content):
    """Return the events as dicts; anything that the grammar does not allow fails."""
    text = content.decode("utf-8")
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    raw = text.split("\r\n")[:-1]
    assert all(0 < len(line.encode()) <= 75 for line in raw)
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    head = lines[1 : (lines.index("BEGIN:VEVENT") if "BEGIN:VEVENT" in lines else -1)]
    assert [sum(line.startswith(name) for line in head) for name in ("VERSION:2.0", "PRODID:")] == [1, 1]
    starts = [place for place, line in enumerate(lines) if line == "BEGIN:VEVENT"]
    ends = [place for place, line in enumerate(lines) if line == "END:VEVENT"]
    assert sorted(starts + ends) == [place for pair in zip(starts, ends, strict=True) for place in pair]
    return [event(lines[start + 1 : end]) for start, end in zip(starts, ends, strict=True)]


def event(lines):
    found = [LINE.fullmatch(line) for line in lines]
    assert None not in found, lines
    names = [line["name"] for line in found]
    assert set(names) >= NEEDED
    assert [name for name in ONCE if names.count(name) > 1] == []
    return {line["name"]: unescaped(line["value"]) if line["name"] in TEXTS else line["value"] for line in found}


def unescaped(value):
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), f"not escaped: {value}"
    assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", value), f"unknown escape: {value}"
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


NASTY = [
    "Komma, puntkomma; en \\ schuin", "Twee\nregels\r\nen nog een", "END:VEVENT\r\nBEGIN:VEVENT", "é" * 200, "😀" * 60, "x" * 75, "a\x00b\x07c", "Slot \\", "",
    "\u2028 scheiding", "tab\tin tekst",
]  # fmt: skip


@pytest.mark.parametrize("text", NASTY)
def test_any_text_comes_back_as_it_was(text):
    entry = Entry("een@voorbeeld", date(2027, 6, 30), summary=text, description=text, location=text)

    [back] = read(calendar("Wijkaanpak", [entry], STAMP))

    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text.replace("\r\n", "\n"))
    assert back["SUMMARY"] == plain
    assert back.get("DESCRIPTION", "") == plain


def test_a_whole_day_ends_on_the_next_and_leaves_the_person_free():
    [back] = read(calendar("Wijkaanpak", [Entry("een@voorbeeld", date(2026, 12, 31), "Bod")], STAMP))

    assert (back["DTSTART"], back["DTEND"], back["TRANSP"]) == ("20261231", "20270101", "TRANSPARENT")


def test_a_moment_is_written_in_universal_time():
    at = datetime.fromisoformat("2026-07-01T13:30:00+02:00")

    [back] = read(calendar("Wijkaanpak", [Entry("een@voorbeeld", at.date(), "Overleg", at=at)], STAMP))

    assert back["DTSTART"] == "20260701T113000Z"


def test_an_empty_calendar_is_a_calendar():
    assert read(calendar("Wijkaanpak", [], STAMP)) == []


def test_escaping_leaves_colons_and_quotes_alone():
    assert escaped('Om 9:30 "plein", hoek; A\\B') == 'Om 9:30 "plein"\\, hoek\\; A\\\\B'
