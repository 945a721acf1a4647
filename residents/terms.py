"""Terms in working days: no weekends, no Dutch public holidays."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY = 5


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Return the days that never count in a term; 5 May is one every year (Algemene termijnenwet, article 3)."""
    return frozenset({*holidays.country_holidays("NL", years=year), date(year, 5, 5)})


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


def after(start: date, days: int) -> date:
    """Return the day on which a term of so many working days ends; the first day is the one after `start`."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def between(start: date, end: date) -> int:
    """Return how many working days lie after `start` up to and including `end`; 0 when `end` is not later."""
    return sum(is_working_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))
