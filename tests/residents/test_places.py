import pytest

from residents import places
from tests.neighbourhoods.factories import AreaFactory, ProgrammeFactory
from wijkaanpak.neighbourhoods.choices import AreaKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def districts():
    return [AreaFactory(kind=AreaKind.DISTRICT, name="Arnhemse Broek"), AreaFactory(kind=AreaKind.DISTRICT, name="Presikhaaf")]


def test_the_areas_of_the_programme_and_their_parts_can_be_chosen(districts, django_assert_num_queries):
    part = AreaFactory(parent=districts[0], name="Van Verschuerwijk")
    AreaFactory(name="Elders")
    programme = ProgrammeFactory(areas=districts)

    with django_assert_num_queries(1):
        assert places.areas_of(programme) == [districts[0], districts[1], part]


def test_a_programme_of_one_area_offers_only_its_parts(districts):
    part = AreaFactory(parent=districts[0], name="Van Verschuerwijk")

    assert places.areas_of(ProgrammeFactory(areas=districts[:1])) == [part]


def test_a_district_and_a_neighbourhood_of_one_name_are_told_apart(districts):
    part = AreaFactory(parent=districts[0], name="Arnhemse Broek")

    labels = [label for _area, label in places.labelled([districts[0], part, districts[1]])]

    assert labels == ["Arnhemse Broek (wijk)", "Arnhemse Broek (buurt)", "Presikhaaf"]
