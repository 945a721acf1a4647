"""The two speeds (D8): promises kept or not, beside the neighbourhood better or not. Pure: rows in, dataclasses out.

What cannot be said, and what cannot be judged yet, is never the middle: it has a row and a column of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambitions.choices import CommitmentState, Signal
from ambitions.models import Ambition, Commitment, Goal
from dashboards import contradictions, wording
from dashboards.choices import Keeping, Trend

COLUMNS = [Keeping.NOT_KEPT, Keeping.PARTLY, Keeping.KEPT, Keeping.NOTHING]
ROWS = [Trend.BETTER, Trend.SAME, Trend.WORSE, Trend.UNKNOWN]
ENDED = {CommitmentState.KEPT, CommitmentState.PARTLY_KEPT, CommitmentState.NOT_KEPT}
JUDGED = {Trend.BETTER, Trend.SAME, Trend.WORSE}


@dataclass(frozen=True)
class Dot:
    """One ambition in the matrix, with the words that say the same."""

    number: int
    name: str
    sentence: str
    url: str
    keeping: Keeping
    course: Trend
    promises: str
    figures: tuple[str, ...]

    @property
    def course_label(self) -> str:
        return course_label(self.course)


def course_label(course: Trend) -> str:
    return _("the same or mixed") if course == Trend.SAME else str(course.label)


def dots(ambitions: Iterable[Ambition], promises: Iterable[Commitment], goals: Iterable[Goal], *, slug: str) -> list[Dot]:
    """Return a dot per ambition; promises come with `signal`, goals with `figure`."""
    made: dict[int, list[Commitment]] = defaultdict(list)
    for promise in promises:
        made[promise.ambition_id].append(promise)
    aims: dict[int, list[Goal]] = defaultdict(list)
    for goal in goals:
        aims[goal.ambition_id].append(goal)
    return [_dot(row, made[row.pk], aims[row.pk], slug) for row in ambitions]


def _dot(ambition: Ambition, promises: Sequence[Commitment], goals: Sequence[Goal], slug: str) -> Dot:
    return Dot(
        number=ambition.number, name=str(ambition.theme), sentence=ambition.sentence,
        url=reverse("ambitions:ambition_detail", args=[slug, ambition.number]), keeping=keeping(promises), course=course(goals),
        promises=_kept_words(promises), figures=tuple(map(_figure_words, goals)),
    )  # fmt: skip


def keeping(promises: Iterable[Commitment]) -> Keeping:
    """Judge the promises that ended or whose date has passed; those dropped by a decision are no part of it."""
    judged = [promise.state for promise in promises if is_judged(promise)]
    if not judged:
        return Keeping.NOTHING
    if all(state == CommitmentState.KEPT for state in judged):
        return Keeping.KEPT
    good = any(state in {CommitmentState.KEPT, CommitmentState.PARTLY_KEPT} for state in judged)
    return Keeping.PARTLY if good else Keeping.NOT_KEPT


def is_judged(promise: Commitment) -> bool:
    return promise.state in ENDED or promise.signal == Signal.LATE


def course(goals: Iterable[Goal]) -> Trend:
    """Where the figures of an ambition go: better or worse when none goes the other way; unknown when no figure has a word."""
    words = {Trend(goal.figure["trend"]) for goal in goals if has_word(goal)}
    if not words:
        return Trend.UNKNOWN
    if Trend.BETTER in words and Trend.WORSE not in words:
        return Trend.BETTER
    return Trend.WORSE if Trend.WORSE in words and Trend.BETTER not in words else Trend.SAME


def has_word(goal: Goal) -> bool:
    """Whether the latest figure may be judged: it has a trend word, and is of a day on which an effect was expected."""
    return bool(goal.figure) and goal.figure["trend"] in JUDGED and not goal.figure["breaks"] and not contradictions.is_too_soon(goal)


def _kept_words(promises: Sequence[Commitment]) -> str:
    judged = [promise for promise in promises if is_judged(promise)]
    kept = sum(promise.state == CommitmentState.KEPT for promise in judged)
    if not promises:
        return _("Nothing was promised yet.")
    if not judged:
        return ngettext("%(number)s promise, its date is still to come.", "%(number)s promises, their dates are still to come.", len(promises)) % {"number": len(promises)}
    said = ngettext("%(kept)s of %(number)s promise whose date has passed was kept.", "%(kept)s of %(number)s promises whose date has passed were kept.", len(judged))
    return said % {"kept": kept, "number": len(judged)}


def _figure_words(goal: Goal) -> str:
    if not goal.figure:
        return _("%(indicator)s: no figure yet") % {"indicator": goal.indicator.name}
    texts = {"indicator": goal.indicator.name, "trend": wording.trend(goal.figure["trend"]), "period": wording.period(goal.figure["period"])}
    if contradictions.is_too_soon(goal):
        return _("%(indicator)s: no effect expected yet in %(period)s") % texts
    return _("%(indicator)s: %(trend)s in %(period)s") % texts
