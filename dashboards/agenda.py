"""Everything that asks for attention in a programme now: for the cockpit, and as points of an agenda."""

from collections.abc import Iterable
from datetime import date

from ambitions.models import Ambition, Commitment
from dashboards import attention, contradictions, exceptions, snoozing
from dashboards.choices import Attention
from dashboards.exceptions import Alarm
from residents.models import ResidentInput
from wijkaanpak.neighbourhoods.models import Programme

MOST = 30  # points of one kind on an agenda


def alarms(
    programme: Programme, commitments: Iterable[Commitment], inputs: Iterable[ResidentInput], ambitions: Iterable[Ambition], today: date
) -> list[Alarm]:
    """Return what asks for attention, from rows that were read already and a dozen queries for the rest."""
    slug = programme.slug
    partners, stances, steps = list(attention.participants(programme)), attention.stances(programme), list(attention.open_steps(programme))
    return [
        *exceptions.of_steps(steps, slug=slug),
        *exceptions.of_commitments(commitments, slug=slug, steps=steps),
        *exceptions.of_inputs(inputs, slug=slug, today=today),
        *contradictions.alarms(attention.reading(programme, today), today=today),
        *exceptions.decisions(ambitions, commitments, slug=slug, today=today),
        *exceptions.support_missing(ambitions, partners, stances, slug=slug, today=today),
        *exceptions.actions_late(attention.actions_late(programme, today), slug=slug, today=today),
        *exceptions.to_look_back_on(attention.decisions_due(programme, today), slug=slug),
    ]


def everything(programme: Programme, today: date) -> list[Alarm]:
    """Return all that asks for attention, what was put off as well."""
    commitments, inputs, ambitions = attention.open_commitments(programme), attention.open_inputs(programme), attention.ambitions_asked(programme)
    return alarms(programme, list(commitments), list(inputs), list(ambitions), today)


def now(programme: Programme, today: date) -> list[Alarm]:
    """Return what a meeting can do something about, the most urgent kind first and in it what waits longest.

    What waits for moderation is not among it: nobody looked yet whether it names a person.
    """
    awake = snoozing.awake(everything(programme, today), attention.snoozes(programme, today))
    found = [row for row in awake if row.kind != Attention.MODERATION]
    groups = exceptions.grouped(found, slug=programme.slug, shown=MOST)
    return [alarm for group in groups for alarm in group.rows]
