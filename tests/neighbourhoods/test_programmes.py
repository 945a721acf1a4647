from datetime import date

import pytest
from django.core.exceptions import ValidationError

from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import AreaFactory, DivisionFactory, PeriodFactory, ProgrammeFactory
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods import programmes
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.signals import areas_changed

pytestmark = pytest.mark.django_db


def kinds(subject):
    return sorted(Event.objects.about(subject).values_list("kind", flat=True))


def test_adding_a_programme_is_remembered():
    programme = programmes.add(slug="oost", name="Oost", summary="Samen.", by=UserFactory())

    assert kinds(programme) == ["programme.added"]
    assert not programme.is_public


def test_only_what_differs_is_changed_and_recorded():
    programme = ProgrammeFactory(name="Oost", summary="Oud.")

    programmes.change(programme, name="Oost", summary="Nieuw.", by=UserFactory())

    event = Event.objects.about(programme).get()
    assert (event.old, event.new) == ({"summary": "Oud."}, {"summary": "Nieuw."})


def test_saving_the_same_again_is_no_event():
    programme = ProgrammeFactory()

    programmes.change(programme, name=programme.name, by=UserFactory())

    assert kinds(programme) == []


@pytest.mark.parametrize(("before", "kind"), [(False, "programme.published"), (True, "programme.hidden")])
def test_becoming_public_is_an_event_of_its_own(before, kind):
    programme = ProgrammeFactory(is_public=before)

    programmes.change(programme, is_public=not before, by=UserFactory())

    assert kinds(programme) == sorted(["programme.changed", kind])


def test_other_fields_cannot_be_changed():
    with pytest.raises(ValueError, match="slug"):
        programmes.change(ProgrammeFactory(), slug="x", by=UserFactory())


def test_choosing_areas_tells_whoever_computes():
    programme, areas, told = ProgrammeFactory(), AreaFactory.create_batch(2), []
    receiver = lambda sender, programme, **_: told.append(programme)  # noqa: E731
    areas_changed.connect(receiver)

    programmes.choose_areas(programme, municipality=None, areas=areas, by=UserFactory())

    areas_changed.disconnect(receiver)
    assert set(programme.areas.all()) == set(areas)
    assert (told, kinds(programme)) == ([programme], ["programme.areas_chosen"])


def test_choosing_the_same_areas_again_is_no_event():
    areas = AreaFactory.create_batch(2)
    programme = ProgrammeFactory(areas=areas)

    programmes.choose_areas(programme, municipality=None, areas=areas, by=UserFactory())

    assert kinds(programme) == []


def test_areas_are_of_one_year():
    areas = [AreaFactory(division=DivisionFactory(year=year)) for year in (2020, 2021)]

    with pytest.raises(ValidationError) as refusal:
        programmes.choose_areas(ProgrammeFactory(), municipality=None, areas=areas, by=UserFactory())

    assert refusal.value.code == "years"


def test_a_district_and_its_neighbourhood_would_count_twice():
    district = AreaFactory(kind=AreaKind.DISTRICT)
    inside = AreaFactory(parent=district, name="Klarenbeek")

    with pytest.raises(ValidationError, match="Klarenbeek") as refusal:
        programmes.choose_areas(ProgrammeFactory(), municipality=None, areas=[district, inside], by=UserFactory())

    assert refusal.value.code == "overlap"


def test_a_period_is_added_changed_and_removed_on_record():
    programme, by = ProgrammeFactory(), UserFactory()
    period = programmes.add_period(programme, name="Eerste", starts_on=date(2024, 1, 1), ends_on=date(2027, 12, 31), by=by)
    programmes.change_period(period, name="Eerste", starts_on=date(2024, 1, 1), ends_on=date(2028, 12, 31), by=by)
    number = period.pk
    programmes.remove_period(period, by=by)

    found = Event.objects.filter(subject_type="neighbourhoods.period", subject_id=number).order_by("pk")
    assert [event.kind for event in found] == ["period.added", "period.changed", "period.removed"]
    assert (found[1].old["ends_on"], found[1].new["ends_on"]) == ("2027-12-31", "2028-12-31")
    assert not programme.periods.exists()


def test_a_period_knows_its_programme():
    period = PeriodFactory()

    programmes.remove_period(period, by=UserFactory())

    assert Event.objects.get().programme_id == period.programme_id
