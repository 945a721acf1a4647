"""What a text says about a period: a year (2020) or a month (202005)."""

import re
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1995, 2100
MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]
STARS = re.compile(r"\*{1,2}$")
YEAR = re.compile(r"^(\d{4})(JJ00)?(\.0)?$", re.ASCII)
MONTH = re.compile(r"^(\d{4})(?:MM|-)(\d{2})$", re.ASCII)
IN_WORDS = re.compile(rf"^(\d{{4}}) ({'|'.join(MONTHS)})$", re.ASCII | re.IGNORECASE)


class Period(NamedTuple):
    """A year or month as a whole number; 0 when the text is neither. CBS marks provisional years with one or two stars."""

    number: int
    provisional: bool = False


def read(raw: object) -> Period:
    """Return the period in a cell: "2019", "2024*", "2019JJ00", "2017MM12", "2017-12" or "2017 december"."""
    text = str("" if raw is None else raw).strip()
    plain = STARS.sub("", text)
    number = year(plain) or month(plain)
    return Period(number, bool(number) and plain != text)


def year(text: str) -> int:
    found = YEAR.match(text)
    return plausible(int(found[1])) if found else 0


def month(text: str) -> int:
    if found := MONTH.match(text):
        number = int(found[2])
    elif found := IN_WORDS.match(text):
        number = MONTHS.index(found[2].lower()) + 1
    else:
        return 0
    return plausible(int(found[1])) * 100 + number if plausible(int(found[1])) and 1 <= number <= 12 else 0


def plausible(number: int) -> int:
    return number if FIRST_YEAR <= number <= LAST_YEAR else 0


def year_of(period: int) -> int:
    return period // 100 if period > LAST_YEAR else period
