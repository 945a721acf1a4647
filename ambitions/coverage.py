"""Who covers which theme (P5), and where nobody or only one does; about what the reader may see.

A cell says up to two things: whether the own goal of the organisation goes with the theme or clashes, and what was promised.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors import tensions
from actors.models import Organisation, Perspective, Tension
from ambitions.choices import AmbitionState, CommitmentState, OwnGoal, Stance
from ambitions.models import Ambition, Commitment, Support
from wijkaanpak.neighbourhoods.models import Membership, Programme, Theme

PROMISED = [*CommitmentState.standing(), CommitmentState.NOT_KEPT]
ENOUGH = 2  # an ambition that hangs on one organisation falls with it
NAMED = 3  # so many names in a sentence


@dataclass(frozen=True)
class Cell:
    """What one organisation has to do with one theme; `committed` counts promises that were agreed, kept or not."""

    own_goal: OwnGoal | None = None
    committed: int = 0
    kept: int = 0
    is_relevant: bool = False

    @property
    def signs(self) -> list[tuple[str, str]]:
        """Return (shape of the badge, words); empty when the organisation was not asked."""
        goal = [(self.own_goal.shape, str(self.own_goal.label))] if self.own_goal else []
        if self.committed:
            return [*goal, ("info", _promised(self.committed, self.kept))]
        return [*goal, ("warning", _("nothing promised"))] if self.is_relevant else []


@dataclass(frozen=True)
class Gap:
    """An ambition to which no organisation, or only one, is committed; with who acts and what comes next."""

    ambition: Ambition
    committed: list[str]
    owners: list[str]
    next_step: str


@dataclass(frozen=True)
class Known:
    """Everything the matrix rests on, read in one go. Pairs are (organisation, theme)."""

    themes: list[Theme]
    organisations: list[Organisation]
    ambitions: list[Ambition]
    goals: dict[tuple[int, int], bool]  # who released a perspective, and whether it names a goal
    stances: dict[tuple[int, int], set[str]]
    promises: list[dict[str, Any]]  # organisation, theme, ambition, and how many of them are standing, promised, kept, proposed
    tensions: list[Tension]
    coordinators: list[str]


def read(programme: Programme, user: Any) -> Known:
    """Read what the user may see. Nine queries, however many themes and organisations there are."""
    released = Perspective.objects.visible_to(user).current().filter(programme=programme).order_by()
    given = Support.objects.current().filter(ambition__programme=programme).order_by().values_list("organisation_id", "ambition__theme_id", "stance")
    stances: dict[tuple[int, int], set[str]] = defaultdict(set)
    for organisation, theme, stance in given:
        stances[(organisation, theme)].add(stance)
    watched = Tension.objects.visible_to(user).filter(programme=programme).with_owner_here().urgent_first()
    live = Ambition.objects.visible_to(user).filter(programme=programme, state__in=[AmbitionState.ADOPTED, AmbitionState.CONSULTATION])
    steering = Membership.objects.steering().filter(programme=programme)
    return Known(
        themes=list(Theme.objects.all()), organisations=list(Organisation.objects.in_programme(programme)), ambitions=list(live.select_related("theme")),
        goals={(organisation, theme): goals != "" for organisation, theme, goals in released.values_list("organisation_id", "theme_id", "goals")},
        stances=stances, promises=_promises(programme, user),
        tensions=list(watched.select_related("theme", "owner").prefetch_related("organisations")),
        coordinators=list(steering.order_by("user__name").values_list("user__name", flat=True).distinct()),
    )  # fmt: skip


def _promises(programme: Programme, user: Any) -> list[dict[str, Any]]:
    visible = Commitment.objects.visible_to(user).filter(ambition__programme=programme).order_by()
    counted = visible.values("organisation_id", "ambition_id", theme_id=F("ambition__theme_id")).annotate(
        promised=_count(PROMISED), standing=_count(CommitmentState.standing()), kept=_count([CommitmentState.KEPT]), proposed=_count([CommitmentState.PROPOSED])
    )
    return list(counted)


def _count(states: Sequence[str]) -> Count:
    return Count("pk", filter=Q(state__in=states))


def matrix(known: Known) -> list[tuple[Organisation, list[tuple[Theme, Cell]]]]:
    """Return a row per organisation with a cell per theme, both in their usual order."""
    promised: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for row in known.promises:
        counted = promised[(row["organisation_id"], row["theme_id"])]
        counted[0] += row["promised"]
        counted[1] += row["kept"]
    clashing = {pair for tension in known.tensions if tension.is_open for pair in _pairs(tension)}
    named = {pair for tension in known.tensions for pair in _pairs(tension)}
    return [
        (organisation, [(theme, _cell(known, (organisation.pk, theme.pk), promised, clashing, named)) for theme in known.themes])
        for organisation in known.organisations
    ]


def _pairs(tension: Tension) -> list[tuple[int, int]]:
    return [(organisation.pk, tension.theme_id) for organisation in tension.organisations.all()]


def _cell(known: Known, pair: tuple[int, int], promised: dict, clashing: set, named: set) -> Cell:
    committed, kept = promised.get(pair, (0, 0))
    spoke = pair in known.goals or pair in known.stances or pair in named
    own = OwnGoal.CONFLICTS if pair in clashing else _supporting(known, pair)
    return Cell(own, committed, kept, is_relevant=spoke)


def _supporting(known: Known, pair: tuple[int, int]) -> OwnGoal | None:
    """A goal of its own, and no ambition of the theme that the organisation does not support."""
    return OwnGoal.SUPPORTS if known.goals.get(pair) and Stance.AGAINST not in known.stances.get(pair, ()) else None


def totals(known: Known) -> list[tuple[Theme, str, str]]:
    """Return (theme, shape, words) per theme: how many of the partners promised something that stands."""
    here = {organisation.pk for organisation in known.organisations}
    by_theme: dict[int, set[int]] = defaultdict(set)
    for row in known.promises:
        if row["standing"] and row["organisation_id"] in here:
            by_theme[row["theme_id"]].add(row["organisation_id"])
    return [(theme, *_total(len(by_theme[theme.pk]))) for theme in known.themes]


def _total(number: int) -> tuple[str, str]:
    if number == 0:
        return "danger", _("nobody")
    words = ngettext("%(number)s partner", "%(number)s partners", number) % {"number": number}
    return ("warning" if number < ENOUGH else "safe"), words


def gaps(known: Known) -> list[Gap]:
    """Return the ambitions with no or only one committed organisation, those with none first."""
    names = {organisation.pk: organisation.name for organisation in known.organisations}
    found = []
    for ambition in known.ambitions:
        about = [row for row in known.promises if row["ambition_id"] == ambition.pk and row["organisation_id"] in names]
        committed = _names(names, (row for row in about if row["standing"]))
        if len(committed) < ENOUGH:
            found.append(Gap(ambition, committed, known.coordinators, _next_step(known, ambition, about, names)))
    return sorted(found, key=lambda gap: len(gap.committed))


def _names(names: dict[int, str], rows: Iterable[dict[str, Any]]) -> list[str]:
    return sorted({names[row["organisation_id"]] for row in rows})


def _next_step(known: Known, ambition: Ambition, about: list[dict[str, Any]], names: dict[int, str]) -> str:
    proposed = _names(names, (row for row in about if row["proposed"]))
    if proposed:
        return _("Decide about the proposal of %(organisations)s.") % {"organisations": _listed(proposed)}
    busy = {row["organisation_id"] for row in about if row["standing"]}
    willing = sorted(name for pk, name in names.items() if pk not in busy and _is_near(known, (pk, ambition.theme_id)))
    if willing:
        return _("Ask for a promise: %(organisations)s spoke about this theme.") % {"organisations": _listed(willing)}
    return _("Ask the partners how they see this theme: nobody else spoke about it yet.")


def _is_near(known: Known, pair: tuple[int, int]) -> bool:
    return pair in known.goals or bool(known.stances.get(pair, set()) - {Stance.AGAINST})


def _listed(names: list[str]) -> str:
    more = len(names) - NAMED
    shown = ", ".join(names[:NAMED])
    return ngettext("%(names)s and %(number)s other", "%(names)s and %(number)s others", more) % {"names": shown, "number": more} if more > 0 else shown


def watched(known: Known) -> list[tuple[Tension, str]]:
    """Return the open tensions and those whose day of review has come, each with the next step."""
    return [(tension, tensions.next_step(tension)) for tension in known.tensions if tension.is_open or tension.is_due]


def _promised(committed: int, kept: int) -> str:
    if not kept:
        return _("%(number)s promised") % {"number": committed}
    return _("%(number)s promised, %(kept)s kept") % {"number": committed, "kept": kept}
