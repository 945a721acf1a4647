"""One ambition on one sheet of A4."""

import re

import pytest
from django.urls import reverse

from ambitions.models import AmbitionVersion
from dashboards.choices import Audience, Trend
from dashboards.models import Interpretation
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, GoalFactory, LessonFactory, MeasureFactory
from tests.dashboards.factories import ProgrammeFigureFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory, ThemeFactory
from tests.residents.factories import InputLinkFactory, ResidentInputFactory
from wijkaanpak.neighbourhoods.choices import Role


@pytest.fixture
def programme(db):
    return ProgrammeFactory(slug="voorbeeldwijk", name="Voorbeeldwijk", is_public=True)


@pytest.fixture
def ambition(programme):
    return full_ambition(programme)


def full_ambition(programme, promises=14, words=150):
    """As much as an ambition can have: three goals, stories of 150 words, more promises and voices than fit, a consultation."""
    sentence = "Iedereen in de wijk woont, werkt en leeft prettig samen. " * 4
    made = AmbitionFactory(programme=programme, number=1, sentence=sentence.strip(), theme=ThemeFactory(slug="housing"), adopted=True, versions=False)
    organisation = OrganisationFactory(in_programme=programme, name="Woonstichting met een behoorlijk lange naam voor een regel")
    for _number in range(3):
        goal = GoalFactory(ambition=made)
        goal.indicator.name = "Heeft vaak overlast van geluid of rommel in de straat"
        goal.indicator.save()
        ProgrammeFigureFactory(programme=programme, indicator=goal.indicator, trend=Trend.SAME, reason="", period=2025)
        story(programme, organisation, words, indicator=goal.indicator)
    story(programme, organisation, words, theme=made.theme)
    frozen = [{"indicator": goal.indicator.slug, "name": goal.indicator.name, "unit": "%", "baseline": 1.0, "baseline_period": 2020, "target": 2.0, "target_on": "2028-01-01"} for goal in made.goals.all()]
    AmbitionVersion.objects.create(ambition=made, number=1, sentence=made.sentence, why=made.why, goals=frozen, adopted_by=made.created_by)
    for number in range(promises):
        promise = CommitmentFactory(ambition=made, late=number % 2 == 0, agreed=number % 2 == 1, organisation=organisation, visibility="public" if number < 12 else "internal", what="Twaalf woningen opknappen en de buren vooraf vertellen wat er gaat gebeuren en hoe lang dat duurt. " * 2)
        if number % 2:
            MeasureFactory(commitment=promise, goal=goal, mechanism="Wie droog en warm woont, is minder vaak ziek en blijft er graag wonen. " * 4)
        InputLinkFactory(input=ResidentInputFactory(answered=True, programme=programme, text="Het tocht en het is vochtig in de kamer van de kinderen. " * 6), commitment=promise)
    LessonFactory(ambition=made, saw="Op een brief kwam bijna niemand; aanbellen hielp wel. " * 8, changes="We bellen voortaan aan. " * 20)
    return made


def story(programme, organisation, words, **subject):
    Interpretation.objects.create(
        programme=programme, organisation=organisation, text="bewoners, " * words, function="gebiedsbeheerder", audience=Audience.PUBLIC, written_by=UserFactory(), **subject
    )  # fmt: skip


def test_the_sheet_holds_as_much_of_each_as_fits_and_says_what_is_left_out(client, programme, ambition):
    client.force_login(MembershipFactory(programme=programme, role=Role.COORDINATOR).user)

    sheet = client.get(reverse("dashboards:ambition_sheet", args=["voorbeeldwijk", 1])).context["sheet"]

    assert (len(sheet.goals), len(sheet.stories), len(sheet.promises), sheet.more, len(sheet.decisions)) == (3, 2, 8, 6, 4)
    assert (sheet.voices.total, sheet.voices.answered, len(sheet.voices.quotes)) == (14, 14, 3)


def test_the_public_sheet_shows_public_parts_only(client, programme, ambition):
    organisation = OrganisationFactory(in_programme=programme)
    Interpretation.objects.filter(theme=ambition.theme).delete()
    Interpretation.objects.update(audience=Audience.INTERNAL)
    CommitmentFactory(ambition=ambition, agreed=True, organisation=organisation, what="Geheim plan", visibility="internal")

    response = client.get(reverse("dashboards:public_ambition_sheet", args=["voorbeeldwijk", 1]))

    sheet = response.context["sheet"]
    assert (sheet.stories, len(sheet.promises) + sheet.more, sheet.decisions) == ([], 12, ())
    assert "Besluiten gevraagd" not in response.content.decode()


@pytest.mark.parametrize("state", ["consulted", None])
def test_an_ambition_that_is_not_adopted_has_no_public_sheet(client, programme, state):
    AmbitionFactory(programme=programme, number=2, **({state: True} if state else {}))

    assert client.get(reverse("dashboards:public_ambition_sheet", args=["voorbeeldwijk", 2])).status_code == 404


@pytest.mark.parametrize("page", ["ambitions:ambition_detail", "dashboards:public_ambition"])
def test_the_sheet_is_reached_from_the_page_of_the_ambition(client, programme, ambition, page):
    name = "dashboards:ambition_sheet" if page.startswith("ambitions") else "dashboards:public_ambition_sheet"
    if page.startswith("ambitions"):
        client.force_login(MembershipFactory(programme=programme, role=Role.READER).user)

    shown = client.get(reverse(page, args=["voorbeeldwijk", 1])).content.decode()

    assert f'href="{reverse(name, args=["voorbeeldwijk", 1])}"' in shown


def test_a_full_sheet_needs_few_queries_and_an_empty_one_no_more(client, programme, ambition, django_assert_max_num_queries):
    AmbitionFactory(adopted=True, programme=programme, number=2)
    client.force_login(MembershipFactory(programme=programme, role=Role.READER).user)

    for number in (1, 2):
        with django_assert_max_num_queries(18):
            client.get(reverse("dashboards:ambition_sheet", args=["voorbeeldwijk", number]))
        with django_assert_max_num_queries(15):
            client.get(reverse("dashboards:public_ambition_sheet", args=["voorbeeldwijk", number]))


def test_the_sheet_says_how_promises_should_help_and_what_was_learned_where_there_is_room(client, programme):
    full_ambition(programme, promises=5, words=60)

    sheet = client.get(reverse("dashboards:public_ambition_sheet", args=["voorbeeldwijk", 1])).context["sheet"]

    assert (len(sheet.promises), len(sheet.helps), len(sheet.lessons)) == (5, 2, 1)
    assert all(len(text) <= 182 for text in sheet.lessons[0])


@pytest.mark.parametrize(("promises", "words"), [(14, 150), (5, 70)])
@pytest.mark.parametrize("name", ["ambition_sheet", "public_ambition_sheet"])
def test_a_full_ambition_prints_on_exactly_one_page_and_nothing_is_cut_off(page, sign_in, transactional_db, name, promises, words):
    programme = ProgrammeFactory(slug="voorbeeldwijk", name="Voorbeeldwijk", is_public=True, is_example=True)
    full_ambition(programme, promises, words)
    sign_in(page, MembershipFactory(programme=programme, role=Role.READER).user)

    page.goto(reverse(f"dashboards:{name}", args=["voorbeeldwijk", 1]))
    printed = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][.\d]* 84[12][.\d]*\]", printed)  # A4 in points
