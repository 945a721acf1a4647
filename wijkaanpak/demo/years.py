"""The year clock and the phases of the example: the usual ones, who sees to them, when, and what was ticked."""

from typing import Any

from django.utils import timezone

from wijkaanpak.accounts.models import User
from wijkaanpak.demo.log import Log
from wijkaanpak.demo.moments import day, moment
from wijkaanpak.demo.people import People
from wijkaanpak.neighbourhoods import phases, year_clock
from wijkaanpak.neighbourhoods.models import Moment, MomentDone, Programme

STARTED = -400


def load(programme: Programme, found: dict[str, Any], people: People, log: Log, *, by: User) -> None:
    """Put them on as somebody did more than a year ago, and tick what has passed but for the last one."""
    year_clock.propose(programme, by=by)
    owners = {kind: people.users[key] for kind, key in found["year_clock"].items()}
    for row in Moment.objects.filter(programme=programme):
        row.added_on, row.owner = day(STARTED), owners.get(row.kind, by)
        row.save()
    _tick(programme, log)
    _phases(programme, found["phases"], log, by=by)


def _tick(programme: Programme, log: Log) -> None:
    today = timezone.localdate()
    rows = year_clock.occurrences(year_clock.moments(programme), [today.year])
    for row in [row for row in rows if row.is_past(today)][:-1]:
        done = MomentDone.objects.create(moment=row.moment, year=row.year, done_on=row.last_day, by=row.moment.owner)
        new = {"year": str(row.year), "done_on": done.done_on.isoformat()}
        log.tell("moment.done", about=row.moment, at=moment((row.last_day - today).days), programme=programme, by=row.moment.owner, new=new)


def _phases(programme: Programme, planned: list[dict[str, int]], log: Log, *, by: User) -> None:
    """Plan the five phases; what a phase has ticked was ticked on its last day, or yesterday in the one that runs."""
    phases.propose(programme, by=by)
    for phase, entry in zip(programme.phases.all(), planned, strict=True):
        phase.starts_on, phase.ends_on = day(entry["from"]), day(entry["to"])
        phase.save()
        for step in phase.steps.all()[: entry["ticked"]]:
            step.done_on, step.done_by = day(min(entry["to"], -1)), by
            step.save()
            log.tell("phase_step.done", about=step, at=moment(min(entry["to"], -1)), programme=programme, by=by, new={"done_on": step.done_on.isoformat()})
