from datetime import date

import pytest

from residents import terms


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over a weekend
        (date(2026, 12, 24), 1, date(2026, 12, 28)),  # over Christmas and a weekend
        (date(2026, 4, 2), 1, date(2026, 4, 7)),  # Good Friday to Easter Monday
        (date(2026, 5, 4), 1, date(2026, 5, 6)),  # 5 May, every year
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
    ],
)
def test_a_term_ends_on_a_working_day(start, days, end):
    assert terms.after(start, days) == end


def test_working_days_between_leave_out_weekends_and_holidays():
    assert terms.between(date(2026, 12, 24), date(2027, 1, 4)) == 5


def test_no_working_days_lie_between_a_day_and_an_earlier_one():
    assert terms.between(date(2026, 11, 24), date(2026, 11, 20)) == 0
