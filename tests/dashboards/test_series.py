import datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from dashboards import series, wording
from dashboards.choices import Reason, Trend
from dashboards.series import AreaValue, CommitmentCount, FigureRow, GoalRow, Place, ScoreRow
from dashboards.series.maps import class_limits, level

TODAY = datetime.date(2026, 11, 24)
ROW = FigureRow(
    indicator=1, slug="burglary", name="Inbraken", unit="per 1.000 woningen", decimals=1, kind="rate", direction=-1, is_modelled=False,
    is_example=False, source="Politie", definition="", pitfalls="", theme="safety", theme_name="Veiligheid", period=2020, value=12.25,
    numerator=80, coverage=1.0, areas_with_value=2, areas_total=2, municipality=10.0, country=12.25, previous_period=2019, previous=15.0,
    compared=12.25, noise=1.5, years=1, trend=Trend.BETTER, reason="", breaks=False, provisional=False, is_latest=True,
    reference_date=datetime.date(2020, 1, 1),
)  # fmt: skip
COUNT = ROW._replace(indicator=2, slug="cases", name="Gevallen", unit="gevallen", decimals=0, kind="count")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def card(*rows, **options):
    return series.indicator_cards(rows, today=TODAY, **options)[0]


# --- numbers


def test_numbers_are_written_in_the_language_and_rounded_half_up():
    with translation.override("nl"):
        assert wording.number(1284.25, 1) == "1.284,3"
        assert wording.number(-0.5, 2) == "−0,50"
        assert wording.number(-0.001, 1) == "0,0"
        assert wording.amount(12, 0, "% van de woningen") == "12% van de woningen"


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_every_number_can_be_read_back_as_what_was_rounded(value, decimals):
    with translation.override("nl"):
        text = wording.number(value, decimals).replace(".", "").replace(",", ".").replace("−", "-")

    assert abs(float(text) - value) <= 0.5 * 10**-decimals * 1.0001


def test_zero_missing_secret_and_unpublished_are_four_signs():
    zero = card(COUNT._replace(value=0.0, trend=Trend.NOT_JUDGED, previous_period=None))
    gone = [card(COUNT._replace(value=None, trend=Trend.UNKNOWN, reason=r)) for r in ("no_values", "suppressed", "not_published")]

    assert (zero.number, zero.sign) == ("0", "")
    assert [(each.number, each.sign) for each in gone] == [("", "missing"), ("", "suppressed"), ("", "not_published")]


def test_counts_under_five_are_hidden_from_the_public_everywhere():
    row = COUNT._replace(value=3.0, previous=4.0, compared=3.0)

    shown, hidden = card(row), card(row, public=True)

    assert shown.value == "3 gevallen"
    assert (hidden.value, hidden.table[0].own.text, hidden.chart.own, hidden.points) == ("less than 5", "less than 5", (None,), ((2020, None),))
    assert "3" not in hidden.finding


def test_a_rate_of_under_five_cases_is_hidden_and_a_true_zero_is_not():
    assert card(ROW._replace(numerator=4.0), public=True).value == "less than 5"
    assert card(COUNT._replace(value=0.0), public=True).value == "0 gevallen"


def test_a_figure_tells_its_age_and_is_old_after_two_years():
    assert (card(ROW).age, card(ROW).is_old) == ("6 years old", True)
    fresh = card(ROW._replace(period=2026, reference_date=datetime.date(2026, 1, 1)))
    assert (fresh.age, fresh.is_old) == ("less than a year old", False)


@pytest.mark.parametrize(
    ("period", "text", "moment"), [(2020, "2020", datetime.date(2020, 7, 1)), (202002, "February 2020", datetime.date(2020, 2, 29))]
)
def test_a_period_is_a_year_or_a_month(period, text, moment):
    assert (wording.period(period), wording.moment(period, None)) == (text, moment)


# --- sentences


