"""How a sender can be reached: kept apart, proved before it is used, erased on request or when its time has come."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from residents import codes, notices
from residents.models import Contact, ResidentInput
from wijkaanpak.journal import events
from wijkaanpak.journal.choices import MailState
from wijkaanpak.journal.models import Mail

UNPROVED = timedelta(days=30)
ERASED = "erased"


def keep(resident_input: ResidentInput, *, email: str, wants_updates: bool, may_be_asked: bool) -> Contact:
    """Store a mail address and ask to prove it; an address nobody proves is gone after thirty days."""
    token = codes.verification_token(resident_input.form_key, email)
    contact = Contact.objects.create(
        input=resident_input, email=email, wants_updates=wants_updates, may_be_asked=may_be_asked,
        verification_hash=codes.verification_fingerprint(token), erase_on=timezone.localdate() + UNPROVED,
    )
    notices.received(contact, token=token)
    return contact


def proves(contact: Contact, token: str) -> bool:
    """Whether the link in the first mail to this address holds this token."""
    return constant_time_compare(codes.verification_fingerprint(token), contact.verification_hash)


@transaction.atomic
def verify(contact: Contact, *, token: str) -> Contact:
    """Note that the address is the sender's; what happened meanwhile is mailed at once. Twice is no harm.

    Raises ValidationError (code "wrong_token").
    """
    locked = Contact.objects.select_for_update(of=("self",)).select_related("input__programme", "input__organisation").get(pk=contact.pk)
    if not proves(locked, token):
        raise ValidationError(_("This link does not belong to this mail address."), code="wrong_token")
    if locked.verified_at is None:
        locked.verified_at, locked.erase_on = timezone.now(), a_year_after(locked.input.answer_due_on)
        locked.save(update_fields=["verified_at", "erase_on"])
        events.record("contact.verified", about=locked.input, programme=locked.input.programme_id)
        notices.catch_up(locked)
    return locked


@transaction.atomic
def unsubscribe(contact: Contact) -> None:
    """Send no more mail about this input."""
    changed = Contact.objects.filter(pk=contact.pk, unsubscribed_at=None).update(unsubscribed_at=timezone.now())
    if changed:
        events.record("contact.unsubscribed", about=contact.input, programme=contact.input.programme_id)


def keep_after_answer(resident_input: ResidentInput) -> None:
    """Twelve months after the answer a proved address goes."""
    proved = Contact.objects.filter(input=resident_input, verified_at__isnull=False)
    proved.update(erase_on=a_year_after(timezone.localdate()))


@transaction.atomic
def erase(resident_input: ResidentInput, *, why: str = "asked") -> bool:
    """Erase the contact data of an input, and address and text of the mails sent to it; True when there was something.

    The event tells that it happened, and nothing about whom.
    """
    erased, _per_model = Contact.objects.filter(input=resident_input).delete()
    if erased:
        _erase_mails(resident_input)
        events.record("contact.erased", about=resident_input, programme=resident_input.programme_id, new={"why": why})
    return bool(erased)


def erase_expired() -> int:
    """Erase what is past its date; returns how many contacts went."""
    contacts = list(Contact.objects.expired().select_related("input"))
    return sum(erase(contact.input, why="term") for contact in contacts)


def _erase_mails(resident_input: ResidentInput) -> None:
    mails = Mail.objects.filter(subject_type=ResidentInput._meta.label_lower, subject_id=resident_input.pk, is_personal=True)
    mails.exclude(state=MailState.SENT).update(state=MailState.FAILED, error=ERASED)
    mails.update(to="", to_name="", subject="", text="", html="", unsubscribe_url="")


def a_year_after(day: date) -> date:
    """Return the same day a year later; 28 February for a leap day."""
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
