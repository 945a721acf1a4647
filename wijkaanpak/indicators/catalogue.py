"""The catalogue of indicators: what each figure says and in which columns of which file it stands.

The texts and mappings stand in data/catalogue.json. `sync` brings the database up to date and may
run any number of times; whether figures are an invented example is decided elsewhere and kept.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.models import Theme

FILE = Path(__file__).parent / "data" / "catalogue.json"
UPDATED = [
    "name", "theme", "definition", "unit", "direction", "kind", "decimals", "per", "numerator", "denominator",
    "source", "pitfalls", "frequency", "is_modelled", "may_be_negative", "in_theme_index", "order",
]  # fmt: skip


@dataclass(frozen=True)
class Source:
    """Where figures come from; `months` is how long a new delivery may take before it is worth asking."""

    slug: str
    short: str
    name: str
    attribution: str
    licence: str
    frequency: str
    months: int


@dataclass(frozen=True)
class Rate:
    """A rate that no file carries and that follows from two counts of the same delivery."""

    slug: str
    numerator: str
    denominator: str
    per: int


@cache
def contents() -> dict:
    return json.loads(FILE.read_text(encoding="utf-8"))


def entries() -> list[dict]:
    return contents()["indicators"]


@cache
def sources() -> dict[str, Source]:
    return {entry["slug"]: Source(**entry) for entry in contents()["sources"]}


def source_named(name: str) -> Source | None:
    return next((source for source in sources().values() if source.name == name), None)


@cache
def columns(form: str) -> dict[str, str]:
    """Return the slug of the indicator by column name in lower case, for a list such as "v3", "excel" or "statline"."""
    return {name.lower(): entry["slug"] for entry in entries() for name in entry.get("columns", {}).get(form, [])}


@cache
def origin_columns(form: str) -> frozenset[str]:
    """Return the columns about origin in lower case; they are never imported."""
    return frozenset(name.lower() for name in contents()["origin_columns"].get(form, []))


@cache
def share_columns(form: str) -> dict[str, str]:
    """Return the slug of the count that a column (in lower case) gives as a percentage."""
    return {name.lower(): entry["slug"] for entry in entries() for name in entry.get("shares", {}).get(form, [])}


@cache
def share_bases() -> dict[str, str]:
    """Return which count a count is a share of, where a form gives it as a percentage."""
    return {entry["slug"]: entry["share_of"] for entry in entries() if "share_of" in entry}


@cache
def totals() -> dict[str, list[str]]:
    """Return the published scores that are the sum of other published scores."""
    return {entry["slug"]: entry["adds_up"] for entry in entries() if "adds_up" in entry}


@cache
def sums() -> dict[str, list[str]]:
    """Return the counts that are the sum of other counts of the same delivery."""
    return {entry["slug"]: entry["sum_of"] for entry in entries() if "sum_of" in entry}


@cache
def rates() -> tuple[Rate, ...]:
    return tuple(
        Rate(entry["slug"], entry["numerator"], entry["denominator"], entry["per"])
        for entry in entries()
        if entry["kind"] == "rate" and "numerator" in entry and "columns" not in entry
    )


@cache
def by_slug() -> dict[str, dict]:
    return {entry["slug"]: entry for entry in entries()}


def described(slugs: Iterable[str]) -> dict[str, dict]:
    """Return name, unit, kind, decimals and more by slug; a query only for indicators of the municipality itself."""
    wanted = set(slugs)
    own = wanted - set(by_slug())
    found = (
        Indicator.objects.filter(slug__in=own).values("slug", "name", "unit", "kind", "decimals", "may_be_negative", "is_modelled")
        if own
        else []
    )
    return {row["slug"]: row | {"source": "own"} for row in found} | {slug: by_slug()[slug] for slug in wanted - own}


def entry(slug: str) -> dict:
    return by_slug().get(slug) or described([slug])[slug]


def may_be_negative(slug: str) -> bool:
    """Whether a figure can be below zero: scores and balances; elsewhere it is an error."""
    return bool(entry(slug).get("may_be_negative", False))


def column_names(slug: str) -> list[tuple[str, str]]:
    """Return in which columns of which forms an indicator stands, for people; empty when it is in none yet."""
    forms = {
        "v3": "CSV, OData 3",
        "v4": "OData 4",
        "excel": "Excel",
        "statline": "StatLine",
        "map": _("map"),
        "lbm3": "Leefbaarometer 3.0",
        "lbm2": "Leefbaarometer 2.0",
        "crime": _("police figures"),
    }
    found: dict[str, list[str]] = next((entry.get("columns", {}) for entry in entries() if entry["slug"] == slug), {})
    return [(forms[form], ", ".join(names)) for form, names in found.items()]


@transaction.atomic
def sync() -> int:
    """Write the catalogue to the database and return how many indicators it holds.

    Counts come first, because a rate needs its denominator in the same statement.
    """
    themes = dict(Theme.objects.values_list("slug", "pk"))
    numbered = list(enumerate(entries(), start=1))
    counts = [item for item in numbered if item[1]["kind"] == "count"]
    others = [item for item in numbered if item[1]["kind"] != "count"]
    for group in (counts, others):
        known = dict(Indicator.objects.values_list("slug", "pk"))
        rows = [_indicator(entry, order=order, themes=themes, known=known) for order, entry in group]
        Indicator.objects.bulk_create(rows, update_conflicts=True, unique_fields=["slug"], update_fields=UPDATED)
    return len(numbered)


def _indicator(entry, *, order, themes, known):
    source = sources()[entry["source"]]
    direction = entry.get("direction", 0)
    return Indicator(
        slug=entry["slug"],
        name=entry["name"],
        theme_id=themes.get(entry.get("theme", "")),
        definition=entry["definition"],
        unit=entry["unit"],
        direction=direction,
        kind=entry["kind"],
        decimals=entry.get("decimals", 0),
        per=entry.get("per", 1),
        numerator_id=known.get(entry.get("numerator", "")),
        denominator_id=known.get(entry.get("denominator", "")),
        source=source.name,
        pitfalls=entry.get("pitfalls", ""),
        frequency=source.frequency,
        is_modelled=entry.get("is_modelled", False),
        may_be_negative=entry.get("may_be_negative", False),
        in_theme_index=bool(direction and entry.get("theme") and entry["source"] != "lbm"),
        order=order,
    )
