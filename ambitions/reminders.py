"""Asking owners for a word around the due date and after silence: one digest per person per day at most."""

from collections import defaultdict
from datetime import date
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from actors import speakers
from ambitions import links
from ambitions.models import QUIET, Commitment, CommitmentQuerySet, Escalation, Reminder
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import jobs, mails
from wijkaanpak.journal.models import Job, Mail

JOB = "ambitions.remind"


def plan(today: date | None = None) -> Job:
    """Put the round of a day in the job list; asking twice a day gives one round at a time, and a mail per person once."""
    return jobs.round_of(JOB, today)


@jobs.handles(JOB)
def remind(run: jobs.Run) -> None:
    """Write a digest for everybody who owes a word. Safe to stop and start again: each person is one transaction."""
    by_person = recipients(list(due_for_reminder(run.day)))
    digests = run.through(by_person.items(), _("Writing reminders"))
    sent = sum(send_digest(user, [commitment.pk for commitment in asked], today=run.day) for user, asked in digests)
    with run.finishing(mails=sent):
        pass


def due_for_reminder(today: date) -> CommitmentQuerySet:
    """Commitments that ask for a word and about which nobody was reminded for this occasion, or in the last week.

    What waits for an answer on some step is asked there.
    """
    about = Reminder.objects.filter(commitment=OuterRef("pk"))
    same_occasion = Q(occasion=OuterRef("occasion"), due_on=OuterRef("occasion_on"))
    return (
        Commitment.objects.asking_for_word(today)
        .exclude(Exists(about.filter(same_occasion | Q(sent_on__gt=today - QUIET))))
        .exclude(pk__in=Escalation.objects.open().values("commitment"))
        .select_related("ambition__programme", "organisation", "owner")
        .order_by("due_on", "pk")
    )


def recipients(commitments: list[Commitment]) -> dict[User, list[Commitment]]:
    """Who is asked about what: the owner, while away the deputy, or when that person has left, whoever speaks for the organisation."""
    people = speakers.in_order({commitment.organisation_id for commitment in commitments})
    found: dict[User, list[Commitment]] = defaultdict(list)
    for commitment in commitments:
        if asked := speakers.in_place_of(commitment.owner, people[commitment.organisation_id]):
            found[asked.user].append(commitment)
    return found


@transaction.atomic
def send_digest(user: User, pks: list[int], *, today: date, waiting: CommitmentQuerySet | None = None) -> bool:
    """Mail one person about what still waits, with a link for each promise; tell whether a mail was written.

    The person is locked and everything is looked at again, so that a word given meanwhile, or another
    worker, leaves nothing to ask. What waits is what is due for a reminder, unless the caller says so.
    """
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    key = f"reminder:{user.pk}:{today}"
    waiting = due_for_reminder(today) if waiting is None else waiting
    asked = list(waiting.filter(pk__in=pks))
    if not asked or Mail.objects.filter(key=key).exists():
        return False
    Reminder.objects.bulk_create(
        Reminder(commitment=it, user=user, occasion=it.occasion, due_on=it.occasion_on, sent_on=today) for it in asked
    )
    programmes = _in_order(asked)
    mails.post(
        key=key, to=user.email, to_name=user.name, template="ambitions/mail/digest.txt", purpose="commitment.reminder",
        about=asked[0], programme=asked[0].ambition.programme,
        context={
            "person": user, "where": " · ".join(programmes), "number": len(asked), "first": asked[0],
            "promises": [{"commitment": it, "path": links.path_for(it, user)} for it in asked],
        },
    )
    return True


def _in_order(commitments: list[Commitment]) -> list[str]:
    names = sorted(commitment.ambition.programme.name for commitment in commitments)
    return [name for name, _group in groupby(names)]
