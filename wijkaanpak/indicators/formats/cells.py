"""One cell: what a text or number in a file means."""

import math
import re
from enum import IntEnum

import numpy as np
import pandas as pd

CODE = re.compile(r"^(NL00|NL01|LD\d\d|PV\d\d|RE\d\d|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})$", re.ASCII)
NUMBER = re.compile(r"^-?\d+(\.\d+)?$", re.ASCII)
UNKNOWN = {".", "-99999999", "-99999999.0", "-99997", "-99995"}
KINDS = {"NL", "PV", "GM", "WK", "BU"}  # parts of the country and police regions are not areas of ours


class Cell(IntEnum):
    VALUE = 0
    UNKNOWN = 1  # the file says so: a point, or a number that stands for it
    EMPTY = 2  # nothing there: not yet published, or impossible
    NEGATIVE = 3  # below zero where nothing can be
    BAD = 4  # something, but not a number


def number(raw: object) -> tuple[float, Cell]:
    """Return the value of a cell and what it is; the value is nan unless it is a VALUE.

    Spaces around a number are padding. A decimal comma is not accepted: in the forms read here the
    decimal mark is a point, so a comma means that another program saved the file again.
    """
    if raw is None or (isinstance(raw, float) and math.isnan(raw)):
        return math.nan, Cell.EMPTY
    text = str(raw).strip()
    if not text:
        return math.nan, Cell.EMPTY
    if text in UNKNOWN:
        return math.nan, Cell.UNKNOWN
    if not NUMBER.match(text) or isinstance(raw, bool):
        return math.nan, Cell.BAD
    value = float(text)
    return (math.nan, Cell.NEGATIVE) if value < 0 else (value, Cell.VALUE)


def numbers(raw: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the values (float64, nan where there is none) and the kinds of cell (int8) of a column.

    Each different text is looked at once: a column of 17,000 areas has a few hundred.
    """
    positions, different = pd.factorize(raw, use_na_sentinel=False)
    read = [number(item) for item in different]
    values = np.array([value for value, _ in read], dtype="float64")
    kinds = np.array([kind for _, kind in read], dtype="int8")
    return values[positions], kinds[positions]


def code(raw: object) -> str:
    """Return an area code without its padding; NL01 (the Netherlands in regional tables) is NL00."""
    text = str(raw or "").strip()
    return "NL00" if text == "NL01" else text


def is_code(text: str) -> bool:
    return bool(CODE.match(text))
