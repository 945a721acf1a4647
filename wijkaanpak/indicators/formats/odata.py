"""Answers of the CBS service (OData version 3) as JSON: figures, and the list of names."""

import json

import pandas as pd
from django.utils.translation import gettext as _

from wijkaanpak.indicators.formats import kwb
from wijkaanpak.indicators.formats.cells import KINDS, code, is_code
from wijkaanpak.indicators.formats.columns import match
from wijkaanpak.indicators.formats.table import Table
from wijkaanpak.indicators.problems import FileRefused, Level, Problem
from wijkaanpak.neighbourhoods.boundaries import plain_name

KEY = "WijkenEnBuurten"


def parsed(content: bytes) -> dict:
    """Return the JSON object in a file; a bare list becomes {"value": list}."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefused(_("The text is not UTF-8."), advice=_("Download the original again."), line=line) from None
    except (json.JSONDecodeError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), str(getattr(error, "colno", ""))
        raise FileRefused(_("The JSON breaks off or is damaged here."), advice=_("Download it again."), line=line, column=column) from None
    return found if isinstance(found, dict) else {"value": found}


def rows_of(answer: dict) -> list[dict]:
    rows = answer.get("value")
    if isinstance(rows, list) and rows and all(isinstance(row, dict) for row in rows):
        return rows
    raise FileRefused(_("The answer holds no rows."), advice=_("Check the filter: codes in a filter must be padded to ten characters."))


def read(answer: dict) -> Table:
    rows = rows_of(answer)
    headings = list(dict.fromkeys(key for row in rows[:50] for key in row))
    matched = match(headings, "v3")
    raw = pd.DataFrame({heading: pd.Series([row.get(heading) for row in rows], dtype=object) for heading in kwb.used_headings(matched)})
    found = kwb.table(raw, matched, form="kwb-odata-v3", code_column=matched.structure[KEY.lower()], first_line=1)
    if "odata.nextLink" in answer:
        reason = _("This is one page of a longer answer; the other areas are in the next pages.")
        found.problems.append(Problem(Level.LOOK, reason))
    return found


def is_names(answer: dict) -> bool:
    rows = answer.get("value")
    return isinstance(rows, list) and bool(rows) and isinstance(rows[0], dict) and {"Key", "Title"} <= set(rows[0])


def read_names(answer: dict) -> Table:
    """Return a table without figures: the codes and names of the list WijkenEnBuurten."""
    rows = [(code(row.get("Key")), plain_name(str(row.get("Title") or ""))) for row in rows_of(answer)]
    areas = pd.DataFrame(rows, columns=["code", "name"])
    areas["kind"], areas["change"], areas["line"] = areas["code"].str[:2], 0, range(1, len(areas) + 1)
    found = Table(form="cbs-names", areas=areas)
    found.keep((areas["code"].map(is_code) & areas["kind"].isin(KINDS) & ~areas["code"].duplicated()).to_numpy())
    if found.areas.empty:
        raise FileRefused(
            _("This list of names is not about districts and neighbourhoods."), advice=_("Download WijkenEnBuurten of the same table.")
        )
    return found
