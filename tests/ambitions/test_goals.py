"""What should change in figures."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from ambitions import ambitions, goals
from tests.accounts.factories import UserFactory
from tests.ambitions.factories import AmbitionFactory, GoalFactory, GoalIndicatorFactory
from wijkaanpak.indicators.choices import Direction
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


def code(error):
    return error.value.error_list[0].code


@pytest.fixture
def user():
    return UserFactory()


def add(ambition, user, **values):
    defaults = {"definition": "Het aandeel dat dit zegt.", "baseline": 12.5, "baseline_period": 2020, "target": 9.0, "target_on": datetime.date(2028, 12, 31), "by": user}
    return goals.add(ambition, indicator=values.pop("indicator", None) or GoalIndicatorFactory(), **defaults | values)


def test_at_most_three_goals_make_the_headline(user):
    ambition = AmbitionFactory()

    orders = [add(ambition, user).order for _ in range(3)]

    assert orders == [1, 2, 3]
    with pytest.raises(ValidationError) as error:
        add(ambition, user)
    assert code(error) == "three_headlines"
    assert add(ambition, user, is_headline=False).order == 1


def test_a_freed_place_in_the_headline_is_used_again(user):
    ambition = AmbitionFactory()
    first, _second = add(ambition, user), add(ambition, user)

    goals.remove(first, by=user)

    assert add(ambition, user).order == 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [({"target": 12.5}, "no_change"), ({"target_on": datetime.date(2020, 6, 1)}, "too_soon"),
     ({"baseline_period": 202806, "target_on": datetime.date(2028, 12, 1)}, "too_soon")],
)  # fmt: skip
def test_a_goal_that_cannot_be_reached_is_refused(user, values, expected):
    with pytest.raises(ValidationError) as error:
        add(AmbitionFactory(), user, **values)
    assert code(error) == expected


@pytest.mark.parametrize("values", [{"is_modelled": True}, {"direction": Direction.CONTEXT}])
def test_estimates_and_context_figures_are_no_target(user, values):
    with pytest.raises(ValidationError) as error:
        add(AmbitionFactory(), user, indicator=GoalIndicatorFactory(**values))
    assert code(error) == "not_measurable"


@pytest.mark.parametrize("values", [{"adopted": True}, {"closed": True}])
def test_adopted_goals_stay(user, values):
    goal = GoalFactory(ambition=AmbitionFactory(**values))

    for action in [lambda: goals.remove(goal, by=user), lambda: add(goal.ambition, user)]:
        with pytest.raises(ValidationError) as error:
            action()
        assert code(error) == "frozen"


def test_goals_change_again_during_a_revision(user):
    ambition = AmbitionFactory(adopted=True)
    ambitions.revise(ambition, sentence=ambition.sentence, why=ambition.why, by=user)

    assert add(ambition, user).pk


def test_a_change_keeps_the_old_target_in_the_log(user):
    goal = GoalFactory()
    values = {"indicator": goal.indicator, "definition": "Anders gezegd.", "area": None, "baseline": 12.5, "baseline_period": 2020, "target_on": goal.target_on}

    goals.change(goal, target=8.0, is_headline=False, by=user, **values)

    event = Event.objects.about(goal.ambition).get()
    assert (event.old["target"], event.new["target"], goal.is_headline) == (9.0, 8.0, False)
