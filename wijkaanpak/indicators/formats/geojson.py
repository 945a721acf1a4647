"""Boundaries as a table without figures."""

from collections.abc import Callable

import pandas as pd
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused, Level, Problem
from wijkaanpak.neighbourhoods import boundaries
from wijkaanpak.neighbourhoods.boundaries import Boundaries


def read(content: bytes) -> Table:
    """Return the codes, names and boundaries in a GeoJSON file; `line` is the number of the feature."""
    return table("boundaries", lambda: boundaries.read(content))


def table(form: str, find: Callable[[], Boundaries]) -> Table:
    """Return boundaries as a table; what cannot be used is refused with the reason."""
    try:
        found = find()
    except ValidationError as error:
        raise FileRefused(" ".join(error.messages)) from None
    rows = [(shape.code, shape.code[:2], shape.name, 0, shape.number) for shape in found.shapes]
    made = Table(form=form, areas=pd.DataFrame(rows, columns=["code", "kind", "name", "change", "line"]), source="areas")
    made.boundaries = {shape.code: shape.geometry for shape in found.shapes if shape.geometry}
    made.year, made.water = found.year, found.water
    made.problems = [Problem(Level(level), reason, line=number or None) for number, reason, level in found.problems]
    if made.water:
        made.problems.append(Problem(Level.SKIP, _("Water is left out: %(count)s features.") % {"count": made.water}))
    return made
