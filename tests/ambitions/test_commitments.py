"""The life of a promise."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from actors.models import Participation
from ambitions import commitments
from ambitions.choices import CommitmentState, Visibility
from ambitions.models import Commitment
from ambitions.signals import commitment_changed
from tests.accounts.factories import UserFactory
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, in_days
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


def code(error):
    return error.value.error_list[0].code


@pytest.fixture
def ambition():
    return AmbitionFactory(adopted=True)


@pytest.fixture
def owner(ambition):
    return RepresentativeFactory(in_programme=ambition.programme)


def propose(ambition, owner, **values):
    defaults = {"what": "Twaalf woningen isoleren", "starts_on": in_days(0), "due_on": in_days(90), "by": owner.user}
    return commitments.propose(ambition, organisation=owner.organisation, owner=owner.user, **defaults | values)


def test_a_proposal_is_not_yet_a_promise(ambition, owner):
    made = propose(ambition, owner, quantity=12, unit="woningen")

    assert (made.state, made.first_due_on, made.visibility) == (CommitmentState.PROPOSED, None, Visibility.PARTNERS)
    assert Event.objects.about(made).get().kind == "commitment.proposed"


def test_nobody_promises_for_a_closed_ambition(owner):
    closed = AmbitionFactory(closed=True)

    with pytest.raises(ValidationError) as error:
        propose(closed, owner)
    assert code(error) == "closed"


def test_only_a_partner_of_the_programme_promises(ambition):
    with pytest.raises(ValidationError) as error:
        propose(ambition, RepresentativeFactory())
    assert code(error) == "not_taking_part"


def test_a_partner_that_left_promises_nothing_more(ambition, owner):
    Participation.objects.update(since=in_days(-9), until=in_days(-1))

    with pytest.raises(ValidationError) as error:
        propose(ambition, owner)
    assert code(error) == "not_taking_part"


def test_the_responsible_person_speaks_for_the_organisation(ambition, owner):
    owner.user = UserFactory()

    with pytest.raises(ValidationError) as error:
        propose(ambition, owner)
    assert code(error) == "not_theirs"


@pytest.mark.parametrize(
    ("values", "expected"),
    [({"due_on": datetime.date(2020, 1, 1)}, "too_soon"), ({"quantity": 3}, "no_unit"), ({"unit": "woningen"}, "no_unit")],
)
def test_a_proposal_that_does_not_fit_is_refused(ambition, owner, values, expected):
    with pytest.raises(ValidationError) as error:
        propose(ambition, owner, **values)
    assert code(error) == expected


def test_an_unknown_part_is_a_fault_of_the_caller(ambition, owner):
    with pytest.raises(TypeError):
        propose(ambition, owner, state="kept")


def test_agreeing_keeps_the_first_date(ambition, owner):
    made = commitments.agree(propose(ambition, owner), by=ambition.created_by)

    assert (made.state, made.first_due_on) == (CommitmentState.AGREED, made.due_on)
    assert made.due_dates.get().due_on == made.due_on


def test_two_people_agree_once():
    made = CommitmentFactory()
    commitments.agree(made, by=made.owner)

    with pytest.raises(ValidationError) as error:
        commitments.agree(made, by=UserFactory())
    assert code(error) == "not_proposed"
    assert Event.objects.about(made).count() == made.due_dates.count() == 1


def test_postponing_keeps_every_date():
    made = CommitmentFactory(agreed=True)
    first = made.due_on

    moved = commitments.postpone(made, due_on=in_days(300), reason="De aannemer is failliet.", by=made.owner)

    assert (moved.first_due_on, moved.due_on, moved.was_postponed) == (first, in_days(300), True)
    assert [date.due_on for date in moved.due_dates.all()] == [first, in_days(300)]


@pytest.mark.parametrize(
    ("trait", "days", "reason", "expected"),
    [({}, 300, "x", "not_in_force"), ({"kept": True}, 300, "x", "not_in_force"),
     ({"agreed": True}, 180, "x", "not_later"), ({"agreed": True}, 300, " ", "no_reason")],
)  # fmt: skip
def test_a_date_does_not_move_without_ground(trait, days, reason, expected):
    made = CommitmentFactory(**trait)

    with pytest.raises(ValidationError) as error:
        commitments.postpone(made, due_on=in_days(days), reason=reason, by=made.owner)
    assert code(error) == expected


@pytest.mark.parametrize("state", CommitmentState.ended())
def test_a_promise_ends_with_a_judgement(state):
    made = CommitmentFactory(started=True)

    ended = commitments.end(made, state=state, reason="Zo ging het.", by=made.owner)

    assert (ended.state, ended.is_ended) == (state, True)
    event = Event.objects.about(made).get()
    assert (event.kind, event.new["reason"]) == (f"commitment.{state}", "Zo ging het.")


@pytest.mark.parametrize(
    ("trait", "state", "reason", "expected"),
    [({"started": True}, "not_kept", "", "no_reason"), ({"started": True}, "agreed", "x", "not_an_end"),
     ({}, "kept", "x", "not_agreed")],
)  # fmt: skip
def test_a_promise_does_not_end_without_ground(trait, state, reason, expected):
    made = CommitmentFactory(**trait)

    with pytest.raises(ValidationError) as error:
        commitments.end(made, state=state, reason=reason, by=made.owner)
    assert code(error) == expected


def test_a_proposal_can_be_dropped():
    made = CommitmentFactory()

    assert commitments.end(made, state="dropped", reason="Teruggetrokken.", by=made.owner).state == "dropped"


def test_a_coordinator_corrects_the_judgement_and_the_moment_stays():
    made = CommitmentFactory(kept=True)

    corrected = commitments.end(made, state="partly_kept", reason="Acht van de twaalf.", by=made.owner)

    assert (corrected.state, corrected.ended_at) == ("partly_kept", made.ended_at)


def test_an_ended_promise_can_be_taken_up_again():
    made = CommitmentFactory(kept=True)

    again = commitments.reopen(made, reason="Was een vergissing.", by=made.owner)

    assert (again.state, again.ended_at) == (CommitmentState.IN_PROGRESS, None)


@pytest.mark.parametrize(
    ("trait", "reason", "expected"), [({"started": True}, "x", "not_ended"), ({"kept": True}, "", "no_reason")]
)
def test_only_what_ended_is_taken_up_again_with_a_reason(trait, reason, expected):
    made = CommitmentFactory(**trait)

    with pytest.raises(ValidationError) as error:
        commitments.reopen(made, reason=reason, by=made.owner)
    assert code(error) == expected


def test_a_proposal_can_be_rewritten_but_an_agreement_cannot():
    proposal, agreed = CommitmentFactory(), CommitmentFactory(agreed=True)

    assert commitments.edit(proposal, what="Anders", by=proposal.owner).what == "Anders"
    with pytest.raises(ValidationError) as error:
        commitments.edit(agreed, what="Anders", by=agreed.owner)
    assert code(error) == "agreed"


def test_an_agreement_can_be_explained_and_the_old_value_is_kept():
    made = CommitmentFactory(agreed=True, explanation="Eerst.")

    commitments.edit(made, explanation="Daarna.", what=made.what, by=made.owner)

    event = Event.objects.about(made).get()
    assert (event.kind, event.old, event.new) == ("commitment.edited", {"explanation": "Eerst."}, {"explanation": "Daarna."})


def test_an_edit_that_changes_nothing_leaves_no_trace():
    made = CommitmentFactory(agreed=True)

    commitments.edit(made, explanation=made.explanation, by=made.owner)

    assert not Event.objects.about(made).exists()


def test_a_change_is_told_inside_the_transaction():
    heard = []

    def listen(sender, commitment, what, **kwargs):
        heard.append((commitment.pk, what, connection.in_atomic_block))

    commitment_changed.connect(listen)
    made = CommitmentFactory()
    commitments.agree(made, by=made.owner)
    commitment_changed.disconnect(listen)

    assert heard == [(made.pk, "agreed", True)]
    assert Commitment.objects.get().state == "agreed"
