"""Ambitions of the example in every state, with adopted versions, goals and who supports them."""

from functools import partial
from typing import Any

from actors.models import Organisation
from ambitions.choices import Stance
from ambitions.models import Ambition, AmbitionVersion, Goal, Lesson, Support
from ambitions.support import KINDS
from ambitions.texts import frozen_goals
from wijkaanpak.accounts.models import User
from wijkaanpak.demo import figures
from wijkaanpak.demo.log import Log
from wijkaanpak.demo.moments import day, moment
from wijkaanpak.demo.people import People
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.models import Programme, Theme

ASKED_FOR = 30  # days between the question to the partners and the adoption


def load(programme: Programme, entries: list[dict[str, Any]], people: People, log: Log, *, by: User) -> dict[int, Ambition]:
    """Write the ambitions and return them by number."""
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    made = {}
    for number, entry in enumerate(entries, start=1):
        ambition = _ambition(programme, number, entry, themes[entry["theme"]], by)
        ambition.areas.set(programme.areas.all())
        log.tell("ambition.drafted", about=ambition, at=moment(entry["drafted"]), programme=programme, by=by, new={"sentence": _first_sentence(entry)})
        _goals(ambition, entry.get("goals", []), programme)
        _adopt(ambition, entry, log, by)
        _ask(ambition, entry, log, by)
        _support(ambition, entry, people.organisations, log)
        _lessons(ambition, entry, people, log)
        made[number] = ambition
    return made


def _first_sentence(entry: dict[str, Any]) -> str:
    adopted = entry.get("adopted", [])
    return adopted[0][1] if adopted and adopted[0][1] else entry["sentence"]


def _ambition(programme: Programme, number: int, entry: dict[str, Any], theme: Theme, by: User) -> Ambition:
    closes = entry.get("consultation_closes")
    return Ambition.objects.create(
        programme=programme, number=number, theme=theme, sentence=entry["sentence"], why=entry["why"], state=entry["state"],
        revised_sentence=entry.get("revised", ""), revised_why=entry.get("revised_why", ""),
        consultation_closes_on=day(closes) if closes is not None else None,
        closed_reason=entry.get("closed_reason", ""), created_by=by, created_at=moment(entry["drafted"]),
    )


def _goals(ambition: Ambition, entries: list[dict[str, Any]], programme: Programme) -> None:
    areas = list(programme.areas.values_list("pk", flat=True))
    for order, entry in enumerate(entries, start=1):
        indicator = Indicator.objects.get(slug=entry["indicator"])
        Goal.objects.create(
            ambition=ambition, indicator=indicator, definition=entry.get("definition", indicator.definition[:500]), baseline=figures.of_areas(indicator, entry["baseline_period"], areas),
            baseline_period=entry["baseline_period"], target=entry["target"], target_on=day(entry["target_in"]), order=order,
            visible_from=day(entry["visible_in"]) if "visible_in" in entry else None,
        )


def _adopt(ambition: Ambition, entry: dict[str, Any], log: Log, by: User) -> None:
    for number, (offset, sentence) in enumerate(entry.get("adopted", []), start=1):
        AmbitionVersion.objects.create(
            ambition=ambition, number=number, sentence=sentence or ambition.sentence, why=ambition.why, goals=frozen_goals(ambition),
            adopted_at=moment(offset, step=6), adopted_by=by,
        )
        tell = partial(log.tell, about=ambition, programme=ambition.programme, by=by)
        if number > 1:
            tell("ambition.revised", at=moment(offset - ASKED_FOR, step=1), new={"sentence": ambition.sentence, "why": ambition.why})
        tell("ambition.consultation_opened", at=moment(offset - ASKED_FOR, step=2), new={"closes_on": day(offset).isoformat(), "version": number})
        tell("ambition.adopted", at=moment(offset, step=6), new={"version": number})


def _ask(ambition: Ambition, entry: dict[str, Any], log: Log, by: User) -> None:
    tell = partial(log.tell, about=ambition, programme=ambition.programme, by=by)
    if "consultation_closes" in entry:
        closes = entry["consultation_closes"]
        opened = moment(min(closes - ASKED_FOR, -12), step=3)
        if ambition.revised_sentence:
            tell("ambition.revised", at=moment(closes - ASKED_FOR - 1), new={"sentence": ambition.revised_sentence, "why": ambition.revised_why})
        tell("ambition.consultation_opened", at=opened, new={"closes_on": day(closes).isoformat(), "version": _version(entry)})
    if "closed" in entry:
        tell("ambition.closed", at=moment(entry["closed"], step=5), new={"reason": ambition.closed_reason})


def _version(entry: dict[str, Any]) -> int:
    """The version people speak about: the adopted one, or the next while the partners are asked."""
    last = len(entry.get("adopted", []))
    return last + 1 if "consultation_closes" in entry else max(last, 1)


def _support(ambition: Ambition, entry: dict[str, Any], organisations: dict[str, Organisation], log: Log) -> None:
    version = _version(entry)
    for step, (key, stance, offset, reason) in enumerate(entry.get("support", [])):
        organisation = organisations[key]
        speaker = organisation.representatives.select_related("user").order_by("pk")[0].user
        at = moment(offset, step=step)
        Support.objects.create(
            ambition=ambition, organisation=organisation, version=version, stance=stance, reason=reason, given_by=speaker, given_at=at
        )
        log.tell(
            KINDS[Stance(stance)], about=ambition, at=at, programme=ambition.programme, by=speaker,
            new={"organisation": organisation.name, "stance": stance, "version": version, "reason": reason},
        )


def _lessons(ambition: Ambition, entry: dict[str, Any], people: People, log: Log) -> None:
    for lesson in entry.get("lessons", []):
        at, writer = moment(lesson["on"], step=4), people.users[lesson["by"]]
        parts = {part: lesson[part] for part in ("assumed", "saw", "changes")}
        organisation = Organisation.objects.filter(representatives__user=writer).first()
        Lesson.objects.create(ambition=ambition, written_by=writer, by_organisation=organisation, written_at=at, **parts)
        log.tell("lesson.written", about=ambition, at=at, programme=ambition.programme, by=writer, new=parts)
