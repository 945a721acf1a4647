"""How good a goal is, on four criteria, each by itself: never a score."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ambitions.choices import Criterion, Judgement
from ambitions.models import Goal, GoalCheck
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events


@dataclass(frozen=True)
class Judged:
    """A criterion with its judgement; `check` is None as long as nobody judged."""

    criterion: Criterion
    judgement: Judgement
    check: GoalCheck | None


def of_goal(goal: Goal) -> list[Judged]:
    """Return all four criteria in their order. One query, or none when the checks were fetched."""
    known = {check.criterion: check for check in goal.checks.all()}
    return [Judged(each, Judgement(known[each].judgement) if each in known else Judgement.NOT_YET, known.get(each)) for each in Criterion]


@transaction.atomic
def judge(goal: Goal, *, verdicts: Mapping[str, tuple[str, str]], by: User) -> int:
    """Record the judgement and reason per criterion; "not yet" takes one back. Returns how many changed.

    Raises ValidationError (code "no_reason").
    """
    Goal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
    if any(judgement != Judgement.NOT_YET and not reason.strip() for judgement, reason in verdicts.values()):
        raise ValidationError(_("Give a short reason with each yes or no."), code="no_reason")
    changed = [criterion for criterion, (judgement, reason) in verdicts.items() if _put(goal, criterion, judgement, reason.strip(), by)]
    if changed:
        said = {criterion: str(Judgement(verdicts[criterion][0]).label) for criterion in changed}
        events.record("goal.judged", about=goal.ambition, by=by, programme=goal.ambition.programme_id, new={"goal": goal.indicator.name, **said})
    return len(changed)


def _put(goal: Goal, criterion: str, judgement: str, reason: str, by: User) -> bool:
    present = goal.checks.filter(criterion=criterion)
    if judgement == Judgement.NOT_YET:
        return bool(present.delete()[0])
    if present.filter(judgement=judgement, reason=reason).exists():
        return False
    present.delete()
    GoalCheck.objects.create(goal=goal, criterion=Criterion(criterion), judgement=Judgement(judgement), reason=reason, judged_by=by)
    return True
