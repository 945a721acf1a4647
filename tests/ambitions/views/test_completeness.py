"""The pages about who reported."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambitions.completeness import Quarter
from ambitions.models import Excuse
from tests.ambitions.factories import CommitmentFactory, ProgressUpdateFactory, in_days
from wijkaanpak.journal.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(programme):
    return CommitmentFactory(in_programme=programme, started=True, starts_on=in_days(-200), agreed_at=timezone.now() - timedelta(days=210))


@pytest.fixture
def present():
    return Quarter.of(timezone.localdate())


def url(programme, name="completeness", *args):
    return reverse(f"ambitions:{name}", args=[programme.slug, *args])


def test_the_matrix_says_in_words_who_is_late_and_who_is_still_open(signed_in, coordinator, programme, promise, present):
    page = signed_in(coordinator).get(url(programme)).content.decode()

    assert all(text in page for text in [str(promise.organisation), "te laat", "nog open", present.label.capitalize(), "0 van 1"])


def test_the_button_reminds_and_says_how_many(signed_in, coordinator, programme, promise):
    browser = signed_in(coordinator)

    first = browser.post(url(programme, "completeness_remind"), follow=True).content.decode()
    second = browser.post(url(programme, "completeness_remind"), follow=True).content.decode()

    assert "1 persoon is herinnerd" in first
    assert "Niemand is herinnerd" in second
    assert Mail.objects.get().to == promise.owner.email


def test_earlier_quarters_have_no_button(signed_in, coordinator, programme, promise, present):
    page = signed_in(coordinator).get(url(programme), {"tot": present.later(-5).name}).content.decode()

    assert present.later(-9).label.capitalize() in page
    assert url(programme, "completeness_remind") not in page


@pytest.mark.parametrize("until", ["onzin", "2999-1"])
def test_an_address_without_a_known_quarter_shows_the_present(signed_in, coordinator, programme, promise, present, until):
    assert signed_in(coordinator).get(url(programme), {"tot": until}).context["quarters"][-1] == present


def test_a_cell_shows_what_was_asked_and_excuses_with_a_reason(signed_in, coordinator, programme, promise, present):
    other = CommitmentFactory(in_programme=programme, started=True, starts_on=in_days(-200), organisation=promise.organisation)
    ProgressUpdateFactory(commitment=other)
    browser, address = signed_in(coordinator), url(programme, "completeness_cell", promise.organisation_id, present.name)

    page = browser.get(address).content.decode()
    refused = browser.post(address, {"reason": ""})
    browser.post(address, {"reason": "De school was dicht."})

    assert promise.what in page
    assert (page.count("geen bericht<"), page.count("er kwam een bericht<")) == (1, 1)
    assert (refused.status_code, "Geef de reden." in refused.content.decode()) == (422, True)
    assert Excuse.objects.get().reason == "De school was dicht."
    assert "De school was dicht." in browser.get(address).content.decode()


def test_an_excuse_is_taken_back(signed_in, coordinator, programme, promise, present):
    Excuse.objects.create(programme=programme, organisation=promise.organisation, quarter=present.starts_on, reason="Dicht.", excused_by=coordinator)

    page = signed_in(coordinator).post(url(programme, "excuse_take_back", promise.organisation_id, present.name), follow=True).content.decode()

    assert "wordt weer gevraagd" in page
    assert not Excuse.objects.exists()


def test_a_quarter_that_does_not_exist_is_no_page(signed_in, coordinator, programme, promise):
    assert signed_in(coordinator).get(url(programme, "completeness_cell", promise.organisation_id, "2026-9")).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_takes_constant_queries(signed_in, coordinator, programme, rows, django_assert_num_queries):
    made = [CommitmentFactory(in_programme=programme, started=True, starts_on=in_days(-200)) for _row in range(rows)]
    browser = signed_in(coordinator)

    with django_assert_num_queries(8):
        page = browser.get(url(programme)).content.decode()

    assert all(str(promise.organisation) in page for promise in made)


def test_without_partners_the_page_says_what_will_stand_there(signed_in, coordinator, programme):
    assert "Als partners meedoen" in signed_in(coordinator).get(url(programme)).content.decode()
