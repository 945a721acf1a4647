import json

import pytest

from tests.indicators.excerpts import REFUSED, changed, excerpt, refused
from wijkaanpak.indicators import derived, sources
from wijkaanpak.indicators.formats import recognition
from wijkaanpak.indicators.problems import FileRefused

REASONS = {
    "cross-table.csv": "cross table with years as columns",
    "damaged-by-spreadsheet.csv": "quotation marks are doubled",
    "data-properties.json": "This is DataProperties",
    "description.csv": "description of a table",
    "leefbaarometer-2-change.csv": "classes of change",
    "map.topojson": "This is TopoJSON",
    "measure-codes.json": "This is MeasureCodes",
    "old-statline.csv": "old StatLine",
    "regions-without-codes.csv": "no codes",
}


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def read(content, name="bestand"):
    return recognition.read(sources.take_in(content, name=name))


def refusal(content):
    with pytest.raises(FileRefused) as caught:
        read(content)
    return caught.value


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(name):
    assert REASONS[name] in refusal(refused(name)).text()


def test_the_first_line_of_an_unknown_file_is_quoted():
    assert "the first line reads: “naam,plaats”." in str(refusal(b"naam,plaats\nAnna,Arnhem\n"))


def test_untyped_and_typed_figures_are_the_same_kind_of_table():
    untyped, typed = read(excerpt("kwb-2019-untyped.csv")), read(excerpt("kwb-2020-typed-first.csv"))

    assert untyped.areas["code"].tolist()[:2] == ["GM0363", "WK036300"]
    assert untyped.values["inhabitants"][:2].tolist() == [862965, 4295]
    assert untyped.areas["name"].tolist()[:2] == ["Amsterdam", ""]
    assert typed.values["inhabitants"][0] == 17407585
    assert typed.areas["name"].tolist()[0] == "Nederland"


def test_excel_figures_as_text_and_as_number_are_read_alike():
    table = read(excerpt("kwb-2023.xlsx"))

    assert table.values["inhabitants"][:2].tolist() == [367947, 29040]
    assert table.values["social_assistance_count"][:2].tolist() == [10410, 710]
    assert table.areas["name"].tolist()[:2] == ["Utrecht", "West"]
    assert table.sheet == "kwb-2023"


def test_a_column_without_any_value_is_not_published_yet():
    table = read(excerpt("kwb-2020-typed-first.csv"))

    assert "woz_value" in table.empty
    assert "woz_value" not in table.values


def test_figures_about_origin_are_not_read():
    table = read(excerpt("kwb-2020-typed-first.csv"))

    assert "NietWestersTotaal_18" in table.origin
    assert not set(table.headings.values()) & set(table.origin)


def test_the_number_in_a_heading_does_not_matter():
    moved = read(changed("kwb-2019-untyped.csv", ("GemiddeldeWoningwaarde_35", "GemiddeldeWOZWaardeVanWoningen_39")))

    assert moved.values["woz_value"][0] == 378


def test_rates_follow_from_counts_of_the_same_file():
    table = derived.complete(read(excerpt("kwb-2019-untyped.csv")))

    assert table.values["inhabitants_15_65"][0] == 108487 + 311068 + 209828
    assert table.values["social_assistance"][0] == pytest.approx(1000 * 40340 / 629383)
    assert table.values["low_education"][0] == pytest.approx(100 * 160570 / (160570 + 204590 + 337200))


def test_a_line_with_too_many_fields_is_named():
    content = changed("kwb-2019-untyped.csv", ('"WK036300  ";"Amsterdam', '"WK036300  ";"te veel";"Amsterdam'))

    assert refusal(content).line == 3


def test_a_quotation_mark_that_is_not_closed_is_named():
    content = changed("kwb-2019-untyped.csv", ('"WK036300  ";"Amsterdam', '"WK036300  ;"Amsterdam'))

    assert refusal(content).line == 3


def test_text_that_is_not_utf_8_is_named_by_line():
    lines = excerpt("kwb-2019-untyped.csv").split(b"\n")
    lines[2] = lines[2].replace(b"Amsterdam", b"S\xfadwest   ", 1)

    assert refusal(b"\n".join(lines)).line == 3


def test_broken_json_is_named_by_line_and_column():
    text = json.dumps(json.loads(excerpt("kwb-2020-odata-v3.json")), indent=1)

    caught = refusal(text[:3000].encode())

    assert caught.line
    assert caught.column


def test_an_error_message_of_the_service_is_no_table():
    message = {"odata.error": {"code": "", "message": {"lang": "nl", "value": "query returns more than 10000 records"}}}

    assert "10000 records" in refusal(json.dumps(message).encode()).text()


def test_an_answer_without_rows_is_refused():
    assert refusal(b'{"value": []}').advice


def test_the_same_figure_in_two_columns_is_refused():
    content = changed("kwb-2020-typed-first.csv", ("Mannen_6", "AantalInwoners_6"))

    assert refusal(content).column == "AantalInwoners_6"


def test_one_page_of_a_longer_answer_is_reported():
    answer = json.loads(excerpt("kwb-2020-odata-v3.json")) | {"odata.nextLink": "…$skip=10000"}

    assert [problem.level for problem in read(json.dumps(answer).encode()).problems] == ["look"]
