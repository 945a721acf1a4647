"""Goals and efforts (A12): which commitment should help which goal, and what is missing. Pure: rows in, dataclasses out.

A goal and a commitment are linked within one ambition only, so the network falls apart into a block per ambition.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ambitions.choices import CommitmentState
from ambitions.measures import name_of
from ambitions.models import Ambition, Commitment, Goal, Measure
from dashboards import wording
from dashboards.choices import Gap, Trend


@dataclass(frozen=True)
class Aim:
    """A goal with where its figure goes, in words."""

    pk: int
    name: str
    url: str
    course: str


@dataclass(frozen=True)
class Effort:
    """A commitment with how it stands, in words."""

    pk: int
    what: str
    organisation: str
    url: str
    state: str
    shape: str
    is_at_work: bool


@dataclass(frozen=True)
class Tie:
    """What an effort should do for a goal; `strength` is there for the thickness of a line only."""

    aim: Aim
    effort: Effort
    strength: int
    words: str
    mechanism: str
    effect_from: date | None


@dataclass(frozen=True)
class Block:
    """One ambition: its goals, its efforts, and the ties between them."""

    number: int
    sentence: str
    url: str
    aims: Sequence[Aim]
    efforts: Sequence[Effort]
    ties: Sequence[Tie]

    @property
    def rows(self) -> list[tuple[Aim, list[Tie]]]:
        """Each goal with its ties, the strongest contribution first."""
        return [(aim, sorted((tie for tie in self.ties if tie.aim is aim), key=lambda tie: -tie.strength)) for aim in self.aims]

    @property
    def loose(self) -> list[Effort]:
        tied = {tie.effort.pk for tie in self.ties}
        return [effort for effort in self.efforts if effort.pk not in tied]


@dataclass(frozen=True)
class Finding:
    """Something that stands out, and where it can be mended."""

    gap: Gap
    title: str
    url: str
    detail: str


def blocks(ambitions: Iterable[Ambition], goals: Iterable[Goal], efforts: Iterable[Commitment], measures: Iterable[Measure], *, slug: str) -> list[Block]:
    """Return a block per ambition; goals come with `figure`, efforts with `signal`, measures with `effect_from`."""
    aims: dict[int, dict[int, Aim]] = defaultdict(dict)
    for goal in goals:
        aims[goal.ambition_id][goal.pk] = _aim(goal, slug)
    promised: dict[int, dict[int, Effort]] = defaultdict(dict)
    for effort in efforts:
        promised[effort.ambition_id][effort.pk] = _effort(effort, slug)
    linked: dict[int, list[Measure]] = defaultdict(list)
    for measure in measures:
        linked[measure.ambition_id].append(measure)
    return [_block(row, aims[row.pk], promised[row.pk], linked[row.pk], slug) for row in ambitions]


def _block(ambition: Ambition, aims: dict[int, Aim], efforts: dict[int, Effort], measures: Sequence[Measure], slug: str) -> Block:
    known = [row for row in measures if row.goal_id in aims and row.commitment_id in efforts]
    return Block(
        number=ambition.number, sentence=ambition.sentence, url=reverse("ambitions:ambition_detail", args=[slug, ambition.number]),
        aims=list(aims.values()), efforts=list(efforts.values()),
        ties=[_tie(row, aims[row.goal_id], efforts[row.commitment_id]) for row in known],
    )  # fmt: skip


def _aim(goal: Goal, slug: str) -> Aim:
    return Aim(goal.pk, name_of(goal), reverse("ambitions:goal_detail", args=[slug, goal.ambition.number, goal.pk]), _course(goal))


def _effort(commitment: Commitment, slug: str) -> Effort:
    url = reverse("ambitions:commitment_detail", args=[slug, commitment.pk])
    badge = commitment.badge
    return Effort(commitment.pk, commitment.what, str(commitment.organisation), url, str(badge.label), badge.shape, commitment.state in CommitmentState.standing())


def _tie(measure: Measure, aim: Aim, effort: Effort) -> Tie:
    return Tie(aim, effort, measure.strength, str(measure.get_strength_display()), measure.mechanism, measure.effect_from)


def _course(goal: Goal) -> str:
    if not goal.figure:
        return _("no figure yet")
    return _("%(trend)s in %(period)s") % {"trend": wording.trend(goal.figure["trend"]), "period": wording.period(goal.figure["period"])}


def findings(made: Iterable[Block], goals: Iterable[Goal], *, today: date) -> list[Finding]:
    """Return what stands out, kind by kind in the order of `Gap`."""
    by_pk, found = {goal.pk: goal for goal in goals}, []
    for block in made:
        for aim, ties in block.rows:
            at_work = [tie for tie in ties if tie.effort.is_at_work]
            found += [_hanging(aim, ties, at_work, block)] if len({tie.effort.organisation for tie in at_work}) < 2 else []
            found += _overdue(aim, at_work, by_pk[aim.pk], today)
        found += [Finding(Gap.NO_GOAL, effort.what, effort.url, f"{effort.organisation} · {effort.state}") for effort in block.loose]
    return sorted(found, key=lambda finding: list(Gap).index(finding.gap))


def _hanging(aim: Aim, ties: Sequence[Tie], at_work: Sequence[Tie], block: Block) -> Finding:
    """A goal for which nobody does something, or one organisation only."""
    if at_work:
        return Finding(Gap.ONE_ORGANISATION, aim.name, aim.url, _("Only %(organisation)s.") % {"organisation": at_work[0].effort.organisation})
    detail = _("There is only a proposal, or what ended without result.") if ties else _("Ambition %(number)s: no commitment is linked to it.")
    return Finding(Gap.NO_EFFORT, aim.name, aim.url, detail % {"number": block.number})


def _overdue(aim: Aim, at_work: Sequence[Tie], goal: Goal, today: date) -> list[Finding]:
    """One finding for the earliest effect that should be visible and is not."""
    days = sorted(tie.effect_from for tie in at_work if tie.effect_from and tie.effect_from <= today)
    if not days or _got_better(goal, days[0]):
        return []
    detail = _("Expected from %(day)s; %(course)s.") % {"day": date_format(days[0], "j F Y"), "course": _known(goal, days[0])}
    return [Finding(Gap.OVERDUE, aim.name, aim.url, detail)]


def _got_better(goal: Goal, since: date) -> bool:
    return bool(goal.figure) and goal.figure["trend"] == Trend.BETTER and not goal.figure["breaks"] and _moment(goal) >= since


def _known(goal: Goal, since: date) -> str:
    if goal.figure and _moment(goal) < since:
        return _("the latest figure is of %(period)s, before that day") % {"period": wording.period(goal.figure["period"])}
    return _course(goal)


def _moment(goal: Goal) -> date:
    written = goal.figure["date"]
    return wording.moment(goal.figure["period"], date.fromisoformat(written) if written else None)
