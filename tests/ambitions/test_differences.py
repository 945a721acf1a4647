"""What went and what came between two texts, by word."""

import pytest

from ambitions import ambitions, differences
from tests.accounts.factories import UserFactory
from tests.ambitions.factories import AmbitionFactory, ReactionFactory


def said(pieces):
    return [(piece.text, piece.is_other) for piece in pieces]


def test_words_are_compared_and_not_letters():
    found = differences.pair("Iedereen woont warm en droog.", "Iedereen woont warm, droog en veilig.")

    assert said(found.old) == [("Iedereen woont", False), ("warm", True), ("en", False), ("droog.", True)]
    assert said(found.new) == [("Iedereen woont", False), ("warm, droog", True), ("en", False), ("veilig.", True)]


def test_a_text_that_is_wholly_other_is_marked_as_a_whole():
    found = differences.pair("Een op de drie voelt zich onveilig in de nacht.", "Bewoners vertelden in de buurtgesprekken wat zij wensen.")

    assert [len(found.old), len(found.new)] == [1, 1]
    assert not found.is_same


def test_the_same_text_has_no_differences_whatever_its_spaces():
    assert differences.pair("Iedereen  woont warm.", "Iedereen woont\nwarm.").is_same


def test_goals_are_compared_by_figure_and_area():
    goal = {"indicator": "a", "area": "", "name": "Tevreden", "unit": "%", "baseline": 70.0, "baseline_period": 2022, "target": 78.0, "target_on": "2028-12-31"}

    changed, gone, new = differences.of_goals([goal, goal | {"indicator": "b"}], [goal | {"target": 80.0}, goal | {"indicator": "c"}])

    assert ("78,0%" in [text for text, is_other in said(changed.old) if is_other], bool(gone.new), bool(new.old)) == (True, False, False)


@pytest.mark.django_db
def test_every_text_there_was_can_be_chosen():
    user, ambition = UserFactory(), AmbitionFactory(consulted=True)
    ReactionFactory(ambition=ambition, agreeing=True)
    ambitions.revise(ambition, sentence="Anders.", why="Daarom.", by=user)
    ambitions.adopt(ambition, by=user)
    ambitions.revise(ambition, sentence="Weer anders.", why="Daarom.", by=user)
    ambition.refresh_from_db()

    assert [wording.sentence for wording in differences.wordings(ambition)][1:] == ["Anders.", "Anders.", "Weer anders."]
