"""The commitment register in Excel, out and in."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from ambitions.models import Commitment, RegisterUpload
from tests.accounts.factories import UserFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory
from tests.ambitions.register.sheets import sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(programme):
    ambition = AmbitionFactory(programme=programme, adopted=True, number=3)
    return CommitmentFactory(ambition=ambition, owner=UserFactory(name="Wim Woning"), what="Bomen planten", euro=1000)


@pytest.fixture
def browser(signed_in, coordinator):
    return signed_in(coordinator)


@pytest.fixture
def url(programme):
    return lambda name: reverse(f"ambitions:{name}", args=[programme.slug])


def downloaded(browser, url):
    return load_workbook(BytesIO(browser.get(url("commitment_sheet")).content))


def changed(book, **values):
    """Change the first row by heading, and return the file."""
    rows = book.active
    for cell in rows[1]:
        if cell.value in values:
            rows.cell(2, cell.column).value = values[cell.value]
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def post(browser, url, content, name="lijst.xlsx"):
    return browser.post(url("register_upload"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_what_is_downloaded_comes_back_with_one_change(browser, url, promise):
    page = post(browser, url, changed(downloaded(browser, url), Euro=2500))

    seen = page.context["plan"].fingerprint
    browser.post(url("register_confirm"), {"seen": seen})

    promise.refresh_from_db()
    assert "1.000" in page.content.decode()
    assert (promise.euro, RegisterUpload.objects.count()) == (2500, 0)


def test_the_untouched_file_has_nothing_to_take_over(browser, url, promise):
    page = post(browser, url, changed(downloaded(browser, url))).content.decode()

    assert "Er is niets over te nemen" in page
    assert url("register_confirm") not in page


@pytest.mark.parametrize("text", ["=1+1", "+31", "-5", "@SUM(A1)", "=HYPERLINK(\"x\")"])
def test_words_that_look_like_a_formula_go_out_as_words(browser, url, promise, text):
    Commitment.objects.filter(pk=promise.pk).update(what=text, explanation="bel\x0b")

    row = downloaded(browser, url).active[2]

    cell = next(cell for cell in row if cell.value == text)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert "f" not in {cell.data_type for cell in row}


def test_faults_stand_by_row_and_column_and_nothing_can_be_confirmed(browser, url, promise):
    page = post(browser, url, changed(downloaded(browser, url), Organisatie="Onbekend", Euro=-5))

    text = page.content.decode()
    assert "Rij\N{NO-BREAK SPACE}2" in text
    assert "minder dan nul" in text
    assert url("register_confirm") not in text


def test_a_wrong_file_is_refused_at_the_field(browser, url, promise):
    answer = browser.post(url("register_upload"), {"file": SimpleUploadedFile("foto.jpg", b"\xff\xd8\xff rest \x00")})

    assert (answer.status_code, RegisterUpload.objects.count()) == (422, 0)
    assert answer.context["form"].errors["file"]


def test_confirming_what_was_not_shown_is_refused(browser, url, promise):
    post(browser, url, changed(downloaded(browser, url), Euro=2500))

    page = browser.post(url("register_confirm"), {"seen": "anders"}, follow=True).content.decode()

    promise.refresh_from_db()
    assert "Kijk opnieuw" in page
    assert promise.euro == 1000


def test_thrown_away_is_gone(browser, url, promise):
    post(browser, url, changed(downloaded(browser, url), Euro=2500))

    browser.post(url("register_discard"))

    assert not RegisterUpload.objects.exists()
    assert browser.get(url("register_preview")).url == url("register_upload")


def test_a_colleague_does_not_see_what_waits_for_somebody_else(signed_in, person, browser, url, promise):
    post(browser, url, changed(downloaded(browser, url), Euro=2500))

    other = signed_in(person("coordinator"))

    assert other.get(url("register_preview")).status_code == 302
    assert "Er wacht hier geen lijst" in other.post(url("register_confirm"), follow=True).content.decode()


def test_the_list_offers_the_upload_to_coordinators_only(signed_in, person, browser, url, promise):
    assert url("register_upload") in browser.get(url("commitment_list")).content.decode()
    assert url("register_upload") not in signed_in(person("representative")).get(url("commitment_list")).content.decode()


def test_new_rows_are_listed_with_what_they_say(browser, url, promise):
    row = {
        "ambition": 3, "what": "Gevels schilderen", "organisation": promise.organisation.name, "owner": "Wim Woning", "starts_on": "01-01-2027",
        "due_on": "31-12-2027",
    }  # fmt: skip
    page = post(browser, url, sheet(row)).content.decode()

    assert "Gevels schilderen" in page
    assert "31 december 2027" in page
