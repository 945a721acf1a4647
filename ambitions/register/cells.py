"""What a cell says: as text, day, number or choice; what it cannot be is said in plain words."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils import translation
from django.utils.formats import get_format
from django.utils.translation import gettext as _

Cell = str | int | float | None
DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")
THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")
LONGEST = {"what": 300, "unit": 60, "explanation": 2000}
MOST = {"quantity": 10**10, "euro": 10**10, "hours": 10**7}  # what fits in the columns of a commitment
FAULTS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#N/B", "#NAAM?", "#GETAL!", "#VERW!", "#WAARDE!"}


def text(cell: Cell, field: str) -> str:
    """Return a text that fits in the field of a commitment."""
    found = _shown(cell)
    if found in FAULTS:
        raise ValidationError(_("Excel could not compute this cell: it says %(cell)s.") % {"cell": found})
    limit = LONGEST[field]
    if len(found) > limit:
        texts = {"limit": limit, "length": len(found)}
        raise ValidationError(_("This text has %(length)s characters; at most %(limit)s fit. Make it shorter.") % texts)
    return found


def day(cell: Cell) -> date | None:
    found = _shown(cell)
    for form in DAYS if found else ():
        try:
            return datetime.strptime(found, form).date()  # noqa: DTZ007 a day has no time zone
        except ValueError:
            continue
    if found:
        raise ValidationError(_("“%(cell)s” is not a date. Write it as 31-12-2027.") % {"cell": found[:40]})
    return None


def amount(cell: Cell, field: str) -> Decimal | None:
    """Return a number of at most two decimals; zero is a number, empty is none."""
    found = _shown(cell).removeprefix("€").strip()
    if not found:
        return None
    number = _number(cell, found)
    if number is None:
        raise ValidationError(_("“%(cell)s” is not a number. Write only the number, such as 1500 or 12,50.") % {"cell": found[:40]})
    if number < 0:
        raise ValidationError(_("“%(cell)s” is below zero. Leave the cell empty if it is not known.") % {"cell": found[:40]})
    if number >= MOST[field]:
        raise ValidationError(_("“%(cell)s” is too large.") % {"cell": found[:40]})
    return number.quantize(Decimal("0.01"))


def _number(cell: Cell, found: str) -> Decimal | None:
    if isinstance(cell, str) and get_format("DECIMAL_SEPARATOR") == ",":
        found = found.replace(".", "") if THOUSANDS.fullmatch(found) else found
        found = found.replace(",", ".")
    try:
        number = Decimal(found)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def whole(cell: Cell) -> int | None:
    """Return the number of a commitment or an ambition; None when the cell is empty."""
    found = _shown(cell).removesuffix(".0")
    if found and not (found.isascii() and found.isdigit() and len(found) < 10):
        raise ValidationError(_("“%(cell)s” is not a number from the register.") % {"cell": found[:40]})
    return int(found) if found else None


def choice(cell: Cell, choices: type[TextChoices]) -> str:
    """Return the value of a choice by its label, in whatever language the register was made."""
    found = _shown(cell).casefold()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for option in choices:
                if found in {str(option.label).casefold(), option.value}:
                    return option.value
    options = ", ".join(f"“{option.label}”" for option in choices)
    raise ValidationError(_("Choose one of these: %(options)s.") % {"options": options})


def nearest(name: str, names: dict[str, Any]) -> list[str]:
    """Return the keys that look most like a name."""
    return get_close_matches(name.casefold(), names, n=3, cutoff=0.5)


def _shown(cell: Cell) -> str:
    return "" if cell is None else str(cell).strip()
