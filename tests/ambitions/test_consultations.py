"""Partners react to each sentence and goal until a day; every reaction is answered; silence is no agreement."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ambitions import ambitions, consultations, goals, reactions, texts
from ambitions.choices import PartKind
from ambitions.models import Consultation, Reaction
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, GoalFactory, ReactionFactory, SupportFactory, in_days
from wijkaanpak.journal import jobs
from wijkaanpak.journal.models import Event, Mail

pytestmark = pytest.mark.django_db


def code(error):
    return error.value.error_list[0].code


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def ambition():
    return AmbitionFactory(consulted=True, sentence="Prettig wonen.", why="Het is koud. Veel mensen willen weg.")


@pytest.fixture
def partner(ambition):
    return OrganisationFactory(in_programme=ambition.programme)


def test_a_text_falls_apart_in_sentences_and_goals():
    goal = {
        "name": "Tevreden", "area": "Oost", "unit": "%", "decimals": 1, "baseline": 70.0, "baseline_period": 2022, "target": 78.5,
        "target_on": "2028-12-31",
    }  # fmt: skip

    found = texts.parts(sentence="Prettig wonen.", why="Het is koud. Bijv. in 20 flats!\nEn duur.", goals=[goal])

    assert [part.text for part in found][:4] == ["Prettig wonen.", "Het is koud.", "Bijv. in 20 flats!", "En duur."]
    assert (found[4].kind, "78,5%" in found[4].text, "Oost" in found[4].text) == (PartKind.GOAL, True, True)


def test_reactions_are_on_record_with_the_words_they_are_about(ambition, partner, user):
    number = reactions.give(ambition, organisation=partner, said={1: ("agree", ""), 2: ("agree_if", "Alleen in de winter.")}, by=user)

    about = [(one.about, one.view, one.given_by) for one in Reaction.objects.order_by("position")]
    assert (number, about) == (2, [("Prettig wonen.", "agree", user), ("Het is koud.", "agree_if", user)])
    assert Event.objects.about(ambition).get().kind == "reaction.given"


def test_saying_the_same_again_changes_nothing_and_another_word_replaces_it(ambition, partner, user):
    for words in ["Waarom?", "Waarom?", "Waarom nu?"]:
        reactions.give(ambition, organisation=partner, said={1: ("question", words)}, by=user)

    assert [one.words for one in Reaction.objects.current()] == ["Waarom nu?"]
    assert Reaction.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "expected"), [({}, "nothing"), ({1: ("disagree", " ")}, "no_words"), ({9: ("agree", "")}, "no_such_part")]
)  # fmt: skip
def test_a_reaction_that_says_nothing_is_refused(ambition, partner, user, said, expected):
    with pytest.raises(ValidationError) as error:
        reactions.give(ambition, organisation=partner, said=said, by=user)
    assert code(error) == expected


def test_after_the_closing_date_reactions_are_closed(user):
    ambition = AmbitionFactory(consulted=True, consultation_closes_on=in_days(-1))

    with pytest.raises(ValidationError) as error:
        reactions.give(ambition, organisation=OrganisationFactory(in_programme=ambition.programme), said={1: ("agree", "")}, by=user)
    assert code(error) == "closed"


def test_only_partners_react_and_only_when_asked(ambition, user):
    for where, who, expected in [
        (ambition, OrganisationFactory(), "not_taking_part"),
        (AmbitionFactory(), OrganisationFactory(), "not_asked"),
    ]:
        with pytest.raises(ValidationError) as error:
            reactions.give(where, organisation=who, said={1: ("agree", "")}, by=user)
        assert code(error) == expected


def test_the_coordinator_gives_more_time_with_a_reason(ambition, user):
    consultations.extend(ambition, closes_on=in_days(40), reason="Vakantie.", by=user)

    ambition.refresh_from_db()
    assert (ambition.consultation_closes_on, ambition.consultations.get().closes_on) == (in_days(40), in_days(40))
    assert Event.objects.about(ambition).get().new["reason"] == "Vakantie."


@pytest.mark.parametrize(("days", "reason", "expected"), [(21, "Vakantie.", "not_later"), (30, " ", "no_reason")])
def test_more_time_is_later_and_has_a_reason(ambition, user, days, reason, expected):
    with pytest.raises(ValidationError) as error:
        consultations.extend(ambition, closes_on=in_days(days), reason=reason, by=user)
    assert code(error) == expected


def test_more_time_does_not_end_in_the_past_or_without_consultation(user):
    for ambition, expected in [(AmbitionFactory(), "not_in_consultation"), (AmbitionFactory(consulted=True, consultation_closes_on=in_days(-9)), "in_the_past")]:
        with pytest.raises(ValidationError) as error:
            consultations.extend(ambition, closes_on=in_days(-2), reason="Te laat.", by=user)
        assert code(error) == expected


def test_a_running_consultation_is_not_opened_again(ambition, user):
    with pytest.raises(ValidationError) as error:
        ambitions.open_consultation(ambition, closes_on=in_days(30), by=user)
    assert code(error) == "asked_already"


class TestAnswering:
    def test_what_was_done_with_a_reaction_is_on_record(self, user):
        reaction = ReactionFactory()

        reactions.answer(reaction, outcome="partly", answer="Alleen in West.", by=user)

        reaction.refresh_from_db()
        assert (reaction.outcome, reaction.answer, reaction.answered_by) == ("partly", "Alleen in West.", user)
        assert Event.objects.about(reaction.consultation.ambition).get().kind == "reaction.answered"

    @pytest.mark.parametrize(("traits", "outcome", "expected"), [({"agreeing": True}, "not", "no_answer_needed"), ({}, "not", "no_reason")])
    def test_an_answer_says_why_and_agreement_needs_none(self, user, traits, outcome, expected):
        with pytest.raises(ValidationError) as error:
            reactions.answer(ReactionFactory(**traits), outcome=outcome, answer="", by=user)
        assert code(error) == expected

    def test_what_was_replaced_is_not_answered(self, ambition, user):
        old = ReactionFactory(ambition=ambition)
        reactions.give(ambition, organisation=old.organisation, said={1: ("agree", "")}, by=user)

        with pytest.raises(ValidationError) as error:
            reactions.answer(old, outcome="taken_over", answer="", by=user)
        assert code(error) == "replaced"

    def test_a_text_is_adopted_once_every_reaction_is_answered(self, ambition, user):
        ReactionFactory(ambition=ambition, agreeing=True)
        waiting = ReactionFactory(ambition=ambition)
        with pytest.raises(ValidationError) as error:
            ambitions.adopt(ambition, by=user)

        reactions.answer(waiting, outcome="taken_over", answer="", by=user)

        assert code(error) == "unanswered"
        assert ambitions.adopt(ambition, by=user).number == 1

    def test_a_text_is_adopted_with_the_reason_why_reactions_stay_unanswered(self, ambition, user):
        ReactionFactory(ambition=ambition)

        ambitions.adopt(ambition, reason="De school is gestopt.", by=user)

        assert ambition.consultations.get().left_unanswered == "De school is gestopt."
        assert Event.objects.about(ambition).filter(kind="ambition.reactions_left").exists()


class TestAnotherText:
    def test_a_text_that_changes_is_put_again_and_what_was_said_stays_with_the_old_one(self, ambition, user):
        said = ReactionFactory(ambition=ambition)

        ambitions.revise(ambition, sentence="Warm wonen.", why=ambition.why, by=user)

        new, old = ambition.consultations.all()
        assert (new.sentence, new.ended_at, new.version) == ("Warm wonen.", None, 1)
        assert (old.sentence, list(old.reactions.all())) == ("Prettig wonen.", [said])
        assert old.ended_at is not None

    def test_a_text_nobody_reacted_to_is_replaced(self, ambition, user):
        ambitions.revise(ambition, sentence="Warm wonen.", why=ambition.why, by=user)

        assert Consultation.objects.get().sentence == "Warm wonen."

    def test_a_goal_that_changes_is_put_again(self, user):
        ambition = AmbitionFactory(consulted=True)
        goal = GoalFactory(ambition=ambition)
        given = SupportFactory(ambition=ambition)
        ReactionFactory(ambition=ambition)

        goals.remove(goal, by=user)

        given.refresh_from_db()
        assert (ambition.consultations.count(), given.replaced_at is None) == (2, False)

    def test_a_reaction_to_an_earlier_wording_still_asks_for_an_answer(self, ambition, user):
        ReactionFactory(ambition=ambition)
        ambitions.revise(ambition, sentence="Warm wonen.", why=ambition.why, by=user)
        ambition.refresh_from_db()

        assert reactions.count_unanswered(ambition, 1) == 1

    def test_a_consultation_ends_with_what_it_was_about(self, user):
        ambition = AmbitionFactory(adopted=True)
        ambitions.revise(ambition, sentence="Nieuw.", why="Anders.", by=user)
        ambitions.open_consultation(ambition, closes_on=in_days(5), by=user)

        ambitions.drop_revision(ambition, by=user)

        assert not Consultation.objects.open().exists()


class TestReminder:
    def test_who_said_nothing_gets_one_mail_a_week_before(self, ambition):
        person = RepresentativeFactory(in_programme=ambition.programme)
        reacted = ReactionFactory(ambition=ambition)
        RepresentativeFactory(in_programme=ambition.programme, organisation=reacted.organisation)
        Consultation.objects.update(closes_on=in_days(6), opened_at="2026-01-01T09:00Z")

        for _day in range(2):
            consultations.plan()
            jobs.run_all()

        assert [mail.to for mail in Mail.objects.all()] == [person.user.email]

    @pytest.mark.parametrize(("closes", "opened"), [(20, "2026-01-01T09:00Z"), (-1, "2026-01-01T09:00Z"), (6, None)])
    def test_nobody_is_reminded_early_late_or_of_what_was_just_asked(self, ambition, closes, opened):
        RepresentativeFactory(in_programme=ambition.programme)
        Consultation.objects.update(closes_on=in_days(closes), **({"opened_at": opened} if opened else {}))

        consultations.plan()
        jobs.run_all()

        assert not Mail.objects.exists()

    def test_a_view_on_the_whole_is_a_word_as_well(self, ambition):
        given = SupportFactory(ambition=ambition, organisation=OrganisationFactory(in_programme=ambition.programme))
        silent = OrganisationFactory(in_programme=ambition.programme)

        assert given.organisation != silent
        assert consultations.silent(ambition.consultations.get()) == [silent]


class TestDatabase:
    @pytest.mark.parametrize("values", [{"words": "Anders."}, {"view": "agree"}, {"about": "Iets anders."}])
    def test_it_keeps_the_words_of_a_reaction(self, values):
        reaction = ReactionFactory()

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Reaction.objects.filter(pk=reaction.pk).update(**values)

    def test_it_keeps_a_text_somebody_reacted_to(self):
        asked = ReactionFactory().consultation

        with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
            Consultation.objects.filter(pk=asked.pk).update(sentence="Anders.")

    def test_it_has_one_open_consultation_per_ambition(self, ambition):
        asked = ambition.consultations.get()

        with pytest.raises(IntegrityError, match="consultation_one_open"), transaction.atomic():
            Consultation.objects.create(ambition=ambition, version=2, sentence="x", why="x", opened_by=asked.opened_by, closes_on=in_days(3))

    @pytest.mark.parametrize("values", [{"view": "disagree", "words": ""}, {"outcome": "not"}])
    def test_it_refuses_a_reaction_without_words_and_an_answer_without_name(self, values):
        with pytest.raises(IntegrityError, match="reaction_"), transaction.atomic():
            ReactionFactory(**values)
