"""Who is asked in the name of an organisation. Every mail to one person of an organisation chooses here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from actors.models import Organisation, Representative
from wijkaanpak.accounts.models import User


def in_order(organisations: Iterable[Organisation | int]) -> dict[int, list[Representative]]:
    """Return who can be asked for each organisation, who is asked first on top: who is here before who is away, deputies last. One query."""
    rows = Representative.objects.active().filter(organisation__in=organisations, user__is_active=True)
    found: dict[int, list[Representative]] = defaultdict(list)
    for row in rows.select_related("organisation", "user").order_by("is_deputy", "pk"):
        found[row.organisation_id].append(row)
    for people in found.values():
        people.sort(key=lambda row: row.is_away)
    return found


def first(organisation: Organisation) -> Representative | None:
    """Who is asked first; somebody who is away only when nobody else speaks for it."""
    return next(iter(in_order([organisation])[organisation.pk]), None)


def in_place_of(user: User, people: Sequence[Representative]) -> Representative | None:
    """The person itself; while away the deputy, or else a colleague who is here; when gone whoever is asked first.

    `people` come from `in_order`. Who is away is asked all the same when nobody else can be.
    """
    own = next((row for row in people if row.user_id == user.pk), None)
    if own is None:
        return people[0] if people else None
    here = sorted((row for row in people if not row.is_away), key=lambda row: not row.is_deputy)
    return here[0] if own.is_away and here else own
