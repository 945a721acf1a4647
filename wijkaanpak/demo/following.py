"""What happened to promises nobody spoke of, who was excused, and the yearly confirmation of the example."""

from datetime import timedelta
from typing import Any

from ambitions.choices import Choice, Ground, Level, StepEnd
from ambitions.completeness import Quarter
from ambitions.models import Commitment, Confirmation, Escalation, EscalationTerms, Excuse, Reconfirmation, ReconfirmationRequest
from ambitions.reconfirmations import KINDS
from wijkaanpak.accounts.models import User
from wijkaanpak.demo.log import Log
from wijkaanpak.demo.moments import day, moment
from wijkaanpak.demo.people import People
from wijkaanpak.neighbourhoods.models import Programme

TIME_TO_ANSWER = 40  # days of the yearly confirmation


def load(programme: Programme, found: dict[str, Any], promised: dict[str, Commitment], people: People, log: Log, *, by: User) -> None:
    terms = dict(found.get("terms", {}))
    contacts = {name: people.users[terms.pop(name)] for name in ("core_team_contact", "steering_group_contact") if name in terms}
    EscalationTerms.objects.create(programme=programme, **terms, **contacts)
    for entry in found.get("steps", []):
        _step(promised[entry["commitment"]], entry, people, log, by=by)
    for entry in found.get("excuses", []):
        _excuse(programme, entry, people, log, by=by)
    if "reconfirmation" in found:
        _reconfirmation(programme, found["reconfirmation"], promised, log, by=by)


def _step(commitment: Commitment, entry: dict[str, Any], people: People, log: Log, *, by: User) -> None:
    level, outcome = Level(entry["level"]), entry.get("outcome", "")
    person = people.users[entry["person"]] if "person" in entry else commitment.owner if level == Level.REPRESENTATIVE else by
    answered = {"answer": entry["answer"], "next_on": day(entry["next"]), "answered_by": person} if outcome == StepEnd.ANSWERED else {}
    step = Escalation.objects.create(
        commitment=commitment, climb=entry.get("climb", 1), level=level, ground=entry["ground"], person=person,
        body=level if level in Level.bodies() else "", since=day(entry["since"]), answer_due_on=day(entry["due"]), outcome=outcome,
        ended_at=moment(entry["ended"], step=5) if outcome else None, **answered,
    )  # fmt: skip
    programme = commitment.ambition.programme
    asked = {"level": str(level.label), "person": person.name, "ground": str(Ground(step.ground).label), "answer_due_on": step.answer_due_on.isoformat()}
    log.tell("commitment.escalated", about=commitment, at=moment(entry["since"]), programme=programme, new=asked)
    if answered:
        said = {"level": str(level.label), "answer": step.answer, "next_on": day(entry["next"]).isoformat()}
        log.tell("commitment.escalation_answered", about=commitment, at=moment(entry["ended"], step=5), programme=programme, by=person, new=said)
    elif outcome in {StepEnd.WORD, StepEnd.SETTLED}:
        ended = {"level": str(level.label), "outcome": str(StepEnd(outcome).label)}
        log.tell("commitment.escalation_ended", about=commitment, at=moment(entry["ended"], step=5), programme=programme, new=ended)


def _excuse(programme: Programme, entry: dict[str, Any], people: People, log: Log, *, by: User) -> None:
    quarter, organisation = Quarter.of(day(0)).later(-entry["quarters_ago"]), people.organisations[entry["organisation"]]
    at = moment((quarter.ends_on - timedelta(days=9) - day(0)).days)
    Excuse.objects.create(programme=programme, organisation=organisation, quarter=quarter.starts_on, reason=entry["reason"], excused_by=by, excused_at=at)
    log.tell("organisation.excused", about=organisation, at=at, programme=programme, by=by, new={"quarter": quarter.label, "reason": entry["reason"]})


def _reconfirmation(programme: Programme, entry: dict[str, Any], promised: dict[str, Commitment], log: Log, *, by: User) -> None:
    asked = entry["asked"]
    before = day(asked + TIME_TO_ANSWER)
    made = Reconfirmation.objects.create(programme=programme, year=day(asked).year, answer_before=before, asked_by=by, asked_at=moment(asked))
    asked_of = {promise.organisation_id: promise for promise in promised.values() if promise.is_in_force}
    requests = {
        pk: ReconfirmationRequest.objects.create(reconfirmation=made, organisation=promise.organisation, person=promise.owner) for pk, promise in asked_of.items()
    }
    new = {"year": made.year, "answer_before": before.isoformat(), "organisations": len(requests)}
    log.tell("programme.reconfirmation_asked", about=programme, at=moment(asked), programme=programme, by=by, new=new)
    for key, choice, offset, text in entry["answers"]:
        promise = promised[key]
        Confirmation.objects.create(
            request=requests[promise.organisation_id], commitment=promise, choice=choice, text=text, by=promise.owner, at=moment(offset, step=6)
        )
        said = {"year": str(made.year), **({"text": text} if text else {})}
        log.tell(KINDS[Choice(choice)], about=promise, at=moment(offset, step=6), programme=programme, by=promise.owner, new=said)
