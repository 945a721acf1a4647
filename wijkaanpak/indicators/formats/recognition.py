"""Say what a file is by its content, read it, or refuse it with what to do instead."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijkaanpak.indicators.formats import atom, delimited, geojson, geopackage, grids, odata, reading, refusals, workbook
from wijkaanpak.indicators.formats.descriptions import DESCRIPTIONS, find
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.indicators.sources import Source

FORMS = {description.form: description.label for description in DESCRIPTIONS} | {
    "kwb-odata-v3": gettext_lazy("Kerncijfers wijken en buurten, answer of the CBS service (OData 3)"),
    "cbs-names": gettext_lazy("Names of districts and neighbourhoods (CBS service)"),
    "cbs-names-v4": gettext_lazy("Names of districts and neighbourhoods (CBS service, OData 4)"),
    "boundaries": gettext_lazy("Boundaries (GeoJSON)"),
    "geopackage": gettext_lazy("Boundaries (GeoPackage)"),
    "own": gettext_lazy("Figures of the municipality itself"),
}


def is_boundaries(source: Source) -> bool:
    """Whether the file is a map, by the start and end of it: parsing megabytes twice takes seconds."""
    ends = source.content[:4096] + source.content[-4096:]
    return source.kind == "json" and any(word in ends for word in (b"FeatureCollection", b'"Topology"', b'"arcs"'))


def read(source: Source) -> Table:
    """Return the table in a file of figures, names or boundaries.

    Raises FileRefused for everything else; `is_unknown` when it may still be a file of the
    municipality itself, of which a person says what the columns are.
    """
    if is_boundaries(source):
        return geojson.read(source.content)
    readers = {"geopackage": geopackage.read, "workbook": read_workbook, "json": read_json, "xml": read_xml, "text": read_text}
    return readers[source.kind](source.content)


def read_workbook(content: bytes) -> Table:
    for grid in workbook.grids(content):
        if description := find(grid):
            return reading.table(grid, description)
    raise FileRefused(
        _("No sheet of this workbook is recognised (sheets: %(titles)s).") % {"titles": workbook.titles(content)},
        advice=_("Of CBS the yearly Kerncijfers wijken en buurten (kwb-2023.xlsx) can be read."),
        is_unknown=True,
    )


def read_text(content: bytes) -> Table:
    refusals.check_text(content)
    grid = delimited.grid(content)
    if description := find(grid):
        return reading.table(grid, description)
    raise refusals.unknown_text(content)


def read_xml(content: bytes) -> Table:
    return read_records(atom.records(content), {})


def read_json(content: bytes) -> Table:
    answer = odata.parsed(content)
    if form := odata.names_form(answer):
        return odata.read_names(answer, form)
    if answer.get("value") == []:
        odata.rows_of(answer)
    rows = answer.get("value")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise refusals.unusable_json(answer)
    return read_records(rows, answer)


def read_records(records: list[dict], answer: dict) -> Table:
    """Return the table of rows that name their columns; the typed form of the KWB, without padding, is what JSON is like."""
    grid = grids.of_records(records)
    description = find(grid)
    if description is None:
        raise refusals.unusable_json(answer | {"value": records})
    grid.problems = odata.is_one_page(answer)
    found = reading.table(grid, description)
    found.form = "kwb-odata-v3" if found.form == "kwb-csv-typed" else found.form
    return found
