import io
import zipfile

import pytest

from tests.indicators.excerpts import excerpt
from wijkaanpak.indicators import sources
from wijkaanpak.indicators.problems import FileRefused


def packed(name, content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "kind"), [("kwb-2023.xlsx", "workbook"), ("kwb-2020-odata-v3.json", "json"), ("kwb-2019-untyped.csv", "text")]
)
def test_the_kind_follows_from_the_first_bytes(name, kind):
    assert sources.take_in(excerpt(name), name="figures.bin").kind == kind


def test_a_folder_in_the_name_is_dropped():
    assert sources.take_in(b"x;y", name="../../etc/kwb.csv").name == "kwb.csv"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xd0\xcf\x11\xe0 old excel",
        b"%PDF-1.7",
        b"<!doctype html>",
        b"\x00\x01\x02",
        b"PK\x03\x04 not an archive",
        packed("figures.csv", "a;b"),
    ],
)
def test_other_kinds_of_files_are_refused_with_advice(content):
    with pytest.raises(FileRefused) as caught:
        sources.take_in(content, name="x")

    assert caught.value.advice


def test_a_workbook_that_unpacks_to_far_more_than_it_seems_is_refused():
    bomb = packed("xl/worksheets/sheet1.xml", b" " * 50_000_000)

    with pytest.raises(FileRefused):
        sources.take_in(bomb, name="kwb.xlsx")


def test_a_file_above_the_limit_is_refused(settings):
    settings.MAX_UPLOAD_MB = 1

    with pytest.raises(FileRefused):
        sources.take_in(b"x" * 1_000_001, name="kwb.csv")
