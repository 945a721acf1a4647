"""Somebody of the example leaves: the hand-over is under way, and what was never written is written down."""

from typing import Any

from dashboards import handovers
from wijkaanpak.accounts.models import User
from wijkaanpak.demo.moments import day
from wijkaanpak.demo.people import People
from wijkaanpak.neighbourhoods.models import Programme


def load(programme: Programme, entry: dict[str, Any], people: People, *, by: User) -> None:
    leaver = people.users[entry["who"]]
    begun = handovers.begin(programme, leaver=leaver, leaves_on=day(entry["on"]), by=by)
    handovers.write(begun, unwritten=entry["unwritten"], by=leaver)
