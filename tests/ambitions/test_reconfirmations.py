"""Once a year: confirm, change or withdraw, with what a withdrawal touches."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from actors.models import Representative
from ambitions import reconfirmations, touching
from ambitions.choices import Choice, CommitmentState
from ambitions.models import Confirmation, Reconfirmation, ReconfirmationRequest
from tests.accounts.factories import UserFactory
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import CommitmentFactory, MilestoneFactory, in_days
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.accounts.models import SignedLink
from wijkaanpak.journal.models import Event, Mail
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    programme = ProgrammeFactory()
    MembershipFactory(programme=programme, role=Role.COORDINATOR)
    return programme


@pytest.fixture
def promise(programme):
    return CommitmentFactory(in_programme=programme, started=True)


def ask(programme, **values):
    return reconfirmations.ask(programme, by=UserFactory(), **{"answer_before": in_days(30)} | values)


def answer(promise, choice, text="", **values):
    request = ReconfirmationRequest.objects.get(organisation=promise.organisation)
    return reconfirmations.answer(request, commitment=promise, choice=choice, text=text, by=promise.owner, **values)


def test_each_organisation_with_running_promises_gets_one_mail_with_one_link(programme, promise):
    CommitmentFactory(in_programme=programme, started=True, organisation=promise.organisation)
    RepresentativeFactory(organisation=promise.organisation)
    other = CommitmentFactory(in_programme=programme, agreed=True)
    CommitmentFactory(in_programme=programme, kept=True)

    made = ask(programme)

    assert {request.organisation for request in made.requests.all()} == {promise.organisation, other.organisation}
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted([promise.owner.email, other.owner.email])
    assert SignedLink.objects.count() == 2
    assert "2 toezeggingen" in Mail.objects.get(to=promise.owner.email).text
    assert Event.objects.get(kind="programme.reconfirmation_asked").new["organisations"] == 2


def test_it_is_asked_once_a_year(programme, promise):
    ask(programme)

    with pytest.raises(ValidationError) as error:
        ask(programme)
    assert (error.value.code, Mail.objects.count()) == ("asked_this_year", 1)
    ask(programme, today=in_days(366), answer_before=in_days(400))
    assert Reconfirmation.objects.count() == 2


@pytest.mark.parametrize(("days", "state", "code"), [(0, "in_progress", "too_soon"), (30, "kept", "nothing")])
def test_without_time_or_promises_nobody_is_asked(programme, days, state, code):
    CommitmentFactory(in_programme=programme, kept=True, state=state, ended_at=None if state == "in_progress" else timezone.now())

    with pytest.raises(ValidationError) as error:
        ask(programme, answer_before=in_days(days))
    assert error.value.code == code


def test_an_organisation_for_which_nobody_speaks_is_asked_through_nobody(programme, promise):
    Representative.objects.update(until=in_days(-1))

    made = ask(programme)

    assert (made.requests.get().person, Mail.objects.count()) == (None, 0)


def test_confirming_is_recorded_and_changes_nothing(programme, promise):
    ask(programme)

    made = answer(promise, Choice.CONFIRM)

    promise.refresh_from_db()
    assert (made.choice, promise.state) == ("confirm", CommitmentState.IN_PROGRESS)
    assert Event.objects.about(promise).get().kind == "commitment.confirmed"
    assert Mail.objects.count() == 1


def test_a_change_is_asked_of_the_coordinator(programme, promise):
    ask(programme)

    answer(promise, Choice.CHANGE, "Tien woningen in plaats van twaalf.")

    promise.refresh_from_db()
    mail = Mail.objects.get(purpose="commitment.confirmation")
    assert (promise.state, mail.to) == (CommitmentState.IN_PROGRESS, programme.memberships.get(role=Role.COORDINATOR).user.email)
    assert "Tien woningen in plaats van twaalf." in mail.text


def test_withdrawing_drops_the_promise_with_its_reason(programme, promise):
    ask(programme)

    answer(promise, Choice.WITHDRAW, "De subsidie stopt.")

    promise.refresh_from_db()
    assert (promise.state, promise.end_reason) == (CommitmentState.DROPPED, "De subsidie stopt.")
    assert set(Event.objects.about(promise).values_list("kind", flat=True)) == {"commitment.withdrawn", "commitment.dropped"}


def test_an_answer_is_given_once(programme, promise):
    ask(programme)
    answer(promise, Choice.CONFIRM)

    with pytest.raises(ValidationError) as error:
        answer(promise, Choice.WITHDRAW, "Toch niet.")
    assert error.value.code == "answered"


@pytest.mark.parametrize(("choice", "text"), [(Choice.CHANGE, ""), (Choice.WITHDRAW, "  ")])
def test_a_change_or_a_withdrawal_says_why(programme, promise, choice, text):
    ask(programme)

    with pytest.raises(ValidationError) as error:
        answer(promise, choice, text)
    assert error.value.code == "no_reason"


def test_only_own_running_promises_are_answered(programme, promise):
    ask(programme)
    request = ReconfirmationRequest.objects.get()
    for made, code in [(CommitmentFactory(started=True), "not_asked"), (CommitmentFactory(in_programme=programme, kept=True, organisation=promise.organisation), "not_in_force")]:
        with pytest.raises(ValidationError) as error:
            reconfirmations.answer(request, commitment=made, choice=Choice.CONFIRM, by=promise.owner)
        assert error.value.code == code


def test_an_answer_stays_as_it_was_given(programme, promise):
    ask(programme)
    answer(promise, Choice.CONFIRM)

    with pytest.raises(DatabaseError), transaction.atomic():
        Confirmation.objects.update(choice="withdraw")


@pytest.mark.parametrize("values", [{"choice": "change"}, {"choice": "maybe", "text": "Misschien."}])
def test_the_database_refuses_half_an_answer(programme, promise, values):
    ask(programme)

    with pytest.raises(IntegrityError), transaction.atomic():
        Confirmation.objects.create(request=ReconfirmationRequest.objects.get(), commitment=promise, by=promise.owner, **values)


def test_a_withdrawal_names_what_it_touches(programme):
    promise = CommitmentFactory(in_programme=programme, started=True, formal_basis="subsidy")
    MilestoneFactory(commitment=promise)
    said = ResidentInputFactory(programme=programme, handed_over=True)
    said.links.create(commitment=promise, linked_by=promise.owner)

    last, step, basis, residents = touching.touched(promise)

    assert "laatste lopende toezegging" in last
    assert "1 stap" in step
    assert "subsidie" in basis
    assert "inbreng van 1 bewoner" in residents
    CommitmentFactory(ambition=promise.ambition, started=True)
    assert "1 andere toezegging" in touching.touched(promise)[0]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_overview_counts_who_answered_in_few_queries(programme, rows, django_assert_num_queries):
    made = CommitmentFactory.create_batch(rows, in_programme=programme, started=True)
    asked = ask(programme)
    answer(made[0], Choice.CONFIRM)

    with django_assert_num_queries(4):
        found = reconfirmations.overview(asked)

    assert sorted((request.answered, request.asked) for request in found) == [(0, 1)] * (rows - 1) + [(1, 1)]


def test_what_was_withdrawn_still_counts_as_asked(programme, promise):
    asked = ask(programme)
    answer(promise, Choice.WITHDRAW, "De subsidie stopt.")

    assert [(request.answered, request.asked) for request in reconfirmations.overview(asked)] == [(1, 1)]
