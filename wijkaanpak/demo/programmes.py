"""Programmes of the example: areas, period, roles, who takes part and how each of them looks at it."""

from datetime import date
from typing import Any

from actors.models import Participation
from wijkaanpak.demo import figures, perspectives
from wijkaanpak.demo.log import Log
from wijkaanpak.demo.moments import day, moment
from wijkaanpak.demo.people import People
from wijkaanpak.neighbourhoods.models import Area, Membership, Period, Programme


def load(found: dict[str, Any], people: People, log: Log) -> Programme:
    entry = dict(found["programme"])
    codes, organisations, started = entry.pop("areas"), entry.pop("organisations"), entry.pop("started")
    areas = Area.objects.in_year(figures.YEAR)
    entry["municipality"] = areas.get(code=entry["municipality"])
    programme = Programme.objects.create(**entry, is_example=True, created_at=moment(started))
    programme.areas.set(areas.filter(code__in=codes))
    _period(programme, started)
    _roles(programme, found["roles"], people, started)
    _take_part(programme, organisations, people, log, started)
    perspectives.load(programme, found, people, log)
    return programme


def _period(programme: Programme, started: int) -> None:
    year = day(started).year
    Period.objects.create(
        programme=programme, name=f"{year}–{year + 3}", starts_on=date(year, 1, 1), ends_on=date(year + 3, 12, 31), review_on=date(year + 2, 1, 15)
    )


def _roles(programme: Programme, roles: dict[str, list[str]], people: People, started: int) -> None:
    Membership.objects.bulk_create(
        Membership(programme=programme, user=people.users[key], role=role, since=moment(started)) for role, keys in roles.items() for key in keys
    )


def _take_part(programme: Programme, keys: list[str], people: People, log: Log, started: int) -> None:
    for step, key in enumerate(keys, start=1):
        organisation = people.organisations[key]
        Participation.objects.create(programme=programme, organisation=organisation, since=day(started + step))
        log.tell("participation.started", about=organisation, at=moment(started + step), programme=programme, by=_coordinator(programme), new={"programme": programme.name})


def _coordinator(programme: Programme):
    return programme.memberships.select_related("user").filter(role="coordinator")[0].user
