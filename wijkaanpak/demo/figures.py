"""Published figures and boundaries of Arnhem 2020, with the country to compare with, brought in as a user would."""

from wijkaanpak.accounts.models import User
from wijkaanpak.demo import contents
from wijkaanpak.indicators import catalogue, editions, locks
from wijkaanpak.indicators.choices import EditionState, MeasureKind
from wijkaanpak.indicators.models import Edition, Indicator, Observation, PeriodLock

YEAR = 2020
FILES = ["kwb-2020-nederland-uittreksel.csv.gz", "namen-2020-arnhem.json.gz", "arnhem-wijken-2021.geojson"]


def load(*, by: User) -> None:
    """Read the figures, then the names, then the boundaries; what was read in before is left."""
    catalogue.sync()
    there = set(Edition.objects.loaded().values_list("file_name", flat=True))
    for name in FILES:
        if _original(name) not in there:
            edition = editions.bring_in(contents.content(name), name=_original(name), year=YEAR, by=by)
            if edition.state != EditionState.LOADED:
                raise RuntimeError(f"{name} was not read in: {edition.problem or edition.preview}")


def lock(*, by: User) -> None:
    """Show what a locked year looks like, with a year the example has no figures of: nothing is in the way of trying an import."""
    if not PeriodLock.objects.exists():
        locks.lock(first=201801, last=201812, reason="Voorbeeld: het voortgangsverslag van 2018 rust op deze cijfers.", by=by)


def _original(name: str) -> str:
    return name.removesuffix(".gz")


def of_areas(indicator: Indicator, period: int, areas: list[int]) -> float:
    """Return the value of several areas together: a rate by its base. In the unit of the indicator; 0 without figures."""
    wanted = [indicator.numerator_id or indicator.pk, indicator.denominator_id or indicator.pk]
    rows = Observation.objects.known().filter(indicator_id__in=wanted, period=period, area_id__in=areas)
    values = {(row.indicator_id, row.area_id): row.value for row in rows}
    bases = {area: values.get((indicator.denominator_id, area), 1.0) for area in areas}
    tops = {area: values.get((wanted[0], area), 0.0) for area in areas}
    if indicator.kind == MeasureKind.RATE and not indicator.numerator_id:
        tops = {area: tops[area] * bases[area] / indicator.per for area in areas}
    return round(indicator.per * sum(tops.values()) / sum(bases.values()), 1)
