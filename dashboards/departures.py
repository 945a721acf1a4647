"""An organisation leaves the programme: each open thing goes to another one, or is dropped with a reason; all of it or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors import agreements, organisations, speakers, tensions
from actors import succession as actors_succession
from actors.models import Agreement, Organisation, Participation, Representative, Tension
from actors.succession import Passage
from ambitions import commitments
from ambitions import succession as ambitions_succession
from ambitions.choices import CommitmentState
from ambitions.models import Commitment
from dashboards.choices import Departing
from residents import notices
from residents import succession as residents_succession
from residents.choices import InputState
from residents.models import ResidentInput
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import mails
from wijkaanpak.neighbourhoods.models import Programme

FEWEST = 2  # parties of an agreement, sides of a tension
LATER = timedelta(days=90)  # the review of a tension that is settled because a side left
WAITING = [InputState.HELD, InputState.AWAITING, InputState.PUBLISHED]


@dataclass(frozen=True)
class Thing:
    """One open thing of the organisation, and which others can take it over."""

    kind: Departing
    row: Any
    what: str
    detail: str
    url: str
    takers: list[Organisation]

    @property
    def key(self) -> str:
        return f"{self.kind.value}-{self.row.pk}"


@dataclass(frozen=True)
class Choice:
    """Who takes a thing over; nobody, with the reason why it is dropped."""

    taker: Organisation | None
    reason: str = ""


def rows_of(programme: Programme, organisation: Organisation) -> dict[Departing, QuerySet]:
    """Return what is open of an organisation, per kind. No query yet."""
    promised = Commitment.objects.filter(ambition__programme=programme, organisation=organisation).exclude(state__in=CommitmentState.ended())
    said = ResidentInput.objects.filter(programme=programme, organisation=organisation, answered_at=None, state__in=WAITING)
    party_of = Agreement.objects.filter(parties__organisation=organisation, parties__until=None).values("pk")
    signed = Agreement.objects.in_force().filter(programme=programme, ended_on=None, pk__in=party_of)
    clashes = Tension.objects.open().filter(programme=programme, organisations=organisation)
    return {
        Departing.COMMITMENT: promised.select_related("ambition", "organisation", "owner").order_by("due_on", "pk"),
        Departing.INPUT: said.select_related("organisation").order_by("answer_due_on", "pk"),
        Departing.AGREEMENT: signed.select_related("programme").order_by("ends_on", "pk"),
        Departing.TENSION: clashes.select_related("programme", "owner").order_by("review_on", "pk"),
    }


def count(programme: Programme, organisation: Organisation) -> int:
    """Return how many open things an organisation has. Four queries."""
    return sum(rows.count() for rows in rows_of(programme, organisation).values())


def things(programme: Programme, organisation: Organisation) -> list[Thing]:
    """Return everything that is open of an organisation, by kind and date. Five queries, however much it is."""
    takers = list(possible_takers(programme, organisation))
    return [MAKERS[kind](row, programme, takers) for kind, rows in rows_of(programme, organisation).items() for row in rows]


def possible_takers(programme: Programme, organisation: Organisation) -> QuerySet[Organisation]:
    """The other partners for which somebody speaks: nothing goes to where nobody can be asked."""
    speaks = Representative.objects.active().filter(organisation=OuterRef("pk"), user__is_active=True)
    return Organisation.objects.in_programme(programme).exclude(pk=organisation.pk).filter(Exists(speaks)).order_by("name")


def _commitment(row: Commitment, programme: Programme, takers: list[Organisation]) -> Thing:
    url = reverse("ambitions:commitment_detail", args=[programme.slug, row.pk])
    return Thing(Departing.COMMITMENT, row, row.what, _("promised for %(day)s") % {"day": date_format(row.due_on)}, url, takers)


def _input(row: ResidentInput, programme: Programme, takers: list[Organisation]) -> Thing:
    said = row.public_text if row.state == InputState.PUBLISHED else _("(not published yet)")
    url = reverse("residents:input_detail", args=[programme.slug, row.pk])
    return Thing(Departing.INPUT, row, said, _("answer promised for %(day)s") % {"day": date_format(row.answer_due_on)}, url, takers)


def _agreement(row: Agreement, programme: Programme, takers: list[Organisation]) -> Thing:
    until = _("runs until %(day)s") % {"day": date_format(row.ends_on)} if row.ends_on else _("no end agreed")
    return Thing(Departing.AGREEMENT, row, row.title, until, reverse("actors:agreement_detail", args=[programme.slug, row.pk]), takers)


def _tension(row: Tension, programme: Programme, takers: list[Organisation]) -> Thing:
    watched = _("%(name)s watches over it") % {"name": row.owner.name}
    return Thing(Departing.TENSION, row, row.sentence, watched, reverse("actors:tension_detail", args=[programme.slug, row.pk]), takers)


MAKERS: dict[Departing, Callable[..., Thing]] = {
    Departing.COMMITMENT: _commitment, Departing.INPUT: _input, Departing.AGREEMENT: _agreement, Departing.TENSION: _tension,
}  # fmt: skip


@transaction.atomic
def leave(programme: Programme, *, organisation: Organisation, choices: Mapping[str, Choice], reason: str, by: User) -> Participation:
    """Pass every open thing on as chosen, and end the participation.

    `choices` by the key of the thing. Raises ValidationError (codes "no_successor", "no_reason", and what the domains refuse).
    """
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    found = things(programme, organisation)
    _check(found, choices)
    for thing in found:
        _pass_on(thing, choices[thing.key], Passage(programme, [organisation], choices[thing.key].taker or organisation, by))
    left = organisations.leave(programme, organisation=organisation, by=by, reason=reason)
    _mail_takers(left, found, choices, by=by)
    return left


def _check(found: list[Thing], choices: Mapping[str, Choice]) -> None:
    for thing in found:
        chosen = choices.get(thing.key)
        if chosen is None or (chosen.taker not in thing.takers and (chosen.taker or not thing.kind.dropped)):
            raise ValidationError(_("Choose who takes this over: %(what)s") % {"what": thing.what}, code="no_successor")
        if chosen.taker is None and not chosen.reason.strip():
            raise ValidationError(_("Say why this is dropped: %(what)s") % {"what": thing.what}, code="no_reason")


def _pass_on(thing: Thing, chosen: Choice, passage: Passage) -> None:
    locked = type(thing.row).objects.select_for_update(of=("self",)).get(pk=thing.row.pk)
    if chosen.taker is None:
        DROPS[thing.kind](thing.row, passage, chosen.reason.strip())
    elif thing.kind == Departing.COMMITMENT:
        ambitions_succession.commitments(passage, ambitions_succession.open_commitments(passage.programme, passage.old).filter(pk=locked.pk))
    elif thing.kind == Departing.INPUT:
        residents_succession.pass_on(passage, locked)
        notices.handed_over(locked, by=passage.by)
    elif thing.kind == Departing.AGREEMENT:
        actors_succession.agreement(passage, locked)
    else:
        actors_succession.tension(passage, locked)


def _drop_commitment(row: Commitment, passage: Passage, reason: str) -> None:
    commitments.end(row, state=CommitmentState.DROPPED, reason=reason, by=passage.by)


def _drop_agreement(row: Agreement, passage: Passage, reason: str) -> None:
    others = Organisation.objects.filter(pk__in=row.parties.present().values("organisation")).exclude(pk__in=[old.pk for old in passage.old])
    if len(others) >= FEWEST:
        agreements.change(row, organisations=list(others), by=passage.by)
    else:
        agreements.end(row, ended_on=max(timezone.localdate(), row.starts_on), reason=reason, by=passage.by)


def _drop_tension(row: Tension, passage: Passage, reason: str) -> None:
    others = [each for each in row.organisations.all() if each not in passage.old]
    if len(others) >= FEWEST:
        tensions.change(row, organisations=others, by=passage.by)
    else:
        tensions.agree(row, agreement=reason, review_on=timezone.localdate() + LATER, by=passage.by)


DROPS: dict[Departing, Callable[..., None]] = {
    Departing.COMMITMENT: _drop_commitment, Departing.AGREEMENT: _drop_agreement, Departing.TENSION: _drop_tension,
}  # fmt: skip


def _mail_takers(left: Participation, found: list[Thing], choices: Mapping[str, Choice], *, by: User) -> None:
    """One mail to each person who speaks first for an organisation that takes something over."""
    given: dict[Organisation, list[Thing]] = {}
    for thing in found:
        if taker := choices[thing.key].taker:
            given.setdefault(taker, []).append(thing)
    for taker, taken in given.items():
        person = speakers.in_order([taker])[taker.pk][0].user
        mails.post(
            key=f"departure:{left.pk}:{left.until}:{taker.pk}", to=person.email, to_name=person.name, template="dashboards/mail/taken_over.txt",
            purpose="participation.ended", about=left.organisation, programme=left.programme,
            context={"programme": left.programme, "person": person, "taker": taker, "leaver": left.organisation, "things": taken, "by": by},
        )  # fmt: skip
