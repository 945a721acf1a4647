"""Every form on an excerpt of a real file: what it is taken for, and what comes out."""

import math
from collections import Counter

import pytest

from tests.indicators.excerpts import changed, excerpt
from wijkaanpak.indicators import checks, derived, sources
from wijkaanpak.indicators.choices import Status
from wijkaanpak.indicators.formats import recognition
from wijkaanpak.indicators.formats.cells import Cell
from wijkaanpak.indicators.problems import FileRefused

# file: form, areas, periods, indicators in the file, figures with a value
EVERY = {
    "boundaries-2014-bad-shapes.geojson": ("boundaries", 3, 0, 0, 0),
    "boundaries-2021.geojson": ("boundaries", 4, 0, 0, 0),
    "boundaries-local-codes.geojson": ("boundaries", 2, 0, 0, 0),
    "kwb-2017-saved-by-r.csv": ("statline-r", 6, 0, 18, 105),
    "kwb-2019-untyped.csv": ("kwb-csv-untyped", 7, 0, 44, 296),
    "kwb-2020-odata-v3.json": ("kwb-odata-v3", 12, 0, 21, 252),
    "kwb-2020-typed-first.csv": ("kwb-csv-typed", 8, 0, 21, 168),
    "kwb-2020-typed-later.csv": ("kwb-csv-typed", 7, 0, 27, 189),
    "kwb-2021-22-columns.csv": ("kwb-csv-untyped", 6, 0, 10, 60),
    "kwb-2023.xlsx": ("kwb-excel", 13, 0, 26, 337),
    "kwb-2024-statline.csv": ("statline", 6, 0, 6, 36),
    "leefbaarometer-2-classes.xlsx": ("leefbaarometer-2-classes", 5, 5, 1, 20),
    "leefbaarometer-2-scores.xlsx": ("leefbaarometer-2", 4, 3, 6, 36),
    "leefbaarometer-3.csv": ("leefbaarometer-3", 2, 9, 6, 68),
    "map-2016.csv": ("map-attributes", 7, 0, 14, 98),
    "names-2017-v4.json": ("cbs-names-v4", 8, 0, 0, 0),
    "names-2020.json": ("cbs-names", 12, 0, 0, 0),
    "nearby-2023-symbols.csv": ("statline-symbols", 7, 0, 7, 49),
    "police.json": ("police", 2, 2, 2, 2),
    "police.xml": ("police", 2, 2, 2, 2),
    "ses-2019-symbols.csv": ("statline-symbols", 7, 1, 2, 14),
}


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def read(content):
    return recognition.read(sources.take_in(content, name="bestand"))


def at(table, code, period=0):
    """Return the row of an area in a period."""
    rows = table.areas
    return int(rows.index[(rows["code"] == code) & (rows["period"] == period)][0])


def figure(table, slug, code, period=0):
    return table.values[slug][at(table, code, period)]


def cell(table, slug, code, period=0):
    return table.cells[slug][at(table, code, period)]


@pytest.mark.parametrize("name", EVERY)
def test_every_form_gives_its_areas_periods_indicators_and_figures(name):
    table = read(excerpt(name))
    known = sum(int((cells == Cell.VALUE).sum()) for cells in table.cells.values())

    assert (table.form, table.area_count, len(table.periods), len(table.slugs), known) == EVERY[name]
    assert [problem for problem in checks.check(derived.complete(table)) if problem.level == "stop"] == []


def test_statline_titles_and_commas_are_read_like_the_keys_of_the_service():
    table = read(excerpt("kwb-2024-statline.csv"))

    assert figure(table, "inhabitants", "NL00") == 17942942
    assert table.areas["name"].tolist()[0::5] == ["Nederland", "'s-Gravenhage"]
    assert "WK0363AA" in table.areas["code"].tolist()


def test_a_decimal_comma_is_read_where_the_form_has_it_and_nowhere_else():
    comma = read(changed("kwb-2024-statline.csv", (";17942942;", ";17942942,5;")))
    point = read(changed("kwb-2024-statline.csv", (";17942942;", ";17942942.5;")))

    assert figure(comma, "inhabitants", "NL00") == 17942942.5
    assert cell(point, "inhabitants", "NL00") == Cell.BAD


def test_a_score_may_be_below_zero_and_a_count_may_not():
    scores = read(excerpt("ses-2019-symbols.csv"))
    counts = read(changed("kwb-2019-untyped.csv", ('"    4295"', '"      -1"')))

    assert figure(scores, "ses_woa", "GM0363", 2019) == -0.1
    assert cell(counts, "inhabitants", "WK036300") == Cell.NEGATIVE


def test_what_r_wrote_is_read_when_nothing_was_lost():
    table = read(changed("kwb-2017-saved-by-r.csv", (",17081507,", ",1.7e+07,"), ('"     2.2"', "NA")))

    assert figure(table, "inhabitants", "NL00") == 17_000_000
    assert cell(table, "mean_household_size", "NL00") == Cell.UNKNOWN
    assert figure(table, "kwb_theft", "GM0363") > 0
    assert len(table.origin) == 1


def test_what_r_wrote_with_decimal_commas_stops():
    problems = checks.check(read(changed("kwb-2017-saved-by-r.csv", ('"     2.2"', '"     2,2"'))))

    assert [(problem.level, problem.line, problem.value) for problem in problems] == [("stop", 2, "2,2")]


