import numpy as np
import pandas as pd

from wijkaanpak.indicators import checks
from wijkaanpak.indicators.formats.cells import Cell
from wijkaanpak.indicators.formats.table import Table

CODES = [f"BU0001{number:04d}" for number in range(40)]


def table(slug, values, change=1):
    areas = pd.DataFrame({"code": CODES, "kind": "BU", "name": "", "change": change, "line": range(2, 42)})
    return Table(form="kwb-csv-typed", areas=areas, values={slug: np.array(values, dtype="float64")}, cells={slug: np.full(40, Cell.VALUE)})


def spread(around):
    return [around + number % 5 for number in range(40)]


def test_a_figure_that_jumps_against_the_year_before_stands_out():
    values = spread(20)
    values[7] = 60

    (jump,) = checks.jumps(table("vacancy", values), {"vacancy": pd.Series(spread(20), index=CODES)})

    assert (jump.area, jump.before, jump.value, jump.line) == (CODES[7], 22.0, 60.0, 9)
    assert jump.deviations > checks.JUMP


def test_a_high_figure_that_was_high_before_does_not_stand_out():
    values = spread(20)
    values[7] = 60

    assert checks.jumps(table("vacancy", values), {"vacancy": pd.Series(values, index=CODES) - np.array(spread(0)) / 10}) == []


def test_without_a_year_before_a_rate_is_compared_with_the_other_areas():
    values = spread(20)
    values[7] = 60

    (jump,) = checks.jumps(table("vacancy", values), {})

    assert (jump.area, jump.before) == (CODES[7], None)


def test_without_a_year_before_a_count_says_nothing():
    values = spread(200)
    values[7] = 90_000

    assert checks.jumps(table("dwellings", values), {}) == []


def test_areas_with_another_boundary_are_not_compared_with_the_year_before():
    values = spread(200)
    values[7] = 90_000

    assert checks.jumps(table("dwellings", values, change=3), {"dwellings": pd.Series(spread(200), index=CODES)}) == []
