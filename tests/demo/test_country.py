"""The invented country: reproducible, whole, marked as invented, and never over real work."""

import numpy as np
import pytest
from django.core.management import CommandError, call_command

import dashboards.tasks
from dashboards.models import NationalScores, ProgrammeFigure
from tests.neighbourhoods.factories import AreaFactory, ProgrammeFactory
from wijkaanpak.demo import country, landscape
from wijkaanpak.indicators.choices import MeasureKind
from wijkaanpak.indicators.models import Indicator, Observation
from wijkaanpak.journal import jobs
from wijkaanpak.neighbourhoods.models import Area, Programme

pytestmark = pytest.mark.django_db


def test_it_has_all_areas_indicators_and_years_and_says_that_it_is_invented():
    call_command("country", scale=1, verbosity=0)

    assert Observation.objects.count() == 180 * 110 * 10
    assert set(Indicator.objects.values_list("is_example", flat=True)) == {True}
    assert set(Programme.objects.values_list("is_example", flat=True)) == {True}
    assert not Area.objects.exclude(name__startswith="Verzonnen").exists()
    assert set(Observation.objects.values_list("status", flat=True)) == {1, 4, 5, 6, 7}


def test_the_same_seed_gives_the_same_figures_and_another_year_others():
    lands = [landscape.make(1, country.SEED) for _ in range(2)]
    indicator = Indicator(kind=MeasureKind.RATE)

    once, again = (country.figures(land, indicator, 40, 2015)[0] for land in lands)

    assert np.array_equal(once, again, equal_nan=True)
    assert not np.array_equal(once, country.figures(lands[0], indicator, 40, 2016)[0], equal_nan=True)


def test_its_scores_and_programmes_can_be_computed():
    call_command("country", scale=1)
    dashboards.tasks.recompute_all()

    jobs.run_all()

    assert NationalScores.objects.count() == 8 * 10
    assert ProgrammeFigure.objects.filter(value__isnull=False).values("indicator").distinct().count() > 90


def test_real_work_and_other_areas_are_left_alone():
    ProgrammeFactory(is_example=False)
    with pytest.raises(CommandError, match="no example"):
        call_command("country", scale=1, fresh=True)
    Programme.objects.all().delete()
    AreaFactory()

    with pytest.raises(CommandError, match="not empty"):
        call_command("country", scale=1)

    assert Area.objects.count() == 1
