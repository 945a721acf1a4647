"""What does not agree with what (D9). Pure: rows in, dataclasses out, no database.

Only a trend word counts: a change within the noise or over a break has none. A figure of before the
day an effect was expected, or one that is old, contradicts nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambitions.choices import CommitmentState, Signal
from ambitions.models import Ambition, Commitment, Goal
from dashboards import wording
from dashboards.choices import Attention, Contradiction, Trend
from dashboards.exceptions import Alarm
from dashboards.models import Question
from dashboards.series import ThemeSentence

FEWEST_VOICES = 5  # below this, what residents say about a theme can be chance
OUTWEIGHS = 2  # one kind of voice must be so many times the other


class ThemeVoices(NamedTuple):
    """What residents said about a theme in the last twelve months, as published."""

    theme: int
    slug: str
    name: str
    concerns: int
    compliments: int
    total: int


@dataclass(frozen=True)
class Found:
    """A contradiction; `facts` is a fingerprint that changes when what it rests on changes."""

    kind: Contradiction
    subject: int
    title: str
    detail: str
    url: str
    facts: str

    @property
    def key(self) -> tuple[str, int]:
        return self.kind.value, self.subject


@dataclass(frozen=True)
class Reading:
    """The rows the contradictions are looked for in: goals with `figure`, promises with `signal` and `is_supported`."""

    slug: str
    goals: Sequence[Goal] = ()
    promises: Sequence[Commitment] = ()
    voices: Sequence[ThemeVoices] = ()
    sentences: Sequence[ThemeSentence] = ()
    questions: Sequence[Question] = field(default=())


def look(reading: Reading) -> list[Found]:
    """Return every contradiction there is now, those somebody explained too."""
    return [*_green_while_worse(reading), *_voices_against_figures(reading), *_spoken_without_promise(reading), *_promised_without_support(reading)]


def is_worse(goal: Goal) -> bool:
    """Whether the figure of a goal got worse of late, by its trend word, at a moment when an effect was expected."""
    figure = goal.figure
    return bool(figure) and figure["trend"] == Trend.WORSE and not figure["breaks"] and not is_too_soon(goal) and not _is_old(goal)


def is_too_soon(goal: Goal) -> bool:
    """Whether the figure is of before the day from which an effect was expected."""
    return goal.visible_from is not None and wording.moment(goal.figure["period"], _reference_date(goal)) < goal.visible_from


def _is_old(goal: Goal) -> bool:
    return wording.years_old(goal.figure["period"], _reference_date(goal)) > wording.OLD_YEARS


def _reference_date(goal: Goal) -> date | None:
    return date.fromisoformat(goal.figure["date"]) if goal.figure["date"] else None


def _green_while_worse(reading: Reading) -> list[Found]:
    green = _all_green(reading.promises)
    worse: dict[int, list[Goal]] = defaultdict(list)
    for goal in reading.goals:
        if goal.ambition_id in green and is_worse(goal):
            worse[goal.ambition_id].append(goal)
    return [_worse(goals, green[ambition], reading.slug) for ambition, goals in worse.items()]


def _all_green(promises: Iterable[Commitment]) -> dict[int, list[int]]:
    """Return the promises of each ambition of which every one is kept or on track."""
    made: dict[int, list[Commitment]] = defaultdict(list)
    for promise in promises:
        made[promise.ambition_id].append(promise)
    return {ambition: [each.pk for each in group] for ambition, group in made.items() if all(map(is_green, group))}


def is_green(promise: Commitment) -> bool:
    return promise.state == CommitmentState.KEPT or promise.signal == Signal.ON_TRACK


def _worse(goals: Sequence[Goal], promises: Sequence[int], slug: str) -> Found:
    lead = goals[0]
    detail = _("All promises are kept or on track, but “%(indicator)s” got worse in %(period)s.") % {
        "indicator": lead.indicator.name, "period": wording.period(lead.figure["period"]),
    }  # fmt: skip
    return Found(
        Contradiction.GREEN_WORSE, lead.ambition_id, lead.ambition.sentence, detail, _ambition_url(slug, lead.ambition),
        _fingerprint(sorted(promises), [(goal.pk, goal.figure["period"], goal.figure["value"]) for goal in goals]),
    )  # fmt: skip


def _voices_against_figures(reading: Reading) -> list[Found]:
    figures = {sentence.slug: sentence for sentence in reading.sentences if not sentence.is_old}
    pairs = [(row, figures[row.slug]) for row in reading.voices if row.slug in figures]
    return [found for row, sentence in pairs if (found := _against(row, sentence, reading.slug))]


def _against(row: ThemeVoices, sentence: ThemeSentence, slug: str) -> Found | None:
    worried = row.concerns >= FEWEST_VOICES and row.concerns >= OUTWEIGHS * row.compliments
    content = row.compliments >= FEWEST_VOICES and row.compliments >= OUTWEIGHS * row.concerns
    texts = {"indicator": sentence.indicator, "period": sentence.period, "concerns": row.concerns, "compliments": row.compliments}
    if worried and sentence.trend == Trend.BETTER:
        kind, detail = Contradiction.VOICES_WORSE, _("“%(indicator)s” got better in %(period)s, but residents sent %(concerns)s concerns in a year.")
    elif content and sentence.trend == Trend.WORSE:
        kind, detail = Contradiction.VOICES_BETTER, _("“%(indicator)s” got worse in %(period)s, but residents sent %(compliments)s compliments in a year.")
    else:
        return None
    url = reverse("dashboards:programme_dashboard", args=[slug]) + f"?thema={row.slug}"
    facts = _fingerprint(sentence.indicator, sentence.period, sentence.value, row.concerns // FEWEST_VOICES, row.compliments // FEWEST_VOICES)
    return Found(kind, row.theme, row.name, detail % texts, url, facts)


def _spoken_without_promise(reading: Reading) -> list[Found]:
    promised = {promise.ambition.theme_id for promise in reading.promises if promise.state not in {CommitmentState.NOT_KEPT}}
    return [_unheard(row, reading.slug) for row in reading.voices if row.theme not in promised and _asking(row) >= FEWEST_VOICES]


def _asking(row: ThemeVoices) -> int:
    """How many residents want something: compliments ask for nothing."""
    return row.total - row.compliments


def _unheard(row: ThemeVoices, slug: str) -> Found:
    detail = ngettext(
        "%(number)s resident asked for something in a year; nobody has promised anything about it.",
        "%(number)s residents asked for something in a year; nobody has promised anything about it.", _asking(row),
    ) % {"number": _asking(row)}  # fmt: skip
    return Found(Contradiction.NO_PROMISES, row.theme, row.name, detail, reverse("ambitions:ambition_list", args=[slug]), _fingerprint(_asking(row) // FEWEST_VOICES))


def _promised_without_support(reading: Reading) -> list[Found]:
    """An ambition needs everybody who promised something for it; while the partners are asked, that is another row."""
    lacking: dict[int, list[Commitment]] = defaultdict(list)
    for promise in reading.promises:
        if promise.is_in_force and not promise.is_supported and promise.ambition.state == "adopted" and not promise.ambition.is_in_consultation:
            lacking[promise.ambition_id].append(promise)
    return [_unsupported(promises, reading.slug) for promises in lacking.values()]


def _unsupported(promises: Sequence[Commitment], slug: str) -> Found:
    ambition, names = promises[0].ambition, sorted({str(promise.organisation) for promise in promises})
    detail = _("Not in support, though it promised something: %(names)s.") % {"names": ", ".join(names)}
    return Found(Contradiction.UNSUPPORTED, ambition.pk, ambition.sentence, detail, _ambition_url(slug, ambition), _fingerprint(names))


def _ambition_url(slug: str, ambition: Ambition) -> str:
    return reverse("ambitions:ambition_detail", args=[slug, ambition.number])


def _fingerprint(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def is_explained(found: Found, questions: Iterable[Question]) -> bool:
    """Whether somebody answered about exactly these facts; when they change it is a new contradiction."""
    return any(question.answered_at and question.subject == found.key and question.facts == found.facts for question in questions)


def open_question(found: Found, questions: Iterable[Question]) -> Question | None:
    return next((each for each in questions if not each.answered_at and not each.withdrawn_at and each.subject == found.key), None)


def alarms(reading: Reading, *, today: date) -> list[Alarm]:
    """Return a row per contradiction that nobody explained, and per question that still waits for its answer."""
    waiting = [question for question in reading.questions if not question.answered_at and not question.withdrawn_at]
    found = [each for each in look(reading) if not is_explained(each, reading.questions)]
    asked = {question.subject for question in waiting}
    return [_asked(question, reading.slug, today) for question in waiting] + [_to_ask(each, reading.slug) for each in found if each.key not in asked]


def _to_ask(found: Found, slug: str) -> Alarm:
    action_url = reverse("dashboards:question_ask", args=[slug, found.kind.value, found.subject])
    return Alarm(Attention.CONTRADICTION, found.title, found.url, who=_("core team"), since=None, detail=found.detail, action=_("Ask somebody"), action_url=action_url)


def _asked(question: Question, slug: str, today: date) -> Alarm:
    url = reverse("dashboards:question_detail", args=[slug, question.pk])
    said = _("Asked of %(person)s, the answer is late.") if question.due_on < today else _("Asked of %(person)s, answer before %(day)s.")
    texts = {"person": question.asked_of, "day": date_format(question.due_on, "j F Y")}
    return Alarm(
        Attention.CONTRADICTION, question.title, url, who=str(question.asked_of), since=question.asked_at.date(),
        detail=f"{question.what} {said % texts}", action=_("See the question"), action_url=url,
    )  # fmt: skip


def of_subject(found: Collection[Found], kind: str, subject: int) -> Found | None:
    return next((each for each in found if each.key == (kind, subject)), None)
