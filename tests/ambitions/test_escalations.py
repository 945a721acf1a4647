"""What nobody speaks of goes up, once per step, with one mail; a word, an answer or a new date stops it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from actors.models import Representative
from ambitions import commitments, escalations, reminders, tasks, updates
from ambitions.choices import CommitmentState, Level, StepEnd, Visibility
from ambitions.forms import CommitmentForm
from ambitions.models import Escalation
from tests.accounts.factories import UserFactory
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import CommitmentFactory, EscalationFactory, ProgressUpdateFactory, in_days
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.journal import jobs
from wijkaanpak.journal.models import Event, Job, Mail
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db
LEVELS = ["representative", "coordinator", "core_team", "steering_group"]


def code(error):
    return error.value.error_list[0].code


def night(today):
    """What the schedule does on one night: pass on, then remind."""
    for plan in (escalations.plan, reminders.plan):
        jobs.run(plan(today).pk)


def nights(first, last):
    for day in range(first, last):
        night(in_days(day))


def steps(promise):
    """Return (level, since when in days from today) of every step, in the order they came."""
    return [(step.level, (step.since - timezone.localdate()).days) for step in promise.escalations.order_by("pk")]


@transaction.atomic
def move_up_and_die(promise, today):
    """A worker that stops in the middle: the connection goes, and the transaction with it."""
    escalations.move_up(promise.pk, today=today)
    raise KeyboardInterrupt


@pytest.fixture
def programme():
    programme = ProgrammeFactory()
    MembershipFactory(programme=programme, role=Role.COORDINATOR)
    return programme


@pytest.fixture
def promise(programme):
    """In progress since a hundred days, without a word, and due today."""
    return CommitmentFactory(in_programme=programme, started=True, starts_on=in_days(-20), due_on=in_days(0))


def climbing(programme, days, **values):
    """A promise of which the date passed so many days ago."""
    return CommitmentFactory(in_programme=programme, started=True, starts_on=in_days(-100), due_on=in_days(-days), **values)


def test_in_120_days_an_untouched_promise_goes_up_once_per_step_with_one_mail_each(promise):
    for day in range(120):
        night(in_days(day))
        night(in_days(day))

    assert steps(promise) == [("representative", 15), ("coordinator", 23), ("core_team", 31), ("steering_group", 46)]
    assert Mail.objects.filter(purpose="commitment.escalated").count() == 4
    assert Event.objects.about(promise).filter(kind="commitment.escalated").count() == 4
    assert list(promise.reminders.order_by("pk").values_list("occasion", "sent_on")) == [("due", in_days(0)), ("after", in_days(14))]
    assert promise.escalations.open().get().level == "steering_group"


def test_everybody_gets_one_mail_a_day_at_most(programme):
    owner = climbing(programme, 14).owner
    for due in (0, 3, 14, 15):
        CommitmentFactory(in_programme=programme, started=True, starts_on=in_days(-20), due_on=in_days(due), owner=owner)

    nights(0, 60)

    digests = Mail.objects.filter(purpose="commitment.reminder", to=owner.email)
    assert digests.count() == len(set(digests.values_list("key", flat=True))) > 2


def test_a_worker_that_dies_between_two_promises_leaves_no_second_mail(programme):
    first, second = climbing(programme, 20), climbing(programme, 20)
    escalations.move_up(first.pk, today=in_days(0))

    night(in_days(0))

    assert sorted(Escalation.objects.values_list("commitment", flat=True)) == [first.pk, second.pk]
    assert Mail.objects.count() == 2


def test_a_worker_that_dies_within_a_step_leaves_nothing_of_it(promise):
    today = in_days(15)
    with pytest.raises(KeyboardInterrupt):
        move_up_and_die(promise, today)

    assert (Escalation.objects.count(), Mail.objects.count(), Event.objects.about(promise).count()) == (0, 0, 0)
    night(today)
    assert (Escalation.objects.count(), Mail.objects.count()) == (1, 1)


def test_a_round_of_which_the_lease_ran_out_is_done_again_without_a_second_step(promise):
    job = escalations.plan(in_days(15))
    run = jobs.claim(job.pk)
    escalations.move_up(promise.pk, today=in_days(15))
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now())

    jobs.run(job.pk)

    assert run.mine().exists() is False
    assert (Escalation.objects.count(), Job.objects.get().state) == (1, "done")


@pytest.mark.parametrize("report", ["on_track", "delayed", "done"])
def test_any_word_stops_the_climb(programme, report):
    promise = climbing(programme, 30)
    nights(-10, 0)

    updates.report(promise, report=report, sentence="Volgende week.", by=promise.owner)
    nights(0, 14)

    assert [step.outcome for step in promise.escalations.order_by("pk")] == ["passed_on", "word"]


def test_an_answer_stops_the_climb_until_its_next_date(programme):
    promise = climbing(programme, 30)
    night(in_days(0))
    step = promise.escalations.get()

    escalations.answer(step, answer="Wij huren een tweede ploeg in.", next_on=in_days(20), by=promise.owner)
    nights(1, 35)

    step.refresh_from_db()
    assert (step.outcome, step.answered_by, step.next_on) == ("answered", promise.owner, in_days(20))
    assert promise.escalations.count() == 1
    assert Event.objects.about(promise).filter(kind="commitment.escalation_answered").count() == 1
    night(in_days(35))
    assert [(step.climb, step.level) for step in promise.escalations.order_by("pk")] == [(1, "representative"), (2, "representative")]


def test_a_new_date_or_an_end_settles_the_step(programme):
    moved, dropped = climbing(programme, 30), climbing(programme, 30)
    night(in_days(0))

    commitments.postpone(moved, due_on=in_days(90), reason="De aannemer is failliet.", by=moved.owner)
    commitments.end(dropped, state=CommitmentState.DROPPED, reason="Geen geld.", by=dropped.owner)
    nights(1, 14)

    assert list(Escalation.objects.values_list("outcome", flat=True)) == ["settled", "settled"]


def test_a_delay_of_which_nothing_is_heard_climbs_before_its_date(programme):
    promise = CommitmentFactory(in_programme=programme, started=True)
    ProgressUpdateFactory(commitment=promise, delayed=True, days_ago=15)

    night(in_days(0))

    assert promise.escalations.get().ground == "stuck"


def test_silence_climbs_after_the_reminder_about_it_had_its_time(programme):
    promise = CommitmentFactory(in_programme=programme, started=True, starts_on=in_days(-59))

    nights(-14, 1)
    assert not promise.escalations.exists()
    night(in_days(1))

    assert (promise.escalations.get().ground, promise.reminders.get().occasion) == ("silent", "silent")


def test_good_news_and_work_to_come_stay_where_they_are(programme):
    fine = CommitmentFactory(in_programme=programme, started=True)
    ProgressUpdateFactory(commitment=fine, days_ago=40)
    CommitmentFactory(in_programme=programme, agreed=True, starts_on=in_days(40))
    CommitmentFactory(in_programme=programme, starts_on=in_days(-200), due_on=in_days(-90))

    assert escalations.due_to_climb(in_days(0)) == []


def test_a_programme_chooses_its_own_terms(promise):
    programme = promise.ambition.programme
    terms = {"starts_after_days": 3, "representative_days": 2, "coordinator_days": 2}

    escalations.set_terms(programme, by=UserFactory(), **terms)
    nights(0, 12)

    assert steps(promise) == [("representative", 4), ("coordinator", 7), ("core_team", 10)]
    assert Event.objects.get(kind="programme.terms_set").new == terms


def test_the_mail_of_a_group_goes_to_its_contact_or_the_coordinator(programme):
    promise, contact = climbing(programme, 30), MembershipFactory(programme=programme, role=Role.READER).user
    escalations.set_terms(programme, by=contact, steering_group_contact=contact)

    nights(-20, 40)

    asked = promise.escalations.filter(body__gt="").order_by("pk")
    assert [(step.owner, step.person.memberships.get().role) for step in asked] == [("kernteam", "coordinator"), ("stuurgroep", "reader")]


def test_what_is_internal_stays_with_who_may_read_it(programme):
    promise, contact = climbing(programme, 30, visibility=Visibility.INTERNAL), MembershipFactory(programme=programme, role=Role.READER).user
    escalations.set_terms(programme, by=contact, core_team_contact=contact, steering_group_contact=contact)

    nights(-20, 40)

    assert not promise.escalations.filter(person=contact).exists()


def test_nobody_left_at_the_organisation_goes_to_the_coordinator_at_once(programme):
    promise = climbing(programme, 30)
    Representative.objects.update(until=in_days(-1))

    night(in_days(0))

    assert promise.escalations.get().level == "coordinator"


def test_while_a_step_is_open_no_reminder_asks_the_same(programme):
    climbing(programme, 30)

    night(in_days(0))

    assert list(Mail.objects.values_list("purpose", flat=True)) == ["commitment.escalated"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [({"answer": "  "}, "no_answer"), ({"next_on": in_days(0)}, "not_ahead"), ({"next_on": in_days(200)}, "too_far")],
)
def test_an_answer_that_says_too_little_is_refused(values, expected):
    step = EscalationFactory()

    with pytest.raises(ValidationError) as error:
        escalations.answer(step, by=step.person, **{"answer": "Wij doen het.", "next_on": in_days(9)} | values)
    assert code(error) == expected


def test_an_answer_is_given_once():
    step = EscalationFactory()
    escalations.answer(step, answer="Wij doen het.", next_on=in_days(9), by=step.person)

    with pytest.raises(ValidationError) as error:
        escalations.answer(step, answer="Toch niet.", next_on=in_days(9), by=step.person)
    assert code(error) == "ended"


@pytest.mark.parametrize(
    "values",
    [{"person": None}, {"answer": "Half."}, {"outcome": "word"}, {"answer_due_on": in_days(-3)}, {"level": "mayor"}, {"answered": True, "next_on": None}],
)
def test_the_database_refuses_half_a_step(values):
    with pytest.raises(IntegrityError):
        EscalationFactory(**values)


def test_the_database_refuses_a_second_open_step():
    step = EscalationFactory()

    with pytest.raises(IntegrityError):
        EscalationFactory(commitment=step.commitment, of_core_team=True)


def test_the_night_plans_one_round():
    for _ring in range(2):
        tasks.climb()

    assert Job.objects.get().kind == "ambitions.climb"


def test_what_is_due_to_climb_is_found_in_one_query(programme, django_assert_num_queries):
    for _one in range(3):
        climbing(programme, 30)

    with django_assert_num_queries(1):
        assert len(escalations.due_to_climb(in_days(0))) == 3


@pytest.fixture
def asked(programme):
    """A step at the representative that was mailed, and a colleague who can become the new owner."""
    step = EscalationFactory(commitment=CommitmentFactory(late=True, in_programme=programme))
    escalations._mail(step, step.person)
    return step, RepresentativeFactory(organisation=step.commitment.organisation).user


def test_a_step_at_the_representative_follows_the_owner_within_the_same_term(asked):
    step, successor = asked
    due = step.answer_due_on

    commitments.edit(step.commitment, owner=successor, by=successor)

    step.refresh_from_db()
    assert (step.person, step.answer_due_on, step.ended_at) == (successor, due, None)
    assert Mail.objects.filter(purpose="commitment.escalated", to=successor.email).count() == 1


def test_the_term_begins_again_when_the_coordinator_says_so(asked):
    step, successor = asked

    commitments.edit(step.commitment, owner=successor, by=successor, restarts_term=True)

    step.refresh_from_db()
    assert step.answer_due_on == in_days(escalations.terms_of(step.commitment.ambition.programme).days_of(Level.REPRESENTATIVE))


def test_nobody_is_mailed_twice_about_a_step_that_comes_back(asked):
    step, successor = asked
    first = step.person

    for owner in [successor, first, successor]:
        commitments.edit(step.commitment, owner=owner, by=first)

    assert [Mail.objects.filter(purpose="commitment.escalated", to=person.email).count() for person in (first, successor)] == [1, 1]


def test_a_step_above_the_representative_stays_where_it_is(programme):
    step = EscalationFactory(commitment=CommitmentFactory(late=True, in_programme=programme), of_core_team=True)
    person, successor = step.person, RepresentativeFactory(organisation=step.commitment.organisation).user

    commitments.edit(step.commitment, owner=successor, by=successor)

    step.refresh_from_db()
    assert (step.person, Mail.objects.count()) == (person, 0)


def test_the_page_offers_the_whole_term_only_while_an_answer_is_asked(asked, programme):
    step, _successor = asked
    ask = {"programme": programme, "organisations": None}

    offered = "restarts_term" in CommitmentForm(instance=step.commitment, **ask).fields
    escalations.settle(step.commitment, StepEnd.SETTLED)

    assert (offered, "restarts_term" in CommitmentForm(instance=step.commitment, **ask).fields) == (True, False)