@pytest.mark.parametrize(
    ("trend", "sentence"),
    [
        (Trend.BETTER, "From 15.0 in 2019 to 12.3 in 2020: better."),
        (Trend.WORSE, "From 15.0 in 2019 to 12.3 in 2020: worse."),
        (Trend.SAME, "From 15.0 in 2019 to 12.3 in 2020: about the same, the difference can be chance."),
        (Trend.NOT_JUDGED, "From 15.0 in 2019 to 12.3 in 2020."),
    ],
)
def test_the_finding_says_the_change_and_the_word(trend, sentence):
    assert card(ROW._replace(trend=trend)).finding == sentence


def test_the_finding_says_why_there_is_no_word():
    broken = card(ROW._replace(trend=Trend.UNKNOWN, reason=Reason.BOUNDARY)).finding
    nothing = card(ROW._replace(value=None, trend=Trend.UNKNOWN, reason=Reason.COVERAGE)).finding

    assert broken.endswith("cannot be said: the boundaries changed.")
    assert nothing == "No figure for 2020: figures for less than 80 % of the inhabitants."


def test_three_years_taken_together_are_said_so():
    assert card(ROW._replace(years=3)).finding.startswith("On average 12.3 in the three years up to 2020, 15.0")


def test_the_margin_of_chance_is_told_where_a_word_is_given():
    assert card(ROW).margin == "A smaller change than 1.50 can be chance."
    assert card(ROW._replace(trend=Trend.NOT_JUDGED)).margin == ""


def test_rates_are_compared_with_elsewhere_and_counts_are_not():
    differences = card(ROW, municipality="Arnhem").differences

    assert [each.sentence for each in differences] == ["2.3 higher than Arnhem (10.0)", "the same as the Netherlands"]
    assert card(COUNT).differences == ()


def test_a_theme_is_told_by_an_indicator_with_a_word_before_one_without():
    silent = ROW._replace(indicator=5, name="Zonder woord", trend=Trend.UNKNOWN)

    told = series.theme_sentences([silent, ROW], today=TODAY)

    assert [(each.slug, each.indicator, each.trend) for each in told] == [("safety", "Inbraken", Trend.BETTER)]
    assert told[0].sentence == "Inbraken: 12.3 per 1.000 woningen in 2020. That is better than in 2019."


def test_a_theme_without_any_value_has_no_sentence():
    assert series.theme_sentences([ROW._replace(value=None, reason="no_values")]) == []


def test_indicators_without_theme_have_a_card_but_no_sentence():
    assert series.theme_sentences([ROW._replace(theme=None)]) == []


# --- charts


def test_the_goal_of_the_area_is_drawn_from_baseline_to_target():
    goal = GoalRow(1, None, 15.0, 2019, 9.0, datetime.date(2027, 12, 31), 1, "Veilig")

    assert card(ROW, goals=[goal]).chart.target == (2028.0, 9.0)
    assert card(ROW, goals=[goal], area=7).chart.target is None
    assert card(ROW, goals=[goal]).goal == "Goal: from 15.0 in 2019 to 9.0 before Dec. 31, 2027."


def test_a_break_interrupts_the_line():
    rows = [ROW._replace(period=2019, is_latest=False), ROW._replace(breaks=True)]

    assert card(*rows).chart.breaks == {2020}
    assert card(*rows).table[0].note == "boundaries or definition changed"


def test_the_theme_index_shows_how_it_was_computed():
    part = {"name": "Inbraken", "value": 12.0, "period": 2019, "z": -0.5, "mean": 10.0, "deviation": 4.0, "base": 2020, "direction": -1}
    rows = [
        ScoreRow("safety", "Veiligheid", 2020, 95.0, "", 3, 4, [part], "WK", 1),
        ScoreRow("housing", "Wonen", 2020, None, "few_indicators", 1, 4, [], "WK", 1),
    ]

    index, few = series.theme_indexes(rows)

    assert index.sentence == "Veiligheid: 95 in 2020, less good than the national average."
    assert (index.parts[0].rule, index.parts[0].is_carried) == ("(10.00 − 12.00) ÷ 4.00 = −0.50", True)
    assert few.sentence == "Wonen: too few figures for an index (1 of 4 indicators)."


