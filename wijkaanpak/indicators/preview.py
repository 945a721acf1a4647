"""What an analyst sees before anything is read in: what it is, of which year, and what stands out."""

from collections import Counter

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkaanpak.indicators import catalogue, checks, earlier, years
from wijkaanpak.indicators.choices import Status
from wijkaanpak.indicators.formats.cells import Cell
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import Level
from wijkaanpak.neighbourhoods.models import Area

SHOWN = 50  # problems and jumps kept for the page


def describe(table: Table, *, name: str) -> dict:
    """Return everything the preview page shows, as it is stored with the delivery."""
    fits = years.fits(table)
    year, reason = years.guess(table, name=name, fits=fits)
    problems = checks.check(table)
    levels = Counter(problem.level for problem in problems)
    return {
        "areas": table.area_count,
        "kinds": dict(Counter(table.areas.drop_duplicates("code")["kind"])),
        "periods": table.periods,
        "provisional_periods": sorted(int(period) for period in table.areas.loc[table.areas["provisional"], "period"].unique()),
        "coverage": coverage(table),
        "indicators": indicators(table),
        "empty": [entry["name"] for entry in catalogue.described(table.empty).values()],
        "unused": table.unused,
        "origin": len(table.origin),
        **states(table),
        "boundaries": len(table.boundaries),
        "population": population(table),
        "names_missing": names_missing(table, year),
        "year": year,
        "year_reason": reason,
        "fits": [fit.as_dict() for fit in fits],
        "problems": [problem.as_dict() for problem in sorted(problems, key=lambda problem: list(Level).index(problem.level))[:SHOWN]],
        "problem_count": len(problems),
        "stops": levels[Level.STOP],
        **jumps(table, year),
    }


def coverage(table: Table) -> str:
    """Say which part of the country the file is about."""
    codes = table.areas["code"]
    if (codes == "NL00").any() and (table.areas["kind"] == "GM").sum() > 300:
        return _("the whole of the Netherlands")
    municipalities = sorted({code[2:6] for code in codes if code[:2] in ("GM", "WK", "BU")})
    if len(municipalities) > 1:
        return ngettext("%(count)s municipality", "%(count)s municipalities", len(municipalities)) % {"count": len(municipalities)}
    code = f"GM{municipalities[0]}" if municipalities else "NL00"
    named = table.areas.loc[codes == code, "name"]
    name = (
        next((name for name in named if name), "") or Area.objects.filter(code=code).exclude(name="").values_list("name", flat=True).first()
    )
    return name or code


def states(table: Table) -> dict:
    """Count the figures, and what is said where there is none."""
    found = Counter({cell: sum(int((cells == cell).sum()) for cells in table.cells.values()) for cell in Cell})
    here = sum(found.values()) - found[Cell.ABSENT]
    unpublished = found[Cell.EMPTY] if table.blank == Status.NOT_PUBLISHED else 0
    return {
        "observations": here,
        "known": found[Cell.VALUE],
        "zeros": sum(int((values == 0).sum()) for values in table.values.values()),
        "secret": found[Cell.SECRET],
        "unpublished": unpublished,
        "estimated": len(table.estimated),
    }


def indicators(table: Table) -> list[dict]:
    entries = catalogue.described(table.slugs)
    return [
        {
            "slug": slug,
            "name": entries[slug]["name"],
            "column": table.headings.get(slug, ""),
            "known": int((table.cells[slug] == Cell.VALUE).sum()),
            "unknown": int(((table.cells[slug] != Cell.VALUE) & (table.cells[slug] != Cell.ABSENT)).sum()),
            "derived": slug in table.derived,
        }
        for slug in table.slugs
    ]


def population(table: Table) -> dict | None:
    """Return the largest area with its inhabitants, and how far its parts add up to it."""
    if "inhabitants" not in table.values or table.periods:
        return None
    people = table.values["inhabitants"]
    totals = {kind: int(np.nansum(people[(table.areas["kind"] == kind).to_numpy()])) for kind in ("NL", "GM", "WK", "BU")}
    kind, total = next(((kind, total) for kind, total in totals.items() if total), ("", 0))
    return {"kind": kind, "total": total, "parts": {part: count for part, count in totals.items() if count and part != kind}}


def names_missing(table: Table, year: int | None) -> int:
    """Return how many areas have no name in the file, nor in the division of the guessed year."""
    nameless = table.areas.loc[table.areas["name"] == "", "code"].unique().tolist()
    return len(nameless) - Area.objects.filter(division__year=year or 0, code__in=nameless).exclude(name="").count()


def jumps(table: Table, year: int | None) -> dict:
    """Compare with the period before: of the file itself when it has several, else of what is here."""
    if table.periods:
        latest, (period, before) = table.of_period(table.periods[-1]), within(table)
    else:
        codes = table.areas["code"].tolist()
        latest, (period, before) = table, earlier.values(table.slugs, codes, year) if year else (None, {})
    found = checks.jumps(latest, before)
    return {"jumps": [jump.as_dict() for jump in found[:SHOWN]], "jump_count": len(found), "compared_with": period}


def within(table: Table) -> tuple[int | None, dict[str, pd.Series]]:
    """Return the last period but one of a file and its values by area code."""
    if len(table.periods) < 2:
        return None, {}
    before = table.of_period(table.periods[-2])
    return table.periods[-2], {slug: pd.Series(values, index=before.areas["code"]) for slug, values in before.values.items()}
