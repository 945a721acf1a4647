"""What the log, the jobs and the pages say about deliveries and figures."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wijkaanpak.indicators import catalogue, signs
from wijkaanpak.indicators.choices import EditionState
from wijkaanpak.indicators.formats.recognition import FORMS
from wijkaanpak.indicators.models import Edition
from wijkaanpak.indicators.problems import Level
from wijkaanpak.neighbourhoods.choices import AreaKind

SENTENCES = {
    "edition.uploaded": gettext_lazy("%(who)s uploaded %(subject)s."),
    "edition.columns": gettext_lazy("%(who)s said what the columns of %(subject)s are."),
    "indicator.added": gettext_lazy("%(who)s added the indicator %(subject)s."),
    "edition.confirmed": gettext_lazy("%(who)s confirmed that %(subject)s is about %(new_year)s."),
    "edition.cancelled": gettext_lazy("%(who)s stopped the reading in of %(subject)s."),
    "edition.loaded": gettext_lazy("%(subject)s was read in: %(new_new)s new figures, %(new_changed)s changed."),
    "edition.undone": gettext_lazy("%(who)s undid the reading in of %(subject)s."),
    "figures.locked": gettext_lazy("%(who)s locked the figures of %(subject)s: %(new_reason)s"),
    "figures.unlocked": gettext_lazy("%(who)s opened the figures of %(subject)s again: %(new_reason)s"),
    "feed.changed": gettext_lazy("%(who)s changed how figures are fetched from %(subject)s."),
    "release.fetched": gettext_lazy("%(subject)s was fetched from its publisher."),
}
JOB_NAMES = {
    "indicators.preview": gettext_lazy("Look at a file"),
    "indicators.load": gettext_lazy("Read figures in"),
    "indicators.undo": gettext_lazy("Undo a delivery"),
    "indicators.look": gettext_lazy("Ask a publisher for something new"),
    "indicators.fetch": gettext_lazy("Fetch figures from a publisher"),
}
SHORT_FORMS = {
    "cbs-names": gettext_lazy("a list of names"), "cbs-names-v4": gettext_lazy("a list of names"),
    "boundaries": gettext_lazy("boundaries"), "geopackage": gettext_lazy("boundaries"),
}  # fmt: skip
FIRST_MONTH = 100_000
BADGES = {
    EditionState.COLUMNS: "warning",
    EditionState.UPLOADED: "info", EditionState.REFUSED: "danger", EditionState.PREVIEWED: "warning", EditionState.LOADING: "info",
    EditionState.LOADED: "safe", EditionState.UNDONE: "done", EditionState.CANCELLED: "done", EditionState.FAILED: "danger",
}  # fmt: skip
LEVELS = {
    Level.STOP: ("danger", gettext_lazy("mend first")),
    Level.SKIP: ("warning", gettext_lazy("left out")),
    Level.LOOK: ("info", gettext_lazy("have a look")),
}


def grouped(number) -> str:
    """Write a number with the separators of the reader's language."""
    return number_format(number, use_l10n=True, force_grouping=True)


def figure(value: float | None, decimals: int) -> str:
    """Write a figure with its own number of decimals; the sign for "not known" when there is none."""
    return signs.shown(signs.MISSING) if value is None else number_format(round(value, decimals), decimal_pos=decimals, use_l10n=True, force_grouping=True)


def form_name(edition: Edition) -> str:
    return str(FORMS.get(edition.format, _("file")))


def headline(edition: Edition) -> str:
    """Say in one sentence what a file is, as far as was recognised."""
    preview = edition.preview
    if not preview:
        return _("We are looking at the file.")
    values = {
        "what": short_form(edition),
        "year": span(preview["periods"]) if preview.get("periods") else edition.year or preview["year"] or _("of an unknown year"),
        "coverage": preview["coverage"],
        "areas": area_count(preview["areas"]),
    }
    if not preview["indicators"]:
        return _("These are %(what)s %(year)s, %(coverage)s: %(areas)s.") % values
    found = len([row for row in preview["indicators"] if not row["derived"]])
    unused = len(preview["unused"])
    values |= {
        "indicators": ngettext("%(count)s indicator recognised", "%(count)s indicators recognised", found) % {"count": grouped(found)},
        "unused": ngettext("%(count)s column not used", "%(count)s columns not used", unused) % {"count": grouped(unused)},
    }
    return _("This is %(what)s %(year)s, %(coverage)s: %(areas)s, %(indicators)s, %(unused)s.") % values


