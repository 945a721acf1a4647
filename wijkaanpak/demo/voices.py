"""What invented residents said, in every state, and what they heard back."""

import uuid
from typing import Any

from ambitions.models import Ambition, Commitment
from residents import codes, notices, terms
from residents.choices import EndState, HouseRule, InputState
from residents.models import Answer, Contact, InputLink, ResidentInput
from wijkaanpak.accounts.models import User
from wijkaanpak.demo.log import Log
from wijkaanpak.demo.moments import day, moment
from wijkaanpak.demo.people import People
from wijkaanpak.journal.choices import MailState
from wijkaanpak.journal.models import Mail
from wijkaanpak.neighbourhoods.models import Programme, Theme

NAMESPACE = uuid.UUID("5f0e3c1a-1d0b-4b52-9d8e-6c1f0a7b9e21")  # the same codes after every fresh start


class Voices:
    """Writes the inputs of one programme."""

    def __init__(self, programme: Programme, people: People, log: Log, *, by: User, ambitions: dict[int, Ambition], commitments: dict[str, Commitment]):
        self.programme, self.people, self.log, self.by = programme, people, log, by
        self.ambitions, self.commitments = ambitions, commitments
        self.themes = {theme.slug: theme for theme in Theme.objects.all()}
        self.areas = {area.code: area for area in programme.areas.all()}
        self.number = 0

    def load(self, found: dict[str, list[dict[str, Any]]]) -> None:
        for entry in found["waiting"]:
            self.contact(self.receive(entry, state=entry["state"]), entry)
        for entry in found["refused"]:
            self.refuse(entry)
        for entry in found["open"]:
            self.contact(self.publish(entry), entry)
        for entry in found["answered"]:
            self.answer(entry)

    def receive(self, entry: dict[str, Any], **values: Any) -> ResidentInput:
        self.number += 1
        form_key = uuid.uuid5(NAMESPACE, f"{self.programme.slug}-{self.number}")
        received = -entry["ago"]
        entered_by = self.people.users.get(entry.get("entered_by", ""))
        made = ResidentInput.objects.create(
            programme=self.programme, kind=entry["kind"], text=entry["text"], place=entry.get("place", ""), area=self.areas.get(entry.get("area", "")),
            theme=self.themes.get(entry.get("theme", "")), channel=entry.get("channel", "form"), entered_by=entered_by, form_key=form_key,
            code_hash=codes.fingerprint(codes.code_for(form_key)), received_at=moment(received, step=self.number),
            **{"answer_due_on": day(entry["due"]) if "due" in entry else terms.after(day(received), self.programme.answer_term_days), **values, **_spam(values)},
        )
        kind = "input.entered" if entered_by else "input.received"
        self.log.tell(kind, about=made, at=made.received_at, programme=self.programme, by=entered_by, new={"channel": made.channel})
        return made

    def publish(self, entry: dict[str, Any], **values: Any) -> ResidentInput:
        """A day later somebody reads it, publishes it and hands it to who must answer."""
        moderated = moment(-entry["ago"] + 1, step=self.number)
        organisation = self.people.organisations.get(entry.get("organisation", ""))
        made = self.receive(
            entry, state=InputState.PUBLISHED, public_text=entry["text"], moderated_by=self.by, moderated_at=moderated,
            organisation=organisation, handed_over_at=moderated if organisation else None, **values,
        )
        self.log.tell("input.published", about=made, at=moderated, programme=self.programme, by=self.by)
        if organisation:
            promised = {"organisation": organisation.name, "theme": str(made.theme), "answer_due_on": made.answer_due_on.isoformat()}
            self.log.tell("input.handed_over", about=made, at=moderated, programme=self.programme, by=self.by, new=promised)
        self.link(made, entry, at=moderated)
        return made

    def refuse(self, entry: dict[str, Any]) -> None:
        at = moment(-entry["ago"] + 1, step=3)
        rule, note = entry.get("house_rule", ""), entry.get("note", "")
        made = self.receive(entry, state=entry["state"], house_rule=rule, moderation_note=note, moderated_by=self.by, moderated_at=at)
        if rule:
            self.log.tell("input.refused", about=made, at=at, programme=self.programme, by=self.by, new={"rule": str(HouseRule(rule).label)})
        else:
            self.log.tell("input.marked_spam", about=made, at=at, programme=self.programme, by=self.by)

    def answer(self, entry: dict[str, Any]) -> None:
        received = -entry["ago"]
        at = moment(received + entry["took"], step=5)
        organisation = self.people.organisations[entry["organisation"]]
        speaker = organisation.representatives.select_related("user").order_by("pk")[0].user
        made = self.publish(entry, answered_at=at, answer_due_on=terms.after(day(received + 1), organisation.answer_term_days))
        answer = Answer.objects.create(
            input=made, end_state=entry["end_state"], reason=entry["reason"], organisation=organisation, passed_on_to=entry.get("passed_on_to", ""),
            ambition=self.ambitions.get(entry.get("ambition", 0)), given_by=speaker, given_at=at,
        )
        outcome = {"end_state": answer.end_state, "outcome": str(EndState(answer.end_state).label), "organisation": organisation.name}
        self.log.tell("input.answered", about=made, at=at, programme=self.programme, by=speaker, new=outcome)
        if answer.ambition:
            InputLink.objects.create(input=made, ambition=answer.ambition, linked_by=speaker, linked_at=at)
        if self.contact(made, entry):
            notices.answered(made, answer)
            Mail.objects.filter(state=MailState.QUEUED, subject_id=made.pk).update(state=MailState.SENT, created_at=at, send_after=at, sent_at=at)

    def link(self, made: ResidentInput, entry: dict[str, Any], *, at) -> None:
        if "link" in entry:
            commitment = self.commitments[entry["link"]]
            InputLink.objects.create(input=made, commitment=commitment, linked_by=self.by, linked_at=at)
            self.log.tell("input.linked", about=made, at=at, programme=self.programme, by=self.by, new={"to": str(commitment)})

    def contact(self, made: ResidentInput, entry: dict[str, Any]) -> bool:
        if "email" not in entry:
            return False
        token = codes.verification_token(made.form_key, entry["email"])
        Contact.objects.create(
            input=made, email=entry["email"], verification_hash=codes.verification_fingerprint(token), verified_at=made.received_at,
            wants_updates=True, may_be_asked=True, created_at=made.received_at, erase_on=day(300),
        )
        self.log.tell("contact.verified", about=made, at=made.received_at, programme=self.programme)
        return True


def _spam(values: dict[str, Any]) -> dict[str, Any]:
    held = values["state"] in {InputState.HELD, InputState.SPAM}
    return {"spam_score": 4, "spam_reasons": ["links", "link"]} if held else {}
