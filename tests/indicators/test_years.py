import pytest

from tests.indicators.excerpts import excerpt
from tests.neighbourhoods.factories import AreaFactory, DivisionFactory
from wijkaanpak.indicators import sources, years
from wijkaanpak.indicators.formats import recognition

pytestmark = pytest.mark.django_db


def guess(name, *, called=None):
    table = recognition.read(sources.take_in(excerpt(name), name=name))
    return years.guess(table, name=called or name, fits=years.fits(table))[0]


def test_the_inhabitants_of_the_country_tell_the_year_better_than_the_name():
    assert guess("kwb-2020-typed-first.csv", called="kwb-2017.csv") == 2020


def test_the_inhabitants_of_a_municipality_tell_the_year_when_they_are_known():
    division = DivisionFactory(year=2018)
    AreaFactory(division=division, code="GM0363", kind="GM", population=862965)
    for code in ["WK036300", *(f"BU0363000{number}" for number in range(5))]:
        AreaFactory(division=division, code=code, kind=code[:2])

    assert guess("kwb-2019-untyped.csv") == 2018


def test_the_name_of_the_sheet_goes_before_the_name_of_the_file():
    assert guess("kwb-2023.xlsx", called="kwb-2021.xlsx") == 2023


def test_boundaries_name_their_year_in_the_codes():
    assert guess("boundaries-2021.geojson") == 2021


@pytest.mark.parametrize(
    ("name", "year"), [("kwb-2019-untyped.csv", 2019), ("84799NED_2020.csv", 2020), ("cijfers.csv", None), ("x-1899.csv", None)]
)
def test_the_year_in_a_name(name, year):
    assert years.year_in(name) == year


def fit(**values):
    return {"year": 2020, "known": 100, "division": 100, "difference": 0.0} | values


@pytest.mark.parametrize(
    ("found", "doubts"),
    [
        (fit(), 0),
        (fit(known=50, division=17000), 1),
        (fit(known=50, division=17000, difference=0.2), 2),
        (fit(known=24, division=24), 0),
        (fit(year=2019, known=3), 0),
    ],
)
def test_a_year_is_doubted_when_areas_or_inhabitants_do_not_fit(found, doubts):
    preview = {"areas": 100, "fits": [found], "year": None, "year_reason": ""}

    assert len(years.doubts(preview, 2020)) == doubts


def test_another_year_than_the_guess_is_doubted():
    preview = {"areas": 100, "fits": [], "year": 2020, "year_reason": "de naam van het bestand"}

    assert len(years.doubts(preview, 2021)) == 1
    assert years.doubts(preview, 2020) == []
