"""What an analyst sees before anything is read in: what it is, of which year, and what stands out."""

from collections import Counter

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkaanpak.indicators import catalogue, checks, earlier, years
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
        "areas": len(table.areas),
        "kinds": dict(Counter(table.areas["kind"])),
        "coverage": coverage(table),
        "indicators": [indicator(table, slug) for slug in table.slugs],
        "empty": [catalogue.entry(slug)["name"] for slug in table.empty],
        "unused": table.unused,
        "origin": len(table.origin),
        "observations": len(table.areas) * len(table.slugs),
        "known": int(sum((cells == Cell.VALUE).sum() for cells in table.cells.values())),
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


def indicator(table: Table, slug: str) -> dict:
    known = int((table.cells[slug] == Cell.VALUE).sum())
    return {
        "slug": slug,
        "name": catalogue.entry(slug)["name"],
        "column": table.headings.get(slug, ""),
        "known": known,
        "unknown": len(table.areas) - known,
        "derived": slug in table.derived,
    }


def population(table: Table) -> dict | None:
    """Return the largest area with its inhabitants, and how far its parts add up to it."""
    if "inhabitants" not in table.values:
        return None
    people = table.values["inhabitants"]
    totals = {kind: int(np.nansum(people[(table.areas["kind"] == kind).to_numpy()])) for kind in ("NL", "GM", "WK", "BU")}
    kind, total = next(((kind, total) for kind, total in totals.items() if total), ("", 0))
    return {"kind": kind, "total": total, "parts": {part: count for part, count in totals.items() if count and part != kind}}


def names_missing(table: Table, year: int | None) -> int:
    """Return how many areas have no name in the file, nor in the division of the guessed year."""
    nameless = table.areas.loc[table.areas["name"] == "", "code"].tolist()
    return len(nameless) - Area.objects.filter(division__year=year or 0, code__in=nameless).exclude(name="").count()


def jumps(table: Table, year: int | None) -> dict:
    period, before = earlier.values(table.slugs, table.areas["code"].tolist(), year) if year else (None, {})
    found = checks.jumps(table, before)
    return {"jumps": [jump.as_dict() for jump in found[:SHOWN]], "jump_count": len(found), "compared_with": period}
