import datetime

import pytest
from django.db import IntegrityError, transaction

from tests.neighbourhoods.factories import AreaFactory, DivisionFactory, MembershipFactory, PeriodFactory
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Area

pytestmark = pytest.mark.django_db


def municipality(year=2021, code="GM0202", **values):
    return AreaFactory(division=DivisionFactory(year=year), kind=AreaKind.MUNICIPALITY, code=code, **values)


def test_the_areas_of_a_municipality_stand_below_their_district():
    city = municipality()
    west = AreaFactory(kind=AreaKind.DISTRICT, code="WK020202", parent=city)
    east = AreaFactory(kind=AreaKind.DISTRICT, code="WK020201", parent=city)
    for district, code in [(west, "BU02020201"), (east, "BU02020102"), (east, "BU02020101")]:
        AreaFactory(code=code, parent=district)
    AreaFactory(code="BU03630101", parent=AreaFactory(kind=AreaKind.DISTRICT, code="WK036301"))

    found = [area.code for area in Area.objects.inside(city)]

    assert found == ["WK020201", "BU02020101", "BU02020102", "WK020202", "BU02020201"]


def test_a_municipality_is_chosen_in_the_newest_division_that_has_its_areas():
    for year in (2020, 2021):
        AreaFactory(division=DivisionFactory(year=year), kind=AreaKind.DISTRICT, parent=municipality(year, name="Arnhem"))
    municipality(2022, name="Arnhem")
    municipality(2021, code="GM0363", name="Zonder wijken")

    assert [(area.name, area.division.year) for area in Area.objects.municipalities_to_choose()] == [("Arnhem", 2021)]


@pytest.mark.parametrize("code", ["BU0202010", "bu02020101", "XX0202", "WK02020"])
def test_a_code_that_cbs_does_not_make_is_refused(code):
    with pytest.raises(IntegrityError, match="area_code_valid"), transaction.atomic():
        AreaFactory(code=code)


@pytest.mark.parametrize("code", ["WK0363AA", "BU0363AA01"])
def test_a_code_may_hold_letters(code):
    assert AreaFactory(code=code, kind=code[:2]).pk


def test_an_area_is_in_a_division_once():
    AreaFactory(code="BU02020101")

    with pytest.raises(IntegrityError, match="area_once_per_division"), transaction.atomic():
        AreaFactory(code="BU02020101")


@pytest.mark.parametrize("values", [{"ends_on": datetime.date(2023, 1, 1)}, {"review_on": datetime.date(2030, 1, 1)}])
def test_a_period_that_cannot_be_is_refused(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodFactory(**values)


def test_a_role_is_held_once_at_a_time():
    held = MembershipFactory()
    MembershipFactory(programme=held.programme, user=held.user, ended_at="2026-01-01T00:00Z")

    with pytest.raises(IntegrityError, match="membership_once_per_role"), transaction.atomic():
        MembershipFactory(programme=held.programme, user=held.user)
