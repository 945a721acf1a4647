"""Which year a file is about: the files do not say, so this only guesses and compares."""

import re
from dataclasses import asdict, dataclass

import numpy as np
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkaanpak.indicators.formats import periods
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.neighbourhoods.models import Area

# Inhabitants of the Netherlands on 1 January. Source: CBS, table 37230ned.
NETHERLANDS = {
    2013: 16779575, 2014: 16829289, 2015: 16900726, 2016: 16979120, 2017: 17081507, 2018: 17181084, 2019: 17282163,
    2020: 17407585, 2021: 17475415, 2022: 17590672, 2023: 17811291, 2024: 17942942, 2025: 18044027,
}  # fmt: skip
FIRST = 1995
CLOSE = 0.00005  # the same year again: the inhabitants of a municipality are final from the first edition
PLAUSIBLE_AREAS = 0.95
PLAUSIBLE_PEOPLE = 0.01


@dataclass(frozen=True)
class Fit:
    """How well a file fits a division that is already here.

    `known` of the areas in the file exist in it, `division` is how many areas it has; `difference`
    is how far the inhabitants of country and municipalities differ, as a share (None: not known).
    """

    year: int
    known: int
    division: int
    difference: float | None

    def as_dict(self) -> dict:
        return asdict(self)


def doubts(preview: dict, year: int) -> list[str]:
    """Return why a chosen year looks wrong for a file that was looked at; empty when nothing speaks against it."""
    found = []
    fit = next((fit for fit in preview["fits"] if fit["year"] == year), None)
    if fit and fit["known"] < PLAUSIBLE_AREAS * preview["areas"] and fit["division"] > preview["areas"]:
        values = {"unknown": preview["areas"] - fit["known"], "total": preview["areas"], "year": year}
        found.append(_("%(unknown)s of the %(total)s areas do not exist in the division of %(year)s.") % values)
    if fit and abs(fit["difference"] or 0) > PLAUSIBLE_PEOPLE:
        values = {"percentage": round(100 * abs(fit["difference"]), 1), "year": year}
        found.append(_("The number of inhabitants differs %(percentage)s%% from the figures of %(year)s that are here.") % values)
    if preview["year"] and preview["year"] != year:
        values = {"guess": preview["year"], "reason": preview["year_reason"]}
        found.append(_("The file seems to be about %(guess)s: %(reason)s.") % values)
    return found


def guess(table: Table, *, name: str, fits: list[Fit]) -> tuple[int | None, str]:
    """Return the most likely year and why; (None, "") when there is no clue."""
    if table.periods:
        return periods.year_of(table.periods[-1]), _("the last period in the file is of that year")
    if by_people := year_of_population(table, fits):
        return by_people
    whole = [fit.year for fit in fits if fit.known == fit.division == table.area_count]
    if not table.values and len(whole) == 1:
        return whole[0], _("it has exactly the areas that are already here for %(year)s") % {"year": whole[0]}
    if table.year:
        return table.year, _("it was filled in with the columns") if table.form == "own" else _("the file names this year with its codes")
    if table.sheet and (year := year_in(table.sheet)):
        return year, _("the name of the sheet: %(sheet)s") % {"sheet": table.sheet}
    if year := year_in(name):
        return year, _("the name of the file, which is often wrong")
    return None, ""


def year_in(text: str) -> int | None:
    """Return the last year in a text; numbers of tables (84799NED) are not years."""
    found = [int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", text, re.ASCII)]
    usable = [year for year in found if FIRST <= year <= timezone.localdate().year]
    return usable[-1] if usable else None


def year_of_population(table: Table, fits: list[Fit]) -> tuple[int, str] | None:
    total = inhabitants(table, "NL00")
    for year, people in NETHERLANDS.items():
        if total == people:
            return year, _("the number of inhabitants of the Netherlands is that of 1 January %(year)s") % {"year": year}
    close = [fit for fit in fits if fit.difference is not None and abs(fit.difference) <= CLOSE and fit.known == table.area_count]
    if close:
        best = min(close, key=lambda fit: abs(fit.difference or 0))
        return best.year, _("areas and inhabitants fit the figures of %(year)s that are already here") % {"year": best.year}
    return None


def inhabitants(table: Table, code: str) -> int | None:
    """Return the inhabitants of one area in the file; None when it or the figure is not there."""
    rows = np.flatnonzero((table.areas["code"] == code).to_numpy())
    if "inhabitants" not in table.values or not len(rows) or np.isnan(table.values["inhabitants"][rows[0]]):
        return None
    return int(table.values["inhabitants"][rows[0]])


def fits(table: Table) -> list[Fit]:
    """Compare the file with every division that has at least one of its areas, newest first."""
    codes = table.areas["code"].unique().tolist()
    top = {code: people for code, people in inhabitants_by_code(table).items() if code[:2] in ("NL", "GM")}
    known = (
        Area.objects.filter(code__in=codes).order_by("-division__year").values("division__year", "division_id")
        .annotate(count=Count("pk"), people=Sum("population", filter=Q(code__in=top)), counted=Count("population", filter=Q(code__in=top)))
    )  # fmt: skip
    sizes = dict(Area.objects.filter(division__in=[row["division_id"] for row in known]).values_list("division").annotate(Count("pk")))
    return [
        Fit(
            row["division__year"],
            row["count"],
            sizes[row["division_id"]],
            difference(sum(top.values()), row["people"], row["counted"] == len(top)),
        )
        for row in known
    ]


def inhabitants_by_code(table: Table) -> dict[str, int]:
    if "inhabitants" not in table.values:
        return {}
    people = zip(table.areas["code"].tolist(), table.values["inhabitants"].tolist(), strict=True)
    return {code: int(number) for code, number in people if not np.isnan(number)}


def difference(here: int, there: int | None, complete: bool) -> float | None:
    return here / there - 1 if here and there and complete else None
