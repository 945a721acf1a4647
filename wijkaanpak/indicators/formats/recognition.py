"""Say what a file is by its content, read it, or refuse it with what to do instead."""

import json
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijkaanpak.indicators.formats import delimited, geojson, odata, workbook
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.indicators.sources import Source

FORMS = {
    "kwb-csv-untyped": gettext_lazy("Kerncijfers wijken en buurten, CSV (untyped)"),
    "kwb-csv-typed": gettext_lazy("Kerncijfers wijken en buurten, CSV (typed)"),
    "kwb-excel": gettext_lazy("Kerncijfers wijken en buurten, yearly Excel file"),
    "kwb-odata-v3": gettext_lazy("Kerncijfers wijken en buurten, answer of the CBS service (OData 3)"),
    "cbs-names": gettext_lazy("Names of districts and neighbourhoods (CBS service)"),
    "boundaries": gettext_lazy("Boundaries (GeoJSON)"),
}


def is_boundaries(source: Source) -> bool:
    """Whether the file is a map, by the start and end of it: parsing megabytes twice takes seconds."""
    ends = source.content[:4096] + source.content[-4096:]
    return source.kind == "json" and any(word in ends for word in (b"FeatureCollection", b'"Topology"', b'"arcs"'))


def read(source: Source) -> Table:
    """Return the table in a file of figures, names or boundaries. Raises FileRefused for everything else."""
    if is_boundaries(source):
        return geojson.read(source.content)
    if source.kind == "workbook":
        return workbook.read(source.content)
    if source.kind == "json":
        return read_json(source.content)
    if delimited.is_kwb(source.content):
        return delimited.read(source.content)
    raise text_refusal(source.content)


def read_json(content: bytes) -> Table:
    answer = odata.parsed(content)
    rows = answer.get("value")
    first = rows[0] if isinstance(rows, list) and rows else {}
    if odata.is_names(answer):
        return odata.read_names(answer)
    if isinstance(first, dict) and odata.KEY in first and "Measure" not in first:
        return odata.read(answer)
    raise json_refusal(answer)


def json_refusal(answer: dict) -> FileRefused:
    if "odata.error" in answer or "error" in answer:
        text = json.dumps(answer.get("odata.error") or answer["error"], ensure_ascii=False)[:200]
        return FileRefused(
            _("This is an error message of the service, not figures: %(text)s") % {"text": text},
            advice=_("Ask for fewer rows: one municipality at a time."),
        )
    if "@odata.context" in answer:
        return FileRefused(
            _("This is an answer of the newer CBS service (OData 4)."),
            advice=_("Use the TypedDataSet of version 3 or the yearly Excel file."),
        )
    return FileRefused(
        _("This JSON holds no figures per district or neighbourhood."),
        advice=_("Use the TypedDataSet of a table Kerncijfers wijken en buurten."),
    )


def text_refusal(content: bytes) -> FileRefused:
    """Name the known files that cannot be read, and say what can be used instead."""
    lines = content[:20_000].decode("utf-8-sig", errors="replace").splitlines()
    heading = lines[0] if lines else ""
    for is_it, reason, advice in known_texts():
        if is_it(heading, lines[:5]):
            return FileRefused(reason, advice=advice, line=1)
    return FileRefused(
        _("This file is not recognised; the first line reads: “%(heading)s”.") % {"heading": heading[:120] or "–"},
        advice=_("Look below which files can be read."),
        line=1,
    )


def known_texts():
    csv_advice = _("Download the table again as CSV from the CBS service, or use the yearly Excel file.")
    return [
        (lambda heading, _lines: '"";""' in heading.removeprefix('"";"'), _("The quotation marks are doubled: a spreadsheet saved this file again."), _("Download it again and upload it without opening it first.")),
        (lambda _heading, lines: is_old_statline(lines), _("This is the old StatLine form: it has names of areas but no codes, and names are not unique."), csv_advice),
        (lambda heading, _lines: is_saved_again(heading), _("Another program (R?) saved this file again: the headings are changed."), csv_advice),
        (lambda heading, _lines: bool(re.search(r"Codering|\(code\)", heading)) and "/" in heading, _("This is a StatLine download with titles as headings; that form cannot be read yet."), csv_advice),
        (lambda heading, _lines: heading.startswith('"Perioden"') or "Regio's" in heading, _("This StatLine download has names of areas but no codes, and names are not unique."), csv_advice),
        (lambda heading, _lines: bool(re.match(r'"?(wk|bu|gm)_code"?,"?\w+_naam"?,"?jaar', heading)), _("This is the Leefbaarometer 3.0; that form cannot be read yet."), ""),
        (lambda heading, _lines: "WK_CODE" in heading or "BU_CODE" in heading, _("This is the attribute table of a map; its percentages are of another kind."), csv_advice),
        (lambda heading, _lines: heading.startswith("TableInfos"), _("This is a description of a table, not the figures."), _("Download the figures themselves.")),
        (lambda heading, _lines: "WijkenEnBuurten" in heading, _("The columns are not separated by semicolons: another program saved this file again."), csv_advice),
    ]  # fmt: skip


def is_old_statline(lines: list[str]) -> bool:
    return any(line.startswith('"";') and ("Onderwerp" in line or "Perioden" in line) for line in lines[1:])


def is_saved_again(heading: str) -> bool:
    return heading.startswith('"",') or "Regioaanduiding." in heading or "Wijken.en.buurten" in heading
