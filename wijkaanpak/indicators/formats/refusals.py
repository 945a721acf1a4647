"""Files that are known and cannot be used: what they are, and what to use instead."""

import json
import re

from django.utils.translation import gettext as _

from wijkaanpak.indicators.problems import FileRefused

DESCRIBING = (
    {"Key", "Type", "ParentID"},
    {"Identifier", "Summary"},
    {"Identifier", "Title"},
    {"Id", "Title"},
    {"ID", "Title"},
)  # keys of a row without figures


def check_text(content: bytes) -> None:
    """Raise FileRefused for a text that is known and cannot be read."""
    lines = first_lines(content)
    heading = lines[0] if lines else ""
    for is_it, reason, advice in known_texts():
        if is_it(heading, lines[:5]):
            raise FileRefused(reason, advice=advice, line=1)


def unknown_text(content: bytes) -> FileRefused:
    lines = first_lines(content)
    return FileRefused(
        _("This file is not recognised; the first line reads: “%(heading)s”.") % {"heading": (lines[0] if lines else "")[:120] or "–"},
        advice=_("Look below which files can be read."),
        line=1,
        is_unknown=True,
    )


def first_lines(content: bytes) -> list[str]:
    return content[:20_000].decode("utf-8-sig", errors="replace").splitlines()


def known_texts():
    csv_advice = _("Download the table again as CSV from the CBS service, or use the yearly Excel file.")
    code_advice = _(
        "In StatLine choose “Regioaanduiding: Codering (code)” as one of the subjects and download it again, or use Kerncijfers wijken en buurten of the same year."
    )
    return [
        (lambda heading, _lines: '"";""' in heading.removeprefix('"";"'), _("The quotation marks are doubled: a spreadsheet saved this file again."), _("Download it again and upload it without opening it first.")),
        (lambda _heading, lines: is_cross_table(lines), _("This is a cross table with years as columns: it has names of areas but no codes, and names are not unique."), _("Download it as a list, with the code of the region as a column; for inhabitants use Kerncijfers wijken en buurten.")),
        (lambda _heading, lines: is_old_statline(lines), _("This is the old StatLine form: it has names of areas but no codes, and names are not unique."), csv_advice),
        (lambda heading, _lines: is_without_codes(heading), _("This StatLine download has names of areas but no codes, and names are not unique."), code_advice),
        (lambda heading, _lines: is_change_file(heading), _("These are classes of change between two years of the Leefbaarometer; they are of another kind than scores and cannot be read."), _("Use the file with scores or classes per year.")),
        (lambda heading, _lines: heading.startswith("TableInfos"), _("This is a description of a table, not the figures."), _("Download the figures themselves: TypedDataSet, for the police of table 47022NED (districts and neighbourhoods).")),
        (lambda heading, _lines: "WijkenEnBuurten" in heading and ";" not in heading, _("The columns are not separated by semicolons: another program saved this file again."), csv_advice),
    ]  # fmt: skip


def is_cross_table(lines: list[str]) -> bool:
    return any(line.startswith('"";') and "Perioden" in line for line in lines[1:])


def is_old_statline(lines: list[str]) -> bool:
    return any(line.startswith('"";') and "Onderwerp" in line for line in lines[1:])


def is_without_codes(heading: str) -> bool:
    return ("Regio's" in heading or "Wijken en buurten" in heading) and not re.search(r"\(code\)", heading) and ";" in heading


def is_change_file(heading: str) -> bool:
    names = [name.strip('" ').upper() for name in re.split("[,;]", heading)]
    return any(re.fullmatch(r"VKL\d{4}", name) for name in names) and not any(re.fullmatch(r"KL\d{2}", name) for name in names)


def unusable_json(answer: dict) -> FileRefused:
    """Say what a JSON file without figures is."""
    if "odata.error" in answer or "error" in answer:
        text = json.dumps(answer.get("odata.error") or answer["error"], ensure_ascii=False)[:200]
        return FileRefused(
            _("This is an error message of the service, not figures: %(text)s") % {"text": text},
            advice=_("Ask for fewer rows: one municipality at a time."),
        )
    rows = answer.get("value")
    first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else answer
    if any(keys <= set(first) for keys in DESCRIBING):
        return FileRefused(
            _("This is %(name)s: a description of a table, without figures.") % {"name": list_name(answer)},
            advice=_("Download TypedDataSet of the same table, and WijkenEnBuurten for the names."),
        )
    return FileRefused(
        _("This JSON holds no figures per district or neighbourhood."),
        advice=_("Use the TypedDataSet of a table Kerncijfers wijken en buurten."),
    )


def list_name(answer: dict) -> str:
    """Return the name of a list as its own envelope gives it."""
    context = str(answer.get("@odata.context") or answer.get("odata.metadata") or "")
    return context.rpartition("#")[2].rpartition(".")[2][:40] or _("a list of the CBS service")
