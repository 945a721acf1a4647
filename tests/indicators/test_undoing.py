"""A delivery is taken back in a job, to the last value; not when a later delivery holds the same figures."""

import pytest
from django.core.exceptions import ValidationError

from tests.indicators.excerpts import changed, excerpt
from tests.indicators.test_editions import FIRST, LATER, areas, bring_in, households, observations, undo
from wijkaanpak.indicators import editions
from wijkaanpak.indicators.choices import EditionState
from wijkaanpak.indicators.models import Indicator, Observation, ReplacedArea, ReplacedObservation
from wijkaanpak.journal import jobs
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Event, Job
from wijkaanpak.neighbourhoods.models import Area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]


def test_undo_puts_back_every_value_and_area(analyst):
    bring_in(excerpt(FIRST), analyst)
    before = observations(), areas()
    content = changed(LATER, (f'"{households()}"', '"8765"'), ("'s-Gravenhage", "Den Haag     "))
    later = bring_in(content, analyst)
    assert (observations(), areas()) != before

    undo(later, analyst)

    assert (observations(), areas()) == before
    assert not ReplacedObservation.objects.exists()


def test_undoing_the_first_edition_leaves_nothing(analyst):
    first = bring_in(excerpt(FIRST), analyst)

    undo(first, analyst)

    assert (Observation.objects.count(), Area.objects.count(), ReplacedArea.objects.count()) == (0, 0, 0)


def test_undo_keeps_an_area_that_something_refers_to_with_all_above_it(analyst):
    first = bring_in(excerpt(FIRST), analyst)
    edition = bring_in(excerpt("kwb-2020-odata-v3.json"), analyst)
    Indicator.objects.get(slug="home_satisfaction")
    Observation.objects.create(
        indicator=Indicator.objects.get(slug="home_satisfaction"),
        period=2020,
        area=Area.objects.get(code="WK020201"),
        value=70,
        status=1,
        edition=first,
    )

    undo(edition, analyst)

    assert set(Area.objects.filter(code__contains="0202").values_list("code", flat=True)) == {"GM0202", "WK020201"}


def test_undo_is_refused_when_a_later_edition_confirmed_the_figures(analyst):
    first = bring_in(excerpt(FIRST), analyst)
    later = bring_in(excerpt(LATER), analyst, name="latere-editie.csv")

    with pytest.raises(ValidationError, match=r"latere-editie\.csv") as caught:
        editions.undo(first, by=analyst)
    assert not Job.objects.filter(kind="indicators.undo").exists()
    undo(later, analyst)
    undo(first, analyst)

    assert caught.value.code == "touched_later"
    assert not Observation.objects.exists()


def test_undo_is_refused_when_a_later_edition_came_in_while_it_waited(analyst):
    first = bring_in(excerpt(FIRST), analyst)
    job = editions.undo(first, by=analyst)
    bring_in(excerpt(LATER), analyst, name="latere-editie.csv")
    before = observations()

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.FAILED, {"refused": True})
    assert "latere-editie.csv" in job.error
    assert observations() == before


def test_asking_twice_to_undo_is_one_job_and_it_happens_once(analyst):
    first = bring_in(excerpt(FIRST), analyst)
    job = editions.undo(first, by=analyst)

    assert editions.undo(first, by=analyst) == job
    first.refresh_from_db()
    assert first.state == EditionState.LOADED
    jobs.run(job.pk)
    jobs.run(job.pk)

    assert Event.objects.filter(kind="edition.undone").count() == 1


def test_what_was_undone_cannot_be_undone_again(analyst):
    first = bring_in(excerpt(FIRST), analyst)
    undo(first, analyst)

    with pytest.raises(ValidationError) as caught:
        editions.undo(first, by=analyst)

    assert caught.value.code == "not_loaded"


def test_what_was_undone_can_be_read_in_again(analyst):
    first = bring_in(excerpt(FIRST), analyst)
    before = {row[:5] for row in observations()}
    undo(first, analyst)

    editions.confirm(first, year=2020, by=analyst)
    jobs.run(editions.latest_job(first).pk)

    assert len(before) == len(observations())


def test_boundaries_are_taken_back_without_touching_later_figures(analyst):
    bring_in(excerpt("kwb-2020-odata-v3.json"), analyst)
    before = areas()
    shapes = bring_in(excerpt("boundaries-2021.geojson"), analyst)
    assert Area.objects.get(code="WK020201").boundary["type"] == "Polygon"

    undo(shapes, analyst)

    assert areas() == before


def test_undo_of_an_earlier_name_keeps_the_later_one(analyst):
    named = bring_in(excerpt("names-2020.json"), analyst)
    bring_in(excerpt("names-2020.json").replace(b'"Centrum', b'"Binnenstad'), analyst)

    undo(named, analyst)

    assert Area.objects.filter(name__startswith="Binnenstad").exists()
