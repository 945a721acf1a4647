"""Linking commitments to goals, on the page of either."""

import pytest
from django.urls import reverse

from ambitions.models import Measure
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, GoalFactory, MeasureFactory, in_days

pytestmark = pytest.mark.django_db
FILLED = {"strength": 3, "mechanism": "Wie warm woont, blijft.", "visible_from": ""}


@pytest.fixture
def ambition(programme):
    return AmbitionFactory(programme=programme, adopted=True)


@pytest.fixture
def goal(ambition):
    return GoalFactory(ambition=ambition)


@pytest.fixture
def promise(ambition):
    return CommitmentFactory(ambition=ambition, started=True)


def of_promise(name, promise, *args):
    return reverse(f"ambitions:{name}", args=[promise.ambition.programme.slug, promise.pk, *args])


def of_goal(name, goal):
    return reverse(f"ambitions:{name}", args=[goal.ambition.programme.slug, goal.ambition.number, goal.pk])


def test_a_commitment_is_linked_from_its_own_page(signed_in, coordinator, promise, goal):
    browser = signed_in(coordinator)

    page = browser.post(of_promise("commitment_link", promise), FILLED | {"goal": goal.pk}, follow=True).content.decode()

    assert "Sterke bijdrage: Wie warm woont, blijft." in page
    assert of_goal("goal_detail", goal) in page


def test_a_commitment_is_linked_from_the_page_of_the_goal(signed_in, coordinator, promise, goal):
    page = signed_in(coordinator).post(of_goal("goal_link", goal), FILLED | {"commitment": promise.pk}, follow=True).content.decode()

    assert "Wie warm woont, blijft." in page
    assert Measure.objects.get().commitment == promise


def test_a_representative_links_the_own_promises_only(signed_in, programme, promise, goal):
    other = CommitmentFactory(ambition=promise.ambition, started=True)
    own = RepresentativeFactory(in_programme=programme, organisation=promise.organisation).user
    browser = signed_in(own)

    offered = browser.get(of_goal("goal_link", goal)).content.decode()
    answer = browser.post(of_goal("goal_link", goal), FILLED | {"commitment": other.pk})

    assert promise.what in offered
    assert other.what not in offered
    assert (answer.status_code, Measure.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["commitment_link", "measure_edit"])
@pytest.mark.parametrize(
    ("kind", "expected"), {"stranger": 404, "reader": 403, "representative": 403, "own": 200, "coordinator": 200, "administrator": 403}.items()
)
def test_the_own_organisation_and_coordinators_link(person, signed_in, programme, promise, name, kind, expected):
    args = [MeasureFactory(commitment=promise).pk] if name == "measure_edit" else []
    user = RepresentativeFactory(in_programme=programme, organisation=promise.organisation).user if kind == "own" else person(kind)

    assert signed_in(user).get(of_promise(name, promise, *args)).status_code == expected


def test_a_day_before_the_start_is_said_at_the_day(signed_in, coordinator, promise, goal):
    answer = signed_in(coordinator).post(of_promise("commitment_link", promise), FILLED | {"goal": goal.pk, "visible_from": in_days(-40).isoformat()})

    assert answer.status_code == 422
    assert "voordat de toezegging begint" in str(answer.context["form"].errors["visible_from"])


def test_a_link_is_changed_and_taken_away(signed_in, coordinator, promise):
    measure = MeasureFactory(commitment=promise)
    browser = signed_in(coordinator)

    browser.post(of_promise("measure_edit", promise, measure.pk), FILLED)
    assert Measure.objects.get().mechanism == "Wie warm woont, blijft."

    browser.post(of_promise("measure_remove", promise, measure.pk))
    assert not Measure.objects.exists()


def test_without_goals_the_page_says_where_to_begin(signed_in, coordinator, promise):
    assert "Er is geen doel om te kiezen" in signed_in(coordinator).get(of_promise("commitment_link", promise)).content.decode()


def test_without_promises_the_page_of_a_goal_offers_the_first(signed_in, coordinator, goal):
    assert "Er is geen toezegging om te kiezen" in signed_in(coordinator).get(of_goal("goal_link", goal)).content.decode()


def test_internal_promises_stay_hidden_on_the_page_of_a_goal(signed_in, person, promise):
    hidden = MeasureFactory(commitment=promise, mechanism="Stil plan.")
    promise.visibility = "internal"
    promise.save()

    assert "Stil plan." not in signed_in(person("reader")).get(of_goal("goal_detail", hidden.goal)).content.decode()
    assert "Stil plan." in signed_in(person("coordinator")).get(of_goal("goal_detail", hidden.goal)).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_a_goal_takes_constant_queries(signed_in, coordinator, goal, rows, django_assert_num_queries):
    for _number in range(rows):
        MeasureFactory(goal=goal, commitment=CommitmentFactory(ambition=goal.ambition, started=True))
    browser = signed_in(coordinator)

    with django_assert_num_queries(10):
        page = browser.get(of_goal("goal_detail", goal)).content.decode()

    assert page.count("Wie warm woont, wil blijven.") == rows
