"""The job that computes what pages show, and writes it in one go. It may run twice: the outcome is the same."""

import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from dashboards import arrays, indexes, levels, maps, references
from dashboards.asking import STEPS
from dashboards.models import AreaFigure, NationalScores, ProgrammeFigure, ProgrammeMap, ThemeScore, TrendRule
from dashboards.scores.index import CARRIED_YEARS
from dashboards.scores.rules import rules
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.journal import jobs
from wijkaanpak.neighbourhoods.models import Area, Programme

LOCK = 7_201_126  # advisory lock: two computations must not overtake one another
SCORE_COLUMNS = [
    "programme_id", "theme_id", "period", "version", "kind", "score", "reason", "indicators_present", "indicators_total", "parts", "computed_at",
]  # fmt: skip
PARTS = 4  # of a large computation: as many workers can share it


@dataclass(frozen=True)
class Scope:
    """What must be computed; None means everything. No indicators at all: boundaries came in, only the maps are drawn.

    With themes (0: none) it is one part of a larger work: those indicators and no others.
    """

    indicators: frozenset[int] | None = None
    periods: frozenset[int] | None = None
    programme: int | None = None
    themes: frozenset[int] | None = None


@dataclass
class Snapshot:
    """Everything computed, ready to be written."""

    programmes: list[Programme]
    indicators: list[int]
    figures: list[tuple] = field(default_factory=list)
    area_figures: list[tuple] = field(default_factory=list)
    areas: list[int] = field(default_factory=list)
    scores: list[dict] = field(default_factory=list)
    area_scores: list[indexes.AreaScores] = field(default_factory=list)
    themes: list[int] = field(default_factory=list)
    years: list[int] | None = None  # of the area scores; None: they stay as they are
    normals: indexes.Normals = field(default_factory=dict)
    version: int = 1
    drawings: dict[int, maps.Drawing] | None = None  # None: the maps stay as they are


def recompute(run: jobs.Run) -> None:
    """Do a job of this kind. Work on several themes is cut in parts, so that more workers finish sooner."""
    scope = _scope(run.payload)
    parts = _parts(scope)
    if len(parts) > 1:
        split(run, scope, parts)
        return
    with alone(run, scope):
        snapshot = compute(scope, run.step)
        with run.finishing() as result:
            result.update(write(snapshot, scope, timezone.now()))


def _scope(payload: dict) -> Scope:
    return Scope(
        indicators=frozenset(payload["indicators"]) if "indicators" in payload else None,
        periods=frozenset(payload["periods"]) if "periods" in payload else None,
        programme=payload.get("programme"), themes=frozenset(payload["themes"]) if "themes" in payload else None,
    )  # fmt: skip


def _parts(scope: Scope) -> dict[int, list[int]]:
    """Return the indicators to compute by theme, 0 for those without; empty for what is not cut in parts."""
    if scope.programme or scope.themes is not None or scope.indicators == frozenset():
        return {}
    catalogue = list(Indicator.objects.all())
    found: dict[int, list[int]] = {}
    themes = {indicator.pk: indicator.theme_id or 0 for indicator in catalogue}
    for key in _wanted(rules(catalogue, []), scope):
        found.setdefault(themes[key], []).append(key)
    return found


def split(run: jobs.Run, scope: Scope, parts: dict[int, list[int]]) -> None:
    """Hand the work out, in the transaction that ends this job: all parts will be done, or none was asked for."""
    payloads: list[dict[str, Any]] = [
        {"indicators": sorted(key for theme in themes for key in parts[theme]), "themes": themes} for themes in _dealt(parts)
    ]
    if scope.indicators is None:
        payloads.append({"indicators": []})  # the maps
    with run.finishing(parts=len(payloads)):
        for payload in payloads:
            if scope.periods is not None:
                payload["periods"] = sorted(scope.periods)
            jobs.enqueue(run.job.kind, key=f"part-{uuid.uuid4()}", payload=payload, total=STEPS)


