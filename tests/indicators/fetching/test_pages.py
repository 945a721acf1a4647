"""The services on the page with sources, and the page of one service."""

from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.indicators.factories import EditionFactory
from tests.indicators.fetching.asking import fetch, fetch_again, turned_on, work
from tests.neighbourhoods.factories import AreaFactory, MembershipFactory, ProgrammeFactory
from wijkaanpak.indicators.fetching import feeds
from wijkaanpak.indicators.models import Edition, Feed, Release
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods.choices import AreaKind, Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def visit(client, analyst):
    client.force_login(analyst)
    return client


def address(name, slug="cbs-v3"):
    return reverse(f"indicators:feed_{name}", args=[slug])


def shown(client):
    return unescape(client.get(reverse("indicators:source_list")).content.decode())


def save(client, slug="cbs-v3", **values):
    return client.post(address("edit", slug), {"municipality": "GM0202", "since": "2020", **values})


def test_an_example_says_kindly_that_nothing_is_fetched(visit):
    page = shown(visit)

    assert "Nothing is fetched here" in page
    assert page.count("switched off") == len(feeds.definitions())
    assert "See now whether there is something new" not in page


def test_a_service_that_is_off_offers_to_be_switched_on(visit, publisher):
    assert "Nothing is fetched here" not in shown(visit)
    assert "Switch on" in shown(visit)


def test_switching_on_asks_the_service_at_once(visit, publisher, analyst):
    answer = save(visit, is_on="on")

    assert answer.url == reverse("indicators:source_list")
    assert (Feed.objects.get().is_on, Job.objects.get().requested_by_id) == (True, analyst.pk)


def test_a_municipality_can_be_given_by_its_name(visit):
    AreaFactory(code="GM0202", kind=AreaKind.MUNICIPALITY, name="Arnhem")

    save(visit, municipality="arnhem")

    assert Feed.objects.get().municipality == "GM0202"


def test_the_municipality_of_the_programmes_is_filled_in(visit):
    ProgrammeFactory().areas.add(AreaFactory(code="WK020201", kind=AreaKind.DISTRICT))

    assert 'value="GM0202"' in visit.get(address("edit")).content.decode()


@pytest.mark.parametrize(("values", "reason"), [({"municipality": "Nergenshuizen"}, "We do not know a municipality"), ({"since": "2999"}, "still to come")])
def test_what_cannot_be_right_comes_back_with_the_reason(visit, values, reason):
    answer = save(visit, **values)

    assert (answer.status_code, reason in answer.content.decode()) == (422, True)
    assert not Feed.objects.exists()


def test_the_police_wants_a_municipality(visit):
    assert save(visit, slug="police-month", municipality="").status_code == 422
    assert save(visit, slug="cbs-v3", municipality="").status_code == 302


def test_looking_now_is_a_button_that_makes_a_job(visit, publisher):
    turned_on("cbs-v3", municipality="GM0202")

    visit.post(address("look"))

    assert Job.objects.get().kind == "indicators.look"
    assert "We are asking whether there is something new." in shown(visit)


def test_looking_at_a_service_that_is_off_says_so(visit, publisher):
    answer = visit.post(address("look"), follow=True)

    assert "This service is switched off" in answer.content.decode()
    assert not Job.objects.exists()


def test_a_busy_service_shows_how_far_it_is_and_can_be_stopped(visit, publisher):
    turned_on("cbs-v3", municipality="GM0202")
    visit.post(address("look"))

    assert 'hx-trigger="every 2s"' in shown(visit)
    visit.post(address("stop"))
    work()

    assert 'hx-trigger="every 2s"' not in shown(visit)
    assert publisher.asked == []


def test_the_card_alone_is_for_pages_that_ask_for_it(visit):
    assert visit.get(address("card")).url == reverse("indicators:source_list")
    assert "<h1" not in visit.get(address("card"), headers={"HX-Request": "true"}).content.decode()


@pytest.mark.usefixtures("indicators")
def test_a_service_that_works_shows_its_last_delivery_and_what_comes_next(visit, publisher):
    fetch("cbs-v3")

    page = shown(visit)
    assert "84799NED 2020" in page
    assert reverse("indicators:edition_detail", args=[Edition.objects.latest("pk").pk]) in page
    assert "figures about 2021" in page


@pytest.mark.usefixtures("indicators")
def test_a_failing_service_says_why_what_to_do_and_that_the_figures_stay(visit, publisher):
    feed = fetch("cbs-v3")
    publisher.fault("ODataCatalog", status=503, times=9)
    fetch_again(feed)

    page = shown(visit)
    assert "The service is out of order or too busy." in page
    assert "Tonight we try again; you need not do anything." in page
    assert "The figures that are here stay as they are." in page
    assert "84799NED 2020" in page


def test_a_job_that_broke_down_is_said_to_be_our_own_fault(visit, publisher):
    feed = turned_on("cbs-v3", municipality="GM0202")
    Job.objects.create(kind="indicators.look", key=feed.pk, payload={"feed": feed.pk}, state="failed", error="KeyError('x')")

    assert "something went wrong here" in shown(visit)


@pytest.mark.usefixtures("indicators")
def test_the_form_for_the_year_is_filled_in_from_the_catalogue(visit, publisher):
    publisher.shelf.catalogue["84799NED"]["Period"] = "2020*"
    fetch("cbs-v3")

    page = unescape(visit.get(reverse("indicators:edition_detail", args=[Edition.objects.latest("pk").pk])).content.decode())

    assert "Our guess is 2020: the catalogue of the publisher says so." in page
    assert 'value="2" id="id_status_1" required checked' in page or 'value="2" required id="id_status_1" checked' in page


def test_an_unknown_service_is_not_found(visit):
    assert visit.get(address("edit", "elsewhere")).status_code == 404


@pytest.mark.parametrize("role", [Role.READER, Role.REPRESENTATIVE])
def test_other_roles_see_no_services(client, role):
    client.force_login(MembershipFactory(role=role).user)

    assert "Fetched at the publisher" not in shown(client)
    assert [client.get(address("edit")).status_code, client.post(address("look")).status_code] == [404, 404]


@pytest.mark.parametrize("services", [1, 6])
def test_the_page_takes_the_same_queries_for_any_number_of_services(visit, services, django_assert_num_queries):
    for slug in list(feeds.definitions())[:services]:
        feed = turned_on(slug, municipality="GM0202")
        release = Release.objects.create(feed=feed, table="Tabel", year=2020, since=2020, fetched_at=timezone.now())
        release.editions.add(EditionFactory())

    with django_assert_num_queries(13):
        page = shown(visit)

    assert page.count("Tabel 2020") == services
