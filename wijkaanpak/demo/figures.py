"""Published figures and boundaries of Arnhem 2020, with the country to compare with."""

import json

from django.db import connection
from django.utils import timezone

from wijkaanpak.demo import contents
from wijkaanpak.indicators import catalogue, derived, sources
from wijkaanpak.indicators.choices import EditionState, MeasureKind, Status
from wijkaanpak.indicators.formats import recognition
from wijkaanpak.indicators.formats.cells import Cell
from wijkaanpak.indicators.models import Edition, Indicator, Observation
from wijkaanpak.neighbourhoods.models import Area, Division

YEAR = 2020
FIGURES = "kwb-2020-nederland-uittreksel.csv.gz"
NAMES = "namen-2020-arnhem.json.gz"
BOUNDARIES = "arnhem-wijken-2021.geojson"


def load() -> None:
    catalogue.sync()
    table = recognition.read(sources.take_in(contents.content(FIGURES), name=FIGURES))
    derived.complete(table)
    areas = _areas(table)
    _observations(table, areas)


def _areas(table) -> dict[str, int]:
    names = {row["Key"].strip(): row["Title"] for row in json.loads(contents.content(NAMES))["value"]}
    boundaries = {feature["id"]: feature["geometry"] for feature in json.loads(contents.content(BOUNDARIES))["features"]}
    division, _created = Division.objects.get_or_create(year=YEAR)
    people = table.values["inhabitants"]
    Area.objects.bulk_create(
        Area(
            division=division, code=code, kind=code[:2], name=names.get(code) or name, population=None if people[pos] != people[pos] else int(people[pos]),
            change=change or None, boundary=boundaries.get(code), boundary_source="CBS, Kadaster 2021" if code in boundaries else "",
        )
        for pos, (code, name, change) in enumerate(zip(table.areas["code"], table.areas["name"], table.areas["change"], strict=True))
    )
    return dict(Area.objects.filter(division=division).values_list("code", "pk"))


def _observations(table, areas: dict[str, int]) -> None:
    edition = Edition.objects.create(
        format=table.form, source="CBS, Kerncijfers wijken en buurten", file_name=FIGURES, sha256="0" * 64, state=EditionState.LOADED, year=YEAR,
        loaded_at=timezone.now(),
    )
    indicators = dict(Indicator.objects.values_list("slug", "pk"))
    codes = [areas[code] for code in table.areas["code"]]
    with connection.cursor() as cursor, cursor.copy("COPY indicators_observation (indicator_id, period, area_id, value, status, edition_id) FROM STDIN") as copy:
        for slug in table.slugs:
            for area, value, cell in zip(codes, table.values[slug].tolist(), table.cells[slug].tolist(), strict=True):
                known = cell == Cell.VALUE and value == value
                copy.write_row((indicators[slug], YEAR, area, value if known else None, Status.FINAL.value if known else Status.MISSING.value, edition.pk))


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
