"""Sources and indicators as an analyst looks at them: what is here, of which year, what is due."""

from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils import timezone

from wijkaanpak.indicators import catalogue
from wijkaanpak.indicators.catalogue import Source
from wijkaanpak.indicators.choices import EditionState
from wijkaanpak.indicators.models import Edition, Indicator, IndicatorQuerySet, Observation

UNFINISHED = [EditionState.PREVIEWED, EditionState.REFUSED, EditionState.FAILED]


@dataclass
class SourceRow:
    """A source with its last delivery; `next_year` is the year of the figures to look out for."""

    name: str
    source: Source | None
    indicators: int
    latest: Edition | None
    unfinished: int

    @property
    def next_year(self) -> int | None:
        if self.latest is None or self.source is None or not self.latest.year:
            return None
        return self.latest.year + max(1, self.source.months // 12)

    @property
    def is_due(self) -> bool:
        """CBS publishes the first figures of a year within that year; two years on they are surely there."""
        return self.next_year is not None and timezone.localdate().year > self.next_year


def source_rows() -> list[SourceRow]:
    """Return every source of the catalogue and every other one with a delivery; three queries."""
    counts = dict(Indicator.objects.order_by().values_list("source").annotate(Count("pk")))
    loaded = Edition.objects.loaded().in_short().order_by("source", "-year", "-loaded_at").distinct("source")
    latest = {edition.source: edition for edition in loaded}
    unfinished = dict(Edition.objects.order_by().filter(state__in=UNFINISHED).values_list("source").annotate(Count("pk")))
    known = {source.name: source for source in catalogue.sources().values()}
    names = [*known, *sorted({*counts, *latest} - set(known))]
    return [SourceRow(name, known.get(name), counts.get(name, 0), latest.get(name), unfinished.get(name, 0)) for name in names]


def indicators_with_latest() -> IndicatorQuerySet:
    """Return the indicators with their theme and `latest`, the last period that has figures."""
    newest = Observation.objects.filter(indicator_id=OuterRef("pk")).order_by("-period").values("period")[:1]
    return Indicator.objects.select_related("theme").annotate(latest=Subquery(newest)).order_by("theme__order", "order")


def coverage(indicator: Indicator) -> list[dict]:
    """Return per period, newest first: areas, how many have a value, and the last delivery that wrote one."""
    rows = (
        Observation.objects.filter(indicator_id__in=[indicator.pk])
        .values("period")
        .annotate(areas=Count("area_id"), known=Count("value"), revised=Count("area_id", filter=Q(status=3)), edition=Max("edition_id"))
        .order_by("-period")
    )
    return [dict(row) for row in rows]
