"""A report as PDF, Excel and data: from the document alone, and the same bytes every time."""

import datetime
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from ambitions.choices import Visibility
from dashboards.choices import Readers
from dashboards.reports import content, pdf, reading, sheets
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory
from tests.dashboards.factories import FigureIndicatorFactory, ProgrammeFigureFactory, make_report
from tests.neighbourhoods.factories import ProgrammeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.indicators.choices import MeasureKind

pytestmark = pytest.mark.django_db
SENTENCE = "=HYPERLINK(1) #strong[vet] $x$ <b>"
AT = datetime.datetime(2026, 11, 25, 9, tzinfo=datetime.UTC)


@pytest.fixture
def report():
    """A report with something in every part, and words that a program could take for orders."""
    programme = ProgrammeFactory(name="Voorbeeldwijk", is_public=True)
    indicator = FigureIndicatorFactory(slug="unsafe", unit="% van de bewoners", decimals=1, kind=MeasureKind.MEAN)
    ambition = AmbitionFactory(adopted=True, programme=programme, sentence=SENTENCE, versions=[])
    goal = {"indicator": "unsafe", "name": "Onveilig", "unit": "%", "baseline": 34.0, "baseline_period": 2022, "target": 25.0, "target_on": "2028-12-31"}
    ambition.versions.create(number=1, sentence=SENTENCE, why="", goals=[goal], adopted_by=ambition.created_by)
    for period in (2024, 2025):
        ProgrammeFigureFactory(programme=programme, indicator=indicator, period=period, value=27.25, is_latest=period == 2025)
    due = datetime.date(2027, 3, 1)
    CommitmentFactory(started=True, ambition=ambition, what=SENTENCE, visibility=Visibility.PUBLIC, due_on=due, quantity=40, unit="woningen")
    ResidentInputFactory(answered=True, programme=programme, public_text=SENTENCE)
    return make_report(programme, audience=Readers.PUBLIC, signed=True)


def sheet_of(report):
    return load_workbook(BytesIO(sheets.workbook(report.document, reading.stamp(report), AT)))


def column(sheet, heading):
    headings = [cell.value for cell in sheet[1]]
    return sheet.cell(2, headings.index(heading) + 1)


def test_the_pdf_is_tagged_dutch_and_says_that_it_is_accessible(report):
    made = pdf.render(report.document, reading.stamp(report), AT)

    assert made.startswith(b"%PDF-1.7")
    assert all(mark in made for mark in [b"/MarkInfo", b"/Lang(nl-NL)", b"/StructTreeRoot", b"<pdfuaid:part>1</pdfuaid:part>", b">Voortgangsrapportage 1 "])


@pytest.mark.parametrize("render", [pdf.render, sheets.workbook])
def test_the_same_report_gives_the_same_bytes(report, render):
    first, second = (render(report.document, reading.stamp(report), AT) for _time in range(2))

    assert first == second


def test_the_pdf_depends_on_what_it_is_made_from(report):
    other = {**report.document, "sentences": ["Een andere zin."]}

    assert pdf.render(other, reading.stamp(report), AT) != pdf.render(report.document, reading.stamp(report), AT)


def test_an_empty_programme_has_a_report_in_every_form():
    report = make_report()
    stamp = reading.stamp(report)

    assert pdf.render(report.document, stamp, AT).startswith(b"%PDF")
    assert sheet_of(report).sheetnames == ["Cijfers", "Toezeggingen", "Ambities", "Inbreng", "Verantwoording"]


def test_the_sheets_hold_numbers_and_dates_with_their_units(report):
    book = sheet_of(report)

    value, unit = column(book["Cijfers"], "waarde"), column(book["Cijfers"], "eenheid")
    due, quantity = column(book["Toezeggingen"], "klaar vóór"), column(book["Toezeggingen"], "aantal")
    assert (value.value, value.number_format, unit.value) == (27.25, "#,##0.0", "% van de bewoners")
    assert (due.value.date(), due.number_format, quantity.value) == (datetime.date(2027, 3, 1), "dd-mm-yyyy", 40)
    assert column(book["Ambities"], "streefwaarde").value == 25


@pytest.mark.parametrize(("sheet", "heading"), [("Toezeggingen", "toezegging"), ("Ambities", "zin"), ("Inbreng", "tekst zoals gepubliceerd")])
def test_words_never_calculate_in_a_sheet(report, sheet, heading):
    cell = column(sheet_of(report)[sheet], heading)

    assert (cell.value, cell.data_type) == (SENTENCE, "s")


def test_the_fingerprint_is_that_of_the_data_one_can_download(report):
    kept = type(report).objects.get(pk=report.pk)

    assert content.fingerprint(kept.document) == report.fingerprint


def test_a_public_report_names_nobody_and_one_for_partners_names_who_stands_for_it(report):
    partners = make_report(report.programme, signed=True, at=timezone.now())

    public, inside = reading.stamp(report), reading.stamp(partners)

    assert (public["made_by"], public["checked_by"], public["signed_by"]) == ("", "", "")
    assert (inside["made_by"], inside["signed_by"]) == (partners.made_by.name, partners.signed_by.name)
