"""Who may do what; each predicate meets everybody."""

import pytest
from django.contrib.auth.models import AnonymousUser

from ambitions import permissions
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import CommitmentFactory, EscalationFactory

pytestmark = pytest.mark.django_db
EVERYBODY = ["anonymous", "stranger", "reader", "community_worker", "analyst", "signatory", "representative", "own", "coordinator", "administrator"]


@pytest.fixture
def everybody(person, programme):
    """Everybody by name, "own" speaks for the organisation of the promise; and the promise, an internal proposal."""
    promise = CommitmentFactory(in_programme=programme)
    own = RepresentativeFactory(in_programme=programme, organisation=promise.organisation).user
    people = {kind: person(kind) for kind in EVERYBODY if kind not in {"anonymous", "own"}}
    return people | {"anonymous": AnonymousUser(), "own": own}, promise


def who_may(people, check):
    return {kind for kind, user in people.items() if check(user)}


def test_ambitions_are_changed_by_coordinators(everybody):
    people, promise = everybody

    assert who_may(people, lambda user: permissions.can_edit_ambition(user, promise.ambition)) == {"coordinator"}


def test_promises_are_proposed_by_coordinators_and_representatives(everybody, programme):
    people, _promise = everybody

    assert who_may(people, lambda user: permissions.can_add_commitment(user, programme)) == {"coordinator", "representative", "own"}


def test_promises_are_steered_by_coordinators(everybody):
    people, promise = everybody

    assert who_may(people, lambda user: permissions.can_steer_commitment(user, promise)) == {"coordinator"}


def test_promises_are_updated_by_the_own_organisation_and_coordinators(everybody):
    people, promise = everybody

    assert who_may(people, lambda user: permissions.can_update_commitment(user, promise)) == {"coordinator", "own"}


def test_promises_are_linked_to_goals_by_the_own_organisation_and_coordinators(everybody):
    people, promise = everybody

    assert who_may(people, lambda user: permissions.can_link_commitment(user, promise)) == {"coordinator", "own"}


def test_lessons_are_written_by_who_works_in_the_programme(everybody):
    people, promise = everybody
    expected = {"coordinator", "representative", "own", "community_worker", "analyst"}

    assert who_may(people, lambda user: permissions.can_write_lesson(user, promise.ambition)) == expected


def test_registers_are_uploaded_by_coordinators(everybody, programme):
    people, _promise = everybody

    assert who_may(people, lambda user: permissions.can_upload_register(user, programme)) == {"coordinator"}


@pytest.mark.parametrize(("state", "expected"), [("proposed", {"coordinator", "own"}), ("agreed", {"coordinator"})])
def test_the_own_organisation_edits_until_it_is_agreed(everybody, state, expected):
    people, promise = everybody
    promise.state = state

    assert who_may(people, lambda user: permissions.can_edit_commitment(user, promise)) == expected


@pytest.mark.parametrize(
    ("state", "expected"), [("draft", set()), ("consultation", {"own"}), ("adopted", {"own"}), ("closed", set())]
)
def test_support_is_given_by_the_organisation_itself(everybody, state, expected):
    people, promise = everybody
    ambition = promise.ambition
    ambition.state = state

    assert who_may(people, lambda user: permissions.can_give_support(user, ambition, promise.organisation_id)) == expected


@pytest.mark.parametrize(
    ("level", "expected"), [("representative", {"own", "signatory", "coordinator"}), ("steering_group", {"signatory", "coordinator"})]
)
def test_a_step_is_answered_by_who_was_asked_and_coordinators(everybody, level, expected):
    people, promise = everybody
    step = EscalationFactory.build(commitment=promise, level=level, person=people["signatory"])

    assert who_may(people, lambda user: permissions.can_answer_step(user, step)) == expected


def test_promises_are_followed_up_by_coordinators(everybody, programme):
    people, _promise = everybody

    assert who_may(people, lambda user: permissions.can_follow_up(user, programme)) == {"coordinator"}
