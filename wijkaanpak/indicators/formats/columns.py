"""Which column of a file is which indicator."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from wijkaanpak.indicators import catalogue
from wijkaanpak.indicators.formats.descriptions import Description, matches
from wijkaanpak.indicators.problems import FileRefused

STRUCTURE = ("code", "name", "municipality", "change", "water", "period", "measure", "value", "remark")
SIGN = re.compile(r"[^\w.]")


@dataclass
class Matched:
    """Headings of a file by what they are for.

    `figures` gives the heading by year (0 where the heading does not say it) and slug, `shares` the
    heading of a percentage by the slug of the count it stands for.
    """

    figures: dict[int, dict[str, str]] = field(default_factory=dict)
    shares: dict[str, str] = field(default_factory=dict)
    structure: dict[str, str] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)  # bases and margins
    origin: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    between: list[str] = field(default_factory=list)

    def used(self) -> list[str]:
        """Return every heading that is needed, each once."""
        headings = [*self.structure.values(), *self.shares.values(), *self.beside]
        return list(dict.fromkeys(headings + [heading for columns in self.figures.values() for heading in columns.values()]))

    def add(self, slug: str, heading: str, year: int = 0) -> None:
        columns = self.figures.setdefault(year, {})
        if slug in columns:
            raise twice(columns[slug], heading)
        columns[slug] = heading


def match(headings: list[str], description: Description) -> Matched:
    """Say what each heading is. Raises FileRefused when two columns claim to be the same indicator."""
    found = Matched(beside=[*description.bases.values(), *description.margins.values()])
    names, shares = known_names(description), catalogue.share_columns(description.keys)
    for heading in headings:
        text = heading.strip().lower()
        part = next((part for part in STRUCTURE if part not in found.structure and matches(getattr(description, part), text)), "")
        if part:
            found.structure[part] = heading
        elif is_origin(text, description):
            found.origin.append(heading)
        elif matches(description.between, text):
            found.between.append(heading)
        elif heading in description.columns:
            found.add(description.columns[heading], heading)
        elif text and heading not in found.beside and not matches(description.aside, text):
            add_figure(found, heading, names, shares, description)
    return found


def add_figure(found: Matched, heading: str, names: dict[str, str], shares: dict[str, str], description: Description) -> None:
    """Place the heading of a figure: known, known as a percentage of a count, or not used."""
    name = trimmed(heading.strip().lower(), description)
    parts = matches(description.with_year, name)
    key, year = (parts["stem"], century(int(parts["year"]))) if parts else (name, 0)
    if slug := (dotted_slug(key, names) if description.dotted else names.get(key)):
        found.add(slug, heading, year)
    elif key in shares:
        found.shares[shares[key]] = heading
    else:
        found.unused.append(heading)


def century(year: int) -> int:
    return 2000 + year if year < 80 else 1900 + year


def trimmed(text: str, description: Description) -> str:
    return re.sub(description.trim, "", text).strip() if description.trim else text


def known_names(description: Description) -> dict[str, str]:
    """Return the slug by column name in the way the form writes it; the rows of a long form are looked up elsewhere."""
    names = {} if description.measure else catalogue.columns(description.keys)
    return {dotted(name): slug for name, slug in names.items()} if description.dotted else names


def dotted(name: str) -> str:
    """Write a heading as R does: every space and sign is a point."""
    return SIGN.sub(".", name)


def dotted_slug(text: str, names: dict[str, str]) -> str | None:
    """Find the indicator of a heading that R wrote: the name, then two points or more and the unit.

    A name that goes on after one point is a name below it, and another figure.
    """
    found = [name for name in names if text.startswith(name) and (text == name or text[len(name) :].startswith(".."))]
    return names[max(found, key=len)] if found else None


def is_origin(text: str, description: Description) -> bool:
    """Whether a column is about origin; an entry that ends in a slash stands for everything below it."""
    name = trimmed(text, description)
    for entry in catalogue.origin_columns(description.keys):
        listed = dotted(entry) if description.dotted else entry
        if name == listed or (entry.endswith("/") and name.startswith(listed)):
            return True
    return False


def twice(first: str, second: str) -> FileRefused:
    return FileRefused(
        _("The columns %(first)s and %(second)s are the same figure.") % {"first": first, "second": second},
        advice=_("Leave one of them out."),
        line=1,
        column=second,
    )
