"""Commitments of the example in every state and with every signal, and all that happened to them."""

from functools import partial
from typing import Any

from ambitions.choices import CommitmentState, FormalBasis
from ambitions.measures import name_of
from ambitions.models import Ambition, Commitment, DueDate, Measure, Milestone, ProgressUpdate
from wijkaanpak.accounts.models import User
from wijkaanpak.demo.log import Log
from wijkaanpak.demo.moments import day, moment
from wijkaanpak.demo.people import People

NOT_YET = 0  # a milestone that was not reached


def load(entries: list[dict[str, Any]], ambitions: dict[int, Ambition], people: People, log: Log, *, by: User) -> dict[str, Commitment]:
    """Write the commitments and return them by the name they have in the file."""
    made = {}
    for entry in entries:
        commitment = _commitment(entry, ambitions[entry["ambition"]], people, by)
        _dates(commitment, entry, log, by)
        _updates(commitment, entry, log)
        _milestones(commitment, entry, log)
        _end(commitment, entry, log, by)
        _measures(commitment, entry, log)
        made[entry["key"]] = commitment
    return made


def _proposed(entry: dict[str, Any]) -> int:
    return entry.get("created", min(entry["starts"], 0) - 21)


def _agreed(entry: dict[str, Any]) -> int | None:
    return None if entry["state"] == CommitmentState.PROPOSED else _proposed(entry) + 12


def _commitment(entry: dict[str, Any], ambition: Ambition, people: People, by: User) -> Commitment:
    agreed = _agreed(entry)
    first = entry.get("first_due", entry["due"])
    optional = {name: entry[name] for name in ("explanation", "quantity", "unit", "euro", "hours", "visibility", "end_reason") if name in entry}
    return Commitment.objects.create(
        ambition=ambition, organisation=people.organisations[entry["organisation"]], owner=people.users[entry["owner"]], what=entry["what"],
        starts_on=day(entry["starts"]), due_on=day(entry["due"]), state=entry["state"], formal_basis=entry.get("basis", FormalBasis.NONE),
        agreed_at=moment(agreed, step=4) if agreed is not None else None, first_due_on=day(first) if agreed is not None else None,
        ended_at=moment(entry["ended"], step=7) if "ended" in entry else None, created_by=by, created_at=moment(_proposed(entry), step=2), **optional,
    )


def _dates(commitment: Commitment, entry: dict[str, Any], log: Log, by: User) -> None:
    tell = partial(log.tell, about=commitment, programme=commitment.ambition.programme, by=by)
    first = entry.get("first_due", entry["due"])
    tell(
        "commitment.proposed", at=moment(_proposed(entry), step=2),
        new={"what": commitment.what, "organisation": commitment.organisation.name, "due_on": day(first).isoformat()},
    )
    agreed = _agreed(entry)
    if agreed is None:
        return
    DueDate.objects.create(commitment=commitment, due_on=day(first), set_by=by, set_at=moment(agreed, step=4))
    tell("commitment.agreed", at=moment(agreed, step=4), new={"due_on": day(first).isoformat()})
    before = first
    for offset, due, reason in entry.get("moved", []):
        DueDate.objects.create(commitment=commitment, due_on=day(due), reason=reason, set_by=by, set_at=moment(offset, step=5))
        old, new = {"due_on": day(before).isoformat()}, {"due_on": day(due).isoformat(), "reason": reason}
        tell("commitment.postponed", at=moment(offset, step=5), old=old, new=new)
        before = due


def _updates(commitment: Commitment, entry: dict[str, Any], log: Log) -> None:
    for step, (offset, report, sentence, number) in enumerate(entry.get("updates", [])):
        at, through_link = moment(offset, step=step + 1), step % 2 == 1
        ProgressUpdate.objects.create(
            commitment=commitment, report=report, sentence=sentence, number=number or None, by=commitment.owner,
            by_organisation=commitment.organisation, through_link=through_link, at=at,
        )
        log.tell(
            "commitment.reported", about=commitment, at=at, programme=commitment.ambition.programme, by=commitment.owner,
            new={"report": report, "sentence": sentence, "through_link": through_link},
        )


def _milestones(commitment: Commitment, entry: dict[str, Any], log: Log) -> None:
    for what, due, done in entry.get("milestones", []):
        Milestone.objects.create(commitment=commitment, what=what, due_on=day(due), done_on=day(done) if done != NOT_YET else None)
        if done != NOT_YET:
            log.tell("milestone.reached", about=commitment, at=moment(done, step=3), programme=commitment.ambition.programme, by=commitment.owner, new={"what": what})


def _end(commitment: Commitment, entry: dict[str, Any], log: Log, by: User) -> None:
    if "ended" not in entry:
        return
    said_done = commitment.state == CommitmentState.KEPT
    log.tell(
        f"commitment.{commitment.state}", about=commitment, at=moment(entry["ended"], step=7), programme=commitment.ambition.programme,
        by=commitment.owner if said_done else by, old={"state": CommitmentState.IN_PROGRESS.value},
        new={"state": commitment.state, "reason": commitment.end_reason},
    )


def _measures(commitment: Commitment, entry: dict[str, Any], log: Log) -> None:
    """Link a commitment to goals of its ambition, named by their order."""
    for step, link in enumerate(entry.get("helps", [])):
        goal = commitment.ambition.goals.select_related("indicator", "area").get(order=link["goal"])
        at = moment(min(_proposed(entry) + 20, -1), step=step)
        visible_from = day(link["visible_in"]) if "visible_in" in link else None
        measure = Measure.objects.create(
            ambition=commitment.ambition, commitment=commitment, goal=goal, strength=link["strength"], mechanism=link["how"],
            visible_from=visible_from, created_by=commitment.owner, created_at=at,
        )
        log.tell(
            "measure.added", about=commitment, at=at, programme=commitment.ambition.programme, by=commitment.owner,
            new={"goal": name_of(goal), "strength": measure.strength, "mechanism": measure.mechanism},
        )
