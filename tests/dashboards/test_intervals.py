"""Between which values a figure lies by chance, against published tables."""

import pytest

from dashboards.choices import Basis
from dashboards.series import intervals
from tests.dashboards.test_series import COUNT, ROW

KNOWN = {"noise": 1.0, "basis": Basis.COUNTS.value}


@pytest.mark.parametrize(("cases", "low", "high"), [(0, 0.0, 3.69), (1, 0.03, 5.57), (5, 1.62, 11.67), (20, 12.22, 30.89), (80, 63.44, 99.57)])
def test_a_count_lies_within_the_exact_poisson_interval(cases, low, high):
    found = intervals.of_cases(cases)

    assert found == pytest.approx((low, high), abs=0.05)


@pytest.mark.parametrize(("share", "asked", "low", "high"), [(0.5, 100, 40.4, 59.6), (0.0, 20, 0.0, 16.1), (0.9, 50, 78.6, 95.7)])
def test_a_share_lies_within_the_wilson_interval(share, asked, low, high):
    assert intervals.of_share(share, asked, 100) == pytest.approx((low, high), abs=0.06)


def test_a_rate_is_as_uncertain_as_its_cases():
    row = ROW._replace(value=5.0, numerator=5.0, base=1000.0, per=1000, **KNOWN)

    assert intervals.of_row(row) == pytest.approx(intervals.of_cases(5))


@pytest.mark.parametrize("unknown", [{"noise": None}, {"kind": "mean"}, {"is_modelled": True}, {"value": None}, {"basis": Basis.CHANGE.value}, {"numerator": None}])
def test_where_chance_is_not_known_there_is_no_interval(unknown):
    row = ROW._replace(**{**KNOWN, **unknown})

    assert intervals.of_group([row]) == [None]


def test_one_known_change_tells_the_basis_for_all_periods():
    rows = [COUNT._replace(value=20.0, basis=Basis.COUNTS.value, noise=noise) for noise in (None, 12.0)]

    assert [found is not None for found in intervals.of_group(rows)] == [True, True]
