"""The chain of account behind an input: the ambition, who promised what for it, and the figures it should change."""

from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.translation import ngettext

from ambitions.choices import CommitmentState
from ambitions.models import Ambition, Commitment, Goal
from residents.models import Answer, InputLink, ResidentInput

MOST = 5


@dataclass
class Link:
    """One ambition with its public promises (with signal and latest word) and headline goals."""

    ambition: Ambition
    commitments: list[Commitment] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)


def of(resident_input: ResidentInput, answer: Answer | None) -> list[Link]:
    """Return what everybody may see of the chain, in four queries at most.

    An ambition shows the promises the input is linked to; without such, its promises in force, five at most.
    """
    links = list(resident_input.links.select_related("commitment"))
    promised = {link.commitment_id for link in links if link.commitment_id}
    wanted = {link.commitment.ambition_id if link.commitment else link.ambition_id for link in links}
    wanted.add(answer.ambition_id if answer else None)
    return _filled(wanted - {None}, promised) if wanted != {None} else []


def _filled(wanted: set, promised: set) -> list[Link]:
    goals = Prefetch("goals", queryset=Goal.objects.select_related("indicator"))
    ambitions = Ambition.objects.public().filter(pk__in=wanted).prefetch_related(goals)
    found = {ambition.pk: Link(ambition, goals=list(ambition.goals.all())) for ambition in ambitions}
    public = Commitment.objects.public().filter(ambition__in=found)
    for commitment in public.with_signal().select_related("organisation").order_by("due_on"):
        found[commitment.ambition_id].commitments.append(commitment)
    for link in found.values():
        own = [commitment for commitment in link.commitments if commitment.pk in promised]
        link.commitments = own or [one for one in link.commitments if one.state in CommitmentState.in_force()][:MOST]
    return list(found.values())


def touched(commitment: Commitment) -> list[str]:
    """Return what residents said that hangs on a promise, for who considers to withdraw it. One query."""
    count = InputLink.objects.filter(commitment=commitment).values("input").distinct().count()
    sentence = ngettext(
        "What %(count)s resident said is linked to it: this is what is done with it.", "What %(count)s residents said is linked to it: this is what is done with it.", count
    )
    return [sentence % {"count": count}] if count else []
