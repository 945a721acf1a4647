"""Answers of the CBS service as JSON: rows of figures, and lists of names."""

import json

import pandas as pd
from django.utils.translation import gettext as _

from wijkaanpak.indicators.formats.cells import KINDS, code, is_code
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused, Level, Problem
from wijkaanpak.neighbourhoods.boundaries import plain_name

NAMES = {
    "cbs-names": ("Key", "Municipality"),
    "cbs-names-v4": ("Identifier", "DimensionGroupId"),
}  # by form: the code, and what tells the list
NEXT = ("odata.nextLink", "@odata.nextLink")


def parsed(content: bytes) -> dict:
    """Return the JSON object in a file; a bare list becomes {"value": list}."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefused(_("The text is not UTF-8."), advice=_("Download the original again."), line=line) from None
    except RecursionError:
        raise FileRefused(_("The JSON is nested deeper than any table."), advice=_("Download the figures again."), line=1) from None
    except json.JSONDecodeError as error:
        advice = _("Download it again.")
        raise FileRefused(_("The JSON breaks off or is damaged here."), advice=advice, line=error.lineno, column=str(error.colno)) from None
    return found if isinstance(found, dict) else {"value": found}


def rows_of(answer: dict) -> list[dict]:
    rows = answer.get("value")
    if isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows):
        return rows
    raise FileRefused(_("The answer holds no rows."), advice=_("Check the filter: codes in a filter must be padded to ten characters."))


def is_one_page(answer: dict) -> list[Problem]:
    """Report that an answer goes on in a next page."""
    if not any(answer.get(name) for name in NEXT):
        return []
    return [Problem(Level.LOOK, _("This is one page of a longer answer; the other areas are in the next pages."))]


def names_form(answer: dict) -> str:
    """Return which form of list of names an answer is; "" when it is none."""
    rows = answer.get("value")
    first = rows[0] if isinstance(rows, list) and rows and isinstance(rows[0], dict) else {}
    return next((form for form, marks in NAMES.items() if {"Title", *marks} <= set(first)), "")


def read_names(answer: dict, form: str) -> Table:
    """Return a table without figures: the codes and names of a list of districts and neighbourhoods."""
    rows = [(code(row.get(NAMES[form][0])), plain_name(str(row.get("Title") or ""))) for row in rows_of(answer)]
    areas = pd.DataFrame(rows, columns=["code", "name"])
    areas["kind"], areas["change"], areas["line"] = areas["code"].str[:2], 0, range(1, len(areas) + 1)
    found = Table(form=form, areas=areas, source="kwb")
    found.keep((areas["code"].map(is_code) & areas["kind"].isin(KINDS) & ~areas["code"].duplicated()).to_numpy())
    if found.areas.empty:
        raise FileRefused(
            _("This list of names is not about districts and neighbourhoods."), advice=_("Download WijkenEnBuurten of the same table.")
        )
    return found
