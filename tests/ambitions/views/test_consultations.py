"""The pages of reactions, of adoption and of two texts beside each other."""

import pytest
from django.urls import reverse

from ambitions.models import Reaction
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, GoalFactory, ReactionFactory, in_days

pytestmark = pytest.mark.django_db


def url(name, ambition, *args):
    return reverse(f"ambitions:{name}", args=[ambition.programme.slug, ambition.number, *args])


@pytest.fixture
def ambition(programme):
    return AmbitionFactory(programme=programme, consulted=True, sentence="Prettig wonen.", why="Het is koud.")


@pytest.fixture
def speaker(programme):
    return RepresentativeFactory(in_programme=programme)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_reactions_stand_with_their_sentence_in_constant_queries(signed_in, coordinator, ambition, rows, django_assert_num_queries):
    ReactionFactory.create_batch(rows, ambition=ambition)
    browser = signed_in(coordinator)

    with django_assert_num_queries(11):
        page = browser.get(url("consultation", ambition)).content.decode()

    assert page.count("Wie betaalt dit?") == rows


def test_who_said_nothing_stands_there_and_is_not_taken_for_agreement(signed_in, coordinator, ambition):
    silent = OrganisationFactory(in_programme=ambition.programme)
    ReactionFactory(ambition=ambition, agreeing=True)

    page = signed_in(coordinator).get(url("consultation", ambition)).content.decode()

    row = page.split(f"<strong>{silent.name}</strong>")[1].split("</li>")[0]
    assert "nog geen reactie" in row


def test_the_page_of_the_ambition_asks_first_to_answer_and_then_to_adopt(signed_in, coordinator, ambition):
    ReactionFactory(ambition=ambition)
    OrganisationFactory(in_programme=ambition.programme)

    page = signed_in(coordinator).get(url("ambition_detail", ambition)).content.decode()

    assert f'<a class="button" href="{url("consultation", ambition)}">Reacties beantwoorden</a>' in page
    assert f'<a class="button button--secondary" href="{url("ambition_adopt", ambition)}">' in page
    assert page.index('id="steun"') < page.index('id="waarom"')


def test_who_reacted_to_an_earlier_text_is_asked_again(signed_in, coordinator, ambition):
    ReactionFactory(ambition=ambition)
    browser = signed_in(coordinator)
    browser.post(url("ambition_edit", ambition), {"theme": ambition.theme_id, "sentence": "Warm wonen.", "why": "Het is koud."})

    page = browser.get(url("consultation", ambition)).content.decode()

    assert "opnieuw gevraagd: de tekst is veranderd" in page
    assert "Over eerdere teksten" in page


def test_a_representative_reacts_and_agrees_with_the_rest(signed_in, speaker, ambition):
    filled = {"view_1": "agree_if", "words_1": "Als er geld is.", "rest": "1"}

    answer = signed_in(speaker.user).post(url("reaction_give", ambition, speaker.organisation_id), filled)

    assert answer.url == url("consultation", ambition)
    assert list(Reaction.objects.values_list("position", "view")) == [(1, "agree_if"), (2, "agree")]


@pytest.mark.parametrize(("filled", "words"), [({"view_1": "disagree"}, "een paar woorden"), ({"words_1": "Mooi."}, "Kies wat u ervan vindt"), ({}, "ten minste één")])
def test_a_reaction_that_is_not_whole_comes_back_with_what_was_written(signed_in, speaker, ambition, filled, words):
    kept = {"view_2": "question", "words_2": "Hoe koud dan?"} if filled else {"words_2": ""}

    answer = signed_in(speaker.user).post(url("reaction_give", ambition, speaker.organisation_id), filled | kept)

    page = answer.content.decode()
    assert (answer.status_code, Reaction.objects.count(), words in page) == (422, 0, True)
    assert kept["words_2"] in page


def test_after_the_closing_date_the_page_says_so_and_has_no_form(signed_in, speaker, programme):
    ambition = AmbitionFactory(programme=programme, consulted=True, consultation_closes_on=in_days(-1))

    page = signed_in(speaker.user).get(url("reaction_give", ambition, speaker.organisation_id)).content.decode()

    assert "De reacties zijn gesloten" in page
    assert "view_1" not in page


def test_nobody_reacts_for_another_organisation(signed_in, speaker, ambition):
    other = OrganisationFactory(in_programme=ambition.programme)

    assert signed_in(speaker.user).post(url("reaction_give", ambition, other.pk), {"view_1": "agree"}).status_code == 403


def test_the_coordinator_answers_and_adopts(signed_in, coordinator, ambition):
    reaction, browser = ReactionFactory(ambition=ambition), signed_in(coordinator)
    refused = browser.post(url("ambition_adopt", ambition), {"reason": ""})

    browser.post(url("reaction_answer", ambition, reaction.pk), {"outcome": "not", "answer": "Er is geen geld."})
    browser.post(url("ambition_adopt", ambition))

    ambition.refresh_from_db()
    assert (refused.status_code, ambition.state) == (422, "adopted")


def test_an_answer_without_a_reason_comes_back(signed_in, coordinator, ambition):
    reaction = ReactionFactory(ambition=ambition)

    answer = signed_in(coordinator).post(url("reaction_answer", ambition, reaction.pk), {"outcome": "not"})

    assert (answer.status_code, Reaction.objects.get().outcome) == (422, "")


def test_the_page_of_adoption_names_who_said_nothing(signed_in, coordinator, ambition):
    silent = OrganisationFactory(in_programme=ambition.programme)

    page = signed_in(coordinator).get(url("ambition_adopt", ambition)).content.decode()

    assert silent.name in page
    assert "Geen reactie telt niet als instemming" in page


def test_the_coordinator_gives_more_time(signed_in, coordinator, ambition):
    browser = signed_in(coordinator)

    early = browser.post(url("consultation_extend", ambition), {"closes_on": in_days(3).isoformat(), "reason": "Vakantie."})
    browser.post(url("consultation_extend", ambition), {"closes_on": in_days(60).isoformat(), "reason": "Vakantie."})

    ambition.refresh_from_db()
    assert (early.status_code, ambition.consultation_closes_on) == (422, in_days(60))


def test_two_texts_stand_beside_each_other_with_their_differences_marked_for_eye_and_ear(signed_in, coordinator, programme):
    ambition = AmbitionFactory(programme=programme, adopted=True, sentence="Iedereen woont warm.", revised_sentence="Iedereen woont droog.", revised_why="Daarom.")
    GoalFactory(ambition=ambition)

    page = signed_in(coordinator).get(url("ambition_compare", ambition)).content.decode()

    assert '<del><span class="visually-hidden">[vervallen: </span>warm.' in page
    assert '<ins><span class="visually-hidden">[nieuw: </span>droog.' in page
    assert "stond er niet" in page  # the goal is new


def test_an_ambition_with_one_text_has_nothing_to_compare(signed_in, coordinator, programme):
    page = signed_in(coordinator).get(url("ambition_compare", AmbitionFactory(programme=programme)))

    assert "Er is maar één tekst" in page.content.decode()
