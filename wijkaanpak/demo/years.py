"""The year clock of the example: the usual moments, who sees to them, and what was ticked this year."""

from typing import Any

from django.utils import timezone

from wijkaanpak.accounts.models import User
from wijkaanpak.demo.log import Log
from wijkaanpak.demo.moments import day, moment
from wijkaanpak.demo.people import People
from wijkaanpak.neighbourhoods import year_clock
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


def _tick(programme: Programme, log: Log) -> None:
    today = timezone.localdate()
    rows = year_clock.occurrences(year_clock.moments(programme), [today.year])
    for row in [row for row in rows if row.is_past(today)][:-1]:
        done = MomentDone.objects.create(moment=row.moment, year=row.year, done_on=row.last_day, by=row.moment.owner)
        new = {"year": str(row.year), "done_on": done.done_on.isoformat()}
        log.tell("moment.done", about=row.moment, at=moment((row.last_day - today).days), programme=programme, by=row.moment.owner, new=new)
