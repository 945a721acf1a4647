"""The key figures of CBS, version 3: fetched when the catalogue says they changed, in the way its service wants to be asked."""

import json
from datetime import date

import pytest

from tests.indicators.fetching.asking import fetch, fetch_again, switch_on, work
from wijkaanpak.indicators import editions
from wijkaanpak.indicators.choices import EditionState, FetchProblem, Status
from wijkaanpak.indicators.models import Edition, Feed, Observation, Release
from wijkaanpak.journal import jobs
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods.models import Area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]


def figures():
    return Edition.objects.get(file_name="84799NED 2020.json")


def stored(edition):
    with edition.file.open("rb") as file:
        return json.load(file)


def test_a_service_that_is_switched_on_delivers_names_and_figures_that_wait(publisher):
    fetch("cbs-v3")

    names, found = Edition.objects.order_by("pk")
    assert (names.format, found.format) == ("cbs-names", "kwb-odata-v3")
    assert {names.state, found.state} == {EditionState.PREVIEWED}
    assert not Observation.objects.exists()


def test_a_delivery_knows_its_year_status_and_day_from_the_catalogue(publisher):
    fetch("cbs-v3")

    edition = figures()
    assert (edition.preview["year"], edition.preview["status"], edition.published_on) == (2020, Status.FINAL, date(2021, 3, 26))


@pytest.mark.parametrize(("period", "description"), [("2020*", ""), ("2020", "Status van de cijfers:\nVoorlopig.")])
def test_provisional_figures_are_announced_as_such(publisher, period, description):
    publisher.shelf.catalogue["84799NED"] |= {"Period": period, "ShortDescription": description}

    fetch("cbs-v3")

    assert figures().preview["status"] == Status.PROVISIONAL


def test_the_day_of_publication_stays_when_an_analyst_confirms(publisher, analyst):
    fetch("cbs-v3")

    editions.confirm(figures(), year=2020, by=analyst)

    assert figures().published_on == date(2021, 3, 26)


def test_confirmed_names_and_figures_are_read_in_like_an_upload(publisher, analyst):
    fetch("cbs-v3")

    for edition in Edition.objects.order_by("pk"):
        editions.confirm(edition, year=2020, by=analyst)
        jobs.run(editions.latest_job(edition).pk)

    assert Area.objects.get(code="WK020201").name == "Centrum"
    assert Observation.objects.get(indicator__slug="inhabitants", area__code="GM0202").value == 161348


def test_nothing_is_fetched_while_the_catalogue_says_the_same(publisher):
    feed = fetch("cbs-v3")
    before = publisher.count("DataSet")

    fetch_again(feed)

    assert publisher.count("DataSet") == before == 1
    assert Edition.objects.count() == 2


def test_a_changed_table_becomes_a_new_delivery_and_the_names_do_not_come_twice(publisher):
    feed = fetch("cbs-v3")
    publisher.shelf.catalogue["84799NED"]["Modified"] = "2021-06-30T02:00:00"
    publisher.shelf.tables["84799NED"][0]["AantalInwoners_5"] = 161400

    fetch_again(feed)

    assert Release.objects.fetched().count() == 2
    assert list(Edition.objects.order_by("pk").values_list("format", flat=True)) == ["cbs-names", "kwb-odata-v3", "kwb-odata-v3"]


def test_a_table_that_only_says_it_changed_makes_no_second_delivery(publisher):
    feed = fetch("cbs-v3")
    publisher.shelf.catalogue["84799NED"]["Modified"] = "2021-06-30T02:00:00"

    fetch_again(feed)

    assert Release.objects.fetched().count() == 2
    assert Edition.objects.count() == 2


def test_another_municipality_is_fetched_although_the_table_did_not_change(publisher):
    fetch("cbs-v3")
    publisher.shelf.tables["84799NED"] += [row | {"WijkenEnBuurten": "GM0344    "} for row in publisher.shelf.tables["84799NED"][:1]]

    switch_on("cbs-v3", municipality="GM0344")
    work()

    assert set(Release.objects.fetched().values_list("municipality", flat=True)) == {"GM0202", "GM0344"}


def test_one_municipality_is_asked_with_padded_codes_and_as_json(publisher):
    fetch("cbs-v3")

    asked = next(address for address in publisher.asked if "DataSet" in address)
    assert "$format=json" in asked
    assert "WijkenEnBuurten%20eq%20'GM0202%20%20%20%20'" in asked
    assert "startswith(WijkenEnBuurten,'BU0202')" in asked


def test_a_code_that_is_not_padded_gets_an_answer_without_rows(publisher, monkeypatch):
    monkeypatch.setattr("wijkaanpak.indicators.fetching.odata3.CODE_WIDTH", 0)
    publisher.shelf.tables["84799NED"] = publisher.shelf.tables["84799NED"][:1]

    feed = fetch("cbs-v3")

    assert feed.problem == FetchProblem.EMPTY


def test_more_than_ten_thousand_rows_come_from_the_feed_and_the_error_is_not_tried_again(publisher):
    publisher.shelf.limit = 5

    fetch("cbs-v3")

    assert (publisher.count("ODataApi"), publisher.count("ODataFeed/odata/84799NED/TypedDataSet")) == (1, 1)
    assert len(stored(figures())["value"]) == 12


def test_all_pages_of_the_feed_are_joined_and_each_next_address_is_used_as_it_is(publisher):
    publisher.shelf.page = 5

    fetch("cbs-v3", municipality="")

    pages = [address for address in publisher.asked if "TypedDataSet" in address]
    assert len(pages) == 3
    assert all(address.count("$format=json") == 1 for address in pages)
    answer = stored(figures())
    assert (len(answer["value"]), "odata.nextLink" in answer) == (12, False)


def test_a_table_that_is_not_in_the_catalogue_yet_is_no_failure(publisher):
    feed = fetch("cbs-v3", since=2016)

    assert (feed.problem, Release.objects.count()) == ("", 1)


def test_a_table_that_is_renewed_while_it_is_fetched_is_not_delivered(publisher):
    switch_on("cbs-v3")
    jobs.run(Job.objects.get().pk)
    publisher.shelf.catalogue["84799NED"]["Modified"] = "2021-06-30T02:00:00"

    work()

    assert Feed.objects.get().problem == FetchProblem.CHANGED
    assert not Edition.objects.exists()
    feed = fetch_again(Feed.objects.get())
    assert (feed.problem, figures().published_on) == ("", date(2021, 6, 30))


def test_figures_are_read_in_by_themselves_when_that_was_asked_and_nothing_stands_out(publisher):
    fetch("cbs-v3", reads_in_by_itself=True)

    assert set(Edition.objects.values_list("state", flat=True)) == {EditionState.LOADED}
    assert Observation.objects.filter(status=Status.FINAL, value__isnull=False).exists()


def test_figures_with_a_problem_wait_although_they_may_be_read_in_by_themselves(publisher):
    publisher.shelf.tables["84799NED"][3]["AantalInwoners_5"] = -5

    fetch("cbs-v3", reads_in_by_itself=True)

    assert set(Edition.objects.values_list("state", flat=True)) == {EditionState.PREVIEWED}
