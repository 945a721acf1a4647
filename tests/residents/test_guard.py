import pytest

from residents import guard


def kinds(text):
    return [finding.kind for finding in guard.find(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("bel mij op 06-12345678", "phone"),
        ("bel 026 123 45 67", "phone"),
        ("bel +31 6 12345678", "phone"),
        ("mail naar bewoner@voorbeeld.example", "email"),
        ("rekening NL91 ABNA 0417 1643 00", "iban"),
        ("mijn nummer is 111222333", "bsn"),
        ("de auto 12-ABC-3 staat er altijd", "plate"),
        ("de auto AB-123-C staat er altijd", "plate"),
        ("mevrouw Voorbeeld van hiernaast", "name"),
        ("dhr. van der Voorbeeld zei", "name"),
    ],
)
def test_personal_data_are_pointed_out(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Het is 12-11-2026 en er staan 30 auto's.",
        "Bel 112 of 0900-8844.",
        "rekening NL92 ABNA 1417 1643 00",  # its control number is wrong
        "ordernummer 123456789",  # no citizen number
        "Die mevrouw van de winkel is aardig.",
        "Postcode 6825 AB, nummer 12.",
    ],
)
def test_what_is_no_personal_data_is_left_alone(text):
    assert kinds(text) == []


def test_each_piece_is_pointed_out_once_with_its_words():
    found = guard.find("Meneer Jansen-Voorbeeld, 06 12345678")

    assert [(finding.kind, finding.excerpt) for finding in found] == [("phone", "06 12345678"), ("name", "Meneer Jansen-Voorbeeld")]
