"""What must still enter the bid of a corporation or the performance agreements, per organisation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from actors.choices import OrganisationKind
from actors.models import Organisation
from ambitions.choices import CommitmentState, FormalBasis
from ambitions.models import Commitment
from wijkaanpak.neighbourhoods.models import Programme

BID, SIGNED = (7, 1), (12, 15)  # Housing Act: the bid before 1 July, the performance agreements before 15 December


@dataclass(frozen=True)
class Wanted:
    """What one organisation must bring in; `bids` says that it is a corporation, which makes the bid itself."""

    organisation: Organisation
    commitments: list[Any]

    @property
    def bids(self) -> bool:
        return self.organisation.kind == OrganisationKind.HOUSING


@dataclass(frozen=True)
class Round:
    """A year that is agreed about: its bid and its performance agreements fall in the year before."""

    year: int

    @property
    def bid_before(self) -> date:
        return date(self.year - 1, *BID)

    @property
    def signed_before(self) -> date:
        return date(self.year - 1, *SIGNED)

    def is_bid_over(self, today: date) -> bool:
        return today >= self.bid_before


def round_of(today: date) -> Round:
    """Return the year that is agreed about now: next year until the agreements are signed, then the year after."""
    return Round(today.year + (1 if today < date(today.year, *SIGNED) else 2))


def to_bring_in(programme: Programme, user: Any, year: int) -> QuerySet[Commitment]:
    """Open commitments without a formal basis, and those to be laid down in performance agreements that run in the year."""
    runs = Q(starts_on__year__lte=year, due_on__year__gte=year)
    wanted = Q(formal_basis=FormalBasis.NONE) | (Q(formal_basis=FormalBasis.PERFORMANCE) & runs)
    rows = Commitment.objects.visible_to(user).filter(wanted, ambition__programme=programme).exclude(state__in=CommitmentState.ended())
    return rows.select_related("organisation", "ambition").order_by("organisation__name", "due_on", "pk")


def by_organisation(rows: Iterable[Commitment]) -> list[Wanted]:
    """Return the commitments per organisation, corporations first."""
    found: dict[Organisation, list[Commitment]] = {}
    for row in rows:
        found.setdefault(row.organisation, []).append(row)
    wanted = [Wanted(organisation, commitments) for organisation, commitments in found.items()]
    return sorted(wanted, key=lambda row: (not row.bids, row.organisation.name))
