"""The life of a promise: proposed, agreed, in progress, kept or not; its date may move, its history stays."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation, Participation, Representative
from ambitions import change_requests, escalations, money
from ambitions.choices import AmbitionState, CommitmentState, StepEnd
from ambitions.models import Ambition, Commitment, DueDate
from ambitions.signals import commitment_changed
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events

ALWAYS = {"owner", "explanation", "formal_basis", "euro", "hours", "visibility"}
UNTIL_AGREED = {"what", "organisation", "quantity", "unit", "starts_on", "due_on"}


@transaction.atomic
def propose(
    ambition: Ambition, *, organisation: Organisation, owner: User, what: str, starts_on: date, due_on: date, by: User,
    **optional: Any,
) -> Commitment:
    """Write down what an organisation offers to do; it counts once it is agreed.

    Optional: explanation, quantity with unit, formal_basis, euro, hours, visibility.
    Raises ValidationError (codes "closed", "not_taking_part", "not_theirs", "too_soon", "no_unit").
    """
    _refuse_unknown(optional)
    if ambition.state == AmbitionState.CLOSED:
        raise ValidationError(_("This ambition is closed."), code="closed")
    commitment = Commitment(
        ambition=ambition, organisation=organisation, owner=owner, what=what, starts_on=starts_on, due_on=due_on,
        created_by=by, **optional,
    )
    _check(commitment)
    commitment.save()
    _tell(commitment, "proposed", by, new={"what": what, "organisation": organisation.name, "due_on": due_on})
    return commitment


@transaction.atomic
def edit(commitment: Commitment, *, by: User, restarts_term: bool = False, tells: bool = True, **values: Any) -> Commitment:
    """Correct a commitment; what was promised and by when stays as agreed (dates move by `postpone`).

    An open step at the representative follows a new owner, who hears of it unless the caller `tells` it in another way; the term for
    the answer runs on unless `restarts_term`.

    Raises ValidationError (code "agreed") for a part that can no longer change, (code "spread") for an amount that is spread over years.
    """
    _refuse_unknown(values)
    locked = _locked(commitment)
    changed = {field: value for field, value in values.items() if getattr(locked, field) != value}
    if locked.state != CommitmentState.PROPOSED and changed.keys() & UNTIL_AGREED:
        raise ValidationError(_("What was agreed stays as it is. Only a date can move, with a reason."), code="agreed")
    money.refuse_split(locked, changed)
    old = {field: getattr(locked, field) for field in changed}
    for field, value in changed.items():
        setattr(locked, field, value)
    if changed.keys() & (UNTIL_AGREED | {"owner"}):
        _check(locked)
    if changed:
        locked.save()
        _tell(locked, "edited", by, old=old, new=changed)
    if "owner" in changed:
        escalations.follow_owner(locked, by=by, restarts_term=restarts_term, tells=tells)
    if changed.keys() - {"owner"}:
        change_requests.followed(locked, by=by)
    return locked


@transaction.atomic
def agree(commitment: Commitment, *, by: User) -> Commitment:
    """Turn a proposal into an agreement; from now on its first date is kept.

    The row is locked, so two people pressing the button agree once.
    Raises ValidationError (code "not_proposed") when it is no longer a proposal.
    """
    locked = _locked(commitment)
    if locked.state != CommitmentState.PROPOSED:
        raise ValidationError(_("Only a proposed commitment can be agreed."), code="not_proposed")
    locked.state, locked.agreed_at, locked.first_due_on = CommitmentState.AGREED, timezone.now(), locked.due_on
    locked.save(update_fields=["state", "agreed_at", "first_due_on"])
    DueDate.objects.create(commitment=locked, due_on=locked.due_on, set_by=by)
    _tell(locked, "agreed", by, new={"due_on": locked.due_on})
    return locked


@transaction.atomic
def postpone(commitment: Commitment, *, due_on: date, reason: str, by: User) -> Commitment:
    """Move the date, with the reason; every earlier date stays readable.

    Raises ValidationError (codes "not_in_force", "not_later", "no_reason").
    """
    locked = _locked(commitment)
    if not locked.is_in_force:
        raise ValidationError(_("Only an agreed commitment that has not ended can be postponed."), code="not_in_force")
    if due_on <= locked.due_on:
        raise ValidationError(_("Choose a date after the present one."), code="not_later")
    if not reason.strip():
        raise ValidationError(_("Say why the date moves."), code="no_reason")
    old, locked.due_on = locked.due_on, due_on
    locked.save(update_fields=["due_on"])
    DueDate.objects.create(commitment=locked, due_on=due_on, reason=reason.strip(), set_by=by)
    escalations.settle(locked, StepEnd.SETTLED)
    change_requests.followed(locked, by=by)
    _tell(locked, "postponed", by, old={"due_on": old}, new={"due_on": due_on, "reason": reason.strip()})
    return locked


@transaction.atomic
def end(commitment: Commitment, *, state: str, by: User, reason: str = "") -> Commitment:
    """Judge how it ended, or correct that judgement; everything but "kept" needs a reason.

    A proposal can only be dropped.
    Raises ValidationError (codes "not_an_end", "not_agreed", "no_reason").
    """
    locked = _locked(commitment)
    _check_end(locked, state, reason.strip())
    old = locked.state
    locked.state, locked.end_reason = CommitmentState(state), reason.strip()
    locked.ended_at = locked.ended_at or timezone.now()
    locked.save(update_fields=["state", "end_reason", "ended_at"])
    escalations.settle(locked, StepEnd.SETTLED)
    change_requests.followed(locked, by=by)
    _tell(locked, "ended", by, kind=state, old={"state": old}, new={"state": state, "reason": reason.strip()})
    return locked


@transaction.atomic
def reopen(commitment: Commitment, *, reason: str, by: User) -> Commitment:
    """Take an ending back: the promise is in progress again.

    Raises ValidationError (codes "not_ended", "no_reason").
    """
    locked = _locked(commitment)
    if not locked.is_ended or locked.agreed_at is None:
        raise ValidationError(_("Only an agreed commitment that has ended can be taken up again."), code="not_ended")
    if not reason.strip():
        raise ValidationError(_("Say why it is taken up again."), code="no_reason")
    old = locked.state
    locked.state, locked.ended_at, locked.end_reason = CommitmentState.IN_PROGRESS, None, ""
    locked.save(update_fields=["state", "end_reason", "ended_at"])
    _tell(locked, "reopened", by, old={"state": old}, new={"reason": reason.strip()})
    return locked


def held_by(representative: Representative) -> int:
    """Return how many open commitments of the organisation somebody answers for, in all programmes."""
    rows = Commitment.objects.filter(organisation=representative.organisation_id, owner=representative.user_id)
    return rows.exclude(state__in=CommitmentState.ended()).count()


def _check(commitment: Commitment) -> None:
    """Nothing without an owner, a partner, and an order in time."""
    taking_part = Participation.objects.current().filter(organisation=commitment.organisation_id)
    if not taking_part.filter(programme=commitment.ambition.programme_id).exists():
        raise ValidationError(_("This organisation does not take part in the programme."), code="not_taking_part")
    if not commitment.organisation.representatives.active().filter(user=commitment.owner_id).exists():
        raise ValidationError(_("Choose a person who speaks for the organisation."), code="not_theirs")
    if commitment.due_on < commitment.starts_on:
        raise ValidationError(_("The due date lies before the start."), code="too_soon")
    if (commitment.quantity is None) != (commitment.unit == ""):
        raise ValidationError(_("Give a quantity together with its unit, or neither."), code="no_unit")


def _check_end(commitment: Commitment, state: str, reason: str) -> None:
    if state not in CommitmentState.ended():
        raise ValidationError(_("Choose how the commitment ended."), code="not_an_end")
    if commitment.agreed_at is None and state != CommitmentState.DROPPED:
        raise ValidationError(_("A commitment that was not agreed can only be dropped."), code="not_agreed")
    if state != CommitmentState.KEPT and not reason:
        raise ValidationError(_("Give the reason."), code="no_reason")


def _refuse_unknown(values: dict[str, Any]) -> None:
    if unknown := values.keys() - ALWAYS - UNTIL_AGREED:
        raise TypeError(f"a commitment has no {', '.join(sorted(unknown))} to set")


def _locked(commitment: Commitment) -> Commitment:
    locked = Commitment.objects.select_for_update(of=("self",)).select_related("ambition", "organisation", "owner")
    return locked.get(pk=commitment.pk)


def _tell(commitment: Commitment, what: str, by: User, *, kind: str = "", **change: dict[str, Any]) -> None:
    plain_change = {side: {key: plain(value) for key, value in values.items()} for side, values in change.items()}
    events.record(f"commitment.{kind or what}", about=commitment, by=by, programme=commitment.ambition.programme_id, **plain_change)
    commitment_changed.send(sender=Commitment, commitment=commitment, what=what)


def plain(value: Any) -> Any:
    """A value as the event log keeps it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | models.Model) else value
