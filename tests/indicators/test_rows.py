"""Problems by row: each names the line, the column and what stands there."""

import pytest

from tests.indicators.excerpts import changed, excerpt
from wijkaanpak.indicators import checks, sources
from wijkaanpak.indicators.formats import recognition
from wijkaanpak.indicators.formats.cells import Cell
from wijkaanpak.indicators.problems import FileRefused, Level

NAME = "kwb-2019-untyped.csv"


def read(content):
    return recognition.read(sources.take_in(content, name=NAME))


def only_problem(table):
    (problem,) = checks.check(table)
    return problem


def test_the_excerpt_itself_has_no_problems():
    assert checks.check(read(excerpt(NAME))) == []


def test_a_cell_that_is_no_number_stops_and_is_named():
    problem = only_problem(read(changed(NAME, ('"    4295"', '"    42,9"'))))

    assert (problem.level, problem.line, problem.column, problem.value, problem.area) == (
        Level.STOP,
        3,
        "AantalInwoners_5",
        "42,9",
        "WK036300",
    )


def test_a_number_below_zero_is_not_known():
    table = read(changed(NAME, ('"    4295"', '"      -1"')))

    assert only_problem(table).level == Level.SKIP
    assert table.cells["inhabitants"][1] == Cell.NEGATIVE


def test_a_code_of_another_shape_stops_and_is_named():
    problem = only_problem(read(changed(NAME, ('"WK036300  "', '"WK3630    "'))))

    assert (problem.level, problem.line, problem.value) == (Level.STOP, 3, "WK3630")


@pytest.mark.parametrize("code", ["          ", "Totaal    "])
def test_a_total_row_is_left_out(code):
    table = read(changed(NAME, ('"WK036300  "', f'"{code}"')))

    assert only_problem(table).level == Level.SKIP
    assert len(table.areas) == 6


def test_parts_of_the_country_are_left_out_without_a_word():
    table = read(changed(NAME, ('"WK036300  "', '"LD01      "')))

    assert checks.check(table) == []
    assert len(table.areas) == 6


def test_the_same_row_twice_counts_once():
    content = excerpt(NAME)
    repeated = content + content.split(b"\n")[2] + b"\n"

    table = read(repeated)

    assert len(table.areas) == 7
    assert (only_problem(table).level, only_problem(table).line) == (Level.SKIP, 9)


def test_an_area_twice_with_other_figures_stops():
    content = excerpt(NAME)
    other = content.split(b"\n")[2].replace(b'"    4295"', b'"    9999"')

    problem = only_problem(read(content + other + b"\n"))

    assert (problem.level, problem.line, problem.column) == (Level.STOP, 9, "AantalInwoners_5")


def test_more_than_a_hundred_per_cent_stops():
    table = read(changed(NAME, ('"      15";"      65"', '"     150";"      65"')))

    assert (only_problem(table).level, only_problem(table).column) == (Level.STOP, "InBezitWoningcorporatie_42")


def test_a_file_without_any_area_is_refused():
    with pytest.raises(FileRefused):
        read(b"\n".join(excerpt(NAME).split(b"\n")[:1]) + b"\n")
