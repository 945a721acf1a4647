"""Telling coordinators that an agreement comes near its end or its last day of notice: one mail per person per day, once for each."""

from collections import defaultdict
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from actors import agreements
from actors.choices import AgreementState
from actors.models import Agreement, AgreementReminder
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import jobs, mails
from wijkaanpak.journal.models import Job, Mail
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Membership

JOB = "actors.remind"
OCCASIONS = {AgreementState.NOTICE_NEAR, AgreementState.ENDS_SOON}


def plan(today: date | None = None) -> Job:
    """Put the round of a day in the job list; asking twice a day gives one round at a time, and a mail per person once."""
    return jobs.round_of(JOB, today)


@jobs.handles(JOB)
def remind(run: jobs.Run) -> None:
    """Write to everybody who coordinates. Safe to stop and start again: each person is one transaction."""
    by_person = recipients(near(run.day))
    sent = sum(tell(user, rows, today=run.day) for user, rows in run.through(by_person.items(), _("Writing reminders")))
    with run.finishing(mails=sent):
        pass


def near(today: date) -> list[Agreement]:
    """Return the agreements that come near their end or their day of notice, the earliest end first."""
    rows = Agreement.objects.asking(today).select_related("programme").order_by("ends_on", "pk")
    return [row for row in rows if row.state_on(today) in OCCASIONS]


def recipients(rows: list[Agreement]) -> dict[User, list[Agreement]]:
    """Return the coordinators of the programmes with what each is told."""
    steering = Membership.objects.active().filter(programme__in={row.programme_id for row in rows}, role=Role.COORDINATOR, user__is_active=True)
    coordinators: dict[int, list[User]] = defaultdict(list)
    for membership in steering.select_related("user").order_by("pk"):
        coordinators[membership.programme_id].append(membership.user)
    found: dict[User, list[Agreement]] = defaultdict(list)
    for row in rows:
        for user in coordinators[row.programme_id]:
            found[user].append(row)
    return found


@transaction.atomic
def tell(user: User, rows: list[Agreement], *, today: date) -> bool:
    """Mail one person about what was not told before; tell whether a mail was written. The person is locked: two workers tell once."""
    User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    told = set(AgreementReminder.objects.filter(user=user, agreement__in=rows).values_list("agreement", "occasion", "about_on"))
    due = [row for row in rows if (row.pk, row.state_on(today).value, about(row, today)) not in told]
    key = f"agreement:{user.pk}:{today}"
    if not due or Mail.objects.filter(key=key).exists():
        return False  # what came in after the mail of today is told tomorrow
    AgreementReminder.objects.bulk_create(
        AgreementReminder(agreement=row, user=user, occasion=row.state_on(today), about_on=about(row, today), sent_on=today) for row in due
    )
    mails.post(
        key=key, to=user.email, to_name=user.name, template="actors/mail/agreements.txt", purpose="agreement.reminder",
        about=due[0], programme=due[0].programme,
        context={
            "person": user, "where": " · ".join(dict.fromkeys(row.programme.name for row in due)), "number": len(due), "first": due[0],
            "rows": [{"agreement": row, "next_step": agreements.next_step(row, today)} for row in due],
        },
    )  # fmt: skip
    return True


def about(agreement: Agreement, today: date) -> date:
    """Return the day a reminder is about: the last one to give notice, or the end. Only for what comes near one of them."""
    day = agreement.notice_on if agreement.state_on(today) == AgreementState.NOTICE_NEAR else agreement.ends_on
    return day or today