def short_form(edition: Edition) -> str:
    """Name in a word or two what a delivery holds."""
    source = catalogue.source_named(edition.source)
    return str(SHORT_FORMS.get(edition.format) or (source.short if source else edition.source))


def span(periods: list[int]) -> str:
    """Write a list of periods from the first to the last: 2002–2024, or 2017-01 to 2017-12 as months."""
    first, last = (str(period) if period < FIRST_MONTH else f"{period // 100}-{period % 100:02d}" for period in (periods[0], periods[-1]))
    return first if first == last else f"{first} – {last}"


def periods(preview: dict) -> str:
    """Say which periods a file holds, and which of them are provisional; "" when it names none."""
    found = preview.get("periods") or []
    if not found:
        return ""
    text = ngettext("%(count)s period: %(span)s", "%(count)s periods: %(span)s", len(found)) % {"count": len(found), "span": span(found)}
    provisional = preview.get("provisional_periods")
    return text if not provisional else _("%(periods)s (provisional: %(span)s)") % {"periods": text, "span": span(provisional)}


def area_count(count: int) -> str:
    return ngettext("%(count)s area", "%(count)s areas", count) % {"count": grouped(count)}


def kinds(preview: dict) -> str:
    """Say how many areas of each kind there are, largest kind first."""
    found = [(AreaKind(kind).label, preview["kinds"][kind]) for kind in AreaKind.values if kind in preview["kinds"]]
    return ", ".join(f"{grouped(count)} × {label}" for label, count in found)


def population(preview: dict) -> dict | None:
    """Return the inhabitants as text: the total, and what the parts add up to (rounding makes that less)."""
    people = preview.get("population")
    if not people or not people["total"]:
        return None
    parts = [f"{AreaKind(kind).label}: {grouped(people['parts'][kind])}" for kind in AreaKind.values if kind in people["parts"]]
    return {"total": grouped(people["total"]), "kind": AreaKind(people["kind"]).label, "parts": ", ".join(parts)}


def problems(edition: Edition) -> list[dict]:
    """Return the problems as rows for the page: badge, place, what is wrong."""
    found = []
    for problem in edition.preview["problems"]:
        badge, label = LEVELS[Level(problem["level"])]
        found.append(problem | {"badge": badge, "label": label, "place": place(edition, problem["line"])})
    return found


def place(edition: Edition, number: int | None) -> str:
    """Say where in a file a problem is, in the words of its form."""
    if number is None:
        return _("whole file")
    word = _("feature %(number)s") if edition.format in ("boundaries", "geopackage") else _("line %(number)s")
    return (_("row %(number)s") if edition.format in ("kwb-odata-v3", "kwb-odata-v4") else word) % {"number": number}


def jumps(preview: dict) -> list[dict]:
    """Return the figures that stand out as rows for the page."""
    found = []
    entries = catalogue.described(jump["slug"] for jump in preview["jumps"])
    for jump in preview["jumps"]:
        entry = entries[jump["slug"]]
        decimals = entry.get("decimals", 0)
        shown = {"indicator": entry["name"], "unit": entry["unit"], "now": figure(jump["value"], decimals)}
        found.append(jump | shown | {"then": figure(jump["before"], decimals), "distance": figure(jump["deviations"], 1)})
    return found


def largest(result: dict) -> list[dict]:
    """Return the largest changes a delivery made as rows for the page."""
    return [
        row | {"before": figure(row["before"], row["decimals"]), "after": figure(row["after"], row["decimals"])}
        for row in result["largest"]
    ]
