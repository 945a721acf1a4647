import numpy as np
import pytest

from tests.dashboards.factories import neighbourhoods
from tests.indicators.factories import IndicatorFactory
from wijkaanpak.indicators import slices
from wijkaanpak.indicators.choices import Status
from wijkaanpak.indicators.models import Observation

pytestmark = pytest.mark.django_db


def test_a_slice_comes_back_as_it_was_written_and_unknown_stays_unknown():
    first, second = neighbourhoods()
    indicator = IndicatorFactory()
    ids, values = np.array([second.pk, first.pk]), np.array([2.5, np.nan])

    slices.write([slices.block(indicator.pk, 2020, ids, values, np.array([Status.FINAL, Status.SUPPRESSED]), 7)])

    found = set(Observation.objects.values_list("indicator_id", "period", "area_id", "value", "status", "edition_id"))
    assert found == {(indicator.pk, 2020, second.pk, 2.5, Status.FINAL, 7), (indicator.pk, 2020, first.pk, None, Status.SUPPRESSED, 7)}


def test_a_slice_is_new_only_without_any_observation_in_its_period():
    area = neighbourhoods()[0]
    there, new = IndicatorFactory(), IndicatorFactory()
    Observation.objects.create(indicator=there, period=2020, area=area, value=1, status=Status.FINAL, edition_id=1)

    assert slices.new_ones([there.pk, new.pk], 2020) == {new.pk}
    assert slices.new_ones([there.pk, new.pk], 2021) == {there.pk, new.pk}
