"""A second person agrees before a word counts, where an organisation wants that."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from ambitions import approvals, completeness, submissions, updates
from ambitions.choices import CommitmentState, Report, SubmissionState
from ambitions.completeness import Quarter
from ambitions.models import ApprovalRule, Commitment, ProgressUpdate, Submission
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import ApprovalRuleFactory, CommitmentFactory, SubmissionFactory
from tests.ambitions.test_at_once import at_once
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.accounts.models import User
from wijkaanpak.journal.models import Event, Mail
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise():
    made = CommitmentFactory(agreed=True)
    ApprovalRuleFactory(commitment=made)
    return made


@pytest.fixture
def colleague(promise):
    return RepresentativeFactory(organisation=promise.organisation).user


def send(promise, report=Report.DONE, sentence="Alles is klaar.", **values):
    return updates.report(promise, report=report, sentence=sentence, **{"by": promise.owner} | values)


def refusal(action, *args, **values):
    with pytest.raises(ValidationError) as error:
        action(*args, **values)
    return error.value.code


def test_a_word_that_waits_changes_nothing(promise, colleague):
    sent = send(promise)

    promise.refresh_from_db()
    assert isinstance(sent, Submission)
    assert (promise.state, promise.updates.count()) == (CommitmentState.AGREED, 0)
    assert not Event.objects.about(promise).exists()
    row = Commitment.objects.with_signal().get()
    assert (row.last_report, row.signal) == (None, "none")


def test_nothing_counts_it_until_a_colleague_agrees(promise, colleague):
    quarter = Quarter.of(timezone.localdate())
    sent = send(promise, Report.ON_TRACK)
    assert completeness.words([promise], [quarter]) == set()

    approvals.approve(sent, by=colleague)

    promise.refresh_from_db()
    assert promise.state == CommitmentState.IN_PROGRESS
    assert Commitment.objects.with_signal().get().signal == "on_track"
    assert completeness.words([promise], [quarter]) == {(promise.pk, quarter)}


def test_agreeing_gives_the_word_to_its_sender_and_tells_who_agreed(promise, colleague):
    update = approvals.approve(send(promise), by=colleague)

    promise.refresh_from_db()
    sent = Submission.objects.get()
    assert (promise.state, update.by, update.sentence) == (CommitmentState.KEPT, promise.owner, "Alles is klaar.")
    assert (sent.state, sent.decided_by, sent.update) == (SubmissionState.APPROVED, colleague, update)
    assert Event.objects.about(promise).get(kind="commitment.reported").new["approved_by"] == str(colleague)


def test_the_log_never_holds_the_words_before_somebody_agreed(promise, colleague):
    approvals.give_back(send(promise), reason="Nog niet klaar.", by=colleague)

    assert [event.kind for event in Event.objects.order_by("pk")] == ["submission.sent_in", "submission.returned"]
    assert all("klaar" not in f"{event.old}{event.new}" for event in Event.objects.all())


def test_who_may_not_agree_is_refused(promise, colleague):
    sent = send(promise)
    stranger = RepresentativeFactory(in_programme=promise.ambition.programme).user
    coordinator = MembershipFactory(programme=promise.ambition.programme, role=Role.COORDINATOR).user

    codes = [refusal(approvals.approve, sent, by=user) for user in (promise.owner, stranger, coordinator)]

    assert codes == ["own", "not_theirs", "not_theirs"]


def test_the_database_refuses_that_the_sender_agrees(promise):
    sent = SubmissionFactory(commitment=promise)

    with pytest.raises(IntegrityError, match="submission_decided_by_another"), transaction.atomic():
        Submission.objects.filter(pk=sent.pk).update(state="returned", reason="Zomaar.", decided_by=sent.by, decided_at=timezone.now())


@pytest.mark.parametrize(
    "values",
    [{"state": "approved", "decided_at": timezone.now()}, {"state": "withdrawn"}, {"decided_at": timezone.now()}, {"sentence": "Iets anders."}],
)
def test_the_database_refuses_half_a_decision_and_other_words(values):
    sent = SubmissionFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.filter(pk=sent.pk).update(**values)


def test_what_was_decided_stays(promise, colleague):
    sent = send(promise)
    approvals.give_back(sent, reason="Nee.", by=colleague)

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.update(reason="Ja.")
    assert refusal(approvals.approve, sent, by=colleague) == "decided"
    assert refusal(submissions.withdraw, sent, by=promise.owner) == "decided"


def test_the_sender_hears_by_mail_why_it_came_back(promise, colleague):
    sent = send(promise)

    assert refusal(approvals.give_back, sent, reason=" ", by=colleague) == "no_reason"
    approvals.give_back(sent, reason="De gevel moet nog.", by=colleague)

    mail = Mail.objects.get(to=promise.owner.email)
    assert "De gevel moet nog." in mail.text
    assert submissions.latest(promise, User.objects.get(pk=promise.owner_id)).reason == "De gevel moet nog."


def test_colleagues_who_may_agree_get_one_mail_a_day(promise, colleague):
    send(promise)
    send(CommitmentFactory(started=True, organisation=promise.organisation, owner=promise.owner, ambition=promise.ambition))

    assert [mail.to for mail in Mail.objects.all()] == [colleague.email]


def test_a_later_word_of_the_same_person_takes_the_place_of_the_earlier(promise, colleague):
    first, second = send(promise), send(promise, sentence="Bijna alles is klaar.")

    first.refresh_from_db()
    assert (first.state, second.state) == (SubmissionState.WITHDRAWN, SubmissionState.SUBMITTED)
    assert refusal(send, promise, by=colleague, sentence="Ik zeg iets anders.") == "waits"


def test_a_button_pressed_twice_is_one_word(promise):
    assert send(promise) == send(promise)


def test_the_sender_takes_it_back_and_nobody_else(promise, colleague):
    sent = send(promise)

    assert refusal(submissions.withdraw, sent, by=colleague) == "not_own"
    submissions.withdraw(sent, by=promise.owner)
    assert not Submission.objects.open().exists()


def test_a_coordinator_who_speaks_for_a_partner_is_not_held_up(promise):
    coordinator = MembershipFactory(programme=promise.ambition.programme, role=Role.COORDINATOR).user

    assert isinstance(send(promise, by=coordinator), ProgressUpdate)


def test_without_the_rule_a_word_counts_at_once(promise):
    ApprovalRule.objects.all().delete()

    assert isinstance(send(promise), ProgressUpdate)


def test_a_promise_that_ended_meanwhile_cannot_be_agreed_with(promise, colleague):
    sent = send(promise)
    Commitment.objects.update(state="dropped", ended_at=timezone.now(), end_reason="Geen geld.")

    assert refusal(approvals.approve, sent, by=colleague) == "not_in_force"


def test_who_has_spoken_is_not_asked_again(promise):
    Commitment.objects.update(due_on=timezone.localdate())
    assert Commitment.objects.asking_for_word().exists()

    send(promise)

    assert not Commitment.objects.asking_for_word().exists()


def test_the_rule_needs_a_second_person_and_is_told_once(promise):
    ApprovalRule.objects.all().delete()
    values = {"organisation": promise.organisation, "by": promise.owner}
    programme = promise.ambition.programme

    assert refusal(submissions.require, programme, **values) == "alone"
    RepresentativeFactory(organisation=promise.organisation)
    for action in (submissions.require, submissions.require, submissions.require_no_more, submissions.require_no_more):
        action(programme, **values)

    assert [event.kind for event in Event.objects.all().order_by("pk")] == ["organisation.second_person_required", "organisation.second_person_not_required"]


def trace(promises):
    """What agreeing left behind: states, updates, submissions, events and mails, without the numbers and moments that differ."""
    pks = {promise.pk: place for place, promise in enumerate(promises)}
    sent = {row.pk: pks[row.commitment_id] for row in Submission.objects.filter(commitment__in=promises)}
    events = Event.objects.exclude(kind="submission.sent_in")
    return {
        "states": list(Commitment.objects.filter(pk__in=pks).order_by("pk").values_list("state", flat=True)),
        "updates": sorted((pks[row.commitment_id], row.report, row.sentence, row.number, row.by_id) for row in ProgressUpdate.objects.filter(commitment__in=promises)),
        "submissions": sorted((pks[row.commitment_id], row.state, row.decided_by_id) for row in Submission.objects.filter(commitment__in=promises)),
        "events": sorted(
            (event.kind, pks.get(event.subject_id) if event.subject_type == "ambitions.commitment" else sent.get(event.subject_id), event.actor_id, str(event.new))
            for event in events
        ),
        "mails": sorted(Mail.objects.exclude(purpose="submission.sent_in").values_list("to", "purpose", "subject")),
    }


def test_agreeing_with_many_is_the_same_as_agreeing_with_each(promise, colleague):
    same = {"ambition": promise.ambition, "organisation": promise.organisation, "owner": promise.owner}
    promises = [promise, *CommitmentFactory.create_batch(2, started=True, **same)]
    sent = [send(one, report, f"Woord over {report}.") for one, report in zip(promises, Report, strict=True)]
    mark = transaction.savepoint()
    for one in sent:
        approvals.approve(one, by=colleague)
    singly = trace(promises)
    transaction.savepoint_rollback(mark)

    approvals.approve_all(sent, by=colleague)

    assert trace(promises) == singly
    assert singly["states"] == ["in_progress", "in_progress", "kept"]
    assert len(singly["events"]) == 7


def test_agreeing_with_many_is_all_or_nothing(promise, colleague):
    own = SubmissionFactory(commitment=CommitmentFactory(started=True, organisation=promise.organisation, ambition=promise.ambition), by=colleague)

    assert refusal(approvals.approve_all, [send(promise), own], by=colleague) == "own"
    assert not ProgressUpdate.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_agree_once():
    promise = CommitmentFactory(started=True)
    sent = SubmissionFactory(commitment=promise)
    people = [RepresentativeFactory(organisation=promise.organisation).user for _ in range(2)]

    got = at_once(lambda: approvals.approve(sent, by=people.pop()))

    assert sorted(isinstance(one, str) for one in got) == [False, True]
    assert promise.updates.count() == 1
