"""The figures of the period before, by area code, to compare a file with."""

import numpy as np
import pandas as pd
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Max

from wijkaanpak.indicators.models import Indicator, Observation
from wijkaanpak.neighbourhoods.models import Area

NEAR = 3  # years; further back a difference says nothing


def period_before(indicators: list[int], year: int) -> int | None:
    """Return the latest year before this one, at most three years back, that has figures of these indicators."""
    rows = Observation.objects.filter(indicator_id__in=indicators, period__in=range(year - NEAR, year))
    return rows.aggregate(latest=Max("period"))["latest"]


def values(slugs: list[str], codes: list[str], year: int) -> tuple[int | None, dict[str, pd.Series]]:
    """Return the period and, per indicator slug, the values by area code (float64, unknown left out)."""
    ids = dict(Indicator.objects.filter(slug__in=slugs).values_list("pk", "slug"))
    period = period_before(list(ids), year)
    if period is None:
        return None, {}
    areas = pd.Series(dict(Area.objects.filter(division__year=period, code__in=codes).values_list("pk", "code")))
    rows = (
        Observation.objects.known().filter(indicator_id__in=list(ids), period__in=[period], area_id__in=areas.index.tolist())
        .values_list("indicator_id").annotate(areas=ArrayAgg("area_id"), found=ArrayAgg("value"))
    )  # fmt: skip
    return period, {ids[pk]: pd.Series(np.array(found), index=areas.reindex(places).to_numpy()) for pk, places, found in rows}
