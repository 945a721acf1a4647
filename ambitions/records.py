"""What became of the promises of each organisation: counts, each with its list; no score and no ranking."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from actors.models import Organisation
from ambitions.choices import Verdict
from ambitions.models import Commitment

FIRST, LAST = "eerste", "laatste"  # which date one judges against, as an address says it
SIDES = {FIRST: "against_first", LAST: "against_last"}
BESIDE = {"verzet": "was_moved", "stil": "is_silent", "wacht": "is_held_up"}


@dataclass(frozen=True)
class Count:
    """How many promises have a verdict, against the first agreed date and against the last."""

    verdict: Verdict
    first: int
    last: int


@dataclass(frozen=True)
class Record:
    """The promises of an organisation, counted; `moved`, `silent` and `held_up` count promises that have a verdict as well."""

    organisation: Organisation
    total: int
    counts: Sequence[Count]
    moved: int
    silent: int
    held_up: int

    def count(self, verdict: Verdict) -> Count:
        return next(each for each in self.counts if each.verdict == verdict)

    @property
    def on_time(self) -> Count:
        return self.count(Verdict.ON_TIME)

    @property
    def too_late(self) -> Count:
        return self.count(Verdict.TOO_LATE)

    @property
    def not_kept(self) -> int:
        return self.count(Verdict.NOT_KEPT).first

    @property
    def dropped(self) -> int:
        return self.count(Verdict.DROPPED).first


def of_organisations(promises: Iterable[Commitment]) -> list[Record]:
    """Return a record per organisation that promised something, by name. Rows come from `with_verdict()` with their organisation."""
    made: dict[Organisation, list[Any]] = defaultdict(list)
    for promise in promises:
        made[promise.organisation].append(promise)
    return [of(organisation, rows) for organisation, rows in sorted(made.items(), key=lambda item: item[0].name)]


def of(organisation: Organisation, promises: Sequence[Any]) -> Record:
    counts = [
        Count(verdict, sum(row.against_first == verdict for row in promises), sum(row.against_last == verdict for row in promises)) for verdict in Verdict
    ]
    moved, silent, held_up = (sum(getattr(row, name) for row in promises) for name in ("was_moved", "is_silent", "is_held_up"))
    return Record(organisation, len(promises), counts, moved, silent, held_up)


def chosen(promises: Iterable[Any], *, date: str, outcome: str) -> list[Any] | None:
    """Return the promises behind a count; None when the address names no count."""
    if outcome in BESIDE:
        return [row for row in promises if getattr(row, BESIDE[outcome])]
    if outcome in Verdict.values and date in SIDES:
        return [row for row in promises if getattr(row, SIDES[date]) == outcome]
    return None
