"""A hand-over: begun when somebody leaves, unwritten agreements asked, everything given to others at one moment, then frozen."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ambitions.choices import CommitmentState
from ambitions.models import Commitment, DueDate
from dashboards import holdings
from dashboards.choices import Body
from dashboards.holdings import Item
from dashboards.models import Decision, Handover
from wijkaanpak.accounts import signed_links
from wijkaanpak.accounts.models import SignedLink, User
from wijkaanpak.journal import events, mails
from wijkaanpak.neighbourhoods import members
from wijkaanpak.neighbourhoods.models import Membership, Programme

PURPOSE = "handover"
DAYS = 60  # how long the link works
BACK = timedelta(days=2 * 365)  # promises and decisions of so long ago are told with their reasons
FORMAT, LANGUAGE = 1, "nl"
Document = dict[str, Any]


@transaction.atomic
def begin(programme: Programme, *, leaver: User, leaves_on: date, by: User) -> Handover:
    """Begin a hand-over, and ask the leaver by mail for what was agreed without writing it down.

    Raises ValidationError (codes "not_here", "begun").
    """
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if not Membership.objects.active().filter(programme=programme, user=leaver).exists():
        raise ValidationError(_("This person does not take part in the programme."), code="not_here")
    if Handover.objects.open().filter(programme=programme, leaver=leaver).exists():
        raise ValidationError(_("A hand-over of this person is under way already."), code="begun")
    number = (programme.handovers.aggregate(last=Max("number"))["last"] or 0) + 1
    made = Handover.objects.create(programme=programme, number=number, leaver=leaver, leaves_on=leaves_on, asked_by=by)
    _tell("handover.begun", made, by=by, new={"leaves_on": leaves_on.isoformat()})
    ask(made, by=by)
    return made


@transaction.atomic
def ask(handover: Handover, *, by: User) -> None:
    """Mail the leaver the link to write down what was never written; again when pressed again. A closed account gets no mail."""
    found = _locked(handover)
    if not found.leaver.is_active:
        return
    link = _link(found)
    mails.post(
        key=f"handover:{found.pk}:{timezone.localdate()}", to=found.leaver.email, to_name=found.leaver.name, template="dashboards/mail/handover.txt",
        purpose="handover.asked", about=found, programme=found.programme,
        context={"handover": found, "programme": found.programme, "by": by, "days": DAYS, "path": reverse("dashboards:handover_link", args=[signed_links.token(link)])},
    )  # fmt: skip


def _link(handover: Handover) -> SignedLink:
    usable = SignedLink.objects.usable().filter(purpose=PURPOSE, object_id=handover.pk, user=handover.leaver)
    if not usable.exists():
        signed_links.create(purpose=PURPOSE, object_id=handover.pk, user=handover.leaver, days=DAYS)
    return usable.order_by("-created_at")[0]


@transaction.atomic
def write(handover: Handover, *, unwritten: str, by: User) -> Handover:
    """Keep what was agreed without writing it down; by the leaver, or by somebody who spoke with the leaver.

    Raises ValidationError (codes "closed", "empty").
    """
    found = _locked(handover)
    if not unwritten.strip():
        raise ValidationError(_("Write down at least one thing, or write that there is nothing."), code="empty")
    found.unwritten, found.unwritten_by, found.unwritten_at = unwritten.strip(), by, timezone.now()
    found.save(update_fields=["unwritten", "unwritten_by", "unwritten_at"])
    _tell("handover.written", found, by=by)
    return found


@transaction.atomic
def stop(handover: Handover, *, by: User) -> Handover:
    """The person stays after all: nothing changes hands. Raises ValidationError (code "closed")."""
    found = _locked(handover)
    found.stopped_at = timezone.now()
    found.save(update_fields=["stopped_at"])
    signed_links.withdraw(purpose=PURPOSE, object_id=found.pk)
    _tell("handover.stopped", found, by=by)
    return found


@transaction.atomic
def hand_over(handover: Handover, *, successors: Mapping[str, User], by: User, ends_roles: bool = True) -> Handover:
    """Give every open thing to its successor, freeze the dossier and end the roles of the leaver: all of it or nothing.

    `successors` are the people by the key of the thing. Raises ValidationError (codes "closed", "no_successor",
    and what the domain of a thing or `members.end` refuses).
    """
    found = _locked(handover)
    rows = holdings.items(found.programme, found.leaver)
    missing = [row.what for row in rows if successors.get(row.key) not in row.takers]
    if missing:
        raise ValidationError(_("Choose who takes this over: %(what)s") % {"what": "; ".join(missing[:3])}, code="no_successor")
    at = timezone.now()
    found.document = compose(found, rows, successors, at)
    for row in rows:
        holdings.give(row, to=successors[row.key], by=by)
    found.closed_at, found.closed_by = at, by
    found.save(update_fields=["document", "closed_at", "closed_by"])
    signed_links.withdraw(purpose=PURPOSE, object_id=found.pk)
    _tell("handover.closed", found, by=by, new={"things": len(rows), "people": sorted({person.name for person in successors.values()})})
    if ends_roles:
        _end_roles(found, by=by)
    _mail_successors(found, rows, successors, by=by)
    return found


def _end_roles(handover: Handover, *, by: User) -> None:
    for membership in Membership.objects.active().filter(programme=handover.programme, user=handover.leaver):
        members.end(membership, by=by)


def _mail_successors(handover: Handover, rows: list[Item], successors: Mapping[str, User], *, by: User) -> None:
    given: dict[User, list[Item]] = {}
    for row in rows:
        given.setdefault(successors[row.key], []).append(row)
    for person, items in given.items():
        mails.post(
            key=f"handover:{handover.pk}:to:{person.pk}", to=person.email, to_name=person.name, template="dashboards/mail/handed_over.txt",
            purpose="handover.closed", about=handover, programme=handover.programme,
            context={"handover": handover, "programme": handover.programme, "person": person, "by": by, "items": items, "path": reverse("dashboards:my_work")},
        )  # fmt: skip


def _locked(handover: Handover) -> Handover:
    """Lock a hand-over that can still change. Raises ValidationError (code "closed")."""
    found = Handover.objects.select_for_update(of=("self",)).select_related("programme", "leaver").get(pk=handover.pk)
    if not found.is_open:
        raise ValidationError(_("This hand-over is closed; nothing in it changes any more."), code="closed")
    return found


def _tell(kind: str, handover: Handover, *, by: User, new: dict[str, Any] | None = None) -> None:
    name = _("Hand-over of %(name)s") % {"name": handover.leaver.name}
    events.record(kind, about=handover, by=by, programme=handover.programme_id, name=name, new={"person": handover.leaver.name, **(new or {})})


# The dossier


def promises(programme: Programme, person: User, since: date) -> QuerySet[Commitment]:
    """What the person answered for and ended since a day, the latest first."""
    rows = Commitment.objects.filter(ambition__programme=programme, owner=person, state__in=CommitmentState.ended(), ended_at__date__gte=since)
    return rows.select_related("organisation").order_by("-ended_at", "-pk")


def moved(programme: Programme, person: User) -> QuerySet[DueDate]:
    """Dates that moved, of what the person still answers for, with the reason."""
    rows = DueDate.objects.exclude(reason="").filter(commitment__ambition__programme=programme, commitment__owner=person)
    return rows.exclude(commitment__state__in=CommitmentState.ended()).select_related("commitment").order_by("commitment__due_on", "commitment_id", "pk")


def decisions(programme: Programme, since: date) -> QuerySet[Decision]:
    return Decision.objects.with_review().filter(programme=programme, decided_on__gte=since).order_by("-decided_on", "-number")


def compose(handover: Handover, rows: list[Item], successors: Mapping[str, User], at: Any) -> Document:
    """Return the dossier as plain values, in Dutch: what goes to whom, what was unwritten, and what was promised and decided and why."""
    programme, person, since = handover.programme, handover.leaver, timezone.localdate(at) - BACK
    with translation.override(LANGUAGE):
        return {
            "format": FORMAT, "about": _about(handover, at), "unwritten": handover.unwritten,
            "unwritten_by": str(handover.unwritten_by or ""), "items": [_item(row, successors[row.key]) for row in rows],
            "moved": [
                {"what": row.commitment.what, "due_on": row.due_on.isoformat(), "reason": row.reason} for row in moved(programme, person)
            ],
            "promises": [
                {
                    "what": row.what, "organisation": row.organisation.name, "state": str(CommitmentState(row.state).label),
                    "ended_on": timezone.localdate(row.ended_at).isoformat(), "reason": row.end_reason,
                } for row in promises(programme, person, since)
            ],
            "decisions": [
                {
                    "what": row.what, "body": str(Body(row.body).label), "decided_on": row.decided_on.isoformat(), "reason": row.reason,
                    "look_back_on": row.look_back_on.isoformat() if row.look_back_on else "",
                } for row in decisions(programme, since)
            ],
        }  # fmt: skip


def _about(handover: Handover, at: Any) -> Document:
    return {
        "programme": handover.programme.name, "leaver": handover.leaver.name, "job_title": handover.leaver.job_title, "number": handover.number,
        "leaves_on": handover.leaves_on.isoformat(), "made_on": timezone.localdate(at).isoformat(), "is_example": handover.programme.is_example,
    }  # fmt: skip


def _item(row: Item, successor: User) -> Document:
    return {
        "kind": str(row.kind.label), "what": row.what, "detail": row.detail, "on": row.on.isoformat(), "url": row.url, "to": successor.name,
    }  # fmt: skip


def stamp() -> Document:
    """Return what is known beside the document."""
    return {"municipality": settings.MUNICIPALITY_NAME, "base": settings.BASE_URL.rstrip("/")}