def test_codes_that_lost_their_shape_in_another_program_stop():
    problems = checks.check(read(changed("kwb-2017-saved-by-r.csv", ('"GM0363    "', '"GM363"'))))

    assert [(problem.level, problem.line, problem.value) for problem in problems] == [("stop", 3, "GM363")]


def test_a_percentage_becomes_a_count_with_the_denominator_of_the_same_file():
    table = read(excerpt("map-2016.csv"))

    assert figure(table, "inhabitants_0_15", "WK000300") == 12000 * 15 / 100
    assert figure(table, "one_person_households", "WK000300") == round(5595 * 36 / 100)
    assert {"inhabitants_0_15", "one_person_households"} <= table.estimated


def test_a_percentage_without_its_denominator_is_not_used():
    table = read(changed("map-2016.csv", ("AANTAL_HH", "IETS_ANDERS")))

    assert "one_person_households" not in table.values
    assert "P_EENP_HH" in table.unused


def test_water_is_left_out_and_counted():
    table = read(changed("map-2016.csv", (',"1",NEE,', ',"1",JA,')))

    assert table.area_count == EVERY["map-2016.csv"][1] - 1
    assert any("Water" in problem.reason for problem in table.problems)


def test_the_leefbaarometer_holds_many_years_and_what_was_not_measured_is_not_known():
    table = read(excerpt("leefbaarometer-3.csv"))

    assert table.periods == [2002, 2008, 2012, 2014, 2016, 2018, 2020, 2022, 2024]
    assert figure(table, "lbm_overall", "WK001400", 2002) == pytest.approx(0.029255144741313)
    assert cell(table, "lbm_cohesion", "WK001400", 2002) == Cell.UNKNOWN
    assert math.isnan(figure(table, "lbm_cohesion", "WK001400", 2002))


def test_dimensions_that_do_not_add_up_to_their_total_are_pointed_out():
    line = next(line for line in excerpt("leefbaarometer-3.csv").decode().splitlines() if ",2024," in line)
    wrong = line.replace(line.split(",")[4], "0.9")

    (problem,) = checks.check(read(changed("leefbaarometer-3.csv", (line, wrong))))

    assert (problem.level, problem.area, problem.value) == ("look", "WK001400", "0.9")


def test_classes_of_change_are_named_and_not_read():
    table = read(excerpt("leefbaarometer-2-classes.xlsx"))

    assert table.slugs == ["lbm2_class"]
    assert figure(table, "lbm2_class", "WK000500", 2016) == 8
    assert any("VKL0208" in problem.reason for problem in table.problems)


def test_the_old_and_the_new_leefbaarometer_are_never_one_series():
    old = set(read(excerpt("leefbaarometer-2-scores.xlsx")).slugs)

    assert not old & set(read(excerpt("leefbaarometer-3.csv")).slugs)


def test_registered_crime_stands_by_area_month_and_kind():
    table = read(excerpt("police.xml"))

    assert figure(table, "crime_count", "GM0758", 201201) == 1382
    assert figure(table, "burglary_count", "BU07580004", 201712) == 1
    assert cell(table, "burglary_count", "GM0758", 201201) == Cell.ABSENT


def test_crime_that_is_not_there_is_not_zero():
    table = read(changed("police.json", (": 1\n", ": null\n"), ('"1.1.1 "', '"0.0.0 "')))

    assert cell(table, "crime_count", "BU07580004", 201712) == Cell.EMPTY


def test_the_same_crime_figure_twice_with_another_number_stops():
    twice = excerpt("police.json").replace(b"BU07580004", b"GM0758    ").replace(b"2017MM12", b"2012MM01").replace(b"1.1.1 ", b"0.0.0 ")

    assert [problem.level for problem in read(twice).problems] == ["stop"]


def test_a_period_that_is_none_stops_and_is_named():
    problems = read(changed("leefbaarometer-3.csv", (",2002,", ",jaar 2,"))).problems

    assert [(problem.level, problem.line) for problem in problems] == [("stop", 2)]


def test_a_star_marks_a_provisional_year():
    table = read(changed("ses-2019-symbols.csv", ('"2019"', '"2019*"')))

    assert Counter(table.areas["provisional"]) == {False: 6, True: 1}
    assert table.periods == [2019]


def test_a_point_an_empty_cell_and_an_empty_column_are_told_apart():
    nearby = read(excerpt("nearby-2023-symbols.csv"))
    empty = read(changed("kwb-2019-untyped.csv", ('"    4295"', "")))

    assert "distance_pharmacy" in nearby.empty
    assert (cell(empty, "inhabitants", "WK036300"), empty.blank) == (Cell.EMPTY, Status.NOT_PUBLISHED)
    assert read(excerpt("kwb-2020-typed-first.csv")).blank == Status.MISSING


def test_origin_is_never_read_in_any_form():
    for name in EVERY:
        table = read(excerpt(name))
        assert not set(table.headings.values()) & set(table.origin), name


@pytest.mark.parametrize(("text", "reason"), [("GM0758    ", "not a number"), ("0.0.0 ", "known figure")])
def test_crime_without_a_number_or_a_known_kind_is_refused_or_stops(text, reason):
    content = (
        changed("police.json", (": 1382", ': "veel"'))
        if reason == "not a number"
        else excerpt("police.json").replace(b"0.0.0", b"9.9.9").replace(b"1.1.1", b"9.9.8")
    )

    try:
        found = [problem.reason for problem in read(content).problems]
    except FileRefused as refusal:
        found = [refusal.reason]

    assert reason in found[0]