def _dealt(parts: dict[int, list[int]]) -> list[list[int]]:
    """Deal the themes out in groups of about as many indicators; each group reads all areas once, so there are few."""
    groups: list[list[int]] = [[] for _ in range(min(PARTS, len(parts)))]
    for theme in sorted(parts, key=lambda theme: -len(parts[theme])):
        min(groups, key=lambda group: sum(len(parts[each]) for each in group)).append(theme)
    return [sorted(group) for group in groups]


@contextmanager
def alone(run: jobs.Run, scope: Scope) -> Iterator[None]:
    """Keep two computations of the same figures apart: parts by theme run side by side, anything else runs alone.

    The locks go with the connection when the worker dies.
    """
    wanted: list[tuple[str, list[int]]] = [("", [LOCK])]
    if scope.themes is not None:  # in order, so that no two wait for one another
        wanted = [("_shared", [LOCK]), *(("", [LOCK, theme]) for theme in sorted(scope.themes))]
    with ExitStack() as held:
        for shared, key in wanted:
            while not _advisory("pg_try_advisory_lock" + shared, key):
                run.step(0, STEPS, _("Waiting for another computation"))
                time.sleep(0.5)
            held.callback(_advisory, "pg_advisory_unlock" + shared, key)
        yield


def _advisory(function: str, key: list[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(key))})", key)
        return cursor.fetchone()[0]


def _quiet(done: int, total: int | None = None, message: str | None = None) -> None:
    pass


def compute(scope: Scope, step: Any = _quiet) -> Snapshot:
    """Compute what the scope asks for; reads only."""
    catalogue = list(Indicator.objects.select_related("theme"))
    rule = rules(catalogue, TrendRule.objects.all())
    wanted = _wanted(rule, scope)
    programmes = Programme.objects.select_related("municipality").defer("municipality__boundary").order_by("pk")
    if scope.programme:
        programmes = programmes.filter(pk=scope.programme)
    snapshot = Snapshot(list(programmes), wanted)
    step(0, STEPS, _("Figures of the programmes and their areas"))
    found = levels.places(snapshot.programmes)
    groups = _groups(catalogue, rule, wanted)
    scored = {key for group in groups for key in group.ids}
    done = {item.rule.id: item for item in levels.compute(found, rule, sorted({*wanted, *scored}))}
    _figures(snapshot, found, done)
    step(1, STEPS, _("Theme index of all areas"))
    snapshot.themes = [group.theme for group in groups]
    _index(snapshot, scope, rule, groups)
    step(2, STEPS, _("Theme index of the programmes"))
    snapshot.scores = list(indexes.programme_scores(done, found, groups, _normals(snapshot)))
    step(3, STEPS, _("Maps"))
    if not scope.indicators:
        snapshot.drawings = _drawings(snapshot.programmes)
    return snapshot


def _wanted(rule: dict, scope: Scope) -> list[int]:
    """Return the indicators in scope, with those that are made of them."""
    if scope.indicators is None:
        return sorted(rule)
    if scope.themes is not None:
        return sorted(scope.indicators)
    return [key for key, made in sorted(rule.items()) if scope.indicators & {key, made.numerator, made.denominator}]


def _groups(catalogue: list[Indicator], rule: dict, wanted: list[int]) -> list[indexes.ThemeIndicators]:
    return [group for group in indexes.themes(catalogue) if set(group.ids) & set(wanted)]


def _figures(snapshot: Snapshot, found: levels.Places, done: dict[int, levels.Computed]) -> None:
    at, split, end = timezone.now(), len(found.programmes), len(found.programmes) + len(found.areas)
    snapshot.areas = found.areas
    for key in snapshot.indicators:
        if key in done:
            programme_rows = levels.rows(done[key], found.units, 0, split, at)
            area_rows = levels.rows(done[key], found.units, split, end, at)
            snapshot.figures += [(found.programmes[unit], *row) for unit, row in programme_rows]
            snapshot.area_figures += [(found.areas[unit - split], *row) for unit, row in area_rows]


