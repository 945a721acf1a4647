"""What people see behind the figures of the example: stories, answers of residents, and questions about contradictions."""

from typing import Any

from django.utils import timezone

from dashboards import attention, contradictions, interpretations, questions
from residents.models import Recognition
from wijkaanpak.accounts.models import User
from wijkaanpak.demo.moments import day
from wijkaanpak.demo.people import People
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.models import Programme, Theme


def load(programme: Programme, found: dict[str, Any], people: People, *, by: User) -> None:
    """Write them as people would; the figures must have been computed."""
    for entry in found.get("interpretations", []):
        _story(programme, entry, people)
    for entry in found.get("recognised", []):
        _recognised(programme, entry)
    reading = attention.reading(programme, timezone.localdate())
    there = {each.kind.value: each for each in contradictions.look(reading)}
    for entry in found.get("questions", []):
        _question(programme, there[entry["kind"]], entry, people, by)


def _story(programme: Programme, entry: dict[str, Any], people: People) -> None:
    indicator = Indicator.objects.get(slug=entry["indicator"]) if "indicator" in entry else None
    theme = Theme.objects.get(slug=entry["theme"]) if "theme" in entry else None
    interpretations.write(
        programme, text=entry["text"], function=entry["function"], organisation=people.organisations[entry["organisation"]], audience=entry["audience"],
        by=people.users[entry["by"]], indicator=indicator, theme=theme,
    )  # fmt: skip


def _recognised(programme: Programme, entry: dict[str, Any]) -> None:
    figure = programme.figures.get(indicator__slug=entry["indicator"], is_latest=True)
    Recognition.objects.bulk_create(
        Recognition(programme=programme, indicator_id=figure.indicator_id, period=figure.period, answer=answer, number=entry[answer])
        for answer in ("yes", "a_bit", "no") if answer in entry
    )  # fmt: skip


def _question(programme: Programme, found: contradictions.Found, entry: dict[str, Any], people: People, by: User) -> None:
    asked_of = people.users[entry["asked_of"]]
    question = questions.ask(programme, found, asked_of=asked_of, due_on=day(entry["due"]), by=by)
    if "answer" in entry:
        questions.answer(question, answer=entry["answer"], sentence=entry["sentence"], by=asked_of)
