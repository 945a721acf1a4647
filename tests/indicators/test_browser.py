"""The pages of figures in a real browser: usable, accessible, without script faults, on a phone and on a desk."""

import pytest
from django.urls import reverse

from tests.indicators.excerpts import changed, excerpt
from wijkaanpak.indicators import catalogue, editions
from wijkaanpak.journal import jobs
from wijkaanpak.journal.models import Job

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = "kwb-2020-typed-first.csv"


@pytest.fixture
def visit(page, sign_in, analyst):
    catalogue.sync()
    return sign_in(page, analyst)


def address(edition):
    return reverse("indicators:edition_detail", args=[edition.pk])


def test_from_file_to_figures_and_back(visit, assert_accessible, tmp_path):
    file = tmp_path / "kwb-2020.csv"
    file.write_bytes(excerpt(FIRST))
    visit.goto(reverse("indicators:edition_upload"))
    assert_accessible(visit)
    visit.get_by_label("Bestand", exact=True).set_input_files(file)
    visit.get_by_role("button", name="Bekijk het bestand").click()
    visit.get_by_text("Dit is KWB 2020").wait_for()
    assert_accessible(visit)
    visit.get_by_role("button", name="Inlezen").click()
    visit.get_by_role("button", name="Stoppen").wait_for()
    assert_accessible(visit)
    jobs.run(Job.objects.get(kind="indicators.load").pk)
    visit.get_by_role("heading", name="Wat er veranderde").wait_for()  # the page asks for itself when the job is done
    assert_accessible(visit)
    visit.get_by_text("Deze levering terugdraaien").click()
    visit.get_by_role("button", name="Terugdraaien").click()
    visit.get_by_text("wordt teruggedraaid").wait_for()
    assert_accessible(visit)
    jobs.run(Job.objects.get(kind="indicators.undo").pk)
    visit.get_by_text("Elk cijfer is weer wat het was").wait_for()


def test_problems_and_lists_are_accessible(visit, assert_accessible, analyst):
    wrong = editions.receive(changed("kwb-2019-untyped.csv", ('"    4295"', '"    42,9"')), name="fout.csv", by=analyst)
    editions.bring_in(excerpt(FIRST), name="kwb-2020.csv", year=2020, by=analyst)
    pages = [reverse(f"indicators:{name}") for name in ("source_list", "boundary_upload", "indicator_list")]

    for url in [address(wrong), *pages, reverse("indicators:indicator_detail", args=["social_assistance"])]:
        visit.goto(url)
        assert_accessible(visit)


def test_saying_what_the_columns_are_is_accessible_with_its_errors(visit, assert_accessible, analyst):
    edition = editions.receive(excerpt("own-survey.csv"), name="eigen.csv", by=analyst)
    visit.goto(address(edition))
    assert_accessible(visit)

    visit.get_by_role("group", name="Tevreden met de buurt").get_by_label("Wat is deze kolom?").select_option("new")
    visit.get_by_role("button", name="Bekijk de cijfers").click()

    visit.get_by_text("Controleer uw antwoorden").wait_for()
    assert_accessible(visit)
