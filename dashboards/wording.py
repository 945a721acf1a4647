"""How figures are written: numbers with unit, periods, ages, and sentences. No database, no HTML."""

import calendar
import datetime
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from dashboards.choices import Reason, Trend
from wijkaanpak.indicators import signs
from wijkaanpak.indicators.choices import Direction, MeasureKind

FEW = 5  # on public pages a count from 1 to 4 is not shown
OLD_YEARS = 2
FIRST_MONTH = 100_000
SIGNED = {Reason.SUPPRESSED: signs.SUPPRESSED, Reason.NOT_PUBLISHED: signs.NOT_PUBLISHED}  # every other reason: not known
DIRECTIONS: dict[int, str | Promise] = {
    Direction.HIGHER: gettext_lazy("Higher is better."),
    Direction.LOWER: gettext_lazy("Lower is better."),
    Direction.CONTEXT: gettext_lazy("Background: not good or bad."),
}
COMPARED: dict[str, str | Promise] = {
    Trend.BETTER: gettext_lazy("From %(before)s in %(then)s to %(now)s in %(period)s: better."),
    Trend.WORSE: gettext_lazy("From %(before)s in %(then)s to %(now)s in %(period)s: worse."),
    Trend.SAME: gettext_lazy("From %(before)s in %(then)s to %(now)s in %(period)s: about the same, the difference can be chance."),
}
THREE_YEARS: dict[str, str | Promise] = {
    Trend.BETTER: gettext_lazy("On average %(now)s in the three years up to %(period)s, %(before)s in the three years before: better."),
    Trend.WORSE: gettext_lazy("On average %(now)s in the three years up to %(period)s, %(before)s in the three years before: worse."),
    Trend.SAME: gettext_lazy(
        "On average %(now)s in the three years up to %(period)s, %(before)s in the three years before: about the same, "
        "the difference can be chance."
    ),
}


def rounded(value: float, decimals: int) -> Decimal:
    """Round half up, as people do."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP") + 0


def number(value: float, decimals: int = 0) -> str:
    """Write a number in the reader's language, rounded half up, with a real minus sign."""
    return writer(decimals)(value)


def writer(decimals: int = 0) -> Callable[[float], str]:
    """Return `number` for many numbers: the language is asked for once."""
    marks = _marks(get_language())
    return lambda value: f"{rounded(value, decimals):,f}".translate(marks)


@cache
def _marks(language: str | None) -> dict[int, str]:
    """Return what stands for the marks of a number in a language, looked up once."""
    return str.maketrans({",": get_format("THOUSAND_SEPARATOR", language), ".": get_format("DECIMAL_SEPARATOR", language), "-": "−"})


def amount(value: float, decimals: int, unit: str) -> str:
    """Write a number with its unit: 12% of the dwellings, 61 per 1,000 inhabitants."""
    return f"{number(value, decimals)}{unit}" if unit.startswith("%") else f"{number(value, decimals)} {unit}"


def short(value: float, decimals: int, unit: str) -> str:
    """Write a number for a place where the unit stands elsewhere: 12%, 61."""
    return number(value, decimals) + ("%" if unit.startswith("%") else "")


def is_few(value: float | None, kind: str, numerator: float | None = None) -> bool:
    """Whether a figure is about one to four cases, and so is not shown to everybody."""
    cases = value if kind == MeasureKind.COUNT else numerator if kind == MeasureKind.RATE else None
    return cases is not None and 0 < cases < FEW


def few() -> str:
    return _("less than 5")


def period(value: int) -> str:
    """Write 2020 as 2020 and 202005 as May 2020."""
    if value < FIRST_MONTH:
        return str(value)
    return date_format(datetime.date(value // 100, value % 100, 1), "F Y")


def year(value: int) -> int:
    """Return the year of a period: 2020 of 2020 and of 202005."""
    return value if value < FIRST_MONTH else value // 100


def moment(value: int, reference_date: datetime.date | None) -> datetime.date:
    """Return the day a figure is of: its reference date, or else the middle of its year or the end of its month."""
    if reference_date:
        return reference_date
    if value < FIRST_MONTH:
        return datetime.date(value, 7, 1)
    year, month = divmod(value, 100)
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def years_old(value: int, reference_date: datetime.date | None, today: datetime.date | None = None) -> int:
    """Return whole years since the day of the figure."""
    today, then = today or timezone.localdate(), moment(value, reference_date)
    return max(0, today.year - then.year - ((today.month, today.day) < (then.month, then.day)))


def age(years: int) -> str:
    if years < 1:
        return _("less than a year old")
    return ngettext("%(years)s year old", "%(years)s years old", years) % {"years": years}


def trend(word: str) -> str:
    return str(Trend(word).label)


def reason(word: str) -> str:
    return str(Reason(word).label)


def missing_sign(word: str) -> str:
    """Return the kind of sign for a missing figure: missing, suppressed or not_published."""
    return SIGNED.get(Reason(word), signs.MISSING)


class Cell(NamedTuple):
    """A figure as it is written: its text, or the kind of sign when there is none."""

    text: str
    sign: str = ""

    @property
    def plain(self) -> str:
        """The same for a file, where the sign itself is the text."""
        return signs.shown(self.sign) if self.sign else self.text


def written(value: float | None, write: Callable[[float], str], *, sign: str = signs.MISSING, few_cases: bool = False) -> Cell:
    """Write a figure, the one way for every page and file: its number, "less than 5", or the sign why there is none."""
    if value is None:
        return Cell("", sign)
    return Cell(few() if few_cases else write(value))


def difference(value: float, other: float, decimals: int, place: str) -> str:
    """Say how a figure differs from that of a place, after rounding both."""
    gap = rounded(value, decimals) - rounded(other, decimals)
    texts = {"place": place, "gap": number(float(abs(gap)), decimals), "other": number(other, decimals)}
    if gap == 0:
        return _("the same as %(place)s") % texts
    if gap > 0:
        return _("%(gap)s higher than %(place)s (%(other)s)") % texts
    return _("%(gap)s lower than %(place)s (%(other)s)") % texts
