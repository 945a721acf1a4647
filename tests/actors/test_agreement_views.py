"""The pages of agreements: who reads and writes, what stands first, and files that only open for who may."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from actors.models import Agreement, AgreementDocument
from tests.actors.factories import AgreementDocumentFactory, AgreementFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


def url(name, programme, *args):
    return reverse(f"actors:{name}", args=[programme.slug, *args])


@pytest.fixture(autouse=True)
def kept_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def typed(programme):
    """What a coordinator fills in."""
    parties = [OrganisationFactory(in_programme=programme).pk for _number in range(2)]
    return {
        "title": "Convenant wijkaanpak", "organisations": parties, "signed_on": "2026-01-10", "starts_on": "2026-01-01", "ends_on": "2029-12-31",
        "notice_months": "12", "joint_data": "yes", "data_responsible": "De gemeente.", "on_exit": "Eerst overdragen.",
    }


def test_what_asks_for_a_choice_stands_first_and_what_ended_last(browser_of, programme):
    for title, values in {"Oud": {"past": True}, "Rustig": {}, "Bijna": {"ends_soon": True}, "Opzeggen": {"notice_near": True}}.items():
        AgreementFactory(programme=programme, title=title, **values)

    answer = browser_of("reader").get(url("agreement_list", programme))

    assert [row["agreement"].title for row in answer.context["rows"]] == ["Opzeggen", "Bijna", "Rustig", "Oud"]
    assert "2 overeenkomsten vragen om een keuze." in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_constant_queries(browser_of, programme, rows, django_assert_num_queries):
    AgreementFactory.create_batch(rows, programme=programme)
    browser = browser_of("reader")

    with django_assert_num_queries(6):
        page = browser.get(url("agreement_list", programme)).content.decode()

    assert page.count("Convenant ") == rows


def test_agreements_of_another_programme_stay_there(browser_of, programme):
    other = AgreementFactory()
    browser = browser_of("coordinator")

    assert browser.get(url("agreement_list", programme)).context["rows"] == []
    assert browser.get(url("agreement_detail", programme, other.pk)).status_code == 404


def test_a_coordinator_records_an_agreement(browser_of, programme, typed):
    answer = browser_of("coordinator").post(url("agreement_add", programme), typed, follow=True)

    made = Agreement.objects.get()
    assert (made.notice_on, made.organisations.count()) == (datetime.date(2028, 12, 31), 2)
    page = answer.content.decode()
    assert "laatste dag om op te zeggen: 31 december 2028" in page
    assert "Eerst overdragen." in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"organisations": []}, "Kies minstens twee organisaties."), ({"ends_on": "2025-01-01"}, "Het einde ligt vóór het begin."),
        ({"data_responsible": ""}, "Zeg wie verantwoordelijk is voor de persoonsgegevens."),
    ],
)  # fmt: skip
def test_bad_input_is_said_clearly_and_nothing_is_lost(browser_of, programme, typed, wrong, words):
    answer = browser_of("coordinator").post(url("agreement_add", programme), {**typed, **wrong})

    page = answer.content.decode()
    assert (answer.status_code, Agreement.objects.count()) == (422, 0)
    assert words in page
    assert "Eerst overdragen.</textarea>" in page


def test_a_coordinator_prolongs_ends_and_takes_the_ending_back(browser_of, programme):
    agreement, browser = AgreementFactory(programme=programme, ends_soon=True), browser_of("coordinator")
    today = timezone.localdate().isoformat()

    browser.post(url("agreement_end", programme, agreement.pk), {"ended_on": today, "reason": "Doel bereikt."})
    ended = browser.get(url("agreement_detail", programme, agreement.pk)).content.decode()
    browser.post(url("agreement_resume", programme, agreement.pk), {"reason": "Vergissing."})

    agreement.refresh_from_db()
    assert "Doel bereikt." in ended
    assert agreement.state == "ends_soon"


def test_an_edited_agreement_keeps_its_former_party(browser_of, programme, typed):
    browser = browser_of("coordinator")
    browser.post(url("agreement_add", programme), typed)
    newcomer = OrganisationFactory(name="Nieuwkomer", in_programme=programme)

    browser.post(url("agreement_edit", programme, Agreement.objects.get().pk), {**typed, "organisations": [typed["organisations"][0], newcomer.pk]})

    page = browser.get(url("agreement_detail", programme, Agreement.objects.get().pk)).content.decode()
    assert "Nieuwkomer" in page
    assert "tot " in page.split("Partijen")[1]


def test_a_file_is_uploaded_and_comes_back_to_be_saved(browser_of, programme):
    agreement, browser = AgreementFactory(programme=programme), browser_of("coordinator")
    file = SimpleUploadedFile("tekst.html", b"%PDF-1.7\n<script>", content_type="text/html")
    browser.post(url("agreement_document_add", programme, agreement.pk), {"name": "Getekende tekst", "file": file})

    answer = browser_of("reader").get(url("agreement_document", programme, agreement.pk, AgreementDocument.objects.get().pk))

    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Content-Disposition"] == 'attachment; filename="getekende-tekst.pdf"'
    assert answer.content == b"%PDF-1.7\n<script>"


def test_a_file_of_another_programme_does_not_open(browser_of, programme):
    document = AgreementDocumentFactory()
    own = AgreementFactory(programme=programme)

    for address in [url("agreement_document", programme, own.pk, document.pk), url("agreement_document", document.agreement.programme, document.agreement_id, document.pk)]:
        assert browser_of("coordinator").get(address).status_code == 404


def test_an_address_elsewhere_is_a_link(browser_of, programme):
    agreement, browser = AgreementFactory(programme=programme), browser_of("coordinator")

    browser.post(url("agreement_document_add", programme, agreement.pk), {"name": "Raadsbesluit", "link": "https://stukken.example/1"})

    assert 'href="https://stukken.example/1"' in browser.get(url("agreement_detail", programme, agreement.pk)).content.decode()


@pytest.mark.parametrize("typed_in", [{}, {"link": "javascript:alert(1)"}])
def test_a_document_that_is_nothing_is_refused_with_its_name_kept(browser_of, programme, typed_in):
    agreement = AgreementFactory(programme=programme)

    answer = browser_of("coordinator").post(url("agreement_document_add", programme, agreement.pk), {"name": "Bijlage", **typed_in})

    assert (answer.status_code, AgreementDocument.objects.count()) == (422, 0)
    assert 'value="Bijlage"' in answer.content.decode()


def test_a_page_with_a_document_less_says_what_to_add(browser_of, programme):
    agreement = AgreementFactory(programme=programme)

    assert "Voeg de getekende tekst toe" in browser_of("reader").get(url("agreement_detail", programme, agreement.pk)).content.decode()
