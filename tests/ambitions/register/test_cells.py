"""What a cell says, and what is said of a cell that cannot be read."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from ambitions.choices import FormalBasis, Visibility
from ambitions.register import cells


def reason(reader, *arguments):
    with pytest.raises(ValidationError) as error:
        reader(*arguments)
    return error.value.messages[0]


@pytest.mark.parametrize("cell", ["2027-12-31", "31-12-2027", "31/12/2027", "31.12.2027", " 31-12-2027 "])
def test_a_day_is_read_as_people_write_it(cell):
    assert cells.day(cell) == datetime.date(2027, 12, 31)


@pytest.mark.parametrize("cell", ["31-02-2027", "eind 2027", 46500, "12-31-2027"])
def test_what_is_no_day_says_how_to_write_one(cell):
    assert "is geen datum. Schrijf het als 31-12-2027." in reason(cells.day, cell)


@pytest.mark.parametrize(("cell", "expected"), [
    (1500, "1500"), (12.5, "12.5"), (1.125, "1.12"), ("1.500", "1500"), ("1.500,50", "1500.5"), ("12,25", "12.25"), ("€ 40", "40"), (0, "0"), ("1.5", "1.5"),
])  # fmt: skip
def test_an_amount_is_read_as_people_write_it(cell, expected):
    assert cells.amount(cell, "euro") == Decimal(expected)


@pytest.mark.parametrize(("cell", "said"), [
    (-5, "minder dan nul"), ("veel", "is geen getal"), ("12 euro", "is geen getal"), ("nan", "is geen getal"), (10**10, "te groot"), ("1,5,5", "is geen getal"),
])  # fmt: skip
def test_what_is_no_amount_is_said_plainly(cell, said):
    assert said in reason(cells.amount, cell, "euro")


def test_empty_is_not_zero():
    assert [cells.amount(cell, "hours") for cell in (None, "", 0)] == [None, None, Decimal(0)]
    assert cells.day(None) is None


def test_a_text_that_does_not_fit_says_by_how_much():
    assert "301 tekens; er passen er hoogstens 300" in reason(cells.text, "x" * 301, "what")


def test_a_fault_of_excel_is_no_text():
    assert "#VERW!" in reason(cells.text, "#VERW!", "what")


@pytest.mark.parametrize("cell", ["prestatieafspraak", "Prestatieafspraak", "performance agreement", "performance_agreement"])
def test_a_choice_is_known_by_its_word_in_any_language(cell):
    assert cells.choice(cell, FormalBasis) == FormalBasis.PERFORMANCE


def test_an_unknown_choice_names_those_there_are():
    assert "“iedereen”" in reason(cells.choice, "de buren", Visibility)


@pytest.mark.parametrize(("cell", "expected"), [(7, 7), (7.0, 7), ("7", 7), (None, None), ("", None)])
def test_a_number_of_the_register_is_whole(cell, expected):
    assert cells.whole(cell) == expected


@pytest.mark.parametrize("cell", ["zeven", 7.5, -1, "12345678901", "²"])
def test_what_is_no_number_of_the_register_is_refused(cell):
    assert "geen nummer uit de lijst" in reason(cells.whole, cell)
