"""Which column of a file is which indicator."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from wijkaanpak.indicators import catalogue
from wijkaanpak.indicators.problems import FileRefused

POSITION = re.compile(r"_\d+$")
STRUCTURE = {
    "id", "wijkenenbuurten", "gemeentenaam", "soortregio", "codering", "indelingswijzigingwijkenenbuurten",
    "indelingswijziginggemeentewijkbuurt", "gwb_code_10", "gwb_code_8", "gwb_code", "regio", "gm_naam", "recs", "ind_wbi",
}  # fmt: skip


@dataclass
class Matched:
    """Headings of a file by what they are for; `indicators` gives the heading by slug."""

    indicators: dict[str, str] = field(default_factory=dict)
    structure: dict[str, str] = field(default_factory=dict)
    origin: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def stem(heading: str, form: str) -> str:
    """Return a heading in lower case; of OData keys without the position, which moves between editions."""
    text = heading.strip()
    return (POSITION.sub("", text) if form == "v3" else text).lower()


def match(headings: Iterable[str], form: str) -> Matched:
    """Say what each heading is. Raises FileRefused when two columns claim to be the same indicator."""
    known, origin, found = catalogue.columns(form), catalogue.origin_columns(form), Matched()
    for heading in headings:
        name = stem(heading, form)
        if name in STRUCTURE:
            found.structure[name] = heading
        elif name in origin:
            found.origin.append(heading)
        elif name not in known:
            found.unused.append(heading)
        elif known[name] in found.indicators:
            raise twice(found.indicators[known[name]], heading)
        else:
            found.indicators[known[name]] = heading
    return found


def twice(first: str, second: str) -> FileRefused:
    return FileRefused(
        _("The columns %(first)s and %(second)s are the same figure.") % {"first": first, "second": second},
        advice=_("Leave one of them out."),
        line=1,
        column=second,
    )
