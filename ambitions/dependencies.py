"""Which commitment waits for which: no circles, and what is late or gone shows with whoever waits."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambitions.choices import CommitmentState, Hold, Visibility
from ambitions.models import Commitment, CommitmentQuerySet, Dependency, DependencyQuerySet
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme


@dataclass(frozen=True)
class Wait:
    """One commitment that waits for another, how that stands, and since when it holds up; `since` is empty while nothing is wrong."""

    dependency: Dependency
    hold: Hold
    since: date | None
    days: int

    @property
    def words(self) -> str:
        if self.hold == Hold.LATE:
            return ngettext("%(days)s day too late", "%(days)s days too late", self.days) % {"days": self.days}
        if self.hold == Hold.GONE:
            state = self.dependency.on.get_state_display()
            return ngettext("%(state)s, %(days)s day ago", "%(state)s, %(days)s days ago", self.days) % {"state": state, "days": self.days}
        return str(self.hold.label)


@transaction.atomic
def add(commitment: Commitment, *, on: Commitment, by: User, why: str = "") -> Dependency:
    """Let one commitment wait for another. The programme is locked: two people together cannot close a circle.

    Raises ValidationError (codes "itself", "other_programme", "ended", "waits_already", "circle").
    """
    programme = Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=commitment.ambition.programme_id)
    rows = Commitment.objects.select_related("ambition", "organisation").in_bulk([commitment.pk, on.pk])
    waiting, awaited = rows[commitment.pk], rows[on.pk]
    _check(waiting, awaited, edges_of(programme))
    made = Dependency.objects.create(commitment=waiting, on=awaited, why=why.strip(), created_by=by)
    new = {"on": name_of(awaited), **({"why": made.why} if made.why else {})}
    events.record("commitment.waits", about=waiting, by=by, programme=programme, new=new)
    return made


@transaction.atomic
def remove(dependency: Dependency, *, by: User) -> None:
    """Take it away; a second press changes nothing."""
    rows = Dependency.objects.select_for_update(of=("self",)).select_related("commitment__ambition", "on__organisation")
    found = rows.filter(pk=dependency.pk).first()
    if found:
        events.record(
            "commitment.waits_no_more", about=found.commitment, by=by, programme=found.commitment.ambition.programme_id, old={"on": name_of(found.on)}
        )
        found.delete()


def edges_of(programme: Programme) -> list[tuple[int, int]]:
    """Return (commitment that waits, commitment it waits for) for a whole programme."""
    return list(Dependency.objects.in_programme(programme).values_list("commitment_id", "on_id"))


def closes_circle(edges: Iterable[tuple[int, int]], waiting: int, awaited: int) -> bool:
    """Whether what is waited for waits, directly or through others, for the one that would wait. Pure."""
    after: dict[int, list[int]] = defaultdict(list)
    for one, other in edges:
        after[one].append(other)
    seen, to_see = set[int](), [awaited]
    while to_see:
        present = to_see.pop()
        if present == waiting:
            return True
        if present not in seen:
            seen.add(present)
            to_see += after[present]
    return False


def _check(waiting: Commitment, awaited: Commitment, edges: Collection[tuple[int, int]]) -> None:
    if waiting.pk == awaited.pk:
        raise ValidationError(_("A commitment cannot wait for itself."), code="itself")
    if waiting.ambition.programme_id != awaited.ambition.programme_id:
        raise ValidationError(_("Choose a commitment of the same programme."), code="other_programme")
    if waiting.is_ended:
        raise ValidationError(_("This commitment has ended, so it waits for nothing."), code="ended")
    if (waiting.pk, awaited.pk) in edges:
        raise ValidationError(_("It waits for this commitment already."), code="waits_already")
    if closes_circle(edges, waiting.pk, awaited.pk):
        raise ValidationError(_("That commitment waits for this one, directly or through others. They would wait for each other for ever."), code="circle")


def name_of(commitment: Commitment) -> str:
    """What the log may say: everybody in the programme reads it. Needs the organisation."""
    if commitment.visibility == Visibility.INTERNAL:
        return _("an internal commitment of %(organisation)s") % {"organisation": commitment.organisation}
    return f"{commitment.what} ({commitment.organisation})"


def possible(commitment: Commitment, user: User) -> CommitmentQuerySet:
    """What a commitment could wait for, as far as the user sees it: not ended, not itself, and not chosen yet."""
    rows = Commitment.objects.visible_to(user).filter(ambition__programme=commitment.ambition.programme_id)
    rows = rows.exclude(state__in=CommitmentState.ended()).exclude(pk=commitment.pk).exclude(awaited_by__commitment=commitment)
    return rows.select_related("organisation").order_by("organisation__name", "due_on", "pk")


def waits(rows: DependencyQuerySet, today: date | None = None) -> list[Wait]:
    """Return how each stands, what holds up longest first. One query."""
    today = today or timezone.localdate()
    found = [_wait(row, today) for row in rows.with_ends()]
    return sorted(found, key=lambda wait: (list(Hold).index(wait.hold) > 1, wait.since or date.max))


def _wait(row: Dependency, today: date) -> Wait:
    hold = row.hold_on(today)
    since = row.on.due_on if hold == Hold.LATE else _ended_on(row.on) if hold == Hold.GONE else None
    return Wait(row, hold, since, (today - since).days if since else 0)


def _ended_on(commitment: Commitment) -> date | None:
    return timezone.localtime(commitment.ended_at).date() if commitment.ended_at else None


def touched(commitment: Commitment) -> list[str]:
    """Return what waits for a promise, for who considers to withdraw it; what is internal is counted. One query."""
    rows = list(Dependency.objects.filter(on=commitment).running().with_ends())
    shared = [row.commitment for row in rows if _may_be_named(row.commitment, commitment)]
    named = [_("“%(what)s” of %(organisation)s waits for it.") % {"what": one.what, "organisation": one.organisation} for one in shared]
    hidden = len(rows) - len(shared)
    counted = ngettext("%(count)s internal commitment of another organisation waits for it.", "%(count)s internal commitments of other organisations wait for it.", hidden)
    return [*named, counted % {"count": hidden}] if hidden else named


def _may_be_named(waiting: Commitment, reader_of: Commitment) -> bool:
    return waiting.visibility != Visibility.INTERNAL or waiting.organisation_id == reader_of.organisation_id
