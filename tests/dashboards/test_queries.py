import datetime

import pytest
from django.utils import timezone

from dashboards import asking, queries
from dashboards.models import ProgrammeFigure
from tests.ambitions.factories import CommitmentFactory
from tests.dashboards.factories import (
    SQUARE,
    AreaFigureFactory,
    FigureIndicatorFactory,
    ProgrammeFigureFactory,
    neighbourhoods,
)
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.indicators.choices import EditionState
from wijkaanpak.indicators.models import Edition
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


def fresh(programme):
    return queries.state_of(programme).freshness


def edition(**values):
    return Edition.objects.create(file_name="kwb.csv", sha256="0" * 64, year=2020, **values)


def test_figures_come_by_theme_indicator_and_period_in_one_query(django_assert_num_queries):
    programme = ProgrammeFactory()
    later = FigureIndicatorFactory(theme__slug="safety", order=1)
    for period in (2020, 2019):
        ProgrammeFigureFactory(programme=programme, indicator=later, period=period, is_latest=period == 2020)
    ProgrammeFigureFactory(programme=programme, indicator=FigureIndicatorFactory(theme__slug="housing", order=9))
    ProgrammeFigureFactory()

    with django_assert_num_queries(1):
        rows = queries.programme_figures(programme)

    assert [(row.theme, row.period) for row in rows] == [("housing", 2020), ("safety", 2019), ("safety", 2020)]
    assert [row.definition for row in rows[1:]] == ["", "Het aantal gevallen."]


def test_figures_of_an_area_are_its_own():
    first, second = neighbourhoods()
    AreaFigureFactory(area=first, value=7)
    AreaFigureFactory(area=second, value=8)

    assert [row.value for row in queries.area_figures(first.pk)] == [7]


def test_values_of_areas_are_of_one_indicator_and_period():
    first, second = neighbourhoods()
    figure = AreaFigureFactory(area=first, value=7)
    AreaFigureFactory(area=second, indicator=figure.indicator, period=2019)

    values = queries.area_values([first.pk, second.pk], figure.indicator_id, 2020)

    assert [(value.area, value.value) for value in values] == [(first.pk, 7)]


def test_promises_are_those_the_reader_may_see():
    commitment = CommitmentFactory()
    programme = commitment.ambition.programme
    member = MembershipFactory(programme=programme, role=Role.COORDINATOR).user
    outsider = MembershipFactory().user

    assert [row.what for row in queries.promises(programme, member)] == [commitment.what]
    assert queries.promises(programme, outsider) == []


def test_freshness_compares_the_computation_with_the_last_import():
    programme = ProgrammeFactory()
    assert (fresh(programme).computed_at, fresh(programme).changed_at) == (None, None)

    figure = ProgrammeFigureFactory(programme=programme)
    loaded = timezone.now() + datetime.timedelta(hours=1)
    edition(state=EditionState.LOADED, loaded_at=loaded)

    assert (fresh(programme).computed_at, fresh(programme).changed_at) == (figure.computed_at, loaded)


def test_an_import_taken_back_is_a_change_as_well():
    programme = ProgrammeFactory()
    undone = timezone.now()
    edition(state=EditionState.UNDONE, loaded_at=undone - datetime.timedelta(days=1), undone_at=undone)

    assert fresh(programme).changed_at == undone


def test_the_running_computation_is_that_of_the_programme_or_of_everything():
    programme, other = ProgrammeFactory(), ProgrammeFactory()
    asking.of_programme(other, by=None)
    assert fresh(programme).computing is None

    job = asking.everything()

    assert fresh(programme).computing == job.pk


def test_areas_travel_as_geojson():
    area = neighbourhoods(populations=(3000,), boundary=SQUARE, boundary_source="CBS, Kadaster")[0]

    found = queries.areas_as_geojson(ProgrammeFactory(areas=[area]))

    assert found["type"] == "FeatureCollection"
    assert found["features"][0]["geometry"] == SQUARE
    assert found["features"][0]["properties"]["code"] == area.code
    assert not ProgrammeFigure.objects.exists()
