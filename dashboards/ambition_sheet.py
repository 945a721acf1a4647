"""One ambition on one sheet of A4 (D7): so much of each as fits, and how much more there is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ambitions.choices import CommitmentState, Signal
from ambitions.models import Ambition, Commitment, Lesson
from dashboards.briefing import GoalLine
from dashboards.exceptions import closes_on, words
from dashboards.helping import Help
from dashboards.interpretations import Stories
from dashboards.models import Interpretation, Question
from residents.models import ResidentInput

PROMISES, VOICES, DECISIONS, STORIES, HELPS, LESSONS = 8, 3, 4, 2, 3, 1
PROMISES_BESIDE, STORY_BESIDE = 5, 700  # leave room for how they should help and what was learned
LONGEST_VOICE, LONGEST_PROMISE, LONGEST_DECISION, LONGEST_LESSON, LONGEST_HELPER = 130, 120, 90, 180, 60  # in letters: what fits in two lines on paper


@dataclass(frozen=True)
class Promise:
    """A promise as one line of the sheet."""

    organisation: str
    what: str
    due_on: date
    badge: CommitmentState | Signal


@dataclass(frozen=True)
class Voices:
    """What residents said: how many, how many were answered, and the latest few."""

    total: int
    answered: int
    quotes: Sequence[tuple[str, str]]  # with the language each is in


@dataclass(frozen=True)
class Sheet:
    """Everything on the sheet. `more` is how many promises are left out; the ambition's page has them all."""

    ambition: Ambition
    sentence: str
    goals: Sequence[GoalLine]
    stories: Sequence[Interpretation]
    promises: Sequence[Promise]
    more: int
    voices: Voices
    decisions: Sequence[str]
    helps: Sequence[Help]
    lessons: Sequence[tuple[str, str]]  # what we saw, what we change


def make(
    ambition: Ambition, *, sentence: str, goals: Sequence[GoalLine], stories: Sequence[Interpretation], made: Sequence[Commitment], said: QuerySet[ResidentInput],
    decisions: Sequence[str] = (), helps: Sequence[Help] = (), lessons: QuerySet[Lesson] | None = None,
) -> Sheet:
    """Put the sheet together; promises come with `signal`, by organisation. Two queries about what residents said, one for lessons."""
    lines = [_promise(row) for row in sorted(made, key=lambda row: (str(row.organisation), row.due_on))]
    spare = _has_room(lines, stories[:STORIES])
    return Sheet(
        ambition, sentence, goals, stories[:STORIES], lines[:PROMISES], max(0, len(lines) - PROMISES), _voices(said), decisions[:DECISIONS],
        [_help(row) for row in helps[:HELPS]] if spare else [], [_lesson(row) for row in lessons[:LESSONS]] if spare and lessons is not None else [],
    )


def _has_room(lines: Sequence[Promise], stories: Sequence[Interpretation]) -> bool:
    """Promises and stories go before how they should help and what was learned; those stand on the page of the ambition too."""
    return len(lines) <= PROMISES_BESIDE and all(len(story.text) <= STORY_BESIDE for story in stories)


def _promise(row: Commitment) -> Promise:
    return Promise(str(row.organisation), shortened(row.what, LONGEST_PROMISE), row.due_on, row.badge)


def _help(row: Help) -> Help:
    return replace(row, what=shortened(row.what, LONGEST_HELPER), mechanism=shortened(row.mechanism, LONGEST_DECISION))


def _lesson(row: Lesson) -> tuple[str, str]:
    return shortened(row.saw, LONGEST_LESSON), shortened(row.changes, LONGEST_LESSON)


def shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"


def _voices(said: QuerySet[ResidentInput]) -> Voices:
    quotes = [(shortened(text, LONGEST_VOICE), language) for text, language in said.values_list("public_text", "language")[:VOICES]]
    return Voices(**said.aggregate(total=Count("pk", distinct=True), answered=Count("pk", distinct=True, filter=Q(answered_at__isnull=False))), quotes=quotes)


def said_about(ambition: Ambition, made: Iterable[Commitment]) -> QuerySet[ResidentInput]:
    """What residents said that became part of the ambition or of one of these promises, as published, latest first."""
    linked = Q(links__ambition=ambition) | Q(links__commitment__in=[row.pk for row in made])
    return ResidentInput.objects.published().filter(linked, programme=ambition.programme_id).distinct().order_by("-received_at", "-pk")


def stories_of(ambition: Ambition, indicators: Iterable[int], stories: Stories) -> list[Interpretation]:
    """Return the stories behind the figures of the goals and behind the theme, in that order."""
    of_goals = [stories.figures[pk] for pk in dict.fromkeys(indicators) if pk in stories.figures]
    return of_goals + [story for slug, story in stories.themes.items() if slug == ambition.theme.slug]


def decisions(ambition: Ambition, made: Iterable[Commitment], questions: Iterable[Question], *, today: date) -> list[str]:
    """Return what is asked of the partners about this ambition, the nearest first."""
    found = [_of_consultation(ambition, today)] if ambition.is_in_consultation else []
    rows = list(made)
    found += [_("Agree or not: %(what)s") % {"what": shortened(row.what, LONGEST_DECISION)} for row in rows if row.state == CommitmentState.PROPOSED]
    found += [_("Set a new date or end it: %(what)s") % {"what": shortened(row.what, LONGEST_DECISION)} for row in rows if row.signal == Signal.LATE]
    return found + [_("Answer of %(person)s about: %(what)s") % {"person": each.asked_of, "what": shortened(each.what, LONGEST_DECISION)} for each in questions]


def _of_consultation(ambition: Ambition, today: date) -> str:
    texts = {"sentence": shortened(words(ambition), LONGEST_DECISION), "day": date_format(closes_on(ambition), "j F Y")}
    if closes_on(ambition) < today:
        return _("Adopt or ask longer: “%(sentence)s”") % texts
    return _("Say before %(day)s whether you support: “%(sentence)s”") % texts
