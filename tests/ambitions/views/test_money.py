"""The pages about money and hours, and the files."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from ambitions.models import PlannedYear
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(programme):
    return CommitmentFactory(in_programme=programme, started=True, starts_on=in_days(0), due_on=in_days(700), euro=Decimal("1000.00"))


@pytest.fixture
def address(promise):
    return reverse("ambitions:commitment_spread", args=[promise.ambition.programme.slug, promise.pk])


def test_the_coordinator_spreads_an_amount_over_years(signed_in, coordinator, promise, address):
    this, following = promise.starts_on.year, promise.starts_on.year + 1
    values = {"total_euro": "1.000,00", "total_hours": "", f"{this}_euro": "250,50", f"{following}_euro": "749,50"}

    page = signed_in(coordinator).post(address, values, follow=True).content.decode()

    assert f"{this}: € 250,50" in page
    assert list(PlannedYear.objects.values_list("year", "euro")) == [(this, Decimal("250.50")), (following, Decimal("749.50"))]


def test_a_difference_is_named_and_nothing_typed_is_lost(signed_in, coordinator, promise, address):
    answer = signed_in(coordinator).post(address, {"total_euro": "1.000,00", f"{promise.starts_on.year}_euro": "900,01"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "99,99 minder dan het totaal" in page
    assert 'value="900,01"' in page


def test_changing_a_spread_total_on_the_form_is_refused_with_where_to_go(signed_in, coordinator, promise):
    PlannedYear.objects.create(commitment=promise, year=promise.starts_on.year, euro=1000)
    browser = signed_in(coordinator)
    address = reverse("ambitions:commitment_edit", args=[promise.ambition.programme.slug, promise.pk])
    person = browser.get(address).context["form"]["person"].initial

    answer = browser.post(address, {"person": person.pk, "formal_basis": "none", "visibility": "partners", "euro": "5", "explanation": "", "hours": ""})

    assert answer.status_code == 422
    assert "verdeeld over jaren" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_table_takes_constant_queries(signed_in, coordinator, programme, rows, django_assert_num_queries):
    for number in range(rows):
        made = CommitmentFactory(ambition=AmbitionFactory(programme=programme, adopted=True), agreed=True, euro=10 + number, hours=4)
        PlannedYear.objects.create(commitment=made, year=2026, euro=10 + number)
    browser = signed_in(coordinator)

    with django_assert_num_queries(7):
        page = browser.get(reverse("ambitions:money_table", args=[programme.slug])).content.decode()

    assert all(f"{10 + number},00" in page for number in range(rows))
    assert page.count("<table") == 3


def test_hours_stand_behind_a_link(signed_in, coordinator, programme):
    CommitmentFactory(in_programme=programme, agreed=True, hours=Decimal("12.5"))

    page = signed_in(coordinator).get(reverse("ambitions:money_table", args=[programme.slug]), {"wat": "uren"}).content.decode()

    assert "Wie hoeveel uur heeft toegezegd" in page
    assert "12,50" in page


def test_without_agreed_commitments_it_says_what_will_stand_there(signed_in, coordinator, programme):
    page = signed_in(coordinator).get(reverse("ambitions:money_table", args=[programme.slug])).content.decode()

    assert "Er is nog niets afgesproken" in page


def test_the_files_hold_the_same_amounts_and_nothing_calculates(signed_in, coordinator, programme, promise):
    PlannedYear.objects.create(commitment=promise, year=2026, euro=1000)
    CommitmentFactory(ambition=promise.ambition, agreed=True, organisation__name="=1+1")
    browser = signed_in(coordinator)

    text = browser.get(reverse("ambitions:money_file", args=[programme.slug, "csv"])).content.decode("utf-8-sig")
    sheet = load_workbook(BytesIO(browser.get(reverse("ambitions:money_file", args=[programme.slug, "xlsx"])).content)).active

    assert "2026;1000,00;;0;0" in text
    assert ";'=1+1;zonder bedrag;;;1;1" in text
    assert sorted((row[3].value, row[4].value) for row in list(sheet)[1:] if row[4].value) == [(2026, 1000)]
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert browser.get(reverse("ambitions:money_file", args=[programme.slug, "pdf"])).status_code == 404
