"""The field of influence and interest: where people of the core team, each alone, see the partners; and where they differ."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from actors.choices import Approach, Degree
from actors.models import Organisation, Placement
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme

WIDE = 2  # steps of difference from which it is worth talking about


@dataclass(frozen=True)
class Spot:
    """Where an organisation stands, the mean of who placed it (1 to 5), and between which choices."""

    number: int
    organisation: Organisation
    placed_by: int
    influences: Sequence[int]
    interests: Sequence[int]

    @property
    def influence(self) -> float:
        return sum(self.influences) / self.placed_by

    @property
    def interest(self) -> float:
        return sum(self.interests) / self.placed_by

    @property
    def differs(self) -> bool:
        return any(max(chosen) - min(chosen) >= WIDE for chosen in (self.influences, self.interests))

    @property
    def approach(self) -> Approach:
        """What goes with its corner; the middle counts as much."""
        high = self.influence >= Degree.SOME, self.interest >= Degree.SOME
        return {
            (True, True): Approach.TOGETHER, (True, False): Approach.CONTENT, (False, True): Approach.INFORMED, (False, False): Approach.FOLLOW,
        }[high]  # fmt: skip

    @property
    def influence_middle(self) -> str:
        return nearest(self.influence)

    @property
    def interest_middle(self) -> str:
        return nearest(self.interest)

    @property
    def influence_words(self) -> str:
        return between(self.influences)

    @property
    def interest_words(self) -> str:
        return between(self.interests)


def nearest(value: float) -> str:
    """Say the degree nearest to a mean; half-way counts as the higher one."""
    return str(Degree(int(value + 0.5)).label)


def between(chosen: Sequence[int]) -> str:
    """Say one degree, or the lowest and the highest."""
    return " – ".join(str(Degree(value).label) for value in sorted({min(chosen), max(chosen)}))


def spots(programme: Programme, organisations: Sequence[Organisation]) -> list[Spot]:
    """Return those of these organisations that two people or more placed, in their order, numbered from one. One query."""
    found: dict[int, list[Placement]] = defaultdict(list)
    for row in Placement.objects.by_two().filter(programme=programme, organisation__in=organisations).order_by("pk"):
        found[row.organisation_id].append(row)
    placed = [(each, found[each.pk]) for each in organisations if each.pk in found]
    return [
        Spot(number, each, len(rows), [row.influence for row in rows], [row.interest for row in rows])
        for number, (each, rows) in enumerate(placed, start=1)
    ]


def own(programme: Programme, user: User) -> dict[int, Placement]:
    """Return what this person chose, by organisation."""
    return {row.organisation_id: row for row in Placement.objects.filter(programme=programme, by=user)}


@transaction.atomic
def place(programme: Programme, *, placed: Mapping[Organisation, tuple[int, int]], by: User) -> int:
    """Keep where a person sees these organisations, in place of what the person chose before; return how many.

    The log tells that it happened, never what was chosen: others would read it before they chose themselves.
    """
    now = timezone.now()
    rows = [
        Placement(programme=programme, organisation=each, by=by, influence=influence, interest=interest, placed_at=now)
        for each, (influence, interest) in placed.items()
    ]
    Placement.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["programme", "organisation", "by"], update_fields=["influence", "interest", "placed_at"]
    )
    if rows:
        events.record("field.placed", about=programme, by=by, programme=programme, new={"number": len(rows)})
    return len(rows)
