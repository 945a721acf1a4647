"""Goals and efforts: what should help what, and what is missing."""

import datetime
import re
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import timezone

from ambitions.models import Ambition, Measure
from dashboards import attention, network
from dashboards.choices import Gap, Trend
from dashboards.figures import network as drawing
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, GoalFactory, MeasureFactory, in_days
from tests.dashboards.factories import ProgrammeFigureFactory
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ambition(programme):
    return AmbitionFactory(adopted=True, programme=programme, number=1)


@pytest.fixture
def goal(ambition):
    return GoalFactory(ambition=ambition)


@pytest.fixture
def reader(client, programme):
    client.force_login(MembershipFactory(programme=programme, role=Role.READER).user)
    return client


def page_of(browser):
    return browser.get(reverse("dashboards:network", args=["voorbeeldwijk"]))


def blocks(programme):
    measures = Measure.objects.filter(ambition__programme=programme).with_effect()
    ambitions = Ambition.objects.filter(programme=programme)
    return network.blocks(ambitions, attention.goals_at_work(programme), attention.efforts(programme), measures, slug=programme.slug)


def gaps(programme):
    return [(found.gap, found.title) for found in network.findings(blocks(programme), attention.goals_at_work(programme), today=timezone.localdate())]


def tie(goal, **values):
    commitment = {key: values.pop(key) for key in list(values) if key not in {"strength", "visible_from"}}
    return MeasureFactory(goal=goal, commitment=CommitmentFactory(ambition=goal.ambition, **commitment or {"started": True}), **values)


def test_a_goal_with_efforts_of_two_organisations_does_not_stand_out(programme, goal):
    tie(goal)
    tie(goal, kept=True)

    assert gaps(programme) == []


@pytest.mark.parametrize("efforts", [[], [{"what": "Alleen een voorstel"}], [{"not_kept": True}]])
def test_a_goal_for_which_nothing_was_agreed_or_reached_stands_out(programme, goal, efforts):
    for values in efforts:
        tie(goal, **values)

    assert gaps(programme) == [(Gap.NO_EFFORT, goal.indicator.name)]


def test_a_goal_that_depends_on_one_organisation_stands_out(programme, goal):
    first = tie(goal)
    tie(goal, started=True, organisation=first.commitment.organisation)

    assert gaps(programme) == [(Gap.ONE_ORGANISATION, goal.indicator.name)]


def test_an_effort_without_a_goal_stands_out_unless_it_was_dropped(programme, ambition):
    loose = CommitmentFactory(ambition=ambition, started=True)
    CommitmentFactory(ambition=ambition, state="dropped", ended_at=timezone.now(), end_reason="Geen geld.")

    assert gaps(programme) == [(Gap.NO_GOAL, loose.what)]


@pytest.mark.parametrize(("trend", "measured", "stands_out"), [
    (Trend.BETTER, in_days(-10), False),
    (Trend.BETTER, in_days(-40), True),  # better, but before the effect was expected
    (Trend.SAME, in_days(-10), True),
    (Trend.WORSE, in_days(-10), True),
    (Trend.UNKNOWN, in_days(-10), True),
    (None, None, True),
])  # fmt: skip
def test_an_effect_is_overdue_until_a_better_figure_of_after_that_day_is_known(programme, goal, trend, measured, stands_out):
    if trend:
        ProgrammeFigureFactory(programme=programme, indicator=goal.indicator, trend=trend, reason="", period=2026, reference_date=measured)
    tie(goal, visible_from=in_days(-20))
    tie(goal)

    assert gaps(programme) == ([(Gap.OVERDUE, goal.indicator.name)] if stands_out else [])


def test_the_day_of_the_goal_counts_where_the_link_has_none(programme, goal):
    type(goal).objects.filter(pk=goal.pk).update(visible_from=in_days(-20))
    tie(goal)
    tie(goal)

    assert gaps(programme) == [(Gap.OVERDUE, goal.indicator.name)]


def test_an_effect_that_is_still_to_come_is_not_overdue(programme, goal):
    tie(goal, visible_from=in_days(1))
    tie(goal)

    assert gaps(programme) == []


def test_closed_ambitions_are_left_out(programme):
    GoalFactory(ambition=AmbitionFactory(closed=True, programme=programme))

    assert gaps(programme) == []


def test_every_node_is_a_link_and_every_tie_a_line_with_its_words(programme, goal):
    tie(goal, strength=3)
    tie(goal, what="Alleen een voorstel")
    CommitmentFactory(ambition=goal.ambition, started=True)

    svg = drawing.draw(blocks(programme)[0])

    assert svg.count("<a href=") == svg.count("aria-label=") - 1 == 4
    assert re.findall(r'network__line--(\d)( network__line--waiting)?"', svg) == [("3", ""), ("2", " network__line--waiting")]
    assert svg.count("network__box--loose") == 1


def test_no_two_boxes_of_a_column_overlap(programme, ambition):
    for number in range(6):
        for _effort in range(number % 3):
            tie(GoalFactory(ambition=ambition, is_headline=False))

    boxes = re.findall(r'<rect [^>]*x="(\d+)" y="(\d+)"', drawing.draw(blocks(programme)[0]))

    for column in {x for x, _y in boxes}:
        places = sorted(int(y) for x, y in boxes if x == column)
        assert all(below - above >= drawing.HIGH for above, below in pairwise(places))


def test_the_list_says_the_same_as_the_drawing(reader, goal):
    measure = tie(goal, strength=3, visible_from=datetime.date(2027, 3, 1))

    page = page_of(reader).content.decode()

    assert f"Sterke bijdrage: {measure.mechanism}" in page
    assert "(effect verwacht vanaf 1 maart 2027)" in page
    assert page.count(measure.commitment.what) >= 3  # in the drawing, in its title and in the list
    assert "Ze bewijzen niet dat een afspraak heeft gewerkt." in page


def test_words_of_people_cannot_break_out_of_the_drawing(reader, goal):
    tie(goal, started=True, what="<script>alert(1)</script>")

    assert "<script>alert(1)" not in page_of(reader).content.decode()


def test_promises_a_reader_may_not_see_are_not_drawn(reader, goal):
    tie(goal, started=True, visibility="internal", what="Stil plan")

    assert "Stil plan" not in page_of(reader).content.decode()


def test_an_empty_network_says_where_to_begin(reader, programme):
    assert "Er is nog niets te tekenen" in page_of(reader).content.decode()


@pytest.mark.parametrize("nodes", [30, 300])
def test_the_page_needs_a_constant_number_of_queries(reader, programme, nodes, django_assert_num_queries):
    for number in range(nodes // 30):
        ambition = AmbitionFactory(adopted=True, programme=programme, number=number + 1)
        for place in range(15):
            tie(GoalFactory(ambition=ambition, is_headline=False, order=place + 1))

    with django_assert_num_queries(9):
        answer = page_of(reader)

    assert answer.content.decode().count('class="network__box network__box') == nodes
