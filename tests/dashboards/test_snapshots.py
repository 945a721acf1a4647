import pytest
from django.utils import timezone

import dashboards.tasks
from dashboards import asking, indexes, snapshots
from dashboards.choices import Reason, Trend
from dashboards.models import AreaFigure, NationalScores, ProgrammeFigure, ProgrammeMap, Reference, ThemeScore
from dashboards.snapshots import Scope
from tests.accounts.factories import UserFactory
from tests.dashboards.factories import (
    BESIDE,
    SQUARE,
    FigureIndicatorFactory,
    country,
    municipality,
    neighbourhoods,
    observe,
)
from tests.neighbourhoods.factories import ProgrammeFactory
from wijkaanpak.indicators.choices import MeasureKind, Status
from wijkaanpak.indicators.signals import figures_changed
from wijkaanpak.journal import jobs
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Event, Job

pytestmark = pytest.mark.django_db


def recompute_all():
    """Run the whole job, and the parts it is cut in, as workers do."""
    asking.everything()
    jobs.run_all()
    assert set(Job.objects.filter(kind=asking.KIND).values_list("state", flat=True)) <= {JobState.DONE}


def test_a_programme_gets_its_sum_with_municipality_and_country():
    first, second = neighbourhoods()
    programme = ProgrammeFactory(areas=[first, second])
    indicator = FigureIndicatorFactory()
    observe(indicator, {(first, 2020): 80, (second, 2020): 20, (municipality(), 2020): 900, (country(), 2020): 100_000})

    recompute_all()

    figure = ProgrammeFigure.objects.get(programme=programme, indicator=indicator)
    assert (figure.value, figure.municipality_value, figure.country_value) == (100, 900, 100_000)
    assert (figure.coverage, figure.areas_with_value, figure.areas_total, figure.is_latest) == (1, 2, 2, True)
    assert dict(AreaFigure.objects.values_list("area__code", "value")) == {"BU00010001": 80, "BU00010002": 20}


def test_a_rate_that_was_not_published_is_made_from_its_counts():
    first, second = neighbourhoods()
    programme = ProgrammeFactory(areas=[first, second])
    cases, people = FigureIndicatorFactory(), FigureIndicatorFactory()
    rate = FigureIndicatorFactory(kind=MeasureKind.RATE, per=1000, numerator=cases, denominator=people)
    observe(cases, {(first, 2020): 30, (second, 2020): 10})
    observe(people, {(first, 2020): 3000, (second, 2020): 1000})

    recompute_all()

    figure = ProgrammeFigure.objects.get(programme=programme, indicator=rate)
    assert (figure.value, figure.numerator, figure.denominator) == (10, 40, 4000)
    assert AreaFigure.objects.get(area=first, indicator=rate).value == 10


def test_years_of_unchanged_areas_get_a_trend_word():
    old, new = neighbourhoods(2019, (3000,)), neighbourhoods(2020, (3000,), change=1)
    programme = ProgrammeFactory(areas=new)
    indicator = FigureIndicatorFactory()
    observe(indicator, {(old[0], 2019): 80, (new[0], 2020): 57})

    recompute_all()

    figure = ProgrammeFigure.objects.latest().get(programme=programme)
    assert (figure.trend, figure.previous_period, figure.previous_value) == (Trend.BETTER, 2019, 80)


def test_years_with_other_boundaries_get_a_break():
    old, new = neighbourhoods(2019, (3000,)), neighbourhoods(2020, (3000,), change=3)
    programme = ProgrammeFactory(areas=new)
    indicator = FigureIndicatorFactory()
    observe(indicator, {(old[0], 2019): 80, (new[0], 2020): 57})

    recompute_all()

    figure = ProgrammeFigure.objects.latest().get(programme=programme)
    assert (figure.trend, figure.reason, figure.breaks) == (Trend.UNKNOWN, Reason.BOUNDARY, True)
    assert ProgrammeFigure.objects.get(programme=programme, period=2019).value == 80


