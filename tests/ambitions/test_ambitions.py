"""From draft to adopted, frozen versions, revision and closing."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from ambitions import ambitions, support
from ambitions.choices import AmbitionState
from ambitions.models import Ambition
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, GoalFactory, ProgressUpdateFactory, SupportFactory, in_days
from tests.neighbourhoods.factories import AreaFactory, ProgrammeFactory, ThemeFactory
from wijkaanpak.journal.models import Event, Mail

pytestmark = pytest.mark.django_db


def code(error):
    return error.value.error_list[0].code


@pytest.fixture
def user():
    return UserFactory()


def test_drafts_are_numbered_by_programme(user):
    programme, other = ProgrammeFactory(), ProgrammeFactory()
    values = {"theme": ThemeFactory(), "sentence": "Prettig wonen.", "why": "Daarom.", "by": user}

    made = [ambitions.draft(where, areas=[AreaFactory()], **values) for where in [programme, programme, other]]

    assert [ambition.number for ambition in made] == [1, 2, 1]
    assert made[0].areas.count() == 1
    assert Event.objects.about(made[0]).get().kind == "ambition.drafted"


def test_a_draft_is_put_to_the_partners_and_their_people_get_a_mail(user):
    ambition = AmbitionFactory()
    person = RepresentativeFactory(in_programme=ambition.programme)
    RepresentativeFactory()

    opened = ambitions.open_consultation(ambition, closes_on=in_days(14), by=user)

    assert (opened.state, opened.is_in_consultation) == (AmbitionState.CONSULTATION, True)
    mail = Mail.objects.get()
    assert mail.to == person.user.email
    assert mail.subject.startswith(ambition.programme.name)


def test_a_consultation_does_not_end_in_the_past(user):
    with pytest.raises(ValidationError) as error:
        ambitions.open_consultation(AmbitionFactory(), closes_on=in_days(-1), by=user)
    assert code(error) == "in_the_past"


def test_an_adopted_text_needs_a_revision_before_it_is_put_to_the_partners(user):
    with pytest.raises(ValidationError) as error:
        ambitions.open_consultation(AmbitionFactory(adopted=True), closes_on=in_days(5), by=user)
    assert code(error) == "not_open_to_change"


def test_adopting_freezes_text_and_goals(user):
    ambition = AmbitionFactory(consulted=True, sentence="Prettig wonen.")
    goal = GoalFactory(ambition=ambition, area=AreaFactory(name="Oost"))

    version = ambitions.adopt(ambition, by=user)

    assert (version.number, version.sentence, version.ambition.state) == (1, "Prettig wonen.", AmbitionState.ADOPTED)
    assert version.goals[0] | {"name": goal.indicator.name, "area": "Oost", "target": 9.0} == version.goals[0]


@pytest.mark.parametrize("values", [{}, {"adopted": True}, {"closed": True}])
def test_only_what_was_put_to_the_partners_is_adopted(user, values):
    with pytest.raises(ValidationError) as error:
        ambitions.adopt(AmbitionFactory(**values), by=user)
    assert code(error) == "not_in_consultation"


def test_the_adopted_text_stays_in_force_while_it_is_revised(user):
    ambition = AmbitionFactory(adopted=True, sentence="Oud.")

    revised = ambitions.revise(ambition, sentence="Nieuw.", why="Anders.", by=user)

    assert (revised.sentence, revised.revised_sentence, revised.state) == ("Oud.", "Nieuw.", AmbitionState.ADOPTED)


def test_an_adopted_revision_is_the_next_version(user):
    ambition = AmbitionFactory(adopted=True, sentence="Oud.")
    ambitions.revise(ambition, sentence="Nieuw.", why="Anders.", by=user)
    ambitions.open_consultation(ambition, closes_on=in_days(5), by=user)

    ambitions.adopt(ambition, by=user)

    ambition.refresh_from_db()
    assert (ambition.sentence, ambition.revised_sentence, ambition.is_in_consultation) == ("Nieuw.", "", False)
    assert [version.sentence for version in ambition.versions.all()] == ["Nieuw.", "Oud."]


def test_a_revision_can_be_left_aside(user):
    ambition = AmbitionFactory(adopted=True, sentence="Oud.")
    ambitions.revise(ambition, sentence="Nieuw.", why="Anders.", by=user)

    left = ambitions.drop_revision(ambition, by=user)

    assert (left.sentence, left.is_being_revised, left.is_open_to_change) == ("Oud.", False, False)
    with pytest.raises(ValidationError) as error:
        ambitions.drop_revision(ambition, by=user)
    assert code(error) == "not_revised"


def test_a_text_that_changes_during_consultation_is_asked_about_again(user):
    ambition = AmbitionFactory(consulted=True)
    given = SupportFactory(ambition=ambition)

    ambitions.revise(ambition, sentence="Heel anders.", why=ambition.why, by=user)

    given.refresh_from_db()
    assert given.replaced_at is not None


def test_the_same_text_keeps_the_support(user):
    ambition = AmbitionFactory(consulted=True)
    given = SupportFactory(ambition=ambition)

    ambitions.revise(ambition, sentence=ambition.sentence, why=ambition.why, theme=ThemeFactory(slug="safety"), by=user)

    given.refresh_from_db()
    assert given.replaced_at is None


def test_support_for_the_text_in_force_stays_while_a_revision_is_asked_about(user):
    ambition = AmbitionFactory(adopted=True)
    given = SupportFactory(ambition=ambition, version=1)
    ambitions.revise(ambition, sentence="Nieuw.", why="Anders.", by=user)
    ambitions.open_consultation(ambition, closes_on=in_days(5), by=user)

    ambitions.revise(ambition, sentence="Nog nieuwer.", why="Anders.", by=user)

    given.refresh_from_db()
    ambition.refresh_from_db()
    assert (given.replaced_at, ambition.text_version()) == (None, 2)


def test_closing_needs_a_reason_and_no_open_promises(user):
    ambition = AmbitionFactory(adopted=True)
    promise = CommitmentFactory(ambition=ambition, agreed=True)

    for reason, expected in [(" ", "no_reason"), ("Klaar.", "open_commitments")]:
        with pytest.raises(ValidationError) as error:
            ambitions.close(ambition, reason=reason, by=user)
        assert code(error) == expected
    assert promise.ambition.state == AmbitionState.ADOPTED


def test_a_closed_ambition_stays_closed(user):
    ambition = ambitions.close(AmbitionFactory(adopted=True), reason="Het is gelukt.", by=user)

    assert (ambition.state, ambition.closed_reason) == (AmbitionState.CLOSED, "Het is gelukt.")
    for action in [
        lambda: ambitions.close(ambition, reason="x", by=user),
        lambda: ambitions.revise(ambition, sentence="x", why="x", by=user),
    ]:
        with pytest.raises(ValidationError) as error:
            action()
        assert code(error) == "closed"


def test_visitors_read_what_was_adopted_in_a_public_programme():
    public = ProgrammeFactory(is_public=True)
    shown = [AmbitionFactory(programme=public, adopted=True), AmbitionFactory(programme=public, closed=True)]
    AmbitionFactory(programme=public)
    AmbitionFactory(programme=public, closed=True, versions=[])
    AmbitionFactory(adopted=True)

    assert set(Ambition.objects.public()) == set(shown)


class TestSupport:
    def test_it_is_on_record_with_name_and_version(self, user):
        ambition = AmbitionFactory(consulted=True)
        partner = OrganisationFactory(in_programme=ambition.programme)

        given = support.give(ambition, organisation=partner, stance="supports", by=user)

        assert (given.version, given.given_by, given.replaced_at) == (1, user, None)
        assert Event.objects.about(ambition).get().kind == "support.given"

    def test_a_change_of_mind_keeps_the_earlier_view(self, user):
        ambition = AmbitionFactory(adopted=True)
        partner = OrganisationFactory(in_programme=ambition.programme)
        support.give(ambition, organisation=partner, stance="supports", by=user)

        support.give(ambition, organisation=partner, stance="against", reason="Geen geld.", by=user)

        assert [given.stance for given in ambition.support.current()] == ["against"]
        assert ambition.support.count() == 2

    @pytest.mark.parametrize("stance", ["reservation", "against"])
    def test_anything_but_support_needs_a_reason(self, user, stance):
        ambition = AmbitionFactory(consulted=True)
        partner = OrganisationFactory(in_programme=ambition.programme)

        with pytest.raises(ValidationError) as error:
            support.give(ambition, organisation=partner, stance=stance, reason=" ", by=user)
        assert code(error) == "no_reason"

    @pytest.mark.parametrize("values", [{}, {"closed": True}])
    def test_nobody_is_asked_about_a_draft_or_a_closed_ambition(self, user, values):
        ambition = AmbitionFactory(**values)

        with pytest.raises(ValidationError) as error:
            support.give(ambition, organisation=OrganisationFactory(in_programme=ambition.programme), stance="supports", by=user)
        assert code(error) == "not_asked"

    def test_a_stranger_has_no_say(self, user):
        with pytest.raises(ValidationError) as error:
            support.give(AmbitionFactory(consulted=True), organisation=OrganisationFactory(), stance="supports", by=user)
        assert code(error) == "not_taking_part"


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["ambitions_ambitionversion", "ambitions_duedate", "ambitions_progressupdate"])
def test_the_database_refuses_to_change_history(table, statement):
    ProgressUpdateFactory()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_the_database_keeps_the_first_date():
    CommitmentFactory(agreed=True)

    with pytest.raises(IntegrityError, match="first agreed date"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ambitions_commitment SET first_due_on = first_due_on + 30")
