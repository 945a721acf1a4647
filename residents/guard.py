"""Points out personal data in free text. It warns and never blocks: a person decides."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Finding:
    """A piece of text that looks like personal data."""

    kind: str
    label: str | Promise
    excerpt: str


EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w+])(?:\+31|0031|0)(?:[ .()-]*\d){9}(?!\d)")
NINE_DIGITS = re.compile(r"(?<!\d)(?:\d[ .]?){8}\d(?!\d)")
PLATE = re.compile(r"(?<![\w-])(?=[\dA-Z-]*\d)(?=[\dA-Z-]*[A-Z])(?:[A-Z]{1,3}|\d{1,3})-(?:[A-Z]{2,3}|\d{2,3})-(?:[A-Z]{1,2}|\d{1,2})(?![\w-])", re.IGNORECASE)
TITLED_NAME = re.compile(
    r"\b(?:[Mm]evrouw|[Mm]eneer|[Mm]w\.?|[Dd]hr\.?|[Dd]e heer|[Mm]rs\.?|[Mm]r\.?|[Mm]s\.?)\s+(?:(?:van|de|den|der|ter|ten|el|al)\s+)*[A-ZÀ-Ý][\w'’-]+"
)


def is_iban(text: str) -> bool:
    """Check the number's own control: moved four places and read as digits it leaves 1 when divided by 97."""
    plain = text.replace(" ", "").upper()
    return 15 <= len(plain) <= 34 and int("".join(str(int(symbol, 36)) for symbol in plain[4:] + plain[:4])) % 97 == 1


def is_citizen_number(text: str) -> bool:
    """The eleven test of a BSN: nine digits weighed 9 to 2 and -1."""
    digits = [int(symbol) for symbol in text if symbol.isdigit()]
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    return any(digits) and sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11 == 0


def always(text: str) -> bool:
    return True


RULES = [
    ("email", _("a mail address"), EMAIL, always),
    ("iban", _("a bank account number"), IBAN, is_iban),
    ("phone", _("a telephone number"), PHONE, always),
    ("bsn", _("a citizen service number (BSN)"), NINE_DIGITS, is_citizen_number),
    ("plate", _("a number plate"), PLATE, always),
    ("name", _("the name of a person"), TITLED_NAME, always),
]


def find(text: str) -> list[Finding]:
    """Return what looks like personal data, in the order of the rules; a stretch of text is pointed out once."""
    found: list[Finding] = []
    for kind, label, pattern, holds in RULES:
        for match in [match for match in pattern.finditer(text) if holds(match.group())]:
            found.append(Finding(kind, label, match.group().strip()))
            text = text.replace(match.group(), " " * len(match.group()), 1)
    return found
