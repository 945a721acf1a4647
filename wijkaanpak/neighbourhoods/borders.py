"""What happened to the areas of a municipality between two divisions, and what that means for comparing their figures."""

from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.db.models.functions import Substr
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from wijkaanpak.neighbourhoods.choices import AreaKind, Change
from wijkaanpak.neighbourhoods.models import Area, Division

STAYED, RECODED, UNLINKED, CHANGED, NEW, UNSURE, GONE = "stayed", "recoded", "unlinked", "changed", "new", "unsure", "gone"
TITLES: dict[str, str | Promise] = {
    CHANGED: gettext_lazy("Other boundary"),
    NEW: gettext_lazy("New"),
    GONE: gettext_lazy("Disappeared"),
    UNLINKED: gettext_lazy("Other code, not linked yet"),
    RECODED: gettext_lazy("Other code, same boundary"),
    UNSURE: gettext_lazy("Not known"),
    STAYED: gettext_lazy("Unchanged"),
}
MEANINGS: dict[str, str | Promise] = {
    STAYED: gettext_lazy("The figures of before and after may be compared."),
    RECODED: gettext_lazy("An analyst confirmed which area this was, so the figures may be compared."),
    UNLINKED: gettext_lazy("Until an analyst confirms which area this was, no figures are compared."),
    CHANGED: gettext_lazy("The figures are about another piece of land, so they are not compared. Charts show a break."),
    NEW: gettext_lazy("The division before does not have this code, so there is nothing to compare with. Charts begin here."),
    UNSURE: gettext_lazy("The division of a year in between is not here, or CBS does not say what changed. No figures are compared."),
    GONE: gettext_lazy("There are no figures under this code any more. Charts end with the last year of this division."),
}


@dataclass
class Group:
    """The areas of one fate, by code; for recoded areas `area.predecessor` is what they were."""

    fate: str
    areas: list[Area] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(TITLES[self.fate])

    @property
    def meaning(self) -> str:
        return str(MEANINGS[self.fate])


@dataclass
class Changes:
    """The division of a year compared with the last one before it that is here (None: there is none)."""

    year: int
    before: int | None
    groups: list[Group]

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(group.title, len(group.areas)) for group in self.groups]


def year_before(year: int) -> int | None:
    return Division.objects.filter(year__lt=year).order_by("-year").values_list("year", flat=True).first()


def of_municipality(code: str, year: int) -> Changes:
    """Return what happened to the municipality and its districts and neighbourhoods since the division before; five queries."""
    before = year_before(year)
    now, then = (_areas(code, one) if one else [] for one in (year, before))
    codes_before = {area.code for area in then}
    groups = {fate: Group(fate) for fate in TITLES}
    for area in now:
        groups[fate_of(area, codes_before, year, before)].areas.append(area)
    elsewhere = Area.objects.in_year(year).filter(predecessor__in=then).exclude(pk__in=[area.pk for area in now])
    groups[RECODED].areas += elsewhere.select_related("predecessor").defer("boundary", "predecessor__boundary").order_by("code")
    continued = {area.predecessor_id for area in groups[RECODED].areas}
    codes_now = {area.code for area in now}
    groups[GONE].areas = [area for area in then if area.pk not in continued and area.code not in codes_now]
    return Changes(year, before, [group for group in groups.values() if group.areas])


def _areas(code: str, year: int) -> list[Area]:
    """Return the areas of a municipality by kind and code, found by their codes: one that disappeared has no parts any more."""
    kinds: list[str] = [AreaKind.MUNICIPALITY, AreaKind.DISTRICT, AreaKind.NEIGHBOURHOOD]
    rows = Area.objects.in_year(year).filter(kind__in=kinds).annotate(digits=Substr("code", 3, 4)).filter(digits=code[2:6])
    found = rows.select_related("predecessor").defer("boundary", "predecessor__boundary").order_by("code")
    return sorted(found, key=lambda area: kinds.index(area.kind))


def fate_of(area: Area, codes_before: set[str], year: int, before: int | None) -> str:
    """Say what happened to an area. Its indicator looks back one year only; further back only the code can be looked up."""
    if area.change == Change.BOUNDARY:
        return CHANGED
    if area.change == Change.CODE:
        return RECODED if area.predecessor_id else UNLINKED
    if before is not None and area.code not in codes_before:
        return NEW
    return STAYED if area.change == Change.UNCHANGED and before == year - 1 else UNSURE


def municipalities(year: int) -> QuerySet[Area]:
    """Return the municipalities of a division by name."""
    return Area.objects.in_year(year).of_kind(AreaKind.MUNICIPALITY).without_boundary().order_by("name", "code")


def disappeared(year: int) -> QuerySet[Area]:
    """Return the municipalities of the division before whose code this one does not have, by name."""
    before = municipalities(year_before(year) or 0)
    return before.exclude(code__in=municipalities(year).values("code"))
