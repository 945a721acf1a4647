"""Meetings of the example: one that was held and closed, one that comes with its agenda made."""

from typing import Any

from dashboards import meetings
from dashboards.models import Action, AgendaItem, Decision, DecisionReview, Meeting
from wijkaanpak.accounts.models import User
from wijkaanpak.demo.log import Log
from wijkaanpak.demo.moments import day, moment
from wijkaanpak.demo.people import People
from wijkaanpak.neighbourhoods.models import Programme


def held(programme: Programme, entries: list[dict[str, Any]], people: People, log: Log, *, by: User) -> None:
    """Write meetings of before, with what was decided and agreed, and close them."""
    for entry in entries:
        on = entry["on"]
        meeting = Meeting.objects.create(
            programme=programme, body=entry["body"], held_on=day(on), starts_at=entry["starts_at"], place=entry["place"],
            called_by=by, called_at=moment(on - 14),
        )  # fmt: skip
        for place, point in enumerate(entry["points"], start=1):
            AgendaItem.objects.create(meeting=meeting, place=place, what=point["what"], said=point.get("said", ""), who=by.name)
        for decision in entry.get("decisions", []):
            _decision(meeting, decision, log, by)
        for action in entry.get("actions", []):
            _action(meeting, action, people, log, by)
        meeting.closed_at, meeting.closed_by = moment(on + 1), by
        meeting.save()
        log.tell("meeting.closed", about=meeting, at=moment(on + 1), programme=programme, by=by)


def _decision(meeting: Meeting, entry: dict[str, Any], log: Log, by: User) -> None:
    number, on = meeting.programme.decisions.count() + 1, (meeting.held_on - day(0)).days
    decision = Decision.objects.create(
        programme=meeting.programme, meeting=meeting, number=number, body=meeting.body, decided_on=meeting.held_on, what=entry["what"],
        reason=entry["reason"], alternatives=entry.get("alternatives", ""), review_on=day(entry["review"]) if "review" in entry else None,
        recorded_by=by, recorded_at=moment(on),
    )  # fmt: skip
    log.tell(
        "decision.made", about=decision, at=moment(on), programme=meeting.programme, by=by,
        new={"number": number, "what": decision.what, "reason": decision.reason},
    )
    if "seen" in entry:
        DecisionReview.objects.create(decision=decision, outcome=entry["outcome"], text=entry["seen"], by=by, at=moment(-3))


def _action(meeting: Meeting, entry: dict[str, Any], people: People, log: Log, by: User) -> None:
    owner, on = people.users[entry["owner"]], (meeting.held_on - day(0)).days
    done = {"done_at": moment(entry["done"]), "done_by": owner, "result": entry["result"]} if "done" in entry else {}
    action = Action.objects.create(
        programme=meeting.programme, meeting=meeting, what=entry["what"], owner=owner, due_on=day(entry["due"]), given_by=by, given_at=moment(on), **done
    )
    new = {"what": action.what, "person": owner.name, "due_on": action.due_on.isoformat()}
    log.tell("action.given", about=action, at=moment(on), programme=meeting.programme, by=by, new=new)


def coming(programme: Programme, entry: dict[str, Any], *, by: User) -> None:
    """Call the next meeting and make its agenda; what asks for attention must be known."""
    meeting = meetings.call(programme, body=entry["body"], held_on=day(entry["on"]), starts_at=entry["starts_at"], place=entry["place"], by=by)
    meetings.make_agenda(meeting, by=by)
    meetings.add_item(meeting, what=entry["own"], by=by)