def test_the_last_value_is_carried_two_years_at_most():
    area = neighbourhoods(populations=(3000,))[0]
    programme = ProgrammeFactory(areas=[area])
    carried, stale = FigureIndicatorFactory(), FigureIndicatorFactory()
    observe(carried, {(area, 2018): 5, (area, 2020): None, (country(), 2020): 9})
    observe(stale, {(area, 2017): 5, (country(2019), 2020): 9})

    recompute_all()

    assert ProgrammeFigure.objects.latest().get(programme=programme, indicator=carried).period == 2018
    latest = ProgrammeFigure.objects.latest().get(programme=programme, indicator=stale)
    assert (latest.period, latest.value, latest.reason) == (2020, None, Reason.NO_VALUES)


def test_secret_and_not_yet_published_are_told_apart():
    area = neighbourhoods(populations=(3000,))[0]
    programme = ProgrammeFactory(areas=[area])
    secret, coming = FigureIndicatorFactory(), FigureIndicatorFactory()
    observe(secret, {(area, 2020): None}, missing=Status.SUPPRESSED)
    observe(coming, {(area, 2020): None}, missing=Status.NOT_PUBLISHED)

    recompute_all()

    reasons = dict(ProgrammeFigure.objects.filter(programme=programme).values_list("indicator_id", "reason"))
    assert reasons == {secret.pk: Reason.SUPPRESSED, coming.pk: Reason.NOT_PUBLISHED}


def theme_with_national_figures():
    """Three indicators of a theme over a country of four areas; the first area is one deviation worse than the mean."""
    areas = neighbourhoods(populations=(1000, 1000, 1000, 1000))
    country(population=4000)
    indicators = [FigureIndicatorFactory(in_theme_index=True, kind=MeasureKind.INDEX, theme__slug="health") for _ in range(3)]
    for indicator in indicators:
        observe(indicator, dict(zip([(area, 2020) for area in areas], [60, 40, 60, 40], strict=True)))
    return areas, indicators


def test_the_theme_index_of_areas_and_programme_follows_the_formula():
    areas, indicators = theme_with_national_figures()
    programme = ProgrammeFactory(areas=areas[:1])

    recompute_all()

    assert set(Reference.objects.values_list("mean", "deviation", "areas", "period", "version")) == {(50, 10, 4, 2020, 1)}
    score = ThemeScore.objects.get(programme=programme)
    assert (score.score, score.indicators_present, len(score.parts)) == (90, 3, 3)
    assert {part["indicator"] for part in score.parts} == {indicator.pk for indicator in indicators}
    national = NationalScores.objects.get()
    assert dict(zip(national.areas, national.scores, strict=True)) == dict(zip([area.pk for area in areas], [90, 110, 90, 110], strict=True))


def test_a_frozen_reference_does_not_move_when_figures_change():
    areas, indicators = theme_with_national_figures()
    recompute_all()

    observe(indicators[0], dict(zip([(area, 2021) for area in areas], [0, 500, 0, 700], strict=True)))
    recompute_all()

    assert set(Reference.objects.values_list("mean", "period")) == {(50, 2020)}


def test_figures_of_one_municipality_are_no_national_reference():
    areas, _indicators = theme_with_national_figures()
    areas[0].division.areas.filter(code="NL00").update(population=17_000_000)
    programme = ProgrammeFactory(areas=areas[:1])

    recompute_all()

    assert not Reference.objects.exists()
    assert ThemeScore.objects.get(programme=programme).reason == Reason.NO_REFERENCE


def test_one_year_computed_again_gives_what_everything_gives():
    """A gap of that year is filled from the year before, over the areas of both divisions."""
    before, (first, *_others), (old, _also) = neighbourhoods(2018), neighbourhoods(2020, change=1), neighbourhoods(2019, change=1)
    indicators = [FigureIndicatorFactory(in_theme_index=True, kind=MeasureKind.INDEX, theme__slug="health") for _ in range(4)]
    frozen = {"period": 2020, "mean": 50, "deviation": 10, "areas": 4, "computed_at": timezone.now()}
    Reference.objects.bulk_create(Reference(indicator=each, kind=kind, **frozen) for each in indicators for kind in indexes.KINDS)
    for indicator in indicators:
        observe(indicator, {(before[0], 2018): 90, (old, 2019): 60, (first, 2020): None if indicator == indicators[0] else 40})

    asking.changed([indicators[1].pk], [2020])
    jobs.run_all()
    alone = national_scores(2020)
    recompute_all()

    assert alone == national_scores(2020) == {first.pk: pytest.approx(105)}


