import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkaanpak.indicators.formats.cells import Cell, code, is_code, number, numbers


@pytest.mark.parametrize(("raw", "value"), [("  862965", 862965.0), ("2.1", 2.1), (0, 0.0), ("0", 0.0), (5.5, 5.5), (7, 7.0)])
def test_padding_around_a_number_is_nothing(raw, value):
    assert number(raw) == (value, Cell.VALUE)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("       .", Cell.UNKNOWN), (".", Cell.UNKNOWN), ("-99999999", Cell.UNKNOWN), ("", Cell.EMPTY), ("   ", Cell.EMPTY), (None, Cell.EMPTY),
        (math.nan, Cell.EMPTY), ("-1", Cell.NEGATIVE), ("2,1", Cell.BAD), ("1e5", Cell.BAD), ("nan", Cell.BAD), ("12 345", Cell.BAD), (True, Cell.BAD),
    ],
)  # fmt: skip
def test_what_is_no_figure_has_no_value(raw, kind):
    value, found = number(raw)

    assert math.isnan(value)
    assert found == kind


@given(st.floats(min_value=0, max_value=1e9).map(lambda value: round(value, 3)), st.integers(min_value=0, max_value=8))
def test_every_number_survives_being_written_and_padded(value, spaces):
    text = " " * spaces + f"{value:f}"

    assert number(text) == (float(text), Cell.VALUE)


@given(st.text(max_size=12))
def test_any_text_is_read_without_a_fault_and_only_a_value_is_finite(text):
    value, kind = number(text)

    assert math.isfinite(value) == (kind == Cell.VALUE)


@given(st.lists(st.sampled_from(["1", " 2", ".", "", "x", "-3"]), min_size=1))
def test_a_column_is_read_as_its_cells(texts):
    values, kinds = numbers(pd.Series(texts, dtype=object))

    assert [(str(value), kind) for value, kind in zip(values, kinds, strict=True)] == [
        (str(value), kind) for value, kind in map(number, texts)
    ]


@given(st.from_regex(r"(GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})", fullmatch=True))
def test_padded_codes_are_recognised(text):
    assert code(f"{text:<10}") == text.strip()
    assert is_code(code(f"{text:<10}")) == text.isascii()


@pytest.mark.parametrize("text", ["", "GM344", "WK02020", "BU0363aa01", "Utrecht", "GM0344 x", "XX0001"])
def test_other_texts_are_no_codes(text):
    assert not is_code(text)
