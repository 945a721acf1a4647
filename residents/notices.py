"""The mails about an input: to the sender at every step, to the organisation that must answer."""

from typing import Any

from django.urls import reverse

from actors.models import Representative
from ambitions.choices import CommitmentState
from ambitions.models import Commitment, ProgressUpdate
from residents import codes
from residents.choices import InputState
from residents.models import Answer, Contact, ResidentInput
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import mails


def received(contact: Contact, *, token: str) -> None:
    """The one mail before the address is proved: it asks to do so."""
    _to_sender(contact, contact.input, step="received", context={"token": token, "contact": contact})


def published(resident_input: ResidentInput) -> None:
    _step(resident_input, step="published")


def refused(resident_input: ResidentInput) -> None:
    _step(resident_input, step="refused")


def answered(resident_input: ResidentInput, answer: Answer) -> None:
    _step(resident_input, step="answered", key=f"answer-{answer.pk}", answer=answer)


def catch_up(contact: Contact) -> None:
    """After the proof: tell what was decided before it."""
    resident_input = contact.input
    answer = resident_input.answers.current().select_related("organisation", "ambition").first()
    if answer is not None:
        answered(resident_input, answer)
    elif resident_input.state == InputState.NOT_PUBLISHED:
        refused(resident_input)
    elif resident_input.state == InputState.PUBLISHED:
        published(resident_input)


def handed_over(resident_input: ResidentInput, *, by: User) -> None:
    """Tell the people of the organisation that an answer is asked of them, and before when."""
    people = Representative.objects.active().filter(organisation=resident_input.organisation, user__is_active=True).select_related("user")
    for representative in people:
        if representative.user_id != by.pk:
            _to_representative(representative.user, resident_input)


def commitment_reported(*, commitment: Commitment, update: ProgressUpdate, **_sender: Any) -> None:
    """Receiver: a public word on a commitment reaches everybody whose input is linked to it, once."""
    for contact in _followers(commitment):
        context = {"commitment": commitment, "update": update}
        _to_sender(contact, contact.input, step="reported", key=f"update-{update.pk}", context=context)


def commitment_changed(*, commitment: Commitment, what: str, **_sender: Any) -> None:
    """Receiver: the sender also hears that the date moved or how it ended; "kept" was in the word itself."""
    ended_badly = what == "ended" and commitment.state != CommitmentState.KEPT
    if what != "postponed" and not ended_badly:
        return
    for contact in _followers(commitment):
        moment = f"{commitment.pk}-{commitment.due_on:%Y%m%d}-{commitment.state}"
        _to_sender(contact, contact.input, step="changed", key=f"commitment-{moment}", context={"commitment": commitment})


def _followers(commitment: Commitment) -> list[Contact]:
    """Whom a public commitment concerns; nobody while it is not public."""
    if not Commitment.objects.public().filter(pk=commitment.pk).exists():
        return []
    linked = Contact.objects.reachable().filter(input__links__commitment=commitment, input__state=InputState.PUBLISHED)
    return list(linked.select_related("input__programme"))


def _step(resident_input: ResidentInput, *, step: str, key: str = "", **context: Any) -> None:
    """Mail the sender about a step in the life of the input, if there is one who wants it."""
    contact = Contact.objects.reachable().filter(input=resident_input).first()
    if contact is not None:
        _to_sender(contact, resident_input, step=step, key=key, context=context)


def _to_sender(contact: Contact, resident_input: ResidentInput, *, step: str, context: dict, key: str = "") -> None:
    code = codes.code_of(resident_input)
    mails.post(
        key=f"input-{resident_input.pk}-{key or step}",
        to=contact.email,
        template=f"residents/mail/{step}.txt",
        context={"input": resident_input, "programme": resident_input.programme, "code": code, **context},
        purpose=f"residents.{step}",
        about=resident_input,
        programme=resident_input.programme_id,
        language=resident_input.language,
        is_personal=True,
        unsubscribe_path=reverse("residents:unsubscribe", args=[code]) if contact.is_reachable else "",
    )


def _to_representative(user: User, resident_input: ResidentInput) -> None:
    mails.post(
        key=f"input-{resident_input.pk}-handed-over-{resident_input.organisation_id}-{user.pk}-{resident_input.handed_over_at:%Y%m%d%H%M}",
        to=user.email,
        to_name=user.name,
        template="residents/mail/handed_over.txt",
        context={"input": resident_input, "programme": resident_input.programme, "user": user},
        purpose="residents.handed_over",
        about=resident_input,
        programme=resident_input.programme_id,
    )
