"""Moments that come back every year, who sees to them, and what is ticked."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import MembershipFactory, MomentFactory, ProgrammeFactory
from wijkaanpak.journal.models import Event
from wijkaanpak.journal.sentences import sentence
from wijkaanpak.neighbourhoods import year_clock
from wijkaanpak.neighbourhoods.choices import MomentKind, Role
from wijkaanpak.neighbourhoods.models import Moment, MomentDone

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 28)


@pytest.fixture
def coordinator():
    return MembershipFactory(role=Role.COORDINATOR)


def found(programme):
    return list(year_clock.moments(programme))


def test_the_usual_moments_hold_the_dates_of_the_law_and_are_put_on_once(coordinator):
    programme = coordinator.programme

    assert year_clock.propose(programme, by=coordinator.user) == len(year_clock.PROPOSED)
    assert year_clock.propose(programme, by=coordinator.user) == 0
    dated = {row.kind: (row.month, row.day, row.is_before) for row in Moment.objects.filter(kind__in=["bid", "performance"])}
    assert dated == {"bid": (7, 1, True), "performance": (12, 15, True)}
    assert set(Moment.objects.values_list("owner", flat=True)) == {coordinator.user.pk}


def test_the_coming_twelve_months_begin_today_and_hold_each_moment_once():
    spring = MomentFactory(month=3, day=1)
    MomentFactory(programme=spring.programme, month=11, day=28)
    MomentFactory(programme=spring.programme, month=11, day=27)

    days = [row.on for row in year_clock.coming(found(spring.programme), NOVEMBER)]

    assert days == [date(2026, 11, 28), date(2027, 3, 1), date(2027, 11, 27)]


def test_what_must_be_done_before_a_day_has_its_last_day_one_earlier():
    moment = MomentFactory(month=7, day=1, is_before=True)

    [row] = year_clock.occurrences(found(moment.programme), [2027])

    assert (row.on, row.last_day, row.day_text) == (date(2027, 7, 1), date(2027, 6, 30), "vóór 1 juli 2027")


def test_it_is_time_from_so_many_weeks_ahead_and_stays_so_for_two_months_without_a_tick():
    moment = MomentFactory(month=7, day=1, weeks_ahead=4)
    [row] = year_clock.occurrences(found(moment.programme), [2027])
    days = [date(2027, 6, 2), date(2027, 6, 3), date(2027, 7, 1), date(2027, 8, 30), date(2027, 8, 31)]

    assert [row.is_near(day) for day in days] == [False, True, True, True, False]


def test_a_tick_of_this_year_says_nothing_about_the_next(coordinator):
    moment, year = MomentFactory(programme=coordinator.programme), timezone.localdate().year
    year_clock.tick(moment, year=year, by=coordinator.user)

    rows = year_clock.occurrences(found(moment.programme), [year, year + 1])

    assert [bool(row.done) for row in rows] == [True, False]


def test_ticking_and_unticking_stand_in_the_log(coordinator):
    moment, year = MomentFactory(programme=coordinator.programme, what="Bod"), timezone.localdate().year
    for _time in range(2):
        year_clock.tick(moment, year=year, by=coordinator.user)
    for _time in range(2):
        year_clock.untick(moment, year=year, by=coordinator.user)

    told = [sentence(event) for event in Event.objects.about(moment).order_by("pk")]
    assert len(told) == 2
    assert told[1] == f"{coordinator.user.name} haalde het vinkje weg: Bod van {year}."


@pytest.mark.parametrize(("years", "days", "code"), [(2, 0, "no_such_year"), (0, 1, "future")])
def test_only_what_is_done_can_be_ticked(coordinator, years, days, code):
    moment, today = MomentFactory(programme=coordinator.programme), timezone.localdate()

    with pytest.raises(ValidationError) as refusal:
        year_clock.tick(moment, year=today.year + years, done_on=today + timedelta(days=days), by=coordinator.user)

    assert refusal.value.code == code


def test_a_moment_of_one_year_does_not_come_back():
    moment = MomentFactory(month=6, day=15, only_in=2027)

    assert [row.on for row in year_clock.occurrences(found(moment.programme), [2026, 2027, 2028])] == [date(2027, 6, 15)]


def test_what_was_put_on_later_is_not_counted_as_missed():
    moment = MomentFactory(month=3, day=1, added_on=date(2026, 5, 1))

    assert [row.year for row in year_clock.occurrences(found(moment.programme), [2026, 2027])] == [2027]


def test_the_29th_of_february_is_the_28th_in_other_years():
    moment = MomentFactory(month=2, day=29)

    assert [year_clock.on_in(moment, year).day for year in (2027, 2028)] == [28, 29]


def test_who_sees_to_it_takes_part_in_the_programme(coordinator):
    with pytest.raises(ValidationError) as refusal:
        year_clock.add(coordinator.programme, kind=MomentKind.OWN, what="Bod", month=7, day=1, owner=UserFactory(), by=coordinator.user)

    assert refusal.value.code == "not_here"


def test_changing_a_moment_is_told_and_keeps_its_ticks(coordinator):
    moment, year = MomentFactory(programme=coordinator.programme, owner=coordinator.user), timezone.localdate().year
    year_clock.tick(moment, year=year, by=coordinator.user)

    year_clock.change(moment, day=3, by=coordinator.user)
    year_clock.change(moment, day=3, by=coordinator.user)

    changed = Event.objects.about(moment).filter(kind="moment.changed").get()
    assert (changed.old["day"], changed.new["day"]) == ("1 juli", "3 juli")
    assert MomentDone.objects.filter(moment=moment, year=year).exists()


def test_a_moment_that_was_taken_off_no_longer_comes_back(coordinator):
    moment = MomentFactory(programme=coordinator.programme)
    year_clock.take_off(moment, by=coordinator.user)
    year_clock.take_off(moment, by=coordinator.user)

    assert found(coordinator.programme) == []
    assert Event.objects.filter(kind="moment.taken_off").count() == 1


@pytest.mark.parametrize("wrong", [{"month": 4, "day": 31}, {"month": 13, "day": 1}, {"month": 2, "day": 30}, {"what": ""}, {"owner": None}, {"weeks_ahead": 27}])
def test_the_database_refuses_days_that_do_not_exist_and_moments_without_owner(wrong):
    moment = MomentFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Moment.objects.filter(pk=moment.pk).update(**wrong)


def test_moments_of_another_programme_stay_there():
    MomentFactory()

    assert found(ProgrammeFactory()) == []
