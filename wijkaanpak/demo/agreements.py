"""What the partners of the example signed, one of each state; and where the core team sees them."""

from functools import partial
from typing import Any

from actors.models import Agreement, AgreementDocument, AgreementParty, Placement
from wijkaanpak.accounts.models import User
from wijkaanpak.demo.log import Log
from wijkaanpak.demo.moments import day, moment
from wijkaanpak.demo.people import People
from wijkaanpak.neighbourhoods.models import Programme


def load(programme: Programme, entries: list[dict[str, Any]], people: People, log: Log, *, by: User) -> None:
    for step, entry in enumerate(entries):
        _agreement(programme, entry, people, log, by=by, step=step)


def _agreement(programme: Programme, entry: dict[str, Any], people: People, log: Log, *, by: User, step: int) -> None:
    parties = [people.organisations[key] for key in entry["parties"]]
    starts, ends, recorded = day(entry["starts"]), day(entry["ends"]), moment(entry["starts"] + 3, step=step)
    ended = {"ended_on": day(entry["ended"][0]), "end_reason": entry["ended"][1], "ended_by": by} if "ended" in entry else {}
    agreement = Agreement.objects.create(
        programme=programme, title=entry["title"], about=entry["about"], signed_on=day(entry["starts"] - 14), starts_on=starts, ends_on=ends,
        notice_months=entry.get("notice"), on_exit=entry["on_exit"], on_merger=entry["on_merger"], joint_data=entry["joint_data"],
        data_responsible=entry.get("data_responsible", ""), recorded_by=by, recorded_at=recorded, **ended,
    )  # fmt: skip
    AgreementParty.objects.bulk_create(AgreementParty(agreement=agreement, organisation=party, since=starts) for party in parties)
    tell = partial(log.tell, about=agreement, programme=programme, by=by)
    new = {"parties": sorted(party.name for party in parties), "starts_on": starts.isoformat(), "ends_on": ends.isoformat()}
    tell("agreement.recorded", at=recorded, new=new)
    for name, link in entry.get("documents", []):
        AgreementDocument.objects.create(agreement=agreement, name=name, link=link, added_by=by, added_at=recorded)
        tell("agreement.document_added", at=recorded, new={"document": name})
    if ended:
        tell("agreement.ended", at=moment(entry["ended"][0] - 5, step=step), new={"ended_on": ended["ended_on"].isoformat(), "reason": ended["end_reason"]})


def place(programme: Programme, found: dict[str, dict[str, list[int]]], people: People) -> None:
    """Put the places in the field: by person, then by organisation, influence and interest."""
    Placement.objects.bulk_create(
        Placement(programme=programme, organisation=people.organisations[key], by=people.users[who], influence=influence, interest=interest)
        for who, placed in found.items()
        for key, (influence, interest) in placed.items()
    )
