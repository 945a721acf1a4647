import pytest

from ambitions.choices import Visibility
from residents import chain
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, GoalFactory, ProgressUpdateFactory
from tests.residents.factories import AnswerFactory, InputLinkFactory, ResidentInputFactory

pytestmark = pytest.mark.django_db


def test_the_chain_goes_from_ambition_by_promise_and_word_to_figure(django_assert_max_num_queries):
    link = InputLinkFactory(commitment__visibility=Visibility.PUBLIC)
    ProgressUpdateFactory(commitment=link.commitment, sentence="De bank is besteld.")
    goal = GoalFactory(ambition=link.commitment.ambition)

    with django_assert_max_num_queries(4):
        step = chain.of(link.input, None)[0]

    assert step.ambition == link.commitment.ambition
    assert [one.last_sentence for one in step.commitments] == ["De bank is besteld."]
    assert [one.indicator for one in step.goals] == [goal.indicator]


def test_only_the_linked_promise_is_shown_when_there_is_one():
    link = InputLinkFactory(commitment__visibility=Visibility.PUBLIC)
    CommitmentFactory(ambition=link.commitment.ambition, started=True, visibility=Visibility.PUBLIC)

    assert chain.of(link.input, None)[0].commitments == [link.commitment]


def test_an_answer_that_names_an_ambition_shows_its_promises_in_force():
    resident_input = ResidentInputFactory(published=True)
    ambition = AmbitionFactory(adopted=True, programme=resident_input.programme)
    running = CommitmentFactory(ambition=ambition, started=True, visibility=Visibility.PUBLIC)
    CommitmentFactory(ambition=ambition, kept=True, visibility=Visibility.PUBLIC)
    answer = AnswerFactory(input=resident_input, end_state="part_of", ambition=ambition)

    assert chain.of(resident_input, answer)[0].commitments == [running]


@pytest.mark.parametrize("visibility", [Visibility.PARTNERS, Visibility.INTERNAL])
def test_a_promise_that_is_not_public_is_not_in_the_chain(visibility):
    link = InputLinkFactory(commitment__visibility=visibility)

    assert [step.commitments for step in chain.of(link.input, None)] == [[]]


def test_a_draft_ambition_is_not_in_the_chain():
    resident_input = ResidentInputFactory(published=True)
    InputLinkFactory(input=resident_input, commitment=None, ambition=AmbitionFactory(programme=resident_input.programme))

    assert chain.of(resident_input, None) == []
