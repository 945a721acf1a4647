"""A goal says exactly what it is about, has a path, and is judged on four criteria by themselves."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ambitions import goals, quality
from ambitions.choices import Criterion, Judgement
from ambitions.models import Goal
from tests.accounts.factories import UserFactory
from tests.ambitions.factories import AmbitionFactory, GoalFactory, GoalIndicatorFactory
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db
ALL = {criterion.value: ("yes", "Ja, want zo meten wij het al jaren.") for criterion in Criterion}


def code(error):
    return error.value.error_list[0].code


@pytest.fixture
def user():
    return UserFactory()


def add(user, **values):
    defaults = {
        "indicator": GoalIndicatorFactory(), "definition": "Het aandeel dat dit zegt.", "baseline": 12.5, "baseline_period": 2020, "target": 9.0,
        "target_on": datetime.date(2028, 12, 31), "by": user,
    }  # fmt: skip
    return goals.add(AmbitionFactory(), **defaults | values)


def test_a_goal_has_a_path_from_baseline_to_target(user):
    points = [(datetime.date(2024, 12, 31), 11.5), (datetime.date(2026, 12, 31), 10.0)]

    goal = add(user, points=points)

    assert [(point.on, point.value) for point in goal.points.all()] == points


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"definition": " "}, "no_definition"),
        ({"points": [(datetime.date(2020, 6, 1), 11.0)]}, "point_outside"),
        ({"points": [(datetime.date(2028, 12, 31), 9.5)]}, "point_outside"),
        ({"points": [(datetime.date(2025, 1, 1), 11.0), (datetime.date(2025, 1, 1), 10.0)]}, "point_twice"),
    ],
)
def test_a_goal_without_definition_or_with_a_path_that_leads_nowhere_is_refused(user, values, expected):
    with pytest.raises(ValidationError) as error:
        add(user, **values)
    assert code(error) == expected


def test_the_database_refuses_a_goal_without_definition():
    with pytest.raises(IntegrityError, match="goal_has_definition"), transaction.atomic():
        GoalFactory(definition="")


def test_the_database_has_at_most_three_headlines():
    goal = GoalFactory()

    with pytest.raises(IntegrityError, match="goal_at_most_three_headlines"), transaction.atomic():
        GoalFactory(ambition=goal.ambition, order=4)


def test_every_criterion_is_judged_by_itself_with_a_reason(user):
    goal = GoalFactory()

    quality.judge(goal, verdicts=ALL | {"clear": ("no", "De term is vakjargon."), "relevant": ("not_yet", "")}, by=user)

    found = {each.criterion: each.judgement for each in quality.of_goal(goal)}
    assert found == {Criterion.DEFINED: Judgement.YES, Criterion.RELIABLE: Judgement.YES, Criterion.RELEVANT: Judgement.NOT_YET, Criterion.CLEAR: Judgement.NO}
    assert Event.objects.about(goal.ambition).get().kind == "goal.judged"


def test_a_judgement_without_a_reason_is_refused(user):
    with pytest.raises(ValidationError) as error:
        quality.judge(GoalFactory(), verdicts={"clear": ("yes", " ")}, by=user)
    assert code(error) == "no_reason"


def test_the_same_judgement_again_changes_nothing_and_one_can_be_taken_back(user):
    goal = GoalFactory()

    changed = [quality.judge(goal, verdicts=verdicts, by=user) for verdicts in (ALL, ALL, {"clear": ("not_yet", "")})]

    assert (changed, goal.checks.count()) == ([4, 0, 1], 3)


def test_a_goal_that_changes_is_not_judged_any_more(user):
    goal = add(user)
    quality.judge(goal, verdicts=ALL, by=user)
    values = {name: getattr(goal, name) for name in ("indicator", "area", "definition", "baseline", "baseline_period", "target_on")}

    goals.change(Goal.objects.get(pk=goal.pk), target=8.0, is_headline=True, by=user, **values)

    assert not goal.checks.exists()
