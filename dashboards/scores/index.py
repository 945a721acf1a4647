"""The theme index, exactly by the published formula.

For each indicator z = d · (x − μ₀) / σ₀, where d is +1 or −1, and μ₀ and σ₀ are the mean and the
standard deviation over all inhabited areas of the same kind in the country in a frozen base period;
z is clipped at ±3. The index is 100 + 10 times the unweighted mean of the z's. It exists only with at
least 3 indicators and at least two thirds of the indicators of the theme.
"""

from dataclasses import dataclass

import numpy as np

from dashboards.scores.aggregation import ENOUGH, Array

CLIPPED = 3.0
AT_LEAST = 3
CARRIED_YEARS = 2  # a figure that is missing is taken from at most two years before


@dataclass(frozen=True)
class Normal:
    """μ₀ and σ₀ of one indicator for one kind of area, in `period`, over `areas` inhabited areas."""

    mean: float
    deviation: float
    period: int
    areas: int


def normal(values: Array, population: Array, inhabitants: float, period: int) -> Normal | None:
    """Return mean and standard deviation (of the whole population, ddof 0) over the inhabited areas.

    None when the areas with a value hold less than 80 % of the inhabitants of the country (the figures
    are not national), or when all areas are equal. Unknown population counts as uninhabited.
    """
    counted = ~np.isnan(values) & (np.nan_to_num(population) > 0)
    if not inhabitants or population[counted].sum() < ENOUGH * inhabitants:
        return None
    mean, deviation = float(values[counted].mean()), float(values[counted].std())
    return Normal(mean, deviation, period, int(counted.sum())) if deviation > 0 else None


def z(values: Array, normals: list[Normal | None], directions: list[int]) -> Array:
    """Return z for [area, indicator]; above 0 is better than average; NaN without figure or without reference."""
    means = np.array([normal.mean if normal else np.nan for normal in normals])
    deviations = np.array([normal.deviation if normal else np.nan for normal in normals])
    return np.clip(np.array(directions) * (values - means) / deviations, -CLIPPED, CLIPPED)


def score(z_values: Array, total: int) -> Array:
    """Return the index per area from [area, indicator]; `total` is the number of indicators of the theme.

    100 is the average area in the base period, 10 points are one standard deviation; NaN: too few figures.
    """
    present = (~np.isnan(z_values)).sum(axis=1)
    enough = (present >= AT_LEAST) & (3 * present >= 2 * total)
    mean = np.where(enough, np.nansum(z_values, axis=1) / np.maximum(present, 1), np.nan)
    return 100 + 10 * mean


def carried(values: Array, periods: Array) -> tuple[Array, Array]:
    """Fill gaps in [unit, period] with the last value of at most two years before.

    Returns the filled values and the period each value is of (0 where there is none).
    """
    filled, of = values.copy(), np.where(np.isnan(values), 0, periods)
    for column in range(len(periods)):
        for earlier in range(column - 1, -1, -1):
            if periods[column] - periods[earlier] > CARRIED_YEARS:
                break
            gap = np.isnan(filled[:, column]) & ~np.isnan(values[:, earlier])
            filled[gap, column], of[gap, column] = values[gap, earlier], periods[earlier]
    return filled, of
