"""Versions of the reference values of the theme index: asked for, kept for good, and put in force.

The work of making one is in `calibration`, which a web process need not load.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from dashboards import asking
from dashboards.models import Reference, ReferenceVersion
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.journal import events, jobs
from wijkaanpak.neighbourhoods.choices import AreaKind

KIND = "dashboards.references"
FIRST = 1


def in_force() -> int:
    """Return the number of the version pages use; 1 before anything was computed."""
    number = ReferenceVersion.objects.filter(is_in_force=True).values_list("number", flat=True).first()
    return number or FIRST


def keep(normals: Mapping[tuple[int, str], Any], version: int, at: datetime) -> None:
    """Add reference values ({(indicator, kind): Normal}) to a version; those that are there stay as they are.

    An indicator that came in after the version was made joins it once, and stays frozen from then on.
    """
    if normals and not ReferenceVersion.objects.filter(number=version).exists():
        with translation.override(settings.LANGUAGE_CODE):  # a worker has no reader's language
            first = _("Made by itself with the first national figures.")
        ReferenceVersion.objects.create(number=version, reason=first, made_at=at, is_in_force=True)
    rows = [
        Reference(
            version=version, indicator_id=key, kind=kind, period=normal.period, mean=normal.mean,
            deviation=normal.deviation, areas=normal.areas, computed_at=at,
        )
        for (key, kind), normal in normals.items()
    ]  # fmt: skip
    Reference.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def ask(*, reason: str, last_year: int | None, by: Any) -> Any:
    """Ask for a new version from the newest year with national figures, not later than `last_year`; it is not in force by itself."""
    job = jobs.enqueue(KIND, key="new", payload={"reason": reason, "last_year": last_year}, by=by, total=1)
    events.record("references.asked", about=job, by=by, new={"reason": reason})
    return job


@transaction.atomic
def put_in_force(version: ReferenceVersion, *, by: Any) -> None:
    """Use this version on every page from now on, and ask for all scores to be computed again.

    Raises ValidationError (code "in_force") when it is already.
    """
    versions = {row.pk: row for row in ReferenceVersion.objects.select_for_update().order_by("number")}
    chosen = versions[version.pk]
    if chosen.is_in_force:
        raise ValidationError(_("This version is in force already."), code="in_force")
    old = [row.number for row in versions.values() if row.is_in_force]
    ReferenceVersion.objects.filter(is_in_force=True).update(is_in_force=False)
    ReferenceVersion.objects.filter(pk=chosen.pk).update(is_in_force=True)
    events.record("references.in_force", about=chosen, by=by, old={"version": old[0] if old else None})
    asking.everything(by=by)


def sheet(version: int) -> Iterator[list[str]]:
    """Yield a heading and a line per indicator and kind of area; decimal comma, full precision, so that a score can be computed from it."""
    yield [_("version"), _("indicator"), _("code of the indicator"), _("kind of area"), _("base period"), _("mean"), _("standard deviation"), _("number of areas")]
    for row in Reference.objects.of_version(version).order_by("indicator__order", "kind"):
        numbers = [repr(row.mean).replace(".", ","), repr(row.deviation).replace(".", ",")]
        yield [str(version), row.indicator.name, row.indicator.slug, str(AreaKind(row.kind).label), str(row.period), *numbers, str(row.areas)]


def without(version: int) -> list[Indicator]:
    """Return the indicators of the theme index that have no reference value in a version, by order."""
    known = Reference.objects.filter(version=version).values("indicator")
    return list(Indicator.objects.filter(in_theme_index=True).exclude(pk__in=known).order_by("order"))