def test_a_figure_far_from_the_average_says_that_it_counts_for_three():
    part = {"name": "Inbraken", "value": 30.0, "period": 2020, "z": -3.0, "mean": 10.0, "deviation": 4.0, "base": 2020, "direction": -1}

    index = series.theme_indexes([ScoreRow("safety", "V", 2020, 70.0, "", 3, 3, [part], "WK", 1)])[0]

    assert index.parts[0].rule == "(10.00 − 30.00) ÷ 4.00 = −5.00, counts as −3.00"


def test_a_year_without_index_does_not_hide_an_earlier_index():
    rows = [ScoreRow("safety", "V", 2020, 95.0, "", 3, 3, [], "WK", 1), ScoreRow("safety", "V", 2021, None, "few_indicators", 1, 3, [], "WK", 1)]

    assert series.theme_indexes(rows)[0].period == 2020


def test_commitments_are_counted_by_organisation_and_state_in_the_order_of_their_life():
    rows = [CommitmentCount("Woning", "kept", 2), CommitmentCount("Woning", "agreed", 1), CommitmentCount("Zorg", "kept", 1)]

    chart = series.commitment_chart(rows)

    assert chart.states == ("agreed", "kept")
    assert chart.table == [("Woning", ["1", "2"], "3"), ("Zorg", ["0", "1"], "1")]
    assert chart.finding == "4 commitments, of which 3 kept."
    assert series.commitment_chart([]) is None


# --- map


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=30), st.integers(0, 3))
def test_the_five_classes_hold_every_value(values, decimals):
    values = [round(value, decimals) for value in values]
    limits = class_limits(min(values), max(values), decimals)

    assert limits == sorted(limits)
    assert len(limits) == (2 if min(values) == max(values) else 6)
    assert limits[0] <= min(values) + 1e-6
    assert max(values) <= limits[-1] + 1e-6
    assert {level(value, limits) for value in values} <= set(range(1, 6))


def test_classes_have_round_limits():
    assert class_limits(69, 148) == [60, 80, 100, 120, 140, 160]


def test_an_area_is_coloured_by_the_number_that_is_written():
    places = [Place(1, "WK1", "Noord", 900), Place(2, "WK2", "Zuid", 900)]
    values = [AreaValue(1, 53.96, 80, ""), AreaValue(2, 60.0, 80, "")]

    map_ = series.choropleth(places, values, ROW)

    assert (map_.rows[0].text, map_.legend[0].text, map_.rows[0].level) == ("54.0", "54.0 to 55.5", 1)


def test_the_map_lists_every_area_in_the_order_of_its_code_with_a_sign_where_nothing_is_known():
    places = [Place(1, "WK1", "Noord", 900), Place(2, "WK2", "Zuid", 900)]

    map_ = series.choropleth(places, [AreaValue(1, 12.3, 80, "")], ROW, href=lambda place: f"?gebied={place.code}")

    assert [(row.name, row.text, row.sign, row.level) for row in map_.rows] == [("Noord", "12.3", "", 1), ("Zuid", "", "missing", 0)]
    assert (map_.has_missing, map_.has_shapes, map_.rows[0].href) == (True, False, "?gebied=WK1")


# --- sheet


def test_the_sheet_has_a_line_per_figure_and_hides_small_counts_from_the_public():
    rows = [COUNT._replace(value=3.0), COUNT._replace(value=1284.5, period=2021)]

    inside, outside = list(series.sheet(rows, public=False)), list(series.sheet(rows, public=True))

    assert [line[5] for line in inside[1:]] == ["3", "1284,5"]
    assert [line[5] for line in outside[1:]] == ["less than 5", "1284,5"]


def test_a_name_cannot_become_a_formula_in_a_spreadsheet():
    line = list(series.sheet([ROW._replace(name="=HYPERLINK(1)")], public=True))[1]

    assert line[1] == "'=HYPERLINK(1)"
