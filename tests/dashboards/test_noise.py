"""What the trend words do with chance: a thousand series without real change per class, and series that really changed.

Deterministic. A series has nine years; every year gives a word, the first one always "cannot be said".
"""

import numpy as np
import pytest

from dashboards.choices import Basis, Trend
from dashboards.scores import aggregation, trends
from dashboards.scores.aggregation import Cube, Rule, Units
from wijkaanpak.indicators.choices import Direction, MeasureKind

SERIES, YEARS = 1000, np.arange(2012, 2021)
TOGETHER = 125  # series judged at once
CALM = [Trend.SAME, Trend.UNKNOWN]
COUNTED = Rule(1, MeasureKind.COUNT, Direction.LOWER)
INHABITANTS = 3000.0
BOUND = 95  # per cent of the words


def words(rule, **values):
    """Return the words [series, year]; `v1` holds the values of indicator 1, every series is an area of its own."""
    parts = [{int(name[1:]): array[first : first + TOGETHER] for name, array in values.items()} for first in range(0, SERIES, TOGETHER)]
    return np.concatenate([words_of_some(rule, part) for part in parts])


def words_of_some(rule, arrays):
    units = Units(np.eye(TOGETHER), np.full(TOGETHER, INHABITANTS), np.full(TOGETHER, -1))
    cube = Cube(YEARS, TOGETHER, arrays, {key: np.tile(np.arange(TOGETHER)[:, None], len(YEARS)) for key in arrays})
    made = aggregation.parts(rule, cube)
    return trends.Judge(rule, cube, units, made, aggregation.level(rule, cube, units, made)).words().trend


def chance(seed=20201124):
    return np.random.default_rng(seed)


def poisson(mean):
    return chance().poisson(mean, (SERIES, len(YEARS))).astype(float)


def rounded(values, step):
    """Round as CBS does with small areas: chance decides whether a number goes up or down, rightly on average."""
    low = np.floor(values / step) * step
    return low + step * (chance(5).random(values.shape) < (values - low) / step)


def of_counts(mean):
    return words(COUNTED, v1=poisson(mean))


def of_rounded_counts(mean, step):
    return words(Rule(1, MeasureKind.COUNT, Direction.LOWER, cases_step=step), v1=rounded(poisson(mean), step))


def of_rates(mean, step):
    """Cases per 1,000 inhabitants, made here from rounded cases and rounded inhabitants."""
    rule = Rule(9, MeasureKind.RATE, Direction.LOWER, per=1000, numerator=1, denominator=2, cases_step=step)
    people = rounded(np.full((SERIES, len(YEARS)), INHABITANTS), 5)
    return words(rule, v1=rounded(poisson(mean), step), v2=people)


def of_published_rates(mean, decimals):
    rule = Rule(1, MeasureKind.RATE, Direction.LOWER, per=1000, denominator=2, step=10.0**-decimals)
    people = np.full((SERIES, len(YEARS)), INHABITANTS)
    return words(rule, v1=np.round(1000 * poisson(mean) / INHABITANTS, decimals), v2=people)


def of_samples(asked, share):
    """A survey with about this many answers a year, published in whole per cents."""
    rule = Rule(1, MeasureKind.RATE, Direction.HIGHER, per=100, denominator=2, basis=Basis.SAMPLE, step=1)
    answers = np.round(asked * chance(7).uniform(0.8, 1.2, (SERIES, len(YEARS))))
    return words(rule, v1=np.round(100 * chance().binomial(answers.astype(int), share) / answers), v2=answers)


CLASSES = {
    **{f"count of {mean}": (of_counts, mean) for mean in (1, 2, 5, 10, 19, 25, 40, 80, 320, 1000)},
    **{f"count of {mean} in fives": (of_rounded_counts, mean, 5) for mean in (3, 10, 40, 80, 320)},
    **{f"rate of {mean} in fives": (of_rates, mean, 5) for mean in (3, 10, 40, 80, 320)},
    **{f"rate of {mean} in tens": (of_rates, mean, 10) for mean in (3, 10, 40, 80, 320)},
    **{f"published rate of {mean}": (of_published_rates, mean, 0) for mean in (3, 20, 80)},
    **{f"sample of {asked} at {share}": (of_samples, asked, share) for asked in (50, 100, 400, 1000) for share in (0.02, 0.1, 0.5)},
}


@pytest.mark.parametrize("name", CLASSES)
def test_without_real_change_at_least_95_of_100_words_are_calm(name):
    make, *arguments = CLASSES[name]

    calm = np.isin(make(*arguments), CALM)

    assert 100 * calm.mean() >= BOUND


def test_over_all_classes_also_the_words_that_compare_two_years_keep_the_bound():
    compared = [np.isin(make(*arguments), CALM)[:, 1:].mean() for make, *arguments in CLASSES.values()]

    assert 100 * np.mean(compared) >= BOUND


def changed(mean, becomes):
    """Return the share of a thousand series that are called better in the year in which they really fall."""
    values = poisson(mean)
    values[:, -1] = chance(11).poisson(becomes, SERIES)
    return (words(COUNTED, v1=values)[:, -1] == Trend.BETTER).mean()


@pytest.mark.parametrize(("mean", "becomes", "found"), [(80, 40, 0.9), (320, 240, 0.9), (160, 100, 0.9), (40, 10, 0.95)])
def test_a_real_fall_is_found(mean, becomes, found):
    assert changed(mean, becomes) >= found


def test_a_fall_that_chance_can_make_is_mostly_left_unsaid():
    assert changed(80, 72) < 0.2


def test_few_cases_that_stay_lower_for_three_years_are_found():
    values = poisson(15)
    values[:, -3:] = chance(11).poisson(5, (SERIES, 3))

    assert (words(COUNTED, v1=values)[:, -1] == Trend.BETTER).mean() > 0.9