def national_scores(period):
    row = NationalScores.objects.get(period=period)
    return dict(zip(row.areas, row.scores, strict=True))


def test_computing_twice_gives_the_same_rows():
    areas, _indicators = theme_with_national_figures()
    ProgrammeFactory(areas=areas[:1])
    models = [ProgrammeFigure, AreaFigure, ThemeScore, NationalScores, Reference]

    counts = []
    for _ in range(2):
        recompute_all()
        counts.append([model.objects.count() for model in models])

    assert counts[0] == counts[1]
    assert all(counts[0])


def test_an_import_asks_for_what_it_touched_and_leaves_the_rest():
    area = neighbourhoods(populations=(3000,))[0]
    ProgrammeFactory(areas=[area])
    changed, other = FigureIndicatorFactory(), FigureIndicatorFactory()
    observe(changed, {(area, 2020): 50})
    observe(other, {(area, 2020): 60})
    recompute_all()
    moment = ProgrammeFigure.objects.get(indicator=other).computed_at
    changed.name, values = "Anders", {(area, 2021): 20}
    observe(changed, values)

    figures_changed.send(sender=None, indicator_ids=[changed.pk], periods=[2021], area_ids=None)
    jobs.run_all()

    assert ProgrammeFigure.objects.latest().get(indicator=changed).value == 20
    assert ProgrammeFigure.objects.get(indicator=other).computed_at == moment


def test_two_imports_give_two_jobs_and_asking_for_all_twice_gives_one():
    for _ in range(2):
        figures_changed.send(sender=None, indicator_ids=[1], periods=[2020], area_ids=None)
        dashboards.tasks.recompute_all()

    assert sorted(Job.objects.values_list("key", flat=True))[0] == "all"
    assert Job.objects.count() == 3


def test_asking_for_a_programme_is_recorded():
    programme, person = ProgrammeFactory(), UserFactory()

    job = asking.of_programme(programme, by=person)

    assert job.payload == {"programme": programme.pk}
    assert Event.objects.about(programme).get().kind == "recomputation.asked"


def test_a_cancelled_job_leaves_what_was_there():
    area = neighbourhoods(populations=(3000,))[0]
    programme = ProgrammeFactory(areas=[area])
    indicator = FigureIndicatorFactory()
    observe(indicator, {(area, 2020): 50})
    job = asking.everything()
    Job.objects.filter(pk=job.pk).update(cancel_requested=True)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    assert not ProgrammeFigure.objects.filter(programme=programme).exists()


def test_the_map_is_drawn_with_shared_borders_in_whole_numbers():
    first, second = neighbourhoods()
    first.boundary, second.boundary, first.boundary_source = SQUARE, BESIDE, "CBS, Kadaster"
    first.save()
    second.save()
    programme = ProgrammeFactory(areas=[first, second])

    recompute_all()

    drawn = ProgrammeMap.objects.get(programme=programme)
    assert (drawn.width, drawn.source, [shape["code"] for shape in drawn.shapes]) == (600, "CBS, Kadaster", [first.code, second.code])
    assert all(shape["path"].startswith("M") and "." not in shape["path"] for shape in drawn.shapes)


def test_boundaries_that_come_in_draw_the_map_and_leave_the_figures():
    area = neighbourhoods(populations=(3000,))[0]
    programme = ProgrammeFactory(areas=[area])
    observe(FigureIndicatorFactory(), {(area, 2020): 50})
    recompute_all()
    moment = ProgrammeFigure.objects.get().computed_at
    area.boundary = SQUARE
    area.save()

    figures_changed.send(sender=None, indicator_ids=[], periods=[2020], area_ids=[area.pk])
    jobs.run_all()

    assert ProgrammeMap.objects.get(programme=programme).shapes[0]["code"] == area.code
    assert ProgrammeFigure.objects.get().computed_at == moment


def test_nothing_imported_and_no_areas_is_no_fault():
    programme = ProgrammeFactory()

    snapshots.compute(Scope(programme=programme.pk))
    recompute_all()

    assert not ProgrammeFigure.objects.exists()
