"""The forms of files that can be read, as data: how each is recognised and what stands where.

Patterns are regular expressions for a whole heading in lower case. To read another form, add a
description here, its columns to the catalogue and an excerpt to the tests.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkaanpak.indicators.choices import Status
from wijkaanpak.indicators.formats.cells import Notation
from wijkaanpak.indicators.formats.grids import Grid

ANY_SEPARATOR = "any"  # and in workbooks


@dataclass(frozen=True)
class Description:
    """One form. `marks` must all be among the headings; `keys` is the column list in the catalogue to use.

    Three ways to say what a figure is of: a column per indicator; a row per indicator, named in
    `measure` with the figure in `value`; or a heading that holds the year as well, `with_year` with
    the groups stem and year. `aside` are columns that say nothing about a figure.
    """

    form: str
    label: Promise
    keys: str
    marks: tuple[str, ...]
    code: str
    name: str = ""
    municipality: str = ""  # a column with names of the country and of municipalities only
    change: str = ""
    water: str = ""
    period: str = ""
    measure: str = ""
    value: str = ""
    with_year: str = ""
    remark: str = ""  # a column that says why there is no figure
    between: str = ""  # columns of change between two years: of another kind than figures of a year
    aside: str = ""
    trim: str = ""  # taken off a heading before it is compared
    dotted: bool = False  # every sign in the headings has become a point
    separators: str = ";"
    commas: str = ""  # with these separators the decimal mark is a comma
    padded: bool | None = None  # whether numbers must stand in quotes, filled up with spaces
    exponents: bool = False
    blank: Status = Status.MISSING
    columns: dict[str, str] = field(default_factory=dict, compare=False)  # slug by heading, when a person has said so
    bases: dict[str, str] = field(default_factory=dict, compare=False)  # heading by slug, of the numbers the figures are of
    margins: dict[str, str] = field(default_factory=dict, compare=False)  # heading by slug

    def notation(self, grid: Grid) -> Notation:
        comma = self.commas == ANY_SEPARATOR or (bool(grid.separator) and grid.separator in self.commas)
        return Notation(comma=comma, exponents=self.exponents)

    def fits(self, grid: Grid) -> bool:
        headings = [heading.strip().lower() for heading in grid.headings]
        return (
            (not grid.separator or grid.separator in self.separators)
            and (self.padded is None or self.padded == grid.padded)
            and all(any(matches(mark, heading) for heading in headings) for mark in self.marks)
        )


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def matches(pattern: str, heading: str) -> re.Match[str] | None:
    """Match a whole heading (in lower case); an empty pattern matches nothing."""
    return compiled(pattern).fullmatch(heading) if pattern else None


KWB_KEYS: dict[str, Any] = {
    "keys": "v3", "marks": (r"wijkenenbuurten",), "code": r"wijkenenbuurten", "municipality": r"gemeentenaam(_\d+)?",
    "change": r"indelingswijziging.*", "aside": r"id|soortregio(_\d+)?|codering(_\d+)?", "trim": r"_\d+$",
}  # fmt: skip
STATLINE_KEYS: dict[str, Any] = {
    "keys": "statline", "code": r"regioaanduiding/codering \(code\)|regiocode .*\(code\)", "name": r"wijken en buurten|regio's",
    "marks": (r"regioaanduiding/codering \(code\)|regiocode .*\(code\)",), "change": r"regioaanduiding/indelingswijziging.*",
    "period": r"perioden", "aside": r"regioaanduiding/.*", "trim": r"\s*\([^()]*\)$",
}  # fmt: skip
CRIME_KEYS: dict[str, Any] = {
    "keys": "crime", "marks": (r"soortmisdrijf", r"perioden", r"geregistreerdemisdrijven_\d+"), "code": r"wijkenenbuurten|regios",
    "period": r"perioden", "measure": r"soortmisdrijf", "value": r"geregistreerdemisdrijven_\d+", "aside": r"id",
}  # fmt: skip

DESCRIPTIONS = (
    Description(
        form="police", label=_("Registered crime of the police, per area and period"), **CRIME_KEYS,
    ),
    Description(
        form="kwb-odata-v4", label=_("Kerncijfers wijken en buurten, answer of the CBS service (OData 4)"),
        keys="v4", marks=(r"measure", r"wijkenenbuurten", r"value"), code=r"wijkenenbuurten", measure=r"measure", value=r"value",
        period=r"perioden", remark=r"valueattribute", aside=r"id|stringvalue",
    ),
    Description(form="kwb-csv-untyped", label=_("Kerncijfers wijken en buurten, CSV (untyped)"), padded=True, blank=Status.NOT_PUBLISHED, **KWB_KEYS),
    Description(form="kwb-csv-typed", label=_("Kerncijfers wijken en buurten, CSV (typed)"), **KWB_KEYS),
    Description(
        form="statline-symbols", label=_("StatLine download, CSV with statistical symbols"), padded=True, blank=Status.NOT_PUBLISHED, **STATLINE_KEYS,
    ),
    Description(form="statline", label=_("StatLine download, CSV"), commas=";", **STATLINE_KEYS),
    Description(
        form="statline-r", label=_("StatLine download, saved again by R"),
        keys="statline", marks=(r"regioaanduiding\.codering\.\.code\.",), code=r"regioaanduiding\.codering\.\.code\.",
        name=r"wijken\.en\.buurten", change=r"regioaanduiding\.indelingswijziging.*", aside=r"regioaanduiding\..*",
        dotted=True, separators=",", exponents=True,
    ),
    Description(
        form="kwb-excel", label=_("Kerncijfers wijken en buurten, yearly Excel file"),
        keys="excel", marks=(r"gwb_code_10",), code=r"gwb_code_10", name=r"regio", change=r"ind_wbi", aside=r"gwb_code(_8)?|gm_naam|recs",
        commas=";", blank=Status.NOT_PUBLISHED,
    ),
    Description(
        form="map-attributes", label=_("Attributes of the CBS map of districts and neighbourhoods"),
        keys="map", marks=(r"(wk|bu|gm)_code", r"aant_inw"), code=r"(bu|wk)_code", name=r"(bu|wk)_naam", change=r"ind_wbi", water=r"water",
        aside=r"gm_code|gm_naam", separators=",;",
    ),
    Description(
        form="leefbaarometer-3", label=_("Leefbaarometer 3.0, scores"),
        keys="lbm3", marks=(r"(wk|bu|gm)_code", r"jaar", r"afw"), code=r"(wk|bu|gm)_code", name=r"(wk|bu|gm)_naam", period=r"jaar", aside=r"lbm",
        separators=",;", commas=";", exponents=True,
    ),
    Description(
        form="leefbaarometer-2", label=_("Leefbaarometer 2.0, scores"),
        keys="lbm2", marks=(r"gbd", r"jaar", r"rlbrmtr"), code=r"gbd", period=r"jaar", separators=",;", commas=";", exponents=True,
    ),
    Description(
        form="leefbaarometer-2-wide", label=_("Leefbaarometer 2.0, scores with the years beside each other"),
        keys="lbm2", marks=(r"gbd", r"rlbrmtr\d\d"), code=r"gbd", with_year=r"(?P<stem>rlb[a-z]+)(?P<year>\d\d)", separators=",;", commas=";", exponents=True,
    ),
    Description(
        form="leefbaarometer-2-classes", label=_("Leefbaarometer 2.0, classes"),
        keys="lbm2", marks=(r"(wk|bu)_code", r"kl\d\d"), code=r"(wk|bu)_code", with_year=r"(?P<stem>kl)(?P<year>\d\d)", between=r"vkl\d{4}",
        separators=",;",
    ),
)  # fmt: skip


def find(grid: Grid) -> Description | None:
    """Return the first description that fits a grid."""
    return next((description for description in DESCRIPTIONS if description.fits(grid)), None)
