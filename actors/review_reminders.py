"""Telling who watches over a tension that the day to look at it again has come: one mail for each such day."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from actors.models import Tension
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import jobs, mails
from wijkaanpak.journal.models import Job, Mail
from wijkaanpak.neighbourhoods.models import Membership

JOB = "actors.remind_reviews"


def plan(today: date | None = None) -> Job:
    """Put the round of a day in the job list; asked twice, it finds nothing more to do."""
    return jobs.round_of(JOB, today)


@jobs.handles(JOB)
def remind(run: jobs.Run) -> None:
    """Write to every owner. Safe to stop and start again: each tension is one transaction."""
    due = list(Tension.objects.due(run.day).order_by("review_on", "pk").values_list("pk", flat=True))
    sent = sum(tell(pk, today=run.day) for pk in run.through(due, _("Writing reminders")))
    with run.finishing(mails=sent):
        pass


@transaction.atomic
def tell(pk: int, *, today: date) -> bool:
    """Mail who watches over a tension; tell whether a mail was written. It is locked, so two workers tell once."""
    tension = Tension.objects.select_for_update(of=("self",)).select_related("programme", "owner").get(pk=pk)
    person, key = person_of(tension), f"tension:{tension.pk}:{tension.review_on}"
    if tension.review_on > today or person is None or Mail.objects.filter(key=key).exists():
        return False
    mails.post(
        key=key, to=person.email, to_name=person.name, template="actors/mail/tension.txt", purpose="tension.review", about=tension,
        programme=tension.programme, context={"tension": tension, "programme": tension.programme, "person": person},
    )  # fmt: skip
    return True


def person_of(tension: Tension) -> User | None:
    """The owner; when that person no longer takes part, the coordinator who has been there longest."""
    here = Membership.objects.active().filter(programme=tension.programme, user=tension.owner)
    if tension.owner.is_active and here.exists():
        return tension.owner
    steering = Membership.objects.steering().filter(programme=tension.programme, user__is_active=True).select_related("user")
    found = steering.order_by("since", "pk").first()
    return found.user if found else None
