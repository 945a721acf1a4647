"""A whole invented country: as many areas, indicators and years as the Netherlands has, to measure with.

Everything follows from the seed. Names and sources say that it is invented; boundaries are drawn, not measured.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from wijkaanpak.demo import landscape, people
from wijkaanpak.indicators import loading, slices
from wijkaanpak.indicators.choices import Direction, EditionState, MeasureKind, Status
from wijkaanpak.indicators.models import Edition, Indicator
from wijkaanpak.neighbourhoods.choices import AreaKind, Role
from wijkaanpak.neighbourhoods.models import Area, Division, Membership, Programme, Theme

SEED = 2026
YEARS = range(2014, 2024)
SOURCE = "Verzonnen land (voorbeeld)"
PER_THEME = 10  # with eight themes and the background: 110 indicators
BACKGROUND = 30
BASES = 3  # the first background indicators: inhabitants, dwellings, households
MODELLED = 9  # the last of each theme is an estimate from a model
PROGRAMME_AREAS = 6
MISSING, SECRET = 0.03, 0.01  # shares of all figures
LATE = 0.1  # of the indicators have no figures yet in the last year


@dataclass
class Built:
    """What was made; `ids` are the areas of each year, in the order of the landscape."""

    land: landscape.Land
    ids: dict[int, np.ndarray]
    indicators: list[Indicator]


def load(scale: int, say: Callable[[str], None] = lambda text: None) -> int:
    """Make 180 areas times the scale, 110 indicators and ten years; return the number of observations."""
    built = structure(scale, say)
    editions = {year: delivery(year).pk for year in YEARS}
    written = 0
    for number, indicator in enumerate(built.indicators):  # in the order of the key: every row is added at the end of the index
        with transaction.atomic():
            slices.write(block(built, number, year, editions[year]) for year in YEARS)
        written += len(YEARS) * len(built.land.codes)
        say(f"{indicator.slug}: {written:,} figures")
    loading.tidy()
    return written


@transaction.atomic
def structure(scale: int, say: Callable[[str], None]) -> Built:
    """Make areas of all years, indicators, programmes and the people who may see them."""
    land = landscape.make(scale, SEED)
    say(f"{len(land.codes):,} areas in each of {len(YEARS)} years")
    ids = {year: areas(land, year) for year in YEARS}
    draw(land, ids[YEARS[-1]])
    loading.tidy()
    made = indicators()
    programmes(land, ids[YEARS[-1]], max(1, scale // 5))
    return Built(land, ids, made)


def areas(land: landscape.Land, year: int) -> np.ndarray:
    """Store the areas of one year and return their ids in the order of the landscape."""
    division = Division.objects.create(year=year)
    ids = reserved(len(land.codes))
    changes = np.random.default_rng([SEED, year]).choice([1, 2, 3], size=len(ids), p=[0.975, 0.01, 0.015])
    parents = np.where(land.parents >= 0, ids[land.parents], 0)
    first = year == YEARS[0]
    columns = ["id", "division_id", "code", "kind", "name", "parent_id", "population", "change", "boundary_source"]
    statement = f"COPY neighbourhoods_area ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in zip(ids.tolist(), land.codes, land.kinds, land.names, parents.tolist(), land.population.tolist(), changes.tolist(), strict=True):
            pk, code, kind, name, parent, population, change = row
            copy.write_row((pk, division.pk, code, kind, name, parent or None, population, None if first else change, ""))
    return ids


def reserved(number: int) -> np.ndarray:
    """Take numbers for areas from the sequence, so that parents are known before anything is stored."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('neighbourhoods_area', 'id')) FROM generate_series(1, %s)", [number])
        return np.array([pk for (pk,) in cursor.fetchall()], dtype="int64")


