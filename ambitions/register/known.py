"""What a programme has to compare a register with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from actors.models import Organisation, Representative
from ambitions.models import Ambition, Commitment, PlannedYear
from wijkaanpak.accounts.models import User
from wijkaanpak.neighbourhoods.models import Programme


@dataclass(frozen=True)
class Known:
    """Commitments by number, with `has_years` when their money is spread, and ambitions by number; partners by name in small letters; per partner its people by name in small letters."""

    commitments: dict[int, Commitment] = field(default_factory=dict)
    ambitions: dict[int, Ambition] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[int, dict[str, list[User]]] = field(default_factory=dict)


def of_programme(programme: Programme, *, by: User) -> Known:
    """Read it, as far as the user may see it. Four queries, beside those for the roles of the user."""
    promised = Commitment.objects.visible_to(by).filter(ambition__programme=programme)
    promised = promised.annotate(has_years=Exists(PlannedYear.objects.filter(commitment=OuterRef("pk"))))
    partners = Organisation.objects.in_programme(programme)
    return Known(
        commitments={row.pk: row for row in promised.select_related("ambition__theme", "organisation", "owner")},
        ambitions={row.number: row for row in Ambition.objects.visible_to(by).filter(programme=programme)},
        organisations={row.name.casefold(): row for row in partners},
        people=_people(Representative.objects.active().filter(organisation__in=partners, user__is_active=True).select_related("user")),
    )


def _people(rows: Iterable[Representative]) -> dict[int, dict[str, list[User]]]:
    found: dict[int, dict[str, list[User]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.organisation_id][row.user.name.casefold()].append(row.user)
    return found
