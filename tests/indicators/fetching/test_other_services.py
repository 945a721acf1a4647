"""CBS version 4, police, Leefbaarometer and boundaries: what is asked, and what is handed over."""

import json

import pytest

from tests.indicators.fetching.asking import fetch, fetch_again
from wijkaanpak.indicators import editions
from wijkaanpak.indicators.choices import EditionState, FetchProblem
from wijkaanpak.indicators.models import Edition, Observation, Release
from wijkaanpak.journal import jobs
from wijkaanpak.neighbourhoods.models import Area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]


def stored(name):
    with Edition.objects.get(file_name=name).file.open("rb") as file:
        return json.load(file)


def read_in(edition, by):
    editions.confirm(edition, year=edition.preview["year"], by=by)
    jobs.run(editions.latest_job(edition).pk)


def test_figures_of_version_4_become_the_table_that_is_known(publisher, analyst):
    fetch("cbs-v4", since=2017)

    for edition in Edition.objects.order_by("pk"):
        read_in(edition, analyst)

    assert Observation.objects.get(indicator__slug="inhabitants", area__code="WK020201", period=2017).value == 3265
    assert Area.objects.get(code="WK020201", division__year=2017).name == "Centrum"


def test_an_unknown_figure_of_version_4_is_null_and_never_zero(publisher):
    fetch("cbs-v4", since=2017)

    row = next(row for row in stored("83765NED 2017.json")["value"] if row["WijkenEnBuurten"] == "WK020201")
    assert row["woningvoorraad"] is None


def test_measures_about_origin_are_not_even_stored(publisher):
    fetch("cbs-v4", since=2017)

    names = {name for row in stored("83765NED 2017.json")["value"] for name in row}
    assert names == {"WijkenEnBuurten", "aantalinwoners", "woningvoorraad"}


def test_pages_and_padded_codes_of_version_4_are_read(publisher):
    publisher.shelf.page = 2
    for row in publisher.shelf.observations:
        row["WijkenEnBuurten"] = f"{row['WijkenEnBuurten']:<10}"

    fetch("cbs-v4", since=2017)

    assert publisher.count("Observations") == 3
    assert {row["WijkenEnBuurten"] for row in stored("83765NED 2017.json")["value"]} == {"GM0202", "WK020201"}


def test_version_4_is_asked_again_only_when_its_properties_say_so(publisher):
    feed = fetch("cbs-v4", since=2017)

    fetch_again(feed)

    assert publisher.count("Observations") == 1


def with_crimes(publisher):
    publisher.shelf.catalogue["47022NED"] = publisher.shelf.catalogue["84799NED"] | {"Identifier": "47022NED", "Period": "2012-2024"}


def test_the_police_is_asked_for_our_kinds_of_crime_from_a_year_on(publisher):
    with_crimes(publisher)

    fetch("police-month", since=2024)

    rows = stored("47022NED 2024-2024.json")["value"]
    assert {row["SoortMisdrijf"] for row in rows} == {"0.0.0 ", "1.1.1 "}
    assert {row["Perioden"] for row in rows} == {"2024MM01", "2024MM02"}


def test_an_answer_the_importer_cannot_read_is_stored_as_refused_with_the_reason(publisher):
    publisher.shelf.tables["84799NED"] = [{"WijkenEnBuurten": "GM0202    ", "IetsAnders_1": 3}]

    feed = fetch("cbs-v3", reads_in_by_itself=True)

    edition = Edition.objects.get(file_name="84799NED 2020.json")
    assert (edition.state, edition.year, feed.problem) == (EditionState.REFUSED, 2020, "")
    assert "geen kolom met een bekend cijfer" in edition.problem
    assert stored(edition.file_name)["value"] == publisher.shelf.tables["84799NED"]


def test_the_scores_come_page_by_page_in_the_columns_of_the_published_tables(publisher):
    publisher.shelf.page = 4

    feed = fetch("leefbaarometer", municipality="GM0014")

    rows = stored("leefbaarometer 2024 wijk.json")["value"]
    first = publisher.shelf.layers["lbm3:wijkscore24"][0]["properties"]
    assert (feed.problem, publisher.count("startIndex"), len(rows)) == ("", 3, 10)
    assert (rows[0]["wk_code"], rows[0]["jaar"], rows[0]["afw"]) == (first["id"], "2024", first["afw"])


def test_a_service_that_does_not_say_how_many_there_are_is_asked_until_nothing_comes(publisher):
    publisher.shelf.page, publisher.shelf.says_total = 4, False

    fetch("leefbaarometer", municipality="GM0014")

    assert publisher.count("startIndex") == 4


def test_fewer_scores_than_announced_are_not_handed_over(publisher):
    publisher.fault("startIndex=0", body=b'{"type": "FeatureCollection", "features": [{"id": 1}], "numberMatched": 3}')
    publisher.fault("startIndex=1", body=b'{"type": "FeatureCollection", "features": [], "numberMatched": 3}')

    feed = fetch("leefbaarometer", municipality="GM0014")

    assert feed.problem == FetchProblem.UNREADABLE
    assert not Edition.objects.exists()


def test_a_measurement_is_fetched_once_and_a_new_layer_is_a_new_measurement(publisher):
    feed = fetch("leefbaarometer", municipality="GM0014")
    publisher.shelf.layers["lbm3:wijkscore26"] = publisher.shelf.layers["lbm3:wijkscore24"]

    fetch_again(feed)

    assert list(Release.objects.fetched().order_by("year").values_list("year", flat=True)) == [2024, 2026]
    assert publisher.count("wijkscore24") == 1


def test_boundaries_are_read_in_by_the_reader_we_have(publisher, analyst):
    fetch("pdok", since=2020)

    edition = Edition.objects.get()
    read_in(edition, analyst)

    assert (edition.format, edition.preview["year"]) == ("boundaries", 2021)
    assert Area.objects.filter(code__startswith="WK0202", division__year=2021, boundary__isnull=False).count() == 4


def test_boundaries_of_other_municipalities_are_left_out(publisher):
    other = publisher.shelf.layers["gebiedsindelingen:wijk_gegeneraliseerd"][0]
    other["properties"] |= {"statcode": "WK034401"}

    fetch("pdok", since=2021)

    assert len(stored("grenzen 2021.geojson")["features"]) == 3


def test_a_year_without_boundaries_yet_is_no_failure(publisher):
    feed = fetch("pdok", since=2020)

    assert (feed.problem, list(Release.objects.values_list("year", flat=True))) == ("", [2021])


def test_a_municipality_without_boundaries_is_a_problem(publisher):
    feed = fetch("pdok", municipality="GM9999", since=2021)

    assert (feed.problem, Edition.objects.filter(state=EditionState.PREVIEWED).count()) == (FetchProblem.EMPTY, 0)
