"""The pages of tensions, shared points, and organisations side by side."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import SharedPoint, Tension
from tests.actors.factories import OrganisationFactory, PerspectiveFactory, SharedPointFactory, TensionFactory
from tests.actors.test_tensions import in_days
from tests.neighbourhoods.factories import MembershipFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def url(name, programme, *args):
    return reverse(f"actors:{name}", args=[programme.slug, *args])


def beside(browser, programme, organisations):
    return browser.get(url("perspective_comparison", programme), {"organisatie": [each.pk for each in organisations]})


@pytest.fixture
def partners(programme):
    return [OrganisationFactory(name=f"Partner {number}", in_programme=programme) for number in range(1, 8)]


def test_two_organisations_stand_side_by_side_theme_by_theme(browser_of, programme, partners):
    PerspectiveFactory(programme=programme, organisation=partners[0], goals="Wij willen slopen.")
    PerspectiveFactory(programme=programme, organisation=partners[2], goals="Van een ander.")
    tension = TensionFactory(programme=programme, organisations=partners[:2], sentence="Slopen of niet.")
    SharedPointFactory(programme=programme, organisations=partners[:3], sentence="Blijven wonen.")
    TensionFactory(programme=programme, organisations=partners[1:3], sentence="Met een derde.")

    answer = beside(browser_of("reader"), programme, partners[:2])

    page, [row] = answer.content.decode(), answer.context["rows"]
    assert [(organisation.name, bool(said)) for organisation, said in row.cells] == [("Partner 1", True), ("Partner 2", False)]
    assert (row.tensions, [point.sentence for point in row.shared]) == ([tension], ["Blijven wonen."])
    assert "Wij willen slopen." in page
    assert not {"Van een ander.", "Met een derde."} & {text for text in ["Van een ander.", "Met een derde."] if text in page}


@pytest.mark.parametrize(("number", "error"), [(1, "Kies minstens twee organisaties."), (7, "Kies hoogstens zes organisaties")])
def test_too_few_and_too_many_come_back_with_what_to_do(browser_of, programme, partners, number, error):
    answer = beside(browser_of("reader"), programme, partners[:number])

    assert answer.status_code == 422
    assert error in answer.content.decode()


def test_before_a_choice_the_page_asks_for_one(browser_of, programme, partners):
    answer = browser_of("reader").get(url("perspective_comparison", programme))

    assert (answer.status_code, answer.context["rows"]) == (200, [])
    assert "Kies er twee tot zes." in answer.content.decode()


@pytest.mark.parametrize("size", [2, 6])
def test_side_by_side_takes_constant_queries(browser_of, programme, partners, size, django_assert_num_queries):
    for number in range(size * 5):
        TensionFactory(programme=programme, organisations=partners[:size], sentence=f"Spanning X{number}")
        SharedPointFactory(programme=programme, organisations=partners[:size])
    for organisation in partners[:size]:
        PerspectiveFactory(programme=programme, organisation=organisation)
    browser = browser_of("reader")

    with django_assert_num_queries(13):
        page = beside(browser, programme, partners[:size]).content.decode()

    assert page.count("Spanning X") == size * 5


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_of_tensions_takes_constant_queries(browser_of, programme, rows, django_assert_num_queries):
    for number in range(rows):
        TensionFactory(programme=programme, sentence=f"Spanning X{number}")
        SharedPointFactory(programme=programme)
    browser = browser_of("reader")

    with django_assert_num_queries(8):
        page = browser.get(url("tension_list", programme)).content.decode()

    assert page.count("Spanning X") == rows


def test_the_list_narrows_to_what_is_due(browser_of, programme):
    TensionFactory(programme=programme, sentence="Nu kijken.", due=True)
    TensionFactory(programme=programme, sentence="Later kijken.")
    browser = browser_of("reader")

    every, due = [browser.get(url("tension_list", programme) + query).content.decode() for query in ["", "?terugkijken"]]

    assert ["Later kijken." in every, "Later kijken." in due, "Nu kijken." in due] == [True, False, True]


def test_an_empty_list_says_how_to_begin(browser_of, programme):
    assert "Er is nog geen spanning benoemd" in browser_of("reader").get(url("tension_list", programme)).content.decode()


def test_a_tension_is_named_from_the_comparison_and_settled(browser_of, programme, partners):
    browser, user = browser_of("coordinator"), MembershipFactory(programme=programme).user
    theme = ThemeFactory(slug="housing")
    begun = browser.get(url("tension_add", programme), {"organisatie": [partners[0].pk, partners[1].pk], "thema": "housing"}).context["form"]

    values = {"organisations": begun.initial["organisations"], "theme": begun.initial["theme"].pk, "sentence": "Slopen of niet.", "owner": user.pk, "review_on": in_days(9)}
    made = Tension.objects.get(pk=browser.post(url("tension_add", programme), values).url.rstrip("/").rpartition("/")[2])
    for name, asked in [("agree", {"agreement": "Niet slopen."}), ("review", {"sentence": "Loopt."}), ("reopen", {"reason": "Toch sloop."})]:
        browser.post(url(f"tension_{name}", programme, made.pk), {**asked, "review_on": in_days(20)})

    page = browser.get(url("tension_detail", programme, made.pk)).content.decode()
    assert (made.theme, list(made.organisations.all())) == (theme, partners[:2])
    assert [text in page for text in ["Niet slopen.", "Loopt.", "Toch sloop.", "Slopen of niet."]] == [True] * 4


def test_what_is_missing_comes_back(browser_of, programme, partners):
    values = {"organisations": [partners[0].pk], "review_on": timezone.localdate()}

    answer = browser_of("own").post(url("tension_add", programme), values)

    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"theme", "organisations", "sentence", "owner"})
    assert not Tension.objects.exists()


def test_a_day_that_has_passed_comes_back(browser_of, programme):
    tension = TensionFactory(programme=programme)

    answer = browser_of("coordinator").post(url("tension_agree", programme, tension.pk), {"agreement": "Niet slopen.", "review_on": in_days(-1)})

    assert answer.status_code == 422
    assert "Kies een dag" in answer.content.decode()


def test_an_agreed_tension_gets_another_owner_only(browser_of, programme):
    tension, successor = TensionFactory(programme=programme, agreed=True), MembershipFactory(programme=programme).user
    browser = browser_of("coordinator")

    fields = list(browser.get(url("tension_edit", programme, tension.pk)).context["form"].fields)
    browser.post(url("tension_edit", programme, tension.pk), {"owner": successor.pk})

    tension.refresh_from_db()
    assert (fields, tension.owner) == (["owner"], successor)


def test_a_shared_point_is_marked_and_withdrawn(browser_of, programme, partners):
    browser = browser_of("coordinator")
    values = {"theme": ThemeFactory().pk, "organisations": [each.pk for each in partners[:2]], "sentence": "Blijven wonen."}

    browser.post(url("shared_point_add", programme), values)
    shown = "Blijven wonen." in browser.get(url("tension_list", programme)).content.decode()
    browser.post(url("shared_point_withdraw", programme, SharedPoint.objects.get().pk))

    assert shown
    assert not SharedPoint.objects.in_force().exists()


@pytest.mark.parametrize(("kind", "expected"), {"stranger": 404, "reader": 403, "own": 403, "coordinator": 200, "administrator": 403}.items())
def test_a_tension_is_settled_by_coordinators_and_its_owner(browser_of, programme, kind, expected):
    tension = TensionFactory(programme=programme)

    assert browser_of(kind).get(url("tension_agree", programme, tension.pk)).status_code == expected