def draw(land: landscape.Land, ids: np.ndarray) -> None:
    """Give the areas of the last year their boundaries."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE drawn (id bigint, boundary jsonb) ON COMMIT DROP")
        with cursor.copy("COPY drawn FROM STDIN") as copy:
            for number, boundary in landscape.boundaries(land):
                copy.write_row((int(ids[number]), boundary))
        cursor.execute(
            "UPDATE neighbourhoods_area a SET boundary = drawn.boundary, boundary_source = %s FROM drawn WHERE drawn.id = a.id", [SOURCE]
        )


def indicators() -> list[Indicator]:
    """Store the background first, because rates are made of it; ten per theme after it."""
    background = [Indicator.objects.create(**about(number, None)) for number in range(BACKGROUND)]
    themes = list(Theme.objects.order_by("order"))
    judged = [
        Indicator(**about(number, theme) | judged_as(number, background))
        for theme in themes
        for number in range(PER_THEME)
    ]  # fmt: skip
    return background + Indicator.objects.bulk_create(judged)


def about(number: int, theme: Theme | None) -> dict:
    name = f"{theme.name} {number + 1}" if theme else f"Achtergrond {number + 1}"
    return {
        "slug": f"invented-{theme.slug if theme else 'background'}-{number + 1}", "name": f"{name} (verzonnen)", "theme": theme,
        "definition": "Dit cijfer is verzonnen om mee te meten.", "source": SOURCE, "is_example": True, "order": 1000 + number,
        "kind": MeasureKind.COUNT, "unit": "gevallen",
    }  # fmt: skip


def judged_as(number: int, background: list[Indicator]) -> dict:
    """Most are rates: some published, some with their own numerator; one in ten is an estimate from a model."""
    direction = Direction.HIGHER if number % 2 else Direction.LOWER
    base = background[number % BASES]
    values = {"direction": direction, "in_theme_index": number < MODELLED, "decimals": 1, "denominator": base, "kind": MeasureKind.RATE}
    if number == MODELLED:
        return values | {"kind": MeasureKind.INDEX, "denominator": None, "is_modelled": True, "unit": "punten"}
    if number % 4 == 3:
        return values | {"kind": MeasureKind.MEAN, "unit": "km"}
    own = background[BASES + number] if number % 4 == 1 else None
    return values | {"per": 100, "numerator": own, "unit": "% van de huishoudens"}


def programmes(land: landscape.Land, ids: np.ndarray, number: int) -> None:
    """Make programmes of six neighbourhoods each, spread over the country, with the example's people as members."""
    known = people.load().users
    neighbourhoods = np.flatnonzero(land.kinds == AreaKind.NEIGHBOURHOOD)
    for turn, start in enumerate(np.linspace(0, len(neighbourhoods) - PROGRAMME_AREAS, number).astype(int), start=1):
        chosen = neighbourhoods[start : start + PROGRAMME_AREAS]
        programme = Programme.objects.create(
            slug=f"verzonnen-{turn}", name=f"Verzonnen wijk {turn}", summary="Een verzonnen wijk, om mee te meten.", is_public=True,
            is_example=True, municipality=Area.objects.get(pk=ids[land.municipalities[chosen[0]]]),
        )  # fmt: skip
        programme.areas.set(ids[chosen].tolist())
        roles = {"coordinator": Role.COORDINATOR, "analist": Role.ANALYST}
        Membership.objects.bulk_create(Membership(programme=programme, user=known[key], role=role) for key, role in roles.items())


def delivery(year: int) -> Edition:
    return Edition.objects.create(
        format="invented", source=SOURCE, file_name=f"verzonnen-{year}", sha256=f"{SEED}-{year}", state=EditionState.LOADED, year=year,
        reference_date=date(year, 1, 1), loaded_at=timezone.now(),
    )  # fmt: skip


def block(built: Built, number: int, year: int, edition: int) -> bytes:
    """Return the figures of one indicator in one year, ready for COPY."""
    indicator = built.indicators[number]
    values, statuses = figures(built.land, indicator, number, year)
    return slices.block(indicator.pk, year, built.ids[year], values, statuses, edition)


def figures(land: landscape.Land, indicator: Indicator, number: int, year: int) -> tuple[np.ndarray, np.ndarray]:
    """Return values (NaN unknown) and statuses of all areas: what an area is like stays, what changes is a trend and chance."""
    fixed, moving = np.random.default_rng([SEED, number]), np.random.default_rng([SEED, number, year])
    size = len(land.codes)
    like = 0.7 * land.burden + 0.5 * fixed.normal(size=size) + 0.02 * fixed.normal() * (year - YEARS[0]) + 0.1 * moving.normal(size=size)
    if indicator.kind == MeasureKind.COUNT:
        share = 1.0 if number == 0 else 0.45 if number < BASES else 0.05
        values = np.rint(land.population * share * np.exp(0.1 * like))
    else:
        values = np.clip(np.round(20 + 6 * like, 1), 0, None)
    statuses = np.full(size, Status.MODELLED if indicator.is_modelled else Status.FINAL)
    chance = moving.random(size)
    statuses[(chance < MISSING) & (land.population < 20_000)] = Status.MISSING
    statuses[(chance > 1 - SECRET) & (land.population < 20_000)] = Status.SUPPRESSED
    if year == YEARS[-1] and fixed.random() < LATE and number >= BACKGROUND:
        statuses[:] = Status.NOT_PUBLISHED
    values[statuses > Status.MODELLED] = np.nan
    return values, statuses
