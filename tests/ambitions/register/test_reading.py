"""Which files are read as a register, and why others are refused."""

import datetime
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from ambitions import sheets
from ambitions.models import Commitment
from ambitions.register import reading
from tests.ambitions.factories import CommitmentFactory
from tests.ambitions.register.sheets import REQUIRED, sheet, with_part
from wijkaanpak.indicators.problems import FileRefused


def refusal(content, name="lijst.xlsx"):
    with pytest.raises(FileRefused) as refused:
        reading.read(content, name=name)
    return refused.value.text()


def test_cells_come_in_as_text_number_or_day():
    content = sheet({"what": "  Bomen planten ", "due_on": datetime.datetime(2027, 5, 1), "starts_on": datetime.date(2027, 1, 1), "euro": 12.5})  # noqa: DTZ001 Excel knows no time zones

    [row] = reading.read(content, name="lijst.xlsx")

    assert row["row"] == 2
    assert {key: value for key, value in row["cells"].items() if value is not None} == {
        "what": "Bomen planten", "due_on": "2027-05-01", "starts_on": "2027-01-01", "euro": 12.5,
    }  # fmt: skip


def test_empty_rows_are_skipped_and_the_rest_keeps_its_number():
    assert [row["row"] for row in reading.read(sheet({}, {"what": "Een"}, {}, {"what": "Twee"}), name="lijst.xlsx")] == [3, 5]


@pytest.mark.django_db
def test_what_goes_out_comes_in_in_any_language(settings):
    promise = CommitmentFactory(started=True, what="=1+1")
    content = sheets.commitments(Commitment.objects.with_signal())

    settings.LANGUAGE_CODE = "en"
    [row] = reading.read(content, name="lijst.xlsx")

    assert (row["cells"]["number"], row["cells"]["what"]) == (promise.pk, "=1+1")


@pytest.mark.parametrize(("content", "reason"), [
    (b"", "leeg"),
    (b"Nummer;Toezegging\n1;Bomen\n", "geen Excel-bestand"),
    (b"%PDF-1.7", "pdf"),
    (b"\xd0\xcf\x11\xe0rest", "oud Excel-bestand"),
    (b"PK\x03\x04kapot", "beschadigd"),
    (b"x" * 5_000_001, "groter dan 5 MB"),
])  # fmt: skip
def test_other_files_are_refused_with_a_reason(content, reason):
    assert reason in refusal(content)


def test_a_folder_packed_as_zip_is_refused():
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("brief.txt", "Hallo")

    assert "ingepakte map" in refusal(kept.getvalue())


def test_a_file_that_unpacks_to_far_more_is_refused_before_it_is_unpacked():
    assert "veel groter dan het lijkt" in refusal(with_part(sheet({"what": "Een"}), "xl/bomb.xml", b"0" * 41_000_000))


def test_a_file_with_instructions_is_refused():
    laughs = b'<!DOCTYPE lolz [<!ENTITY lol "lol">]><worksheet/>'

    assert "opdrachten" in refusal(with_part(sheet({"what": "Een"}), "xl/worksheets/sheet1.xml", laughs))


def test_a_formula_that_was_never_computed_is_refused():
    assert "formule" in refusal(sheet({"what": "Een", "euro": "=2*3"}))


def test_the_missing_headings_are_named():
    assert "“Nummer ambitie”, “Klaar vóór”" in refusal(sheet({"what": "Een"}, headings=["number", "what", "organisation", "owner", "starts_on"]))


def test_a_heading_that_stands_there_twice_is_refused():
    assert "“Toezegging” staat er twee keer" in refusal(sheet({"what": "Een"}, headings=[*REQUIRED, "what"]))


def test_the_register_is_found_on_another_sheet():
    book = Workbook()
    book.active.append(["Uitleg"])
    book.create_sheet("Lijst").append(["Nummer", "Nummer ambitie", "Toezegging", "Organisatie", "Verantwoordelijke", "Begint op", "Klaar vóór"])
    kept = BytesIO()
    book.save(kept)

    assert reading.read(kept.getvalue(), name="lijst.xlsx") == []


def test_more_than_a_thousand_rows_are_refused():
    assert len(reading.read(sheet(*[{"what": "Een"}] * 1000), name="lijst.xlsx")) == 1000
    assert "meer dan 1.000 rijen" in refusal(sheet(*[{"what": "Een"}] * 1001))
