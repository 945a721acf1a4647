"""The life of a delivery on real excerpts: read in once, brought up to date, taken back to the last value."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.indicators.excerpts import changed, excerpt
from wijkaanpak.indicators import editions, staging
from wijkaanpak.indicators.choices import EditionState, Status
from wijkaanpak.indicators.models import Edition, Indicator, Observation
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.indicators.signals import figures_changed
from wijkaanpak.journal import jobs
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Event, Job
from wijkaanpak.neighbourhoods.models import Area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]
FIRST, LATER = "kwb-2020-typed-first.csv", "kwb-2020-typed-later.csv"


def bring_in(content, analyst, *, name="kwb-2020.csv", year=2020, status=Status.FINAL):
    return editions.bring_in(content, name=name, year=year, by=analyst, status=status)


def undo(edition, analyst):
    """Ask for it and do it, as a worker would."""
    job = editions.undo(edition, by=analyst)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def observations():
    return set(Observation.objects.values_list("indicator_id", "period", "area_id", "value", "status", "edition_id"))


def areas():
    return list(Area.objects.order_by("pk").values("code", "name", "population", "change", "parent__code", "boundary", "boundary_source"))


def observed(slug, code, year=2020):
    return Observation.objects.get(indicator__slug=slug, area__code=code, area__division__year=year, period=year)


def test_every_form_is_read_in(analyst):
    for name in ["kwb-2019-untyped.csv", FIRST, "kwb-2020-odata-v3.json", "kwb-2023.xlsx", "names-2020.json", "boundaries-2021.geojson"]:
        year = int("".join(filter(str.isdigit, name))[:4])

        assert bring_in(excerpt(name), analyst, name=name, year=year).state == EditionState.LOADED


def test_figures_stand_at_their_area_and_year(analyst):
    bring_in(excerpt("kwb-2019-untyped.csv"), analyst, year=2019)

    assert observed("woz_value", "WK036300", 2019).value == 448
    assert observed("social_assistance", "GM0363", 2019).value == pytest.approx(64.095, abs=0.001)


def test_unknown_is_kept_as_unknown_and_zero_as_zero(analyst):
    bring_in(excerpt("kwb-2023.xlsx"), analyst, year=2023)

    assert observed("cars_per_household", "BU03440133", 2023).status == Status.MISSING
    assert observed("cars_per_household", "BU03440133", 2023).value is None
    assert observed("social_assistance_count", "BU03440133", 2023).value == 0


def test_areas_are_created_with_hierarchy_name_and_inhabitants(analyst):
    bring_in(excerpt("kwb-2023.xlsx"), analyst, year=2023)

    area = Area.objects.in_year(2023).select_related("parent__parent").get(code="BU03440111")
    assert (area.parent.code, area.parent.name, area.parent.parent.code) == ("WK034401", "West", "GM0344")
    assert (area.kind, area.change) == ("BU", 1)
    assert area.population > 0


def test_nothing_is_read_in_before_it_is_confirmed(analyst):
    edition = editions.receive(excerpt(FIRST), name="kwb.csv", by=analyst)

    assert edition.state == EditionState.PREVIEWED
    assert not Observation.objects.exists()
    assert not Area.objects.exists()


def test_a_later_edition_brings_up_to_date_and_does_not_duplicate(analyst):
    first = bring_in(excerpt(FIRST), analyst)
    count = Observation.objects.count()

    later = bring_in(excerpt(LATER), analyst)

    filled = Observation.objects.filter(edition=later)
    assert set(filled.values_list("indicator__slug", flat=True)) == {
        "dwellings", "vacancy", "social_rent_share", "owner_occupied_share", "rented_share", "multi_family_share",
    }  # fmt: skip
    assert (later.result["new"], later.result["changed"]) == (filled.count(), 0)
    assert Observation.objects.count() == count + filled.count()
    assert Observation.objects.filter(edition=first).count() == count


def test_a_changed_figure_is_revised_and_the_change_is_shown(analyst):
    bring_in(excerpt(FIRST), analyst)

    later = bring_in(changed(LATER, (f'"{households()}"', '"8765"')), analyst)

    figure = observed("households", "WK051807")
    assert (figure.value, figure.status, figure.edition_id) == (8765, Status.REVISED, later.pk)
    assert {row["code"] for row in later.result["largest"]} == {"WK051807"}


def households():
    """The households of WK051807 as both editions give them."""
    line = next(line for line in excerpt(LATER).decode().splitlines() if '"WK051807  "' in line)
    return line.split(";")[29].strip('"')


def test_the_same_file_again_changes_nothing(analyst):
    bring_in(excerpt(FIRST), analyst)
    before = observations()

    again = bring_in(excerpt(FIRST), analyst)

    assert (again.result["new"], again.result["changed"]) == (0, 0)
    assert observations() == before


def test_a_provisional_figure_becomes_final(analyst):
    bring_in(excerpt(FIRST), analyst, status=Status.PROVISIONAL)

    bring_in(excerpt(FIRST), analyst)

    assert observed("inhabitants", "GM0518").status == Status.FINAL


def test_a_file_with_problems_cannot_be_confirmed(analyst):
    edition = editions.receive(changed("kwb-2019-untyped.csv", ('"    4295"', '"    42,9"')), name="kwb.csv", by=analyst)

    with pytest.raises(ValidationError) as caught:
        editions.confirm(edition, year=2019, by=analyst)

    assert caught.value.code == "stops"
    assert not Job.objects.exists()


def test_a_refused_file_leaves_no_trace(analyst):
    with pytest.raises(FileRefused):
        editions.receive(b"naam;waarde\nCentrum;3\n", name="x.csv", by=analyst)

    assert not Edition.objects.exists()


def test_confirming_twice_starts_one_job(analyst):
    edition = editions.receive(excerpt(FIRST), name="kwb.csv", by=analyst)
    editions.confirm(edition, year=2020, by=analyst)

    with pytest.raises(ValidationError) as caught:
        editions.confirm(edition, year=2021, by=analyst)

    assert caught.value.code == "not_waiting"
    assert Job.objects.count() == 1


def waiting(analyst):
    edition = editions.receive(excerpt(FIRST), name="kwb.csv", by=analyst)
    return editions.confirm(edition, year=2020, by=analyst)


def test_stopping_a_waiting_job_changes_nothing_and_it_can_be_confirmed_again(analyst):
    edition = waiting(analyst)

    editions.cancel(edition, by=analyst)
    jobs.run(editions.latest_job(edition).pk)

    edition.refresh_from_db()
    assert edition.state == EditionState.CANCELLED
    assert not Observation.objects.exists()
    assert editions.can_be_confirmed(edition)


def test_stopping_a_running_job_leaves_nothing(analyst):
    edition = waiting(analyst)
    job = editions.latest_job(edition)
    run = jobs.claim(job.pk)
    editions.cancel(edition, by=analyst)

    with pytest.raises(jobs.JobCancelled):
        editions.load(run)

    edition.refresh_from_db()
    assert edition.state == EditionState.CANCELLED
    assert not Observation.objects.exists()
    assert not Area.objects.exists()


def test_what_is_ready_cannot_be_stopped(analyst):
    edition = bring_in(excerpt(FIRST), analyst)

    with pytest.raises(ValidationError) as caught:
        editions.cancel(edition, by=analyst)

    assert caught.value.code == "not_loading"


def test_a_worker_that_dies_half_way_leaves_nothing_and_the_job_is_done_once(analyst):
    edition = waiting(analyst)
    job = editions.latest_job(edition)
    run = jobs.claim(job.pk)
    table = editions.table_to_load(edition)
    staging.stage(table, indicators=editions.indicator_ids(table), year=2020, status=1, step=lambda done: run.step(done, 20, ""))
    assert not Observation.objects.exists()

    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.run(job.pk)
    jobs.run(job.pk)

    edition.refresh_from_db()
    job.refresh_from_db()
    assert (edition.state, job.state, job.attempts) == (EditionState.LOADED, JobState.DONE, 2)
    assert edition.result["new"] == Observation.objects.count()


def test_a_worker_that_was_taken_over_has_no_effect(analyst):
    edition = waiting(analyst)
    slow = jobs.claim(editions.latest_job(edition).pk)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    jobs.run(slow.job.pk)
    before = observations()

    with pytest.raises(jobs.JobCancelled):
        editions.load(slow)

    assert observations() == before


def test_a_file_that_is_gone_fails_with_the_reason(analyst):
    edition = waiting(analyst)
    edition.file.delete(save=False)

    jobs.run(editions.latest_job(edition).pk)

    edition.refresh_from_db()
    assert edition.state == EditionState.FAILED
    assert edition.problem


def test_a_catalogue_that_is_not_loaded_yet_is_loaded_first(analyst):
    Indicator.objects.exclude(kind="count").delete()
    Indicator.objects.all().delete()

    assert bring_in(excerpt(FIRST), analyst).result["new"] > 0


def test_a_large_file_is_looked_at_in_a_job(analyst, monkeypatch):
    monkeypatch.setattr(editions, "AT_ONCE", 100)

    edition = editions.receive(excerpt(FIRST), name="kwb.csv", by=analyst)
    assert edition.state == EditionState.UPLOADED
    jobs.run(editions.latest_job(edition).pk)

    edition.refresh_from_db()
    assert (edition.state, edition.preview["year"]) == (EditionState.PREVIEWED, 2020)


def test_a_large_file_that_cannot_be_read_is_kept_with_the_reason(analyst, monkeypatch):
    monkeypatch.setattr(editions, "AT_ONCE", 3)

    edition = editions.receive(b"naam;waarde\nCentrum;3\n", name="x.csv", by=analyst)
    jobs.run(editions.latest_job(edition).pk)

    edition.refresh_from_db()
    assert edition.state == EditionState.REFUSED
    assert "naam;waarde" in edition.problem


def test_each_step_is_in_the_log(analyst):
    edition = bring_in(excerpt(FIRST), analyst)
    undo(edition, analyst)

    kinds = Event.objects.about(edition).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["edition.uploaded", "edition.confirmed", "edition.loaded", "edition.undone"]
    assert Event.objects.get(kind="edition.loaded").actor_name == "Analist"
    assert Event.objects.get(kind="edition.undone").actor_name == "Analist"


def test_others_hear_which_figures_changed(analyst):
    heard = []

    def listen(sender, **values):
        heard.append(values)

    figures_changed.connect(listen)
    try:
        edition = bring_in(excerpt(FIRST), analyst)
        bring_in(excerpt(FIRST), analyst)
    finally:
        figures_changed.disconnect(listen)

    (told,) = heard
    assert told["periods"] == [2020]
    assert set(told["area_ids"]) == set(Area.objects.values_list("pk", flat=True))
    assert len(told["indicator_ids"]) == len(edition.result["indicators"])
