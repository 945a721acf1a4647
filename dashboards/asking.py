"""Asking for figures to be computed; the work itself is in `snapshots`, which a web process need not load."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from wijkaanpak.journal import events, jobs
from wijkaanpak.neighbourhoods import comparability
from wijkaanpak.neighbourhoods.models import Area, Programme

KIND = "dashboards.recompute"
STEPS = 4


def everything(by: Any = None) -> Any:
    """Ask for everything to be computed again; asking twice gives one job."""
    return jobs.enqueue(KIND, key="all", by=by, total=STEPS)


@transaction.atomic
def of_programme(programme: Programme, *, by: Any) -> Any:
    """Ask for the figures of one programme to be computed again, and record who asked."""
    job = jobs.enqueue(KIND, key=f"programme-{programme.pk}", payload={"programme": programme.pk}, by=by, programme=programme, total=STEPS)
    events.record("recomputation.asked", about=programme, by=by, programme=programme)
    return job


def changed(indicator_ids: Sequence[int], periods: Sequence[int]) -> Any:
    """Ask for what an import touched. Each import has a job of its own: one that already runs may have read too early."""
    payload = {"indicators": sorted(set(indicator_ids)), "periods": sorted(set(periods))}
    return jobs.enqueue(KIND, key=f"changed-{uuid.uuid4()}", payload=payload, total=STEPS)


def areas_of(programme: Programme) -> Any:
    """Ask for a programme whose areas were chosen anew; a job of its own, because one that runs may have read the old ones."""
    payload = {"programme": programme.pk}
    return jobs.enqueue(KIND, key=f"areas-{uuid.uuid4()}", payload=payload, programme=programme, total=STEPS)


def linked(area_ids: Sequence[int]) -> list[Any]:
    """Ask for every programme with an area on the line of one of these: only there a comparison can begin or end."""
    codes = comparability.codes_of_lines(Area.objects.filter(pk__in=area_ids).values_list("code", flat=True))
    touched = Programme.objects.filter(areas__code__in=codes).distinct().order_by("pk")
    return [areas_of(programme) for programme in touched]
