"""What happens to an input: received, published or refused, handed over to an organisation."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation
from residents import codes, contacts, notices, spam, terms
from residents.choices import Channel, HouseRule, InputState
from residents.models import Contact, ResidentInput
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Area, Programme, Theme


def receive(
    *,
    programme: Programme,
    kind: str,
    text: str,
    form_key: UUID,
    area: Area | None = None,
    place: str = "",
    theme: Theme | None = None,
    language: str = "nl",
    channel: str = Channel.FORM,
    received_at: datetime | None = None,
    email: str = "",
    wants_updates: bool = False,
    may_be_asked: bool = False,
    verdict: spam.Verdict = spam.CLEAN,
    by: User | None = None,
) -> tuple[ResidentInput, str]:
    """Store an input and return it with its code. The same `form_key` is stored once and gives the same code again.

    With a mail address a contact is kept apart, and a mail asks to prove the address.
    """
    values = {
        "programme": programme, "kind": kind, "text": text.strip(), "area": area, "place": place.strip(), "theme": theme,
        "language": language, "channel": channel, "entered_by": by, "received_at": received_at or timezone.now(),
        "state": InputState.HELD if verdict.holds else InputState.AWAITING, "spam_score": verdict.score, "spam_reasons": verdict.reasons,
    }
    try:
        with transaction.atomic():
            stored = _store(form_key, values)
            if email:
                contacts.keep(stored, email=email, wants_updates=wants_updates, may_be_asked=may_be_asked)
    except IntegrityError:
        stored = _stored_before(form_key, email=email, wants_updates=wants_updates, may_be_asked=may_be_asked)
    return stored, codes.code_of(stored)


@transaction.atomic
def _stored_before(form_key: UUID, *, email: str, **agreed: bool) -> ResidentInput:
    """Sent twice; a mail address that was added the second time is kept all the same."""
    stored = ResidentInput.objects.select_for_update(of=("self",)).select_related("programme").get(form_key=form_key)
    if email and not Contact.objects.filter(input=stored).exists():
        contacts.keep(stored, email=email, **agreed)
    return stored


def _store(form_key: UUID, values: dict) -> ResidentInput:
    programme, by = values["programme"], values["entered_by"]
    stored = ResidentInput.objects.create(
        form_key=form_key,
        code_hash=codes.fingerprint(codes.code_for(form_key)),
        answer_due_on=terms.after(_day(values["received_at"]), programme.answer_term_days),
        **values,
    )
    events.record("input.entered" if by else "input.received", about=stored, by=by, programme=programme, new={"channel": values["channel"]})
    return stored


@transaction.atomic
def publish(resident_input: ResidentInput, *, public_text: str, by: User) -> ResidentInput:
    """Show an input to everybody, in its own words or shortened; the original stays.

    Publishing again with another text shortens it further. Raises ValidationError (codes "no_text", "already_published").
    """
    locked, text = _locked(resident_input), public_text.strip()
    if not text:
        raise ValidationError(_("Write the text as it will be published."), code="no_text")
    if locked.state == InputState.PUBLISHED and locked.public_text == text:
        raise ValidationError(_("This input is published already."), code="already_published")
    _moderate(locked, InputState.PUBLISHED, by, public_text=text, house_rule="", moderation_note="")
    events.record("input.shortened" if locked.was_shortened else "input.published", about=locked, by=by, programme=locked.programme_id)
    notices.published(locked)
    return locked


@transaction.atomic
def refuse(resident_input: ResidentInput, *, house_rule: str, by: User, note: str = "") -> ResidentInput:
    """Do not publish, or withdraw, and say which house rule is the reason. This is also the answer to the sender.

    Raises ValidationError (codes "no_rule", "already_refused").
    """
    locked = _locked(resident_input)
    if house_rule not in HouseRule.values:
        raise ValidationError(_("Choose the house rule that is the reason."), code="no_rule")
    if locked.state == InputState.NOT_PUBLISHED:
        raise ValidationError(_("This input was refused already."), code="already_refused")
    _moderate(locked, InputState.NOT_PUBLISHED, by, house_rule=house_rule, moderation_note=note.strip())
    events.record("input.refused", about=locked, by=by, programme=locked.programme_id, new={"rule": str(HouseRule(house_rule).label)})
    contacts.keep_after_answer(locked)
    notices.refused(locked)
    return locked


@transaction.atomic
def mark_spam(resident_input: ResidentInput, *, by: User) -> ResidentInput:
    """Put an input away as spam; it stays readable for moderators and can still be published.

    Raises ValidationError (code "published").
    """
    locked = _locked(resident_input)
    if locked.state == InputState.PUBLISHED:
        raise ValidationError(_("A published input is not spam. Refuse it with a house rule."), code="published")
    _moderate(locked, InputState.SPAM, by)
    events.record("input.marked_spam", about=locked, by=by, programme=locked.programme_id)
    contacts.keep_after_answer(locked)
    return locked


@transaction.atomic
def route(resident_input: ResidentInput, *, organisation: Organisation | None, by: User, theme: Theme | None = None) -> ResidentInput:
    """Set the theme and hand the input over to the organisation that will answer, within its own term.

    Raises ValidationError (codes "not_published", "not_taking_part").
    """
    locked = _locked(resident_input)
    if locked.state != InputState.PUBLISHED:
        raise ValidationError(_("Publish the input first."), code="not_published")
    check_takes_part(organisation, locked.programme_id)
    locked.theme = theme
    is_new = organisation is not None and organisation.pk != locked.organisation_id
    if locked.organisation_id != getattr(organisation, "pk", None):
        _hand_over(locked, organisation)
    locked.save(update_fields=["theme", "organisation", "handed_over_at", "answer_due_on"])
    _tell_routed(locked, by, is_new=is_new)
    return locked


def check_takes_part(organisation: Organisation | None, programme_id: int) -> None:
    taking_part = Organisation.objects.in_programme(programme_id)
    if organisation is not None and not taking_part.filter(pk=organisation.pk).exists():
        raise ValidationError(_("This organisation does not take part in the programme."), code="not_taking_part")


def _hand_over(locked: ResidentInput, organisation: Organisation | None) -> None:
    """The term of the new organisation begins today; without one the programme's own term counts."""
    locked.organisation = organisation
    locked.handed_over_at = timezone.now() if organisation else None
    if organisation is not None:
        locked.answer_due_on = terms.after(timezone.localdate(), organisation.answer_term_days)
    else:
        locked.answer_due_on = terms.after(_day(locked.received_at), locked.programme.answer_term_days)


def _tell_routed(locked: ResidentInput, by: User, *, is_new: bool) -> None:
    new = {"organisation": str(locked.organisation or ""), "theme": str(locked.theme or ""), "answer_due_on": locked.answer_due_on.isoformat()}
    events.record("input.handed_over" if is_new else "input.sorted", about=locked, by=by, programme=locked.programme_id, new=new)
    if is_new:
        notices.handed_over(locked, by=by)


def _moderate(locked: ResidentInput, state: InputState, by: User, **values: str) -> None:
    for field, value in values.items():
        setattr(locked, field, value)
    locked.state, locked.moderated_by, locked.moderated_at = state, by, timezone.now()
    locked.save(update_fields=["state", "moderated_by", "moderated_at", *values])


def _locked(resident_input: ResidentInput) -> ResidentInput:
    rows = ResidentInput.objects.select_for_update(of=("self",)).select_related("programme", "organisation", "theme")
    return rows.get(pk=resident_input.pk)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
