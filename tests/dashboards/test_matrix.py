import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from dashboards import attention, briefing, matrix
from dashboards.choices import Keeping, Trend
from dashboards.figures import matrix as drawing
from dashboards.matrix import Dot
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, GoalFactory
from tests.dashboards.factories import ProgrammeFigureFactory
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ambition(programme):
    return AmbitionFactory(adopted=True, programme=programme)


def dot(programme):
    [found] = matrix.dots(briefing.ambitions_of(programme), attention.promises(programme), attention.goals_with_figure(programme), slug=programme.slug)
    return found


def judge(ambition, trend, **goal):
    made = GoalFactory(ambition=ambition, **goal)
    ProgrammeFigureFactory(programme=ambition.programme, indicator=made.indicator, trend=trend, reason="", period=2025, reference_date=None)


@pytest.mark.parametrize(("promises", "keeping"), [
    ([], Keeping.NOTHING),
    (["started"], Keeping.NOTHING),
    (["kept", "started"], Keeping.KEPT),
    (["kept", "not_kept"], Keeping.PARTLY),
    (["kept", "late"], Keeping.PARTLY),
    (["not_kept"], Keeping.NOT_KEPT),
    (["late"], Keeping.NOT_KEPT),
])  # fmt: skip
def test_an_ambition_stands_where_its_ended_and_late_promises_put_it(programme, ambition, promises, keeping):
    for trait in promises:
        CommitmentFactory(ambition=ambition, **{trait: True})

    assert dot(programme).keeping == keeping


@pytest.mark.parametrize(("trends", "course"), [
    ([], Trend.UNKNOWN),
    ([Trend.UNKNOWN], Trend.UNKNOWN),
    ([Trend.NOT_JUDGED], Trend.UNKNOWN),
    ([Trend.BETTER, Trend.SAME, Trend.UNKNOWN], Trend.BETTER),
    ([Trend.WORSE, Trend.SAME], Trend.WORSE),
    ([Trend.BETTER, Trend.WORSE], Trend.SAME),
    ([Trend.SAME], Trend.SAME),
])  # fmt: skip
def test_an_ambition_stands_where_the_figures_of_its_goals_go(programme, ambition, trends, course):
    for trend in trends:
        judge(ambition, trend)

    assert dot(programme).course == course


def test_a_figure_of_before_the_expected_effect_says_nothing(programme, ambition):
    judge(ambition, Trend.WORSE, visible_from=datetime.date(2026, 1, 1))

    assert dot(programme).course == Trend.UNKNOWN
    assert "nog geen effect verwacht" in dot(programme).figures[0]


def test_what_cannot_be_judged_has_a_place_of_its_own():
    with translation.override("en"):
        dots = [Dot(1, "Wonen", "Prettig wonen.", "/1/", Keeping.NOTHING, Trend.UNKNOWN, "", ()), Dot(2, "Zorg", "Gezond.", "/2/", Keeping.PARTLY, Trend.SAME, "", ())]
        svg = drawing.draw(dots)

    assert svg.count("matrix__cell--apart") == 7
    assert svg.count("<circle") == 2
    assert re.findall(r'cx="(\d+)" cy="(\d+)"', svg) == [("598", "443"), ("288", "217")]  # the first apart, the second in the middle


def test_the_page_says_the_same_in_words_and_the_fixed_sentence(client, programme, ambition):
    CommitmentFactory(ambition=ambition, kept=True)
    judge(ambition, Trend.BETTER)
    client.force_login(MembershipFactory(programme=programme, role=Role.READER).user)

    page = client.get(reverse("dashboards:two_speeds", args=["voorbeeldwijk"])).content.decode()

    assert "Deze cijfers laten zien hoe het met de wijk gaat. Ze bewijzen niet dat een afspraak heeft gewerkt." in page
    assert page.count(ambition.sentence) == 2  # the title in the drawing, the link in the list
    assert "1 van de 1 toezegging waarvan de datum voorbij is, is nagekomen." in page


def test_promises_a_reader_may_not_see_do_not_count(client, programme, ambition):
    CommitmentFactory(ambition=ambition, not_kept=True, visibility="internal")
    client.force_login(MembershipFactory(programme=programme, role=Role.READER).user)

    [found] = client.get(reverse("dashboards:two_speeds", args=["voorbeeldwijk"])).context["dots"]

    assert found.keeping == Keeping.NOTHING


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_needs_a_constant_number_of_queries(client, programme, rows, django_assert_num_queries):
    for _number in range(rows):
        judge(CommitmentFactory(in_programme=programme, kept=True, ended_at=timezone.now()).ambition, Trend.BETTER)
    client.force_login(MembershipFactory(programme=programme, role=Role.READER).user)

    with django_assert_num_queries(10):
        response = client.get(reverse("dashboards:two_speeds", args=["voorbeeldwijk"]))

    assert len(response.context["dots"]) == rows
