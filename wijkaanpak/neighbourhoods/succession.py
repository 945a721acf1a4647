"""Which area a recoded area was before: a proposal with its reason, which an analyst confirms or refuses.

CBS says that only the code of an area changed (indicator 2), but not what it was. Candidates are the areas of the year
before, of the same kind, that no area continues yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from wijkaanpak.neighbourhoods.boundaries import plain_name
from wijkaanpak.neighbourhoods.choices import Change
from wijkaanpak.neighbourhoods.models import Area, RefusedLink

SAME_LAND = 0.95  # share of both areas together that they have in common; boundaries are drawn anew every year
SAME_PEOPLE = 0.02  # in one year
FEW = 10  # CBS rounds inhabitants to fives


@dataclass(frozen=True)
class Likeness:
    """How much a candidate looks like the area: the land in common (0 to 1, None not known), the same name, as many people."""

    candidate: Area
    overlap: float | None
    same_name: bool
    same_people: bool

    @property
    def points(self) -> float:
        return (2 * self.overlap if self.overlap is not None else 0) + self.same_name + self.same_people

    @property
    def is_likely(self) -> bool:
        """Land decides where it is known; without it a name and as many people together."""
        if self.overlap is not None:
            return self.overlap >= SAME_LAND
        return self.same_name and self.same_people

    @property
    def reasons(self) -> list[str]:
        found = [] if self.overlap is None else [_("%(percentage)s%% of the land is the same") % {"percentage": round(100 * self.overlap)}]
        found += [_("the same name")] if self.same_name else []
        found += [_("about as many inhabitants")] if self.same_people else []
        return found or [_("nothing that says so")]


@dataclass(frozen=True)
class Question:
    """A recoded area, what it most likely was (None: nothing looks like it), and everything it can have been."""

    area: Area
    proposal: Likeness | None
    candidates: Sequence[Area]
    refused: Sequence[Area]


def unlinked(year: int) -> QuerySet[Area]:
    """Return the areas of which only the code changed, without a confirmed predecessor, by code."""
    return Area.objects.in_year(year).filter(change=Change.CODE, predecessor=None).order_by("code")


def free(year: int, kinds: Iterable[str]) -> QuerySet[Area]:
    """Return the areas of the year before that no area of `year` continues, by code."""
    going_on = Area.objects.in_year(year).filter(change=Change.UNCHANGED).values("code")
    return Area.objects.in_year(year - 1).filter(kind__in=list(kinds), successors=None).exclude(code__in=going_on).order_by("code")


def questions(areas: Sequence[Area], year: int) -> list[Question]:
    """Return a question per area; three queries."""
    candidates = list(free(year, {area.kind for area in areas}))
    refused: dict[int, list[Area]] = {}
    for row in RefusedLink.objects.filter(area__in=areas).select_related("candidate").defer("candidate__boundary"):
        refused.setdefault(row.area_id, []).append(row.candidate)
    land = {area.pk: surface(area) for area in [*areas, *candidates]}
    return [_question(area, candidates, refused.get(area.pk, []), land) for area in areas]


def _question(area: Area, candidates: Sequence[Area], refused: Sequence[Area], land: dict[int, BaseGeometry | None]) -> Question:
    possible = [candidate for candidate in candidates if candidate.kind == area.kind and candidate not in refused]
    found = [likeness(area, candidate, land[area.pk], land[candidate.pk]) for candidate in possible]
    best = max(found, key=lambda one: (one.is_likely, one.points), default=None)
    return Question(area, best if best and best.is_likely else None, possible, refused)


def likeness(area: Area, candidate: Area, land: BaseGeometry | None, land_before: BaseGeometry | None) -> Likeness:
    name, name_before = (plain_name(one.name).casefold() for one in (area, candidate))
    overlap = None if land is None or land_before is None else overlap_of(land, land_before)
    return Likeness(candidate, overlap, bool(name) and name == name_before, as_many(area.population, candidate.population))


def surface(area: Area) -> BaseGeometry | None:
    return shapely.make_valid(shape(area.boundary)) if area.boundary else None


def overlap_of(first: BaseGeometry, second: BaseGeometry) -> float:
    """Return which share of two surfaces together is common to both: 1 for the same land, 0 for none."""
    together = shapely.union(first, second).area
    return shapely.intersection(first, second).area / together if together else 0.0


def as_many(now: int | None, before: int | None) -> bool:
    """Whether the inhabitants are the same but for a usual year; two empty areas say nothing."""
    if not now or not before:
        return False
    return abs(now - before) <= max(FEW, SAME_PEOPLE * before)


