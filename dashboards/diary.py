"""What a person's own calendar holds: moments of the year, meetings and own dates, of the programmes the person takes part in."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Tension
from ambitions.choices import CommitmentState
from ambitions.models import Commitment
from dashboards import duties
from dashboards.icalendar import Entry
from dashboards.models import Meeting
from wijkaanpak.accounts import signed_links
from wijkaanpak.accounts.models import SignedLink, User
from wijkaanpak.neighbourhoods import year_clock
from wijkaanpak.neighbourhoods.models import Moment
from wijkaanpak.neighbourhoods.permissions import programme_ids

PURPOSE = "calendar"
DAYS = 5 * 365  # an agenda reads it every day; it can be withdrawn at any moment
BACK = timedelta(days=120)  # meetings longer ago are left out


def address_of(user: User) -> SignedLink | None:
    """Return the address of a person's calendar that works, None when there is none."""
    return SignedLink.objects.usable().filter(purpose=PURPOSE, object_id=user.pk, user=user).order_by("-created_at").first()


def renew(user: User) -> None:
    """Give a person a new address; the one before no longer works."""
    withdraw(user)
    signed_links.create(purpose=PURPOSE, object_id=user.pk, user=user, days=DAYS)


def withdraw(user: User) -> int:
    """Let no address of a person's calendar work any more; return how many did."""
    return signed_links.withdraw(purpose=PURPOSE, object_id=user.pk, user=user)


def entries(user: User, today: date) -> Iterator[Entry]:
    """Yield everything by kind; only what the person may see today. Seven queries."""
    yield from _moments(user, today)
    yield from map(_meeting, Meeting.objects.filter(programme__in=programme_ids(user), held_on__gte=today - BACK).select_related("programme"))
    yield from map(_commitment, promised_by(user))
    yield from map(_action, duties.actions_of(user))
    yield from map(_question, duties.questions_of(user))
    yield from map(_tension, watched_by(user))


def promised_by(user: User) -> QuerySet[Commitment]:
    """What the person answers for and has not ended."""
    rows = Commitment.objects.visible_to(user).filter(owner=user, state__in=CommitmentState.in_force())
    return rows.select_related("ambition__programme").order_by("due_on", "pk")


def watched_by(user: User) -> QuerySet[Tension]:
    return Tension.objects.visible_to(user).filter(owner=user).select_related("programme").order_by("review_on", "pk")


def _moments(user: User, today: date) -> Iterator[Entry]:
    found = year_clock.with_ticks(Moment.objects.current().filter(programme__in=programme_ids(user)))
    for row in year_clock.occurrences(found, [today.year - 1, today.year, today.year + 1]):
        moment, day = row.moment, row.last_day
        told = [row.day_text, moment.explanation, _("%(owner)s sees to it.") % {"owner": moment.owner.name}]
        if row.done:
            told.insert(0, _("Done."))
        yield _entry(f"moment-{moment.pk}-{row.year}", day, moment.what, moment.programme, "dashboards:year_clock", told=told, category=_("Year clock"))


def _meeting(row: Meeting) -> Entry:
    at = timezone.make_aware(datetime.combine(row.held_on, row.starts_at)) if row.starts_at else None
    return _entry(f"meeting-{row.pk}", row.held_on, str(row), row.programme, "dashboards:meeting_detail", row.pk, at=at, location=row.place, category=_("Meeting"))


def _commitment(row: Commitment) -> Entry:
    told = [_("Your promise is due.")]
    return _entry(f"commitment-{row.pk}", row.due_on, row.what, row.ambition.programme, "ambitions:commitment_detail", row.pk, told=told, category=_("Own date"))


def _action(row: Any) -> Entry:
    told = [_("Agreed in a meeting.")]
    return _entry(f"action-{row.pk}", row.due_on, row.what, row.programme, "dashboards:action_finish", row.pk, told=told, category=_("Own date"))


def _question(row: Any) -> Entry:
    told = [_("You were asked what is behind this."), row.what]
    return _entry(f"question-{row.pk}", row.due_on, row.title, row.programme, "dashboards:question_detail", row.pk, told=told, category=_("Own date"))


def _tension(row: Tension) -> Entry:
    told = [_("A tension to look at again.")]
    return _entry(f"tension-{row.pk}", row.review_on, row.sentence, row.programme, "actors:tension_detail", row.pk, told=told, category=_("Own date"))


def _entry(key: str, on: date, what: str, programme: Any, page: str, *arguments: int, told: list[str] | None = None, **more: Any) -> Entry:
    """The name of the programme comes first, as in mails; the description ends with where it stands."""
    url = settings.BASE_URL.rstrip("/") + reverse(page, args=[programme.slug, *arguments])
    description = "\n".join(filter(None, [*(told or []), url]))
    return Entry(f"{key}@{urlsplit(settings.BASE_URL).hostname}", on, f"{programme.name}: {what}", description, url=url, **more)
