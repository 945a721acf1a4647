"""Who is asked for a word, once, and with what in the mail."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actors.models import Representative
from ambitions import links, reminders, tasks, updates
from ambitions.models import Reminder
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import CommitmentFactory, in_days
from wijkaanpak.accounts.models import SignedLink
from wijkaanpak.journal import jobs
from wijkaanpak.journal.models import Job, Mail

pytestmark = pytest.mark.django_db


def run():
    job = reminders.plan()
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def test_one_mail_per_person_with_a_link_for_each_promise():
    first = CommitmentFactory(late=True)
    second = CommitmentFactory(silent=True, owner=first.owner, organisation=first.organisation, in_programme=first.ambition.programme)

    job = run()

    mail = Mail.objects.get()
    assert (job.state, job.result, mail.to) == ("done", {"mails": 1}, first.owner.email)
    assert mail.subject == f"{first.ambition.programme.name}: hoe staat het met uw 2 toezeggingen?"
    assert all(promise.what in mail.text for promise in [first, second])
    assert mail.text.count("/t/") == SignedLink.objects.count() == 2


def test_the_first_line_can_be_read_on_a_locked_phone():
    promise = CommitmentFactory(late=True, what="Twaalf woningen isoleren & schilderen")

    run()

    assert Mail.objects.get().text.startswith("Hoe staat het met “Twaalf woningen isoleren & schilderen”?")
    assert promise.due_dates.exists()


def test_a_second_round_on_the_same_day_sends_nothing():
    CommitmentFactory(late=True)
    run()
    CommitmentFactory(late=True, owner=Reminder.objects.get().user)

    assert run().result["mails"] == 0
    assert Mail.objects.count() == Reminder.objects.count() == 1


def test_the_day_after_only_what_is_new_is_asked():
    late = CommitmentFactory(late=True)
    run()
    Mail.objects.update(key="yesterday")
    other = CommitmentFactory(silent=True, owner=late.owner, organisation=late.organisation, in_programme=late.ambition.programme)

    run()

    assert [reminder.commitment for reminder in Reminder.objects.order_by("pk")] == [late, other]


def test_the_next_occasion_is_a_new_reminder():
    promise = CommitmentFactory(started=True, starts_on=in_days(-40), due_on=in_days(0))
    Reminder.objects.create(commitment=promise, user=promise.owner, occasion="before", due_on=promise.due_on, sent_on=in_days(-14))

    run()

    assert list(promise.reminders.order_by("pk").values_list("occasion", flat=True)) == ["before", "due"]


def test_a_word_given_meanwhile_leaves_nothing_to_ask():
    promise = CommitmentFactory(late=True)
    asked = list(reminders.due_for_reminder(timezone.localdate()))
    updates.report(promise, report="delayed", sentence="Volgende maand.", by=promise.owner)

    sent = reminders.send_digest(promise.owner, [one.pk for one in asked], today=timezone.localdate())

    assert (len(asked), sent, Mail.objects.count()) == (1, False, 0)


def test_the_owner_who_left_is_followed_by_who_speaks_for_the_organisation():
    promise = CommitmentFactory(late=True)
    successor = RepresentativeFactory(organisation=promise.organisation, is_deputy=True)
    Representative.objects.filter(user=promise.owner).update(until=in_days(-1))

    run()

    assert Mail.objects.get().to == successor.user.email


def test_nobody_left_to_ask_is_no_mail():
    promise = CommitmentFactory(late=True)
    promise.owner.is_active = False
    promise.owner.save()

    assert run().result["mails"] == 0


def test_many_reminders_are_found_in_few_queries(django_assert_num_queries):
    CommitmentFactory.create_batch(5, late=True)

    with django_assert_num_queries(2):
        assert len(reminders.recipients(list(reminders.due_for_reminder(timezone.localdate())))) == 5


def test_a_coordinator_asks_for_a_word_once_a_day():
    promise = CommitmentFactory(started=True)
    asker = RepresentativeFactory().user

    links.ask(promise, by=asker)

    assert asker.name in Mail.objects.get().text
    with pytest.raises(ValidationError) as error:
        links.ask(promise, by=asker)
    assert error.value.code == "asked_today"


def test_withdrawn_links_stop_working():
    promise = CommitmentFactory(started=True)
    links.path_for(promise, promise.owner)

    assert (links.withdraw(promise, by=promise.owner), links.usable(promise, promise.owner)) == (1, None)


def test_the_morning_task_plans_one_round():
    for _ring in range(2):
        tasks.remind()

    assert Job.objects.get().kind == "ambitions.remind"


def test_a_round_that_was_interrupted_is_finished_without_a_second_mail():
    promises = CommitmentFactory.create_batch(2, late=True)
    reminders.send_digest(promises[0].owner, [promises[0].pk], today=timezone.localdate())

    run()

    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted(promise.owner.email for promise in promises)
