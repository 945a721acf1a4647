import pytest

from tests.neighbourhoods.factories import AreaFactory, DivisionFactory
from wijkaanpak.neighbourhoods.choices import Change
from wijkaanpak.neighbourhoods.comparability import comparable, comparable_ids, same_areas

pytestmark = pytest.mark.django_db
CODE = "BU02020101"


def area(year, change=None, code=CODE, **values):
    return AreaFactory(division=DivisionFactory(year=year), code=code, change=change, **values)


def test_an_area_that_never_changed_is_the_same_in_every_year():
    first, middle, last = area(2019), area(2020, Change.UNCHANGED), area(2021, Change.UNCHANGED)

    assert same_areas([last.pk], [2019, 2020, 2021]) == {last.pk: {2019: first.pk, 2020: middle.pk, 2021: last.pk}}


def test_an_area_is_followed_forward_as_well():
    first, last = area(2020), area(2021, Change.UNCHANGED)

    assert same_areas([first.pk], [2021]) == {first.pk: {2021: last.pk}}


@pytest.mark.parametrize("change", [Change.BOUNDARY, Change.CODE, None])
def test_another_border_in_between_breaks_the_comparison(change):
    area(2019)
    area(2020, change)
    last = area(2021, Change.UNCHANGED)

    assert same_areas([last.pk], [2019, 2020]).get(last.pk).keys() == {2020}
    assert not comparable(CODE, 2019, 2021)


def test_another_code_is_followed_when_somebody_confirmed_it():
    first = area(2020, code="BU02020199")
    last = area(2021, Change.CODE, predecessor=first)

    assert same_areas([last.pk], [2020]) == {last.pk: {2020: first.pk}}
    assert comparable(CODE, 2020, 2021)


def test_another_border_is_not_mended_by_a_predecessor():
    first = area(2020, code="BU02020199")
    last = area(2021, Change.BOUNDARY, predecessor=first)

    assert comparable_ids([last.pk], [2020]) == set()


def test_a_year_that_was_not_loaded_breaks_the_chain():
    area(2019)
    area(2021, Change.UNCHANGED)

    assert not comparable(CODE, 2019, 2021)


def test_the_years_may_come_in_either_order():
    area(2020)
    area(2021, Change.UNCHANGED)

    assert comparable(CODE, 2021, 2020)
    assert comparable(CODE, 2021, 2021)


def test_an_unknown_area_compares_with_nothing():
    assert not comparable("BU99999999", 2020, 2021)


def test_many_areas_take_one_query(django_assert_num_queries):
    DivisionFactory(year=2020)
    early = [area(2020, code=f"BU0202010{number}") for number in range(5)]
    late = [area(2021, Change.BOUNDARY if number == 3 else Change.UNCHANGED, code=f"BU0202010{number}") for number in range(5)]

    with django_assert_num_queries(1):
        found = comparable_ids([found.pk for found in late], [2020, 2021])

    assert found == {found.pk for found in late} - {late[3].pk}
    assert len(early) == 5


def test_asking_about_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert same_areas([], [2020]) == {}
