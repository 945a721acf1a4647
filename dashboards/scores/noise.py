"""How big a change must be before it counts: chance alone moves small numbers a lot.

Everything works on floats and on numpy arrays alike. A threshold is in the unit of the figure; a
change counts when it is larger than the threshold. NaN: it is not known, so nothing can be said.
"""

import numpy as np

Z = 1.96  # two-sided 95 %
FEW_CASES = 20  # below this many cases a year, three years are taken together
Array = np.ndarray


def of_counts(cases: Array | float, cases_before: Array | float) -> Array:
    """Smallest change between two counts that is more than chance (95 %, two Poisson counts).

    Unit: cases. Two zeros need no change at all to be equal: 0. Source: normal form of the test on two
    Poisson counts, which gives the table in the indicator notes (80 cases must fall to 57).
    """
    return Z * np.sqrt(np.asarray(cases) + np.asarray(cases_before))


def of_rates(cases: Array, base: Array, cases_before: Array, base_before: Array, per: Array | float) -> Array:
    """Smallest change between two rates made of counted cases; unit: `per` of the base; NaN without a base."""
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.asarray(cases) / np.square(base) + np.asarray(cases_before) / np.square(base_before)
    return Z * np.sqrt(variance) * per


def of_samples(cases: Array, asked: Array, cases_before: Array, asked_before: Array, per: Array | float) -> Array:
    """Margin of the difference between the shares of two samples; unit: `per` of the people asked.

    Two samples of 100 people around 50 % must differ 13.9 percentage points. Both samples together tell the
    share, with half a person added on either side per sample: a share of 0 in a small sample is not certain. NaN when nobody was asked.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (np.asarray(cases) + cases_before + 1) / (np.asarray(asked) + asked_before + 2)
        variance = share * (1 - share) * (np.divide(1, asked) + np.divide(1, asked_before))
    return np.where((np.asarray(asked) > 0) & (np.asarray(asked_before) > 0), Z * np.sqrt(np.maximum(variance, 0)) * per, np.nan)


def with_rounding(needed: Array, step: Array | float, figures: Array | float = 1) -> Array:
    """Widen a threshold for figures that were rounded to `step` before publication, `figures` of them on either side.

    Rounding is chance as well (CBS lets chance decide whether a number goes up or down: step² ÷ 6 each). And a
    rounded figure moves by whole steps: half a step more keeps a move by one step from counting too soon.
    """
    return np.sqrt(np.square(needed) + Z**2 * np.asarray(figures) * np.square(step) / 3) + np.asarray(step) / 2
