"""What commitments of the example have to do with each other: who waits for whom, who agrees with whose word, money per year."""

from decimal import Decimal
from typing import Any

from ambitions.dependencies import name_of
from ambitions.models import ApprovalRule, Commitment, Dependency, PlannedYear, Submission
from wijkaanpak.accounts.models import User
from wijkaanpak.demo.log import Log
from wijkaanpak.demo.moments import day, moment
from wijkaanpak.demo.people import People
from wijkaanpak.neighbourhoods.models import Programme


def load(programme: Programme, found: dict[str, Any], promised: dict[str, Commitment], people: People, log: Log, *, by: User) -> None:
    for entry in found.get("dependencies", []):
        _dependency(promised[entry["commitment"]], promised[entry["on"]], entry, log, by=by)
    for entry in found.get("approvals", []):
        _rule(programme, entry, people, log)
    for entry in found.get("submissions", []):
        _submission(promised[entry["commitment"]], people.users[entry["by"]], entry, log)
    for entry in found["commitments"]:
        _years(promised[entry["key"]], entry)


def _dependency(waiting: Commitment, awaited: Commitment, entry: dict[str, Any], log: Log, *, by: User) -> None:
    at = moment(entry["since"], step=3)
    Dependency.objects.create(commitment=waiting, on=awaited, why=entry["why"], created_by=by, created_at=at)
    new = {"on": name_of(awaited), "why": entry["why"]}
    log.tell("commitment.waits", about=waiting, at=at, programme=waiting.ambition.programme, by=by, new=new)


def _rule(programme: Programme, entry: dict[str, Any], people: People, log: Log) -> None:
    organisation, by, at = people.organisations[entry["organisation"]], people.users[entry["set_by"]], moment(entry["since"])
    ApprovalRule.objects.create(programme=programme, organisation=organisation, set_by=by, set_at=at)
    log.tell("organisation.second_person_required", about=organisation, at=at, programme=programme, by=by)


def _submission(commitment: Commitment, by: User, entry: dict[str, Any], log: Log) -> None:
    at = moment(entry["sent"], step=2)
    words = {"report": entry["report"], "sentence": entry["sentence"], "number": entry.get("number")}
    made = Submission.objects.create(commitment=commitment, by=by, by_organisation=commitment.organisation, at=at, **words)
    log.tell("submission.sent_in", about=made, at=at, programme=commitment.ambition.programme, by=by)


def _years(commitment: Commitment, entry: dict[str, Any]) -> None:
    """Spread the euro over the years from the first; they add up to the total."""
    first = day(entry["starts"]).year
    PlannedYear.objects.bulk_create(
        PlannedYear(commitment=commitment, year=first + place, euro=Decimal(euro)) for place, euro in enumerate(entry.get("euro_per_year", []))
    )
