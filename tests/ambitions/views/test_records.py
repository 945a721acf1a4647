"""The pages about what was kept."""

import pytest
from django.urls import reverse

from tests.actors.factories import OrganisationFactory
from tests.ambitions.factories import CommitmentFactory, in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(programme):
    """Kept today, after the first date and before the last."""
    return CommitmentFactory(in_programme=programme, kept=True, first_due_on=in_days(-9), due_on=in_days(9))


def list_url(programme):
    return reverse("ambitions:record_list", args=[programme.slug])


def partner_url(programme, organisation):
    return reverse("ambitions:partner_record", args=[programme.slug, organisation.pk])


def test_each_count_links_to_its_list(person, signed_in, programme, promise):
    page = signed_in(person("reader")).get(list_url(programme)).content.decode()

    address = partner_url(programme, promise.organisation)
    assert all(f'href="{address}?{query}#lijst"' in page for query in ["datum=laatste&amp;uitkomst=on_time", "datum=eerste&amp;uitkomst=too_late", "uitkomst=verzet"])
    assert "datum=eerste&amp;uitkomst=on_time" not in page


@pytest.mark.parametrize(
    ("query", "title"),
    [("datum=eerste&uitkomst=too_late", "Nagekomen, maar te laat, beoordeeld op de eerst"), ("uitkomst=verzet", "Verzet naar een andere datum")],
)
def test_the_list_behind_a_count_stands_on_the_page_of_the_partner(person, signed_in, programme, promise, query, title):
    page = signed_in(person("reader")).get(f"{partner_url(programme, promise.organisation)}?{query}").content.decode()

    assert title in page
    assert promise.what in page


def test_a_list_without_promises_says_so(person, signed_in, programme, promise):
    page = signed_in(person("reader")).get(f"{partner_url(programme, promise.organisation)}?uitkomst=stil").content.decode()

    assert "Geen enkele toezegging staat er nu zo voor." in page
    assert promise.what not in page


def test_what_somebody_may_not_see_is_not_counted(person, signed_in, programme, promise):
    type(promise).objects.update(visibility="internal")

    assert promise.organisation not in [record.organisation for record in signed_in(person("reader")).get(list_url(programme)).context["records"]]
    assert len(signed_in(person("coordinator")).get(list_url(programme)).context["records"]) == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_the_overview_takes_constant_queries(person, signed_in, programme, rows, django_assert_num_queries):
    made = CommitmentFactory.create_batch(rows, in_programme=programme, kept=True)
    browser = signed_in(person("reader"))

    with django_assert_num_queries(6):
        page = browser.get(list_url(programme)).content.decode()

    assert all(str(promise.organisation) in page for promise in made)


def test_without_agreements_the_pages_say_what_will_stand_there(person, signed_in, programme):
    browser, partner = signed_in(person("reader")), OrganisationFactory(in_programme=programme)

    assert "Er is nog niets afgesproken" in browser.get(list_url(programme)).content.decode()
    assert "Met deze partner is nog niets afgesproken" in browser.get(partner_url(programme, partner)).content.decode()
