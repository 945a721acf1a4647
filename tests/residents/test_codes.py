import uuid

import pytest

from residents import codes
from tests.residents.factories import ResidentInputFactory

KEY = uuid.UUID("00000000-0000-0000-0000-000000000007")


def test_a_code_is_three_groups_of_four_without_look_alikes():
    code = codes.code_for(KEY)

    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert not set(code) & set("01OIL2Z5S6G8BQ") - {"L"}


def test_a_form_always_gives_the_same_code_and_another_form_another():
    assert codes.code_for(KEY) == codes.code_for(KEY)
    assert codes.code_for(KEY) != codes.code_for(uuid.uuid4())


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code.replace('-', ' ')} "])
def test_capitals_spaces_and_dashes_do_not_matter(change):
    code = codes.code_for(KEY)

    assert codes.fingerprints(change(code)) == codes.fingerprints(code)


def test_what_is_too_short_cannot_be_a_code():
    assert codes.fingerprints("ACDE-FHJK") == []


def test_the_fingerprint_depends_on_the_secret(settings):
    before = codes.fingerprint("ACDE-FHJK-LMNP")
    settings.SECRET_KEY = "another-secret"

    assert codes.fingerprint("ACDE-FHJK-LMNP") != before


@pytest.mark.django_db
def test_a_code_survives_a_change_of_the_secret(settings):
    resident_input = ResidentInputFactory()
    code = codes.code_of(resident_input)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-secret", [settings.SECRET_KEY]

    assert codes.code_of(resident_input) == code
    assert resident_input.code_hash in codes.fingerprints(code)


def test_a_receipt_shows_the_code_again():
    assert codes.code_on_receipt(codes.receipt(KEY), max_age=60) == codes.code_for(KEY)


@pytest.mark.parametrize("receipt", ["forged", "", codes.receipt(KEY)[:-1]])
def test_a_forged_receipt_shows_nothing(receipt):
    assert codes.code_on_receipt(receipt, max_age=60) == ""
