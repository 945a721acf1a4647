"""Boundaries as a table without figures."""

import pandas as pd
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused, Level, Problem
from wijkaanpak.neighbourhoods import boundaries


def read(content: bytes) -> Table:
    """Return the codes, names and boundaries in a GeoJSON file; `line` is the number of the feature."""
    try:
        found = boundaries.read(content)
    except ValidationError as error:
        raise FileRefused(" ".join(error.messages)) from None
    rows = [(shape.code, shape.code[:2], shape.name, 0, shape.number) for shape in found.shapes]
    table = Table(form="boundaries", areas=pd.DataFrame(rows, columns=["code", "kind", "name", "change", "line"]))
    table.boundaries = {shape.code: shape.geometry for shape in found.shapes if shape.geometry}
    table.year, table.water = found.year, found.water
    table.problems = [Problem(Level(level), reason, line=number) for number, reason, level in found.problems]
    if table.water:
        table.problems.append(Problem(Level.SKIP, _("Water is left out: %(count)s features.") % {"count": table.water}))
    return table
