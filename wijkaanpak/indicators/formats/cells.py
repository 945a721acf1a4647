"""One cell: what a text or number in a file means."""

import math
import re
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

CODE = re.compile(r"^(NL00|NL01|LD\d\d|PV\d\d|RE\d\d|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})$", re.ASCII)
NUMBER = re.compile(r"^-?\d+(\.\d+)?$", re.ASCII)
EXPONENT = re.compile(r"^-?\d+(\.\d+)?e[+-]?\d{1,2}$", re.ASCII | re.IGNORECASE)
UNKNOWN = {".", "-99999999", "-99999999.0", "-99997", "-99995", "NA", "#N/A"}
SECRET = {"x", "geheim"}
KINDS = {"NL", "PV", "GM", "WK", "BU"}  # parts of the country and police regions are not areas of ours


class Cell(IntEnum):
    VALUE = 0
    UNKNOWN = 1  # the file says so: a point, NA, or a number that stands for it
    EMPTY = 2  # nothing there
    NEGATIVE = 3  # below zero where nothing can be
    BAD = 4  # something, but not a number
    SECRET = 5  # known to the source and kept secret
    ABSENT = 6  # the file has no such row: it says nothing at all


@dataclass(frozen=True)
class Notation:
    """How a form writes numbers: whether the decimal mark is a comma, and whether 1e+05 may occur."""

    comma: bool = False
    exponents: bool = False


PLAIN = Notation()


def number(raw: object, notation: Notation = PLAIN, *, signed: bool = False) -> tuple[float, Cell]:
    """Return the value of a cell and what it is; the value is nan unless it is a VALUE.

    Spaces around a number are padding. The other decimal mark than that of the form means that
    another program saved the file again, and is not a number. Below zero only where `signed`.
    """
    value, kind = unsigned(raw, notation)
    return (math.nan, Cell.NEGATIVE) if kind == Cell.VALUE and value < 0 and not signed else (value, kind)


def unsigned(raw: object, notation: Notation) -> tuple[float, Cell]:
    if raw is None or (isinstance(raw, float) and math.isnan(raw)):
        return math.nan, Cell.EMPTY
    text = str(raw).strip()
    if not text:
        return math.nan, Cell.EMPTY
    if text in UNKNOWN:
        return math.nan, Cell.UNKNOWN
    if text.lower() in SECRET:
        return math.nan, Cell.SECRET
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return (float(raw), Cell.VALUE) if math.isfinite(raw) else (math.nan, Cell.BAD)
    return written(text, notation) if not isinstance(raw, bool) else (math.nan, Cell.BAD)


def written(text: str, notation: Notation) -> tuple[float, Cell]:
    plain = text
    if notation.comma:
        plain = "" if "." in text else text.replace(",", ".")
    is_number = NUMBER.match(plain) or (notation.exponents and EXPONENT.match(plain))
    return (float(plain), Cell.VALUE) if is_number else (math.nan, Cell.BAD)


def numbers(raw: pd.Series, notation: Notation = PLAIN, *, signed: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return the values (float64, nan where there is none) and the kinds of cell (int8) of a column.

    Each different text is looked at once: a column of 17,000 areas has a few hundred.
    """
    positions, different = pd.factorize(raw, use_na_sentinel=False)
    read = [number(item, notation, signed=signed) for item in different]
    values = np.array([value for value, _ in read], dtype="float64")
    kinds = np.array([kind for _, kind in read], dtype="int8")
    return values[positions], kinds[positions]


def code(raw: object) -> str:
    """Return an area code without its padding; NL01 (the Netherlands in regional tables) is NL00."""
    text = str(raw or "").strip()
    return "NL00" if text == "NL01" else text


def is_code(text: str) -> bool:
    return bool(CODE.match(text))
