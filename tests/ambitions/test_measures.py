"""Which goal a commitment should help, and by which assumed mechanism."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ambitions import ambitions, goals, measures
from ambitions.choices import Strength
from ambitions.models import Measure
from tests.accounts.factories import UserFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, GoalFactory, MeasureFactory, in_days
from wijkaanpak.journal import sentences
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


def code(error):
    return error.value.error_list[0].code


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def promise():
    return CommitmentFactory(started=True)


def link(promise, user, **values):
    goal = values.pop("goal", None) or GoalFactory(ambition=promise.ambition)
    return measures.link(promise, goal=goal, by=user, **{"strength": 2, "mechanism": "Wie ziet waar hij loopt, gaat de straat op."} | values)


def test_a_link_is_written_with_its_event(promise, user):
    measure = link(promise, user, strength=3, visible_from=in_days(30))

    event = Event.objects.about(promise).get()
    assert (measure.ambition, measure.get_strength_display()) == (promise.ambition, Strength.STRONG.label)
    assert (event.kind, event.new["goal"], event.new["strength"]) == ("measure.added", measure.goal.indicator.name, 3)
    assert "Wie ziet waar hij loopt" in sentences.sentence(event)


def test_the_log_says_strength_in_words(promise, user):
    measures.change(link(promise, user), strength=1, mechanism="Anders.", by=user)

    event = Event.objects.about(promise).get(kind="measure.changed")
    assert ("verwachte bijdrage", "duidelijke bijdrage", "kleine bijdrage") in sentences.changes(event)


def test_a_commitment_is_linked_to_a_goal_once(promise, user):
    goal = link(promise, user).goal

    with pytest.raises(ValidationError) as error:
        link(promise, user, goal=goal)
    assert code(error) == "linked_already"


def test_a_goal_of_another_ambition_is_refused(promise, user):
    with pytest.raises(ValidationError) as error:
        link(promise, user, goal=GoalFactory())
    assert code(error) == "other_ambition"


@pytest.mark.parametrize("wrong", ["goal", "commitment"])
def test_the_database_refuses_a_link_between_two_ambitions(promise, wrong):
    parts = {"goal": GoalFactory(ambition=promise.ambition), "commitment": promise}
    other = {"goal": GoalFactory, "commitment": CommitmentFactory}[wrong]()

    with pytest.raises(IntegrityError, match=f"measure_{wrong}_of_same_ambition"), transaction.atomic():
        MeasureFactory(ambition=promise.ambition, **parts | {wrong: other})


@pytest.mark.parametrize("values", [{"strength": 4}, {"mechanism": ""}])
def test_the_database_knows_three_strengths_and_wants_a_mechanism(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureFactory(**values)


@pytest.mark.parametrize(("values", "expected"), [
    ({"mechanism": "  "}, "no_mechanism"),
    ({"visible_from": in_days(-31)}, "too_soon"),
    ({"visible_from": in_days(4000)}, "too_late"),
])  # fmt: skip
def test_an_effect_needs_a_mechanism_and_a_possible_day(promise, user, values, expected):
    with pytest.raises(ValidationError) as error:
        link(promise, user, **values)
    assert code(error) == expected


def test_a_closed_ambition_keeps_its_links(user):
    measure = MeasureFactory(commitment=CommitmentFactory(ambition=AmbitionFactory(closed=True), kept=True))

    for action in [lambda: measures.remove(measure, by=user), lambda: link(measure.commitment, user)]:
        with pytest.raises(ValidationError) as error:
            action()
        assert code(error) == "closed"


def test_the_effect_is_expected_from_the_day_of_the_link_or_else_of_the_goal():
    goal = GoalFactory(ambition=CommitmentFactory().ambition, visible_from=in_days(100))
    own = MeasureFactory(goal=goal, commitment=CommitmentFactory(ambition=goal.ambition), visible_from=in_days(50))
    of_goal = MeasureFactory(goal=goal, commitment=CommitmentFactory(ambition=goal.ambition))

    days = dict(Measure.objects.with_effect().values_list("pk", "effect_from"))
    assert days == {own.pk: in_days(50), of_goal.pk: in_days(100)}


def test_saving_without_a_change_leaves_no_trace(promise, user):
    measure = link(promise, user)

    measures.change(measure, strength=measure.strength, mechanism=measure.mechanism, by=user)

    assert not Event.objects.filter(kind="measure.changed").exists()


def test_a_removed_goal_takes_its_links_along_and_the_log_keeps_them(user):
    measure = MeasureFactory(commitment=CommitmentFactory(ambition=AmbitionFactory(adopted=True)))
    ambition = measure.ambition
    ambitions.revise(ambition, sentence="Nieuw.", why=ambition.why, by=user)

    goals.remove(measure.goal, by=user)

    assert not Measure.objects.exists()
    assert Event.objects.about(measure.commitment).get(kind="measure.removed").old["mechanism"] == measure.mechanism


def test_what_ended_without_result_is_not_at_work():
    kept, _missed = MeasureFactory(commitment__kept=True), MeasureFactory(commitment__not_kept=True)
    MeasureFactory(commitment=CommitmentFactory())

    assert list(Measure.objects.at_work()) == [kept]
