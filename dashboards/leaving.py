"""What would be lost if an organisation left: only looked at, nothing is written."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from actors.models import Organisation
from ambitions import dependencies, money
from ambitions.choices import AmbitionState, CommitmentState
from ambitions.dependencies import Wait
from ambitions.models import Ambition, Commitment, Dependency, DependencyQuerySet
from dashboards.choices import Cover
from residents.choices import InputState
from residents.models import InputLink, ResidentInput
from wijkaanpak.neighbourhoods.models import Programme


@dataclass(frozen=True)
class Loss:
    """An ambition that loses cover: who remains, and how that is called."""

    ambition: Ambition
    remaining: list[str]
    cover: Cover


@dataclass(frozen=True)
class Voices:
    """A running promise that was said to be what is done with what residents said: how many, and which inputs."""

    commitment: Commitment
    inputs: list[int]


@dataclass(frozen=True)
class Exit:
    """Everything that would go with an organisation; each list may be empty."""

    organisation: Organisation
    promises: list[Commitment]
    losses: list[Loss]
    waits: list[Wait]
    voices: list[Voices]
    to_answer: int
    euro: money.Table
    hours: money.Table

    @property
    def is_empty(self) -> bool:
        return not (self.promises or self.losses or self.voices or self.to_answer)


def simulate(programme: Programme, organisation: Organisation) -> Exit:
    """Look what would go with an organisation of a programme. Seven queries, however much that is."""
    running = Commitment.objects.in_force().filter(ambition__programme=programme, organisation=organisation)
    promises = money.counted(running.with_signal())
    return Exit(
        organisation, promises, losses(programme, organisation), dependencies.waits(broken(organisation, programme)), voices(promises),
        to_answer=ResidentInput.objects.filter(programme=programme, organisation=organisation, state=InputState.PUBLISHED, answered_at=None).count(),
        euro=money.table(money.parts(promises, money.EURO)), hours=money.table(money.parts(promises, money.HOURS)),
    )  # fmt: skip


def losses(programme: Programme, organisation: Organisation) -> list[Loss]:
    """Return the ambitions that would hang on nobody or on one organisation, those without anybody first. Two queries.

    Counted as in the matrix of who covers what: promises that stand, of partners that take part now.
    """
    live = Ambition.objects.filter(programme=programme, state__in=[AmbitionState.ADOPTED, AmbitionState.CONSULTATION]).select_related("theme")
    here = Organisation.objects.in_programme(programme).values("pk")
    standing = Commitment.objects.filter(ambition__programme=programme, state__in=CommitmentState.standing(), organisation__in=here).order_by()
    committed: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for ambition, pk, name in standing.values_list("ambition_id", "organisation_id", "organisation__name").distinct():
        committed[ambition].add((pk, name))
    own = (organisation.pk, organisation.name)
    found = [_loss(ambition, committed[ambition.pk] - {own}) for ambition in live if own in committed[ambition.pk]]
    return sorted((loss for loss in found if loss.cover != Cover.ENOUGH), key=lambda loss: (len(loss.remaining), loss.ambition.number))


def _loss(ambition: Ambition, others: Iterable[tuple[int, str]]) -> Loss:
    names = sorted(name for _pk, name in others)
    return Loss(ambition, names, Cover.NONE if not names else Cover.ONE if len(names) == 1 else Cover.ENOUGH)


def broken(organisation: Organisation, programme: Programme) -> DependencyQuerySet:
    """Running promises of others that wait for something of this organisation that is not done."""
    ties = Dependency.objects.in_programme(programme).running().filter(on__organisation=organisation)
    return ties.exclude(commitment__organisation=organisation).exclude(on__state__in=CommitmentState.ended())


def voices(promises: Iterable[Commitment]) -> list[Voices]:
    """Return per promise the numbers of the inputs that are linked to it. One query."""
    by_pk = {promise.pk: promise for promise in promises}
    found: dict[int, list[int]] = defaultdict(list)
    linked = InputLink.objects.filter(commitment__in=by_pk).order_by("input_id").values_list("commitment_id", "input_id")
    for promise, said in linked.distinct():
        found[promise].append(said)
    return [Voices(promise, found[pk]) for pk, promise in by_pk.items() if found[pk]]
