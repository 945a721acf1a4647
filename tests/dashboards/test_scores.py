"""The scores against the published tables and against a plain implementation that reads like the rule."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.choices import Basis, Reason, Trend
from dashboards.scores import aggregation, index, lineage, noise, trends
from dashboards.scores.aggregation import Cube, Rule, Units
from wijkaanpak.indicators.choices import Direction, MeasureKind

NAN = math.nan
LOWER = Direction.LOWER


def cube(periods, **values):
    """Build a cube from lists [slot][period]; `v1` is indicator 1; every area is one line."""
    arrays = {int(name[1:]): np.array(rows, dtype=float) for name, rows in values.items()}
    slots = len(next(iter(arrays.values())))
    lines = {key: np.tile(np.arange(slots)[:, None], len(periods)) for key in arrays}
    return Cube(np.array(periods), slots, arrays, lines)


def units(members, population, municipality=-1, country=-1):
    members = np.array(members, dtype=float)
    return Units(members, np.array(population, dtype=float), np.full(len(members), municipality), country)


def figures(rule, cube_, units_):
    made = aggregation.parts(rule, cube_)
    level = aggregation.level(rule, cube_, units_, made)
    return level, trends.Judge(rule, cube_, units_, made, level).words()


def word(before, after, direction=LOWER, population=5000, **rule):
    """Return trend and reason of one area whose count goes from `before` to `after`."""
    _level, said = figures(
        Rule(1, MeasureKind.COUNT, direction, **rule), cube([2019, 2020], v1=[[before, after]]), units([[1]], [population])
    )
    return said.trend[0, 1], said.reason[0, 1]


# --- how big a change must be


@pytest.mark.parametrize(("cases", "falls_to"), [(5, 0), (10, 2), (20, 9), (40, 24), (80, 57), (160, 126), (320, 272)])
def test_a_fall_counts_from_exactly_the_number_in_the_table(cases, falls_to):
    assert word(cases, falls_to) == (Trend.BETTER, "")
    assert word(cases, falls_to + 1) == (Trend.SAME, Reason.NOISE)


@pytest.mark.parametrize(("asked", "margin"), [(100, 13.9), (200, 9.8), (400, 6.9)])
def test_two_samples_around_half_must_differ_by_the_margin_in_the_table(asked, margin):
    needed = noise.of_samples(asked / 2, asked, asked / 2, asked, 100)

    assert round(float(needed), 1) == margin


def test_two_equal_bases_need_the_same_change_as_two_counts():
    assert noise.of_rates(80, 1000, 57, 1000, 1000) == pytest.approx(noise.of_counts(80, 57))


def test_a_rise_is_worse_when_lower_is_better_and_better_when_higher_is():
    assert word(100, 200, Direction.LOWER)[0] == Trend.WORSE
    assert word(100, 200, Direction.HIGHER)[0] == Trend.BETTER


def test_context_and_modelled_figures_get_no_word():
    assert word(100, 300, Direction.CONTEXT) == (Trend.NOT_JUDGED, "")
    assert word(100, 300, is_modelled=True) == (Trend.NOT_JUDGED, "")


def test_no_word_below_500_inhabitants():
    assert word(100, 300, population=499) == (Trend.UNKNOWN, Reason.FEW_INHABITANTS)
    assert word(100, 300, population=500)[0] == Trend.WORSE


def test_a_new_definition_is_a_break():
    assert word(100, 300, breaks=(2020,)) == (Trend.UNKNOWN, Reason.DEFINITION)
    assert word(100, 300, breaks=(2019,))[0] == Trend.WORSE


def test_other_boundaries_are_a_break():
    data = cube([2019, 2020], v1=[[100, 300]])
    data.lines[1] = np.array([[7, 8]])

    _level, said = figures(Rule(1, MeasureKind.COUNT, LOWER), data, units([[1]], [5000]))

    assert (said.trend[0, 1], said.reason[0, 1], bool(said.breaks[0, 1])) == (Trend.UNKNOWN, Reason.GAP, True)


@pytest.mark.parametrize("cause", ["", Reason.BOUNDARY, Reason.UNLINKED, Reason.GAP])
def test_two_lines_are_never_compared_whatever_is_known_of_the_cause(cause):
    data = cube([2019, 2020], v1=[[100, 300], [100, 300]])
    data.lines[1] = np.array([[7, 7], [8, 9]])
    data.causes = {9: cause}

    _level, said = figures(Rule(1, MeasureKind.COUNT, LOWER), data, units([[1, 1], [1, 0]], [5000, 5000]))

    assert (said.trend[0, 1], said.reason[0, 1]) == (Trend.UNKNOWN, cause or Reason.GAP)
    assert said.trend[1, 1] == Trend.WORSE


def test_the_cause_of_every_new_line_is_told():
    years, codes = [2018, 2019, 2019, 2019, 2019, 2021], ["BU1", "BU1", "BU2", "BU3", "BU4", "BU1"]
    areas = lineage.frame(ids=range(1, 7), codes=codes, years=years, changes=[None, 1, 3, 2, 1, 1], predecessors=[None] * 6)

    assert lineage.causes(areas).to_dict() == {1: "", 2: "", 3: Reason.BOUNDARY, 4: Reason.UNLINKED, 5: Reason.BOUNDARY, 6: Reason.GAP}


def test_a_score_is_judged_only_with_a_stated_smallest_change():
    data, one = cube([2019, 2020], v1=[[0.10, 0.16]]), units([[1]], [5000])

    silent = figures(Rule(1, MeasureKind.INDEX, Direction.HIGHER), data, one)[1]
    stated = figures(Rule(1, MeasureKind.INDEX, Direction.HIGHER, basis=Basis.CHANGE, smallest_change=0.05), data, one)[1]

    assert (silent.trend[0, 1], silent.reason[0, 1]) == (Trend.UNKNOWN, Reason.NO_MARGIN)
    assert stated.trend[0, 1] == Trend.BETTER


def test_a_survey_uses_the_margin_of_the_people_asked():
    rule = Rule(1, MeasureKind.RATE, Direction.HIGHER, per=100, denominator=2, basis=Basis.SAMPLE)

    small = figures(rule, cube([2019, 2021], v1=[[50, 60]], v2=[[100, 100]]), units([[1]], [5000]))[1]
    large = figures(rule, cube([2019, 2021], v1=[[50, 60]], v2=[[400, 400]]), units([[1]], [5000]))[1]

    assert (small.trend[0, 1], large.trend[0, 1]) == (Trend.SAME, Trend.BETTER)


def test_few_cases_are_judged_over_three_years():
    data = cube(range(2015, 2021), v1=[[14, 16, 15, 8, 7, 6]])

    _level, said = figures(Rule(1, MeasureKind.COUNT, LOWER), data, units([[1]], [5000]))

    assert said.trend[0, 5] == Trend.BETTER  # 45 to 21 in three years; 7 to 6 in one year says nothing
    assert (said.years[0, 5], said.previous[0, 5], said.before[0, 5]) == (3, 2017, 15)
    assert said.years[0, 4] == 1


def test_a_month_is_compared_with_the_same_month_a_year_earlier():
    said = trends.previous_index(np.array([[9.0, 5.0, 7.0, 8.0]]), np.array([201905, 202004, 202005, 202105]))

    assert said.tolist() == [[-1, -1, 0, 2]]


# --- taking areas together


def test_counts_add_up_and_rates_use_their_denominators():
    data = cube([2020], v1=[[10.0], [50.0]], v2=[[100.0], [900.0]], v3=[[100], [50]])
    both = units([[1, 1]], [1000, 1000])

    count = figures(Rule(2, MeasureKind.COUNT), data, both)[0]
    rate = figures(Rule(1, MeasureKind.RATE, per=100, denominator=2), data, both)[0]
    own = figures(Rule(9, MeasureKind.RATE, per=1000, numerator=3, denominator=2), data, both)[0]

    assert count.value[0, 0] == 1000
    assert rate.value[0, 0] == 46  # (10 + 450) of 1,000; the plain mean would be 30
    assert own.value[0, 0] == 150


def test_means_are_weighted_and_indexes_are_never_taken_together():
    data = cube([2020], v1=[[200.0], [300.0]], v2=[[300.0], [100.0]])
    both = units([[1, 1], [1, 0]], [1000, 1000])

    mean = figures(Rule(1, MeasureKind.MEAN, denominator=2), data, both)[0]
    index = figures(Rule(1, MeasureKind.INDEX), data, both)[0]

    assert mean.value[:, 0].tolist() == [225, 200]
    assert (math.isnan(index.value[0, 0]), index.reason[0, 0], index.value[1, 0]) == (True, Reason.KIND, 200)


def test_a_sum_needs_four_fifths_of_the_inhabitants():
    data = cube([2020], v1=[[10.0], [NAN]])

    enough = figures(Rule(1, MeasureKind.COUNT), data, units([[1, 1]], [8000, 2000]))[0]
    too_few = figures(Rule(1, MeasureKind.COUNT), data, units([[1, 1]], [7999, 2001]))[0]

    assert enough.value[0, 0] == 10
    assert (math.isnan(too_few.value[0, 0]), too_few.reason[0, 0]) == (True, Reason.COVERAGE)


def test_missing_is_never_zero_and_says_why():
    nothing = figures(Rule(1, MeasureKind.COUNT), cube([2020], v1=[[NAN]]), units([[1]], [5000]))[0]
    no_base = figures(
        Rule(1, MeasureKind.RATE, denominator=2), cube([2020], v1=[[5.0], [6.0]]), units([[1, 1]], [5000, 5000])
    )[0]

    assert (math.isnan(nothing.value[0, 0]), nothing.reason[0, 0]) == (True, Reason.NO_VALUES)
    assert no_base.reason[0, 0] == Reason.NO_BASE


def test_nothing_is_shown_below_100_inhabitants():
    few = figures(Rule(1, MeasureKind.COUNT), cube([2020], v1=[[3.0]]), units([[1]], [99]))[0]

    assert (math.isnan(few.value[0, 0]), few.reason[0, 0]) == (True, Reason.FEW_INHABITANTS)


def test_municipality_and_country_are_of_the_same_period():
    data = cube([2019, 2020], v1=[[1.0, 2.0], [3.0, 4.0], [5.0, NAN]])

    level = figures(Rule(1, MeasureKind.RATE, denominator=2), data, units([[1, 0, 0]], [500, 1, 1], municipality=1, country=2))[0]

    assert level.municipality.tolist() == [[3, 4]]
    assert level.country[0, 0] == 5
    assert math.isnan(level.country[0, 1])


# --- the same place in another year


def test_an_area_continues_while_nothing_changed_every_year():
    areas = lineage.frame(
        ids=[1, 2, 3, 4], codes=["BU1"] * 4, years=[2017, 2018, 2019, 2020], changes=[None, 1, 3, 1], predecessors=[None] * 4
    )

    assert lineage.roots(areas).to_dict() == {1: 1, 2: 1, 3: 3, 4: 3}


def test_a_year_that_was_not_loaded_or_has_no_indicator_breaks_the_line():
    areas = lineage.frame(ids=[1, 2, 3], codes=["BU1"] * 3, years=[2018, 2020, 2021], changes=[1, 1, None], predecessors=[None] * 3)

    assert lineage.roots(areas).to_dict() == {1: 1, 2: 2, 3: 3}


def test_a_confirmed_predecessor_continues_the_line_under_another_code():
    areas = lineage.frame(ids=[1, 2], codes=["BU1", "BU9"], years=[2019, 2020], changes=[1, 2], predecessors=[None, 1])

    assert lineage.roots(areas).to_dict() == {1: 1, 2: 1}
    assert isinstance(lineage.roots(areas), pd.Series)


# --- the theme index


def plain_index(values, normals, directions, total):
    """The published formula for one area, in words of one syllable; None for too little."""
    zs = []
    for value, normal, direction in zip(values, normals, directions, strict=True):
        if value is not None and normal is not None:
            zs.append(max(-3, min(3, direction * (value - normal.mean) / normal.deviation)))
    if len(zs) < 3 or len(zs) / total < 2 / 3 - 1e-12:
        return None
    return 100 + 10 * sum(zs) / len(zs)


normals_ = st.one_of(
    st.none(), st.builds(index.Normal, st.floats(-1000, 1000), st.floats(0.1, 500), st.just(2020), st.just(3000))
)
cells = st.tuples(st.one_of(st.none(), st.floats(-3000, 3000)), normals_, st.sampled_from([1, -1]))


@settings(max_examples=200, deadline=None)
@given(row=st.lists(cells, min_size=1, max_size=8))
def test_the_index_agrees_with_the_published_formula(row):
    values, normals, directions = zip(*row, strict=True)
    array = np.array([[NAN if value is None else value for value in values]])

    found = index.score(index.z(array, list(normals), list(directions)), len(row))[0]

    expected = plain_index(values, normals, directions, len(row))
    assert (None if math.isnan(found) else found) == (None if expected is None else pytest.approx(expected, abs=1e-9))


def test_the_average_area_scores_100_and_one_deviation_better_110():
    normals = [index.Normal(50, 10, 2020, 3000)] * 3

    scores = index.score(index.z(np.array([[50.0] * 3, [40.0] * 3, [1000.0] * 3]), normals, [-1] * 3), 3)

    assert scores.tolist() == [100, 110, 70]


def test_two_indicators_or_less_than_two_thirds_give_no_index():
    three_of_five = np.array([[0.0, 0.0, 0.0, NAN, NAN]])

    assert math.isnan(index.score(np.zeros((1, 2)), 2)[0])
    assert math.isnan(index.score(three_of_five, 5)[0])
    assert index.score(np.array([[0.0, 0.0, 0.0, 0.0, NAN, NAN]]), 6)[0] == 100


def test_the_reference_is_over_inhabited_areas_of_a_whole_country():
    values, population = np.array([1.0, 3.0, 99.0, NAN]), np.array([500.0, 400.0, 0.0, 100.0])

    found = index.normal(values, population, 1000, 2020)

    assert found == index.Normal(mean=2, deviation=1, period=2020, areas=2)
    assert index.normal(values, population, 5000, 2020) is None
    assert index.normal(np.array([2.0, 2.0]), np.array([500.0, 500.0]), 1000, 2020) is None


def test_a_gap_is_filled_from_at_most_two_years_before():
    values = np.array([[5.0, NAN, NAN, NAN], [NAN, 6.0, NAN, 7.0]])

    filled, of = index.carried(values, np.array([2017, 2018, 2019, 2020]))

    assert of.tolist() == [[2017, 2017, 2017, 0], [0, 2018, 2018, 2020]]
    assert filled[1].tolist()[1:] == [6, 6, 7]
    assert math.isnan(filled[0, 3])
