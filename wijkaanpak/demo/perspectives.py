"""How the partners of the example look at themes, what they share, and where they clash, in every state."""

from functools import partial
from typing import Any

from actors.choices import TensionState
from actors.models import Organisation, Perspective, PerspectiveDraft, SharedPoint, Tension
from wijkaanpak.accounts.models import User
from wijkaanpak.demo.log import Log
from wijkaanpak.demo.moments import day, moment
from wijkaanpak.demo.people import People
from wijkaanpak.neighbourhoods.models import Programme, Theme


def load(programme: Programme, found: dict[str, Any], people: People, log: Log) -> None:
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for step, entry in enumerate(found.get("perspectives", [])):
        _perspective(programme, entry, people, themes, log, at=found["programme"]["started"] + 20 + 2 * step, step=step)
    for entry in found.get("drafts", []):
        organisation = people.organisations[entry.pop("organisation")]
        PerspectiveDraft.objects.create(
            programme=programme, organisation=organisation, theme=themes[entry.pop("theme")], written_by=_speaker(organisation),
            written_at=moment(entry.pop("written")), **entry,
        )
    for entry in found.get("shared", []):
        _shared(programme, entry, people, themes, log)
    for entry in found.get("tensions", []):
        _tension(programme, entry, people, themes, log)


def _speaker(organisation: Organisation) -> User:
    return organisation.representatives.select_related("user").order_by("pk")[0].user


def _perspective(programme: Programme, entry: dict[str, Any], people: People, themes: dict[str, Theme], log: Log, *, at: int, step: int) -> None:
    """Release a perspective, and after the first its later versions: a day and what was different."""
    organisation, theme = people.organisations[entry.pop("organisation")], themes[entry.pop("theme")]
    by, later = _speaker(organisation), entry.pop("later", [])
    for version, change in enumerate([{"released": at}, *later], start=1):
        entry |= change
        released_at = moment(entry.pop("released"), step=step)
        Perspective.objects.create(
            programme=programme, organisation=organisation, theme=theme, version=version, written_by=by, released_by=by, released_at=released_at, **entry
        )
        new = {"theme": theme.name, "version": version}
        log.tell("perspective.released", about=organisation, at=released_at, programme=programme, by=by, new=new)


def _shared(programme: Programme, entry: dict[str, Any], people: People, themes: dict[str, Theme], log: Log) -> None:
    chosen, at = [people.organisations[key] for key in entry["between"]], moment(entry["marked"], step=2)
    theme, by = themes[entry["theme"]], people.users[entry["by"]]
    point = SharedPoint.objects.create(programme=programme, theme=theme, sentence=entry["sentence"], marked_by=by, marked_at=at)
    point.organisations.set(chosen)
    log.tell("shared_point.marked", about=point, at=at, programme=programme, by=by, new={"organisations": _names(chosen), "theme": theme.name})


def _names(chosen: list[Organisation]) -> list[str]:
    return sorted(organisation.name for organisation in chosen)


def _tension(programme: Programme, entry: dict[str, Any], people: People, themes: dict[str, Theme], log: Log) -> None:
    chosen, by, owner = [people.organisations[key] for key in entry["between"]], people.users[entry["by"]], people.users[entry["owner"]]
    named, review_on, theme = moment(entry["named"], step=3), day(entry["review"]), themes[entry["theme"]]
    agreed = {"state": TensionState.AGREED, "agreement": entry["agreement"], "agreed_by": owner, "agreed_at": moment(entry["agreed"])} if "agreed" in entry else {}
    tension = Tension.objects.create(
        programme=programme, theme=theme, sentence=entry["sentence"], owner=owner, review_on=review_on, named_by=by, named_at=named, **agreed
    )
    tension.organisations.set(chosen)
    tell = partial(log.tell, about=tension, programme=programme)
    tell(
        "tension.named", at=named, by=by,
        new={"organisations": _names(chosen), "theme": theme.name, "owner": owner.name, "review_on": review_on.isoformat()},
    )
    for offset, kind, old, new in entry.get("told", []):
        tell(f"tension.{kind}", at=moment(offset, step=4), by=owner, old=old, new={**new, "review_on": review_on.isoformat()})
    if agreed:
        tell("tension.agreed", at=agreed["agreed_at"], by=owner, new={"agreement": entry["agreement"], "review_on": review_on.isoformat()})
