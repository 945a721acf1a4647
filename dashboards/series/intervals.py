"""Between which values a figure lies, by chance alone (95 %). Pure; for one figure where `scores.noise` is for a change."""

from collections.abc import Sequence
from math import sqrt

from dashboards.choices import Basis
from dashboards.series.rows import FigureRow
from wijkaanpak.indicators.choices import MeasureKind

Z = 1.96  # two-sided 95 %
Interval = tuple[float, float]
COUNTED = {MeasureKind.COUNT, MeasureKind.RATE}


def of_group(rows: Sequence[FigureRow]) -> list[Interval | None]:
    """Return low and high for each row of one indicator, in its unit; None where chance is not known.

    The job found how much of a change is chance where `noise` is filled: then the basis of the indicator is known.
    """
    first = rows[0]
    is_known = first.kind in COUNTED and not first.is_modelled and any(row.noise is not None for row in rows)
    return [of_row(row) if is_known else None for row in rows]


def of_row(row: FigureRow) -> Interval | None:
    """A share of a survey by the people asked, a count or a rate by its counted cases; None without those."""
    if row.value is None:
        return None
    if row.basis == Basis.SAMPLE:
        return of_share(row.value / row.per, row.base, row.per) if row.base else None
    cases = row.value if row.kind == MeasureKind.COUNT else row.numerator
    if row.basis != Basis.COUNTS or cases is None or (cases == 0 and not row.base):
        return None
    scale = 1.0 if row.kind == MeasureKind.COUNT else row.value / cases if cases else row.per / (row.base or 1)
    low, high = of_cases(cases)
    return low * scale, high * scale


def of_cases(cases: float) -> Interval:
    """Between how many cases a counted number lies: Byar's approximation of the exact Poisson interval, 5 gives 1.6 to 11.7."""
    low = cases * (1 - 1 / (9 * cases) - Z / (3 * sqrt(cases))) ** 3 if cases else 0.0
    more = cases + 1
    return max(0.0, low), more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3


def of_share(share: float, asked: float, per: float) -> Interval:
    """Between which shares that of everybody lies, after Wilson: it never leaves 0 to 1. Unit: `per` of the people asked."""
    middle, width = share + Z**2 / (2 * asked), Z * sqrt(share * (1 - share) / asked + Z**2 / (4 * asked**2))
    whole = 1 + Z**2 / asked
    return (middle - width) / whole * per, (middle + width) / whole * per
