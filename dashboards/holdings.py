"""What one person has in hand in a programme, who can take it over, and giving it to somebody else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from actors import tensions
from actors.models import Representative, Tension
from ambitions import commitments
from ambitions.choices import CommitmentState
from ambitions.models import Commitment, Escalation
from dashboards import questions
from dashboards.choices import Holding
from dashboards.models import Action, Question
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods import members, year_clock
from wijkaanpak.neighbourhoods.models import Moment, Programme


@dataclass(frozen=True)
class Item:
    """One thing in hand; `takers` are the people who can take it over, by name; nobody, when none can."""

    kind: Holding
    row: Any
    what: str
    detail: str
    on: date
    url: str
    takers: list[User]

    @property
    def key(self) -> str:
        return f"{self.kind.value}-{self.row.pk}"


@dataclass(frozen=True)
class Takers:
    """Who can take over: everybody with a role, those who may be asked, and who speaks for which organisation."""

    members: list[User]
    asked: list[User]
    speakers: dict[int, list[User]]


def rows_of(programme: Programme, person: User) -> dict[Holding, QuerySet]:
    """Return what is open and belongs to a person, per kind. No query yet."""
    open_ones = Commitment.objects.filter(ambition__programme=programme, owner=person).exclude(state__in=CommitmentState.ended())
    steps = Escalation.objects.open().filter(person=person, commitment__ambition__programme=programme)
    return {
        Holding.COMMITMENT: open_ones.select_related("organisation", "ambition").order_by("due_on", "pk"),
        Holding.STEP: steps.select_related("commitment__ambition"),
        Holding.TENSION: Tension.objects.filter(programme=programme, owner=person).order_by("review_on", "pk"),
        Holding.QUESTION: Question.objects.unanswered().filter(programme=programme, asked_of=person).select_related("ambition", "theme"),
        Holding.ACTION: Action.objects.open().filter(programme=programme, owner=person),
        Holding.MOMENT: Moment.objects.current().filter(programme=programme, owner=person),
    }


def count(programme: Programme, person: User) -> int:
    """Return how many things a person has in hand. Six queries."""
    return sum(rows.count() for rows in rows_of(programme, person).values())


def items(programme: Programme, person: User) -> list[Item]:
    """Return everything a person has in hand, by kind and date. Nine queries, however much it is."""
    found = {kind: list(rows) for kind, rows in rows_of(programme, person).items()}
    takers = _takers(programme, person, {row.organisation_id for row in found[Holding.COMMITMENT]})
    return [ITEMS[kind](row, programme, takers) for kind, rows in found.items() for row in rows]


def _takers(programme: Programme, person: User, organisations: Iterable[int]) -> Takers:
    speaks = Representative.objects.active().filter(organisation__in=organisations, user__is_active=True).exclude(user=person)
    speakers: dict[int, list[User]] = {}
    for row in speaks.select_related("user").order_by("user__name", "pk"):
        speakers.setdefault(row.organisation_id, []).append(row.user)
    asked = questions.people(programme).exclude(pk=person.pk).order_by("name", "pk")
    return Takers(list(members.taking_part(programme).exclude(pk=person.pk)), list(asked), speakers)


def _commitment(row: Commitment, programme: Programme, takers: Takers) -> Item:
    url = reverse("ambitions:commitment_detail", args=[programme.slug, row.pk])
    return Item(Holding.COMMITMENT, row, row.what, row.organisation.name, row.due_on, url, takers.speakers.get(row.organisation_id, []))


def _step(row: Escalation, programme: Programme, takers: Takers) -> Item:
    url = reverse("ambitions:commitment_answer", args=[programme.slug, row.commitment_id])
    return Item(Holding.STEP, row, row.commitment.what, str(row.get_level_display()), row.answer_due_on, url, takers.members)


def _tension(row: Tension, programme: Programme, takers: Takers) -> Item:
    url = reverse("actors:tension_detail", args=[programme.slug, row.pk])
    return Item(Holding.TENSION, row, row.sentence, row.agreement or _("no agreement yet"), row.review_on, url, takers.members)


def _question(row: Question, programme: Programme, takers: Takers) -> Item:
    url = reverse("dashboards:question_detail", args=[programme.slug, row.pk])
    return Item(Holding.QUESTION, row, row.title, row.what, row.due_on, url, takers.asked)


def _action(row: Action, programme: Programme, takers: Takers) -> Item:
    url = reverse("dashboards:action_finish", args=[programme.slug, row.pk])
    return Item(Holding.ACTION, row, row.what, "", row.due_on, url, takers.asked)


def _moment(row: Moment, programme: Programme, takers: Takers) -> Item:
    next_on = year_clock.next_on(row)
    return Item(Holding.MOMENT, row, row.what, row.explanation, next_on, reverse("dashboards:year_clock", args=[programme.slug]), takers.members)


ITEMS: dict[Holding, Callable[..., Item]] = {
    Holding.COMMITMENT: _commitment, Holding.STEP: _step, Holding.TENSION: _tension, Holding.QUESTION: _question, Holding.ACTION: _action,
    Holding.MOMENT: _moment,
}  # fmt: skip


def give(item: Item, *, to: User, by: User) -> None:
    """Let somebody else answer for it from now on; the log of the thing itself tells it. What a domain refuses, it refuses here."""
    if item.kind == Holding.COMMITMENT:
        commitments.edit(item.row, owner=to, by=by, tells=False)  # each successor gets one mail about everything
    elif item.kind == Holding.TENSION:
        tensions.change(item.row, owner=to, by=by)
    elif item.kind == Holding.MOMENT:
        year_clock.change(item.row, owner=to, by=by)
    else:
        _reassign(item, to, by)


PERSON = {Holding.STEP: "person", Holding.QUESTION: "asked_of", Holding.ACTION: "owner"}


def _reassign(item: Item, to: User, by: User) -> None:
    field = PERSON[item.kind]
    locked = type(item.row).objects.select_for_update(of=("self",)).get(pk=item.row.pk)
    if getattr(locked, field) == to:
        return  # a step that followed the new owner of its commitment
    old = getattr(locked, field).name
    setattr(locked, field, to)
    locked.save(update_fields=[field])
    about = item.row.commitment if item.kind == Holding.STEP else locked
    programme = item.row.commitment.ambition.programme_id if item.kind == Holding.STEP else locked.programme_id
    events.record(f"{item.kind.value}.handed_over", about=about, by=by, programme=programme, name=item.what, old={"person": old}, new={"person": to.name})
