"""Everything that asks for attention in a programme now: for the cockpit, and as points of an agenda."""

from collections.abc import Collection, Iterable
from datetime import date

from ambitions.models import Ambition, Commitment
from dashboards import attention, contradictions, exceptions, snoozing
from dashboards.choices import Attention
from dashboards.exceptions import Alarm
from residents.models import ResidentInput
from wijkaanpak.neighbourhoods.models import Programme

MOST = 30  # points of one kind on an agenda


def alarms(
    programme: Programme, commitments: Collection[Commitment], inputs: Iterable[ResidentInput], ambitions: Collection[Ambition], today: date, *,
    shared: bool = False,
) -> list[Alarm]:
    """Return what asks for attention, from rows that were read already and a dozen queries for the rest.

    Steps up are told of the promises given here; with `shared` contradictions hold nothing internal either.
    """
    slug, given = programme.slug, {row.pk for row in commitments}
    partners, stances = list(attention.participants(programme)), attention.stances(programme)
    steps = [step for step in attention.open_steps(programme) if step.commitment_id in given]
    return [
        *exceptions.of_steps(steps, slug=slug),
        *exceptions.of_commitments(commitments, slug=slug, steps=steps),
        *exceptions.of_waits(attention.waiting(programme, today, shared=shared), slug=slug),
        *exceptions.of_wishes(attention.wishes(programme, shared=shared), slug=slug),
        *exceptions.of_tensions(attention.tensions_due(programme, today), slug=slug),
        *exceptions.of_inputs(inputs, slug=slug, today=today),
        *contradictions.alarms(attention.reading(programme, today, shared=shared), today=today),
        *exceptions.decisions(ambitions, commitments, slug=slug, today=today),
        *exceptions.support_missing(ambitions, partners, stances, slug=slug, today=today),
        *exceptions.of_agreements(attention.agreements(programme, today), slug=slug, today=today),
        *exceptions.actions_late(attention.actions_late(programme, today), slug=slug, today=today),
        *exceptions.to_look_back_on(attention.decisions_due(programme, today), slug=slug),
    ]


def everything(programme: Programme, today: date, *, shared: bool = False) -> list[Alarm]:
    """Return all that asks for attention, what was put off as well; with `shared` what everybody in the programme may see."""
    promised = attention.open_commitments(programme)
    commitments, inputs, ambitions = promised.shared() if shared else promised, attention.open_inputs(programme), attention.ambitions_asked(programme)
    return alarms(programme, list(commitments), list(inputs), list(ambitions), today, shared=shared)


def now(programme: Programme, today: date) -> list[Alarm]:
    """Return what a meeting can do something about, the most urgent kind first and in it what waits longest.

    Everybody in the programme reads an agenda: what is internal is not on it, nor what waits for moderation, because
    nobody looked yet whether that names a person.
    """
    awake = snoozing.awake(everything(programme, today, shared=True), attention.snoozes(programme, today))
    found = [row for row in awake if row.kind != Attention.MODERATION]
    groups = exceptions.grouped(found, slug=programme.slug, shown=MOST)
    return [alarm for group in groups for alarm in group.rows]