def _index(snapshot: Snapshot, scope: Scope, rule: dict, groups: list[indexes.ThemeIndicators]) -> None:
    """Freeze missing references and score all areas; a programme on its own leaves the country as it is."""
    snapshot.version = references.in_force()
    if scope.programme or not groups:
        return
    scored = [key for group in groups for key in group.ids]
    known = {period for _indicator, period in arrays.known_periods(_with_parts(rule, scored)) if period < levels.FIRST_MONTH}
    years = known if scope.periods is None else {year for year in known if any(year - CARRIED_YEARS <= p <= year for p in scope.periods)}
    needed = {year for year in known if any(first - CARRIED_YEARS <= year <= first for first in years)}
    stored = indexes.stored_normals(snapshot.version)
    is_frozen = all((key, kind) in stored for key in scored for kind in indexes.KINDS)  # else the country's inhabitants of any year may be needed
    some_years = scope.periods is not None and is_frozen
    areas = arrays.every_area(arrays.division_years(_with_parts(rule, scored), sorted(needed)) if some_years else arrays.ALWAYS)
    national = indexes.years(rule, scored, sorted(needed), areas) if needed else {}
    snapshot.normals = indexes.missing_normals(national, areas, scored, stored)
    snapshot.years = sorted(years)
    snapshot.area_scores = list(indexes.area_scores(national, snapshot.years, areas, groups, stored | snapshot.normals))


def _with_parts(rule: dict, keys: Sequence[int]) -> list[int]:
    return sorted({part for key in keys for part in (key, rule[key].numerator, rule[key].denominator) if part})


def _normals(snapshot: Snapshot) -> indexes.Normals:
    return indexes.stored_normals(snapshot.version) | snapshot.normals


def _drawings(programmes: list[Programme]) -> dict[int, maps.Drawing]:
    """Draw the areas that have a boundary; a programme without any is left out."""
    links = Programme.areas.through.objects.filter(programme__in=programmes, area__boundary__isnull=False)
    areas: dict[int, list[Area]] = {}
    for link in links.select_related("area").order_by("area__code"):
        areas.setdefault(link.programme_id, []).append(link.area)
    drawn = {programme: maps.draw(found) for programme, found in areas.items()}
    return {programme: drawing for programme, drawing in drawn.items() if drawing}


def write(snapshot: Snapshot, scope: Scope, at: datetime) -> dict[str, int]:
    """Replace the stored rows in scope; must run in a transaction. Returns how many rows of each kind there are now."""
    programmes = [programme.pk for programme in snapshot.programmes]
    ProgrammeFigure.objects.filter(programme__in=programmes, indicator__in=snapshot.indicators).delete()
    arrays.copy_rows(ProgrammeFigure, ["programme_id", *levels.STORED], snapshot.figures)
    replaced = AreaFigure.objects.filter(indicator__in=snapshot.indicators)
    (replaced.filter(area__in=snapshot.areas) if scope.programme else replaced).delete()
    arrays.copy_rows(AreaFigure, ["area_id", *levels.STORED], snapshot.area_figures)
    _write_scores(snapshot, programmes, at)
    if snapshot.drawings is not None:
        ProgrammeMap.objects.filter(programme__in=programmes).delete()
        drawn = [ProgrammeMap(programme_id=pk, computed_at=at, **drawing._asdict()) for pk, drawing in snapshot.drawings.items()]
        ProgrammeMap.objects.bulk_create(drawn)
    return {
        "programme_figures": len(snapshot.figures), "area_figures": len(snapshot.area_figures),
        "theme_scores": len(snapshot.scores), "references": len(snapshot.normals), "maps": len(snapshot.drawings or {}),
    }  # fmt: skip


def _write_scores(snapshot: Snapshot, programmes: list[int], at: datetime) -> None:
    references.keep(snapshot.normals, snapshot.version, at)
    ThemeScore.objects.filter(programme__in=programmes, theme__in=snapshot.themes).delete()
    rows = ({**score, "parts": Jsonb(score["parts"]), "version": snapshot.version, "computed_at": at} for score in snapshot.scores)
    arrays.copy_rows(ThemeScore, SCORE_COLUMNS, ([row[name] for name in SCORE_COLUMNS] for row in rows))
    if snapshot.years is not None:
        NationalScores.objects.filter(theme__in=snapshot.themes, period__in=snapshot.years).delete()
        arrays.copy_scores(snapshot.area_scores, at)
