"""The read-only API: what it answers, what it refuses, and what never gets out."""

import csv
from io import StringIO

import pytest
from django.urls import get_resolver

from ambitions.choices import Visibility
from dashboards.api import resources, schema
from residents.models import ResidentInput
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, ProgressUpdateFactory
from tests.dashboards.factories import AreaFigureFactory, FigureIndicatorFactory, ProgrammeFigureFactory, neighbourhoods
from tests.neighbourhoods.factories import ProgrammeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.indicators.choices import MeasureKind

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"
OWN = f"{ROOT}/programmes/voorbeeldwijk"


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="voorbeeldwijk", name="Voorbeeldwijk", is_public=True)


def items(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200, response.content
    return response.json()["items"]


def rows_of(client, address):
    return list(csv.DictReader(StringIO(client.get(address).content.decode())))


def public_promise(programme, **traits):
    return CommitmentFactory(in_programme=programme, **{"started": True, "visibility": Visibility.PUBLIC, **traits})


# --- what it tells


def test_a_programme_leads_to_everything_it_has(client, programme):
    found = client.get(OWN).json()

    assert (found["id"], found["name"]) == ("voorbeeldwijk", "Voorbeeldwijk")
    for link in found["_links"].values():
        assert client.get(link["href"]).status_code == 200


@pytest.mark.parametrize(("stored", "told"), [
    ({"value": 80.5}, (80.5, "available")), ({"value": 0.0}, (0.0, "available")), ({"value": 3.0}, (None, "suppressed")),
    ({"value": None, "reason": "suppressed"}, (None, "suppressed")), ({"value": None, "reason": "not_published"}, (None, "notPublished")),
    ({"value": None, "reason": "no_values"}, (None, "missing")),
])  # fmt: skip
def test_a_figure_without_a_value_says_why_and_is_never_zero(client, programme, stored, told):
    ProgrammeFigureFactory(programme=programme, **stored)

    [figure] = items(client, f"{OWN}/figures")

    assert (figure["value"], figure["status"]) == told


def test_figures_can_be_asked_per_indicator_and_months_are_written_as_months(client, programme):
    wanted = ProgrammeFigureFactory(programme=programme, period=202005).indicator
    ProgrammeFigureFactory(programme=programme)

    [figure] = items(client, f"{OWN}/figures", indicator=wanted.slug)

    assert (figure["indicator"], figure["period"], figure["referenceDate"]) == (wanted.slug, "2020-05", "2020-01-01")


def test_a_commitment_stands_with_both_dates_and_its_last_word(client, programme):
    promise = public_promise(programme, quantity=40, unit="woningen")
    ProgressUpdateFactory(commitment=promise, sentence="Tien klaar.")

    [found] = items(client, f"{OWN}/commitments")

    assert (found["what"], found["dueOn"], found["quantity"], found["lastWord"]) == (promise.what, promise.due_on.isoformat(), 40.0, "Tien klaar.")


def test_an_ambition_stands_with_the_goals_as_adopted(client, programme):
    ambition = AmbitionFactory(adopted=True, programme=programme, versions=[])
    goal = {"indicator": "unsafe", "name": "Onveilig", "unit": "%", "baseline": 34.0, "baseline_period": 2022, "target": 25.0, "target_on": "2028-12-31"}
    ambition.versions.create(number=1, sentence=ambition.sentence, why="", goals=[goal], adopted_by=ambition.created_by)

    [found] = items(client, f"{OWN}/ambitions")

    assert (found["sentence"], found["version"], [goal["target"] for goal in found["goals"]]) == (ambition.sentence, 1, [25.0])


def test_a_sheet_has_all_rows_with_decimal_points_and_no_formulas(client, programme):
    public_promise(programme, what="=HYPERLINK(1)", quantity="2.5", unit="uur")
    public_promise(programme)

    found = rows_of(client, f"{OWN}/commitments.csv")

    assert (found[0]["what"], found[0]["quantity"], len(found)) == ("'=HYPERLINK(1)", "2.5", 2)


def test_the_header_accept_chooses_the_form(client, programme):
    programme.areas.set(neighbourhoods(boundary={"type": "Point", "coordinates": [5, 52]}))
    forms = {"application/json": "items", "text/csv": "code,name", "application/geo+json": "FeatureCollection"}

    for accepted, sign in forms.items():
        response = client.get(f"{OWN}/areas", headers={"accept": accepted})
        assert response.headers["Content-Type"].startswith(accepted)
        assert sign in response.content.decode()
        assert "Accept" in response.headers["Vary"]
    assert client.get(f"{OWN}/areas", headers={"accept": "image/png"}).status_code == 406


# --- what never gets out


@pytest.mark.parametrize("name", [name for name, resource in resources.BY_NAME.items() if resource.is_of_programme])
@pytest.mark.parametrize("form", ["", ".csv"])
def test_a_programme_that_is_not_public_does_not_exist(client, programme, name, form):
    type(programme).objects.update(is_public=False)

    assert client.get(f"{OWN}/{name}{form}").status_code == client.get(OWN).status_code == 404
    assert client.get(f"{OWN}/areas.geojson").status_code == 404
    assert items(client, f"{ROOT}/programmes") == []


def test_nothing_that_is_not_public_is_in_any_answer(client, programme):
    seen = public_promise(programme, what="Dit is openbaar")
    for number, hidden in enumerate([{"visibility": Visibility.PARTNERS}, {"visibility": Visibility.INTERNAL}, {"started": False}]):
        made = public_promise(programme, ambition=seen.ambition, what=f"GEHEIM toezegging {number}", **hidden)
        ProgressUpdateFactory(commitment=made, sentence="GEHEIM bericht")
    AmbitionFactory(programme=programme, sentence="GEHEIM concept")
    AmbitionFactory(programme=programme, consulted=True, sentence="GEHEIM voorgelegd")
    AmbitionFactory(programme=programme, adopted=True, revised_sentence="GEHEIM herzien", revised_why="GEHEIM waarom")
    ResidentInputFactory(awaiting=True, programme=programme, text="GEHEIM wacht")
    ResidentInputFactory(refused=True, programme=programme, text="GEHEIM geweigerd", moderation_note="GEHEIM aan afzender")
    said = ResidentInputFactory(answered=True, programme=programme, text="GEHEIM zoals gestuurd", public_text="Zoals gepubliceerd")
    withdrawn = ResidentInputFactory(answered=True, programme=programme, public_text="GEHEIM teruggetrokken")
    ResidentInput.objects.filter(pk=withdrawn.pk).update(state="not_published", house_rule="personal")

    found = everything(client)

    assert "Dit is openbaar" in found
    assert said.public_text in found
    assert "GEHEIM" not in found
    assert not any(name in found for name in [seen.owner.name, seen.owner.email, said.answers.get().given_by.name])


def everything(client):
    """Return all answers about the programme as one text."""
    own = [f"{OWN}/{name}{form}" for name, resource in resources.BY_NAME.items() if resource.is_of_programme for form in ("", ".csv")]
    return "\n".join(client.get(address).content.decode() for address in [OWN, f"{ROOT}/programmes", f"{ROOT}/programmes.csv", *own])


def test_a_count_under_five_is_in_no_answer_nor_in_the_comparison_of_a_later_year(client, programme):
    indicator = FigureIndicatorFactory()
    ProgrammeFigureFactory(programme=programme, indicator=indicator, period=2019, value=3.0, is_latest=False)
    ProgrammeFigureFactory(programme=programme, indicator=indicator, value=9.0, previous_period=2019, previous_value=3.0, municipality_value=4.0)

    found = items(client, f"{OWN}/figures")

    assert [(row["value"], row["previousValue"], row["municipality"]) for row in found] == [(None, None, None), (9.0, None, None)]


def test_a_rate_about_few_people_is_hidden_and_stays_so_in_the_next_year(client, programme):
    rate = FigureIndicatorFactory(kind=MeasureKind.RATE, denominator=FigureIndicatorFactory(theme=None))
    ProgrammeFigureFactory(programme=programme, indicator=rate, period=2019, value=1.5, numerator=3.0, is_latest=False)
    ProgrammeFigureFactory(programme=programme, indicator=rate, value=4.5, numerator=9.0, previous_period=2019, previous_value=1.5)

    before, after = items(client, f"{OWN}/figures", indicator=rate.slug)

    assert (before["status"], after["value"], after["previousValue"]) == ("suppressed", 4.5, None)


def test_a_hidden_count_of_one_area_cannot_be_found_by_subtraction(client, programme):
    areas = neighbourhoods(populations=(3000, 2000, 1000))
    programme.areas.set(areas)
    indicator = FigureIndicatorFactory()
    for area, value in zip(areas, [40.0, 3.0, 12.0], strict=True):
        AreaFigureFactory(area=area, indicator=indicator, value=value)

    found = items(client, f"{OWN}/area-figures")

    assert [row["value"] for row in found] == [40.0, None, None]


# --- how it behaves


def addresses(programme):
    programme.areas.set(neighbourhoods())
    lists = [f"{ROOT}{resource.path.replace('{programme}', programme.slug)}" for resource in resources.ALL]
    return [ROOT, f"{ROOT}/openapi.json", OWN, f"{ROOT}/indicators/{FigureIndicatorFactory().slug}", f"{OWN}/areas.geojson", *lists, *(f"{one}.csv" for one in lists)]


def test_every_address_follows_the_design_rules(client, programme):
    for address in addresses(programme):
        response = client.get(address)
        assert response.status_code == 200, address
        assert response.headers["API-Version"] == schema.VERSION
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert not response.cookies
        assert client.get(address, headers={"if-none-match": response.headers["ETag"]}).status_code == 304
        assert client.head(address).status_code == 200
        assert client.options(address).status_code == 204
        for refused in (client.get(f"{address}/"), client.post(address), client.delete(address)):
            assert refused.status_code in {404, 405}
            assert refused.headers["Content-Type"] == "application/problem+json"
            assert refused.json()["status"] == refused.status_code


def test_names_are_plain_and_without_trailing_slash():
    described = schema.document()

    for path, operations in described["paths"].items():
        segments = [part for part in path.removesuffix(".csv").removesuffix(".geojson").split("/") if part and not part.startswith("{")]
        assert not path.endswith("/")
        assert all(part == part.lower() and part.replace("-", "").isalpha() and part.endswith("s") for part in segments), path
        assert list(operations) == ["get"]
        assert all(one["name"][0].islower() and one["name"].isalpha() for one in operations["get"]["parameters"])
    assert described["info"]["contact"].keys() == {"name", "url", "email"}
    assert described["servers"][0]["url"].endswith("/api/v1")


def test_long_lists_come_in_pages_that_lead_to_one_another(client, programme):
    for _number in range(5):
        public_promise(programme)

    response = client.get(f"{OWN}/commitments", {"page": 2, "pageSize": 2})
    found = response.json()

    assert (len(found["items"]), found["page"], found["pageSize"], found["total"]) == (2, 2, 2, 5)
    assert set(found["_links"]) == {"self", "first", "prev", "next", "last"}
    assert found["_links"]["last"]["href"].endswith("page=3&pageSize=2")
    assert 'rel="next"' in response.headers["Link"]
    assert [len(client.get(found["_links"][rel]["href"]).json()["items"]) for rel in ("first", "next")] == [2, 1]
    assert items(client, f"{OWN}/commitments", page=99) == []


@pytest.mark.parametrize("query", ["page=0", "page=a", "pageSize=501", "pageSize=", "page=1&page=2", "onbekend=1", "page=%D9%A3"])
def test_a_question_that_is_not_understood_is_refused_with_what_to_do(client, programme, query):
    response = client.get(f"{OWN}/commitments?{query}")

    assert response.status_code == 400
    assert response.json()["title"] == "Dit klopt niet"
    assert response.headers["Cache-Control"] == "no-store"


def test_too_many_questions_are_refused_until_the_next_minute(client, programme, settings):
    settings.API_CALLS_A_MINUTE = 2

    answers = [client.get(OWN) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 60
    assert client.get(OWN, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_the_api_answers_when_the_cache_is_away(client, programme, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}

    assert client.get(OWN).status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_answers_need_a_constant_number_of_queries(client, programme, rows, django_assert_num_queries):
    areas = neighbourhoods(populations=[1000] * rows)
    programme.areas.set(areas)
    for area in areas:
        promise = public_promise(programme)
        ProgressUpdateFactory(commitment=promise)
        ResidentInputFactory(answered=True, programme=programme)
        indicator = ProgrammeFigureFactory(programme=programme).indicator
        AreaFigureFactory(area=area, indicator=indicator)
        ProgrammeFactory(is_public=True)
    counts = {
        f"{ROOT}/programmes": 2, OWN: 1, f"{ROOT}/indicators": 2, f"{OWN}/areas": 3, f"{OWN}/areas.geojson": 2, f"{OWN}/figures": 2, f"{OWN}/area-figures": 3,
        f"{OWN}/ambitions": 4, f"{OWN}/commitments": 3, f"{OWN}/answers": 3, f"{OWN}/commitments.csv": 2, f"{OWN}/area-figures.csv": 3,
    }  # fmt: skip

    for address, queries in counts.items():
        with django_assert_num_queries(queries):
            response = client.get(address)
        assert response.status_code == 200
        assert rows == 1 or len(response.content) > 1000 or address == OWN


def test_the_page_for_people_has_addresses_that_work(client, programme):
    page = client.get("/open-data/").content.decode()

    assert "CC BY 4.0" in page
    for address in ["/api/v1/programmes", f"{OWN}/figures", f"{OWN}/commitments.csv", f"{OWN}/areas.geojson"]:
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(("path", "media_type"), [("/api/v1/programmes", "application/problem+json"), ("/wijken/", "text/html; charset=utf-8")])
def test_a_fault_of_ours_is_told_in_the_form_of_the_question(rf, path, media_type):
    answer = get_resolver().resolve_error_handler(500)(rf.get(path))

    assert (answer.status_code, answer["Content-Type"]) == (500, media_type)
