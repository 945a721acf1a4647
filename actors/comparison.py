"""Two to six organisations side by side, theme by theme: what each says, what they share, and where they clash."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from actors.models import Organisation, Perspective, SharedPoint, Tension
from wijkaanpak.neighbourhoods.models import Programme, Theme

FEWEST, MOST = 2, 6


@dataclass(frozen=True)
class Row:
    """One theme: the organisations in the order chosen, each with what it released last, or nothing."""

    theme: Theme
    cells: list[tuple[Organisation, Perspective | None]]
    shared: list[SharedPoint]
    tensions: list[Tension]

    @property
    def is_silent(self) -> bool:
        return not (self.shared or self.tensions or any(perspective for _organisation, perspective in self.cells))


def rows(programme: Programme, organisations: Sequence[Organisation], *, user: Any) -> list[Row]:
    """Return a row for every theme, about what the user may see. Six queries, however much was written."""
    released = Perspective.objects.visible_to(user).current().filter(programme=programme, organisation__in=organisations)
    said = {(one.organisation_id, one.theme_id): one for one in released.select_related("released_by")}
    shared = _by_theme(SharedPoint.objects.visible_to(user).in_force(), programme, organisations)
    tensions = _by_theme(Tension.objects.visible_to(user).urgent_first().select_related("owner"), programme, organisations)
    return [
        Row(theme, [(each, said.get((each.pk, theme.pk))) for each in organisations], shared[theme.pk], tensions[theme.pk])
        for theme in Theme.objects.all()
    ]


def _by_theme(found: Any, programme: Programme, organisations: Collection[Organisation]) -> dict[int, list]:
    """Sort what concerns two or more of the organisations by theme."""
    sorted_out: dict[int, list] = defaultdict(list)
    rows: Iterable = found.filter(programme=programme).between(organisations).prefetch_related("organisations")
    for row in rows:
        sorted_out[row.theme_id].append(row)
    return sorted_out
