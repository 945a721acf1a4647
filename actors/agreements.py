"""What organisations signed: recorded, changed, ended. Parties that left stay readable with their days."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.choices import AgreementState, JointData
from actors.models import Agreement, AgreementParty, Organisation
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme

FIELDS = {
    "title", "about", "signed_on", "starts_on", "ends_on", "notice_months", "on_exit", "on_merger", "joint_data", "data_responsible",
}
FEWEST = 2


@transaction.atomic
def record(programme: Programme, *, organisations: Collection[Organisation], by: User, **values: Any) -> Agreement:
    """Put a signed agreement on record with its parties.

    Raises ValidationError (codes "no_title", "too_few", "not_taking_part", "too_soon", "no_responsible").
    """
    _refuse_unknown(values)
    agreement = Agreement(programme=programme, recorded_by=by, **values)
    _check(agreement)
    _check_parties(programme, organisations)
    agreement.save()
    AgreementParty.objects.bulk_create(AgreementParty(agreement=agreement, organisation=each, since=agreement.starts_on) for each in organisations)
    new = {"parties": _names(organisations), "starts_on": _plain(agreement.starts_on), "ends_on": _plain(agreement.ends_on)}
    events.record("agreement.recorded", about=agreement, by=by, programme=programme, new=new)
    return agreement


@transaction.atomic
def change(agreement: Agreement, *, by: User, organisations: Collection[Organisation] | None = None, **values: Any) -> Agreement:
    """Put the words, the days or the parties right; a party that is left out leaves today.

    Raises ValidationError (codes of `record`, and "ended").
    """
    _refuse_unknown(values)
    locked = _lock(agreement)
    if locked.was_ended:
        raise ValidationError(_("This agreement was ended. Take that back first."), code="ended")
    changed = {field: value for field, value in values.items() if getattr(locked, field) != value}
    old = {field: getattr(locked, field) for field in changed}
    for field, value in changed.items():
        setattr(locked, field, value)
    _check(locked)
    if changed:
        locked.save(update_fields=list(changed))
        kind = "agreement.term_changed" if "ends_on" in changed else "agreement.changed"
        events.record(kind, about=locked, by=by, programme=locked.programme_id, old=_all_plain(old), new=_all_plain(changed))
    if organisations is not None:
        set_parties(locked, organisations, by=by)
    return locked


def set_parties(locked: Agreement, organisations: Collection[Organisation], *, by: User) -> None:
    """Let organisations join and leave from today on; call it with the agreement locked, in a transaction."""
    known = list(Organisation.objects.filter(pk__in=locked.parties.present().values("organisation")).order_by("name"))
    chosen = {organisation.pk: organisation for organisation in organisations}
    left = [each for each in known if each.pk not in chosen]
    joined = [each for pk, each in chosen.items() if pk not in {one.pk for one in known}]
    if not left and not joined:
        return
    _check_parties(locked.programme, organisations, known=known)
    today = timezone.localdate()
    locked.parties.present().filter(organisation__in=left).update(until=today)
    AgreementParty.objects.bulk_create(AgreementParty(agreement=locked, organisation=each, since=today) for each in joined)
    events.record(
        "agreement.parties_changed", about=locked, by=by, programme=locked.programme_id,
        old={"parties": _names(known)}, new={"parties": _names(organisations)},
    )


@transaction.atomic
def end(agreement: Agreement, *, ended_on: date, reason: str, by: User) -> Agreement:
    """Say on which day it ends, or that it ends as agreed, and why. Raises ValidationError (codes "ended", "no_reason", "outside")."""
    locked = _lock(agreement)
    if locked.was_ended or locked.is_over:
        raise ValidationError(_("This agreement has ended already."), code="ended")
    if not reason.strip():
        raise ValidationError(_("Say why it ends."), code="no_reason")
    if ended_on < locked.starts_on or (locked.ends_on and ended_on > locked.ends_on):
        raise ValidationError(_("Choose a day within the term of the agreement."), code="outside")
    locked.ended_on, locked.end_reason, locked.ended_by = ended_on, reason.strip(), by
    locked.save(update_fields=["ended_on", "end_reason", "ended_by"])
    events.record(
        "agreement.ended", about=locked, by=by, programme=locked.programme_id, new={"ended_on": ended_on.isoformat(), "reason": reason.strip()}
    )
    return locked


@transaction.atomic
def resume(agreement: Agreement, *, reason: str, by: User) -> Agreement:
    """Take an ending back; the log keeps it. Raises ValidationError (codes "not_ended", "no_reason")."""
    locked = _lock(agreement)
    if not locked.was_ended:
        raise ValidationError(_("Nobody ended this agreement."), code="not_ended")
    if not reason.strip():
        raise ValidationError(_("Say why it goes on."), code="no_reason")
    old = {"ended_on": _plain(locked.ended_on), "reason": locked.end_reason}
    locked.ended_on, locked.end_reason, locked.ended_by = None, "", None
    locked.save(update_fields=["ended_on", "end_reason", "ended_by"])
    events.record("agreement.resumed", about=locked, by=by, programme=locked.programme_id, old=old, new={"reason": reason.strip()})
    return locked


def next_step(agreement: Agreement, today: date | None = None) -> str:
    """Return what is to be done about it on a day, in one sentence; empty when nothing is."""
    if agreement.was_ended or agreement.ends_on is None:
        return ""
    day = {"day": date_format(agreement.notice_on or agreement.ends_on, "DATE_FORMAT"), "end": date_format(agreement.ends_on, "DATE_FORMAT")}
    state = agreement.state_on(today or timezone.localdate())
    if state == AgreementState.NOTICE_NEAR:
        return _("Whoever wants to stop gives notice by %(day)s.") % day
    if state == AgreementState.ENDS_SOON:
        return _("Agree before %(end)s what comes after it: a longer term, a new agreement, or nothing.") % day
    return ""


def _lock(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_for_update(of=("self",)).select_related("programme").get(pk=agreement.pk)


def _refuse_unknown(values: dict[str, Any]) -> None:
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"an agreement has no {', '.join(sorted(unknown))} to set")


def _check(agreement: Agreement) -> None:
    if not agreement.title.strip():
        raise ValidationError(_("Give the agreement a title."), code="no_title")
    if agreement.ends_on and agreement.ends_on < agreement.starts_on:
        raise ValidationError(_("The end lies before the start."), code="too_soon")
    if agreement.joint_data == JointData.YES and not agreement.data_responsible.strip():
        raise ValidationError(_("Say who answers for the personal data."), code="no_responsible")


def _check_parties(programme: Programme, organisations: Collection[Organisation], known: Collection[Organisation] = ()) -> None:
    """Two or more, that take part or were a party already."""
    chosen = {organisation.pk for organisation in organisations}
    if len(chosen) < FEWEST:
        raise ValidationError(_("An agreement has at least two parties. Does one of two leave, then end the agreement."), code="too_few")
    asked = chosen - {organisation.pk for organisation in known}
    if Organisation.objects.in_programme(programme).filter(pk__in=asked).count() < len(asked):
        raise ValidationError(_("One of these organisations does not take part in the programme."), code="not_taking_part")


def _names(organisations: Collection[Organisation]) -> list[str]:
    return sorted(organisation.name for organisation in organisations)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _all_plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: _plain(value) for key, value in values.items()}
