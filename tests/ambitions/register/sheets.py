"""Excel files as somebody would upload them."""

import zipfile
from io import BytesIO

from openpyxl import Workbook

HEADINGS = {
    "number": "Nummer", "ambition": "Nummer ambitie", "what": "Toezegging", "organisation": "Organisatie", "owner": "Verantwoordelijke",
    "starts_on": "Begint op", "due_on": "Klaar vóór", "quantity": "Aantal", "unit": "Eenheid", "euro": "Euro", "hours": "Uren",
    "formal_basis": "Formele grondslag", "visibility": "Zichtbaar voor", "explanation": "Toelichting", "state": "Stand",
}  # fmt: skip
REQUIRED = ["number", "ambition", "what", "organisation", "owner", "starts_on", "due_on"]


def sheet(*rows, headings=None):
    """Return an Excel file with a row per dict of values by column; only the columns that are used, and the required ones."""
    keys = headings or list(dict.fromkeys([*REQUIRED, *(key for row in rows for key in row)]))
    book = Workbook()
    book.active.append([HEADINGS.get(key, key) for key in keys])
    for row in rows:
        book.active.append([row.get(key) for key in keys])
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_part(content, name, data):
    """Return the file with one part more, or with a part replaced."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return made.getvalue()
