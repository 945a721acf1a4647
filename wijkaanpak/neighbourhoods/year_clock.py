"""The year clock: moments that come back every year, who sees to them, and what is done this year."""

from calendar import isleap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods import members
from wijkaanpak.neighbourhoods.choices import MomentKind
from wijkaanpak.neighbourhoods.models import Moment, MomentDone, Programme

FIELDS = {"kind", "what", "explanation", "month", "day", "is_before", "only_in", "weeks_ahead", "owner"}
STAYS_OPEN = timedelta(days=60)  # so long a moment that was not ticked stays in the cockpit
LEAP_YEAR = 2024  # every day of any year exists in it

PROPOSED: list[dict[str, Any]] = [
    {"kind": MomentKind.OWN, "what": gettext_lazy("Core team plans the year"), "month": 1, "day": 15, "weeks_ahead": 3},
    {
        "kind": MomentKind.DATA, "what": gettext_lazy("Police figures of the past year"), "month": 2, "day": 1, "weeks_ahead": 2,
        "explanation": gettext_lazy("The monthly figures of the whole past year are then complete."),
    },
    {
        "kind": MomentKind.OWN, "what": gettext_lazy("Organisations confirm their commitments"), "month": 3, "day": 1, "weeks_ahead": 6,
        "explanation": gettext_lazy("Once a year each organisation says whether it stands by what it promised."),
    },
    {"kind": MomentKind.OWN, "what": gettext_lazy("Steering group in spring"), "month": 4, "day": 15, "weeks_ahead": 4},
    {
        "kind": MomentKind.BUDGET, "what": gettext_lazy("Spring memorandum"), "month": 6, "day": 1, "weeks_ahead": 10,
        "explanation": gettext_lazy("Here the council chooses where next year's money goes. The day differs per municipality."),
    },
    {
        "kind": MomentKind.BID, "what": gettext_lazy("Bid of the housing corporation"), "month": 7, "day": 1, "is_before": True, "weeks_ahead": 12,
        "explanation": gettext_lazy("Housing Act: before 1 July the corporation tells the municipality what it will do next year."),
    },
    {
        "kind": MomentKind.BUDGET, "what": gettext_lazy("Annual accounts to the province"), "month": 7, "day": 15, "is_before": True, "weeks_ahead": 8,
        "explanation": gettext_lazy("Municipalities Act: adopted and sent before 15 July."),
    },
    {
        "kind": MomentKind.DATA, "what": gettext_lazy("Key figures of Statistics Netherlands"), "month": 8, "day": 1, "weeks_ahead": 2,
        "explanation": gettext_lazy("The first edition usually appears in summer; later editions add figures."),
    },
    {"kind": MomentKind.OWN, "what": gettext_lazy("Steering group in autumn"), "month": 10, "day": 1, "weeks_ahead": 4},
    {
        "kind": MomentKind.DATA, "what": gettext_lazy("Leefbaarometer"), "month": 11, "day": 1, "weeks_ahead": 2,
        "explanation": gettext_lazy("A new measurement appears about once in two years; look whether there is one."),
    },
    {
        "kind": MomentKind.BUDGET, "what": gettext_lazy("Budget to the province"), "month": 11, "day": 15, "is_before": True, "weeks_ahead": 10,
        "explanation": gettext_lazy("Municipalities Act: adopted and sent before 15 November."),
    },
    {
        "kind": MomentKind.PERFORMANCE, "what": gettext_lazy("Performance agreements"), "month": 12, "day": 15, "is_before": True, "weeks_ahead": 12,
        "explanation": gettext_lazy("Housing Act: municipality, corporation and tenants sign before 15 December what happens next year."),
    },
]  # fmt: skip


@dataclass(frozen=True)
class Occurrence:
    """A moment in one year; `done` is its tick, None while it is not ticked."""

    moment: Moment
    on: date
    done: MomentDone | None

    @property
    def year(self) -> int:
        return self.on.year

    @property
    def last_day(self) -> date:
        """The last day on which it is in time: the day before for what must be done before a day."""
        return self.on - timedelta(days=1) if self.moment.is_before else self.on

    @property
    def day_text(self) -> str:
        return _("before %(day)s") % {"day": date_format(self.on, "j F Y")} if self.moment.is_before else date_format(self.on, "j F Y")

    def is_near(self, today: date) -> bool:
        """Whether it is time to prepare: from so many weeks ahead, and for two months afterwards when it is not ticked."""
        opens = self.on - timedelta(weeks=self.moment.weeks_ahead)
        return self.done is None and opens <= today <= self.last_day + STAYS_OPEN

    def is_past(self, today: date) -> bool:
        return self.last_day < today


def moments(programme: Programme) -> QuerySet[Moment]:
    """The moments of a programme that come back, with who sees to them and the ticks. Two queries."""
    return with_ticks(Moment.objects.current().filter(programme=programme))


def with_ticks(found: QuerySet[Moment]) -> QuerySet[Moment]:
    """Add the ticks, which `occurrences` needs, and who sees to them. One query more."""
    ticks = Prefetch("done", MomentDone.objects.select_related("by"), to_attr="ticks")
    return found.select_related("owner", "programme").prefetch_related(ticks)


def on_in(moment: Moment, year: int) -> date | None:
    """Return the day of a moment in a year; 29 February is the 28th in other years. None in a year it does not belong to."""
    if moment.only_in and moment.only_in != year:
        return None
    day = 28 if (moment.month, moment.day) == (2, 29) and not isleap(year) else moment.day
    return date(year, moment.month, day)


def next_on(moment: Moment, today: date | None = None) -> date:
    """Return the next day of a moment; for a moment of one year that is over, that day."""
    today = today or timezone.localdate()
    days = [on_in(moment, year) for year in (today.year, today.year + 1)]
    return next((day for day in days if day and day >= today), None) or date(moment.only_in or today.year, moment.month, min(moment.day, 28))


def occurrences(found: Iterable[Moment], years: Sequence[int]) -> list[Occurrence]:
    """Return every moment in these years, by date; what was only added afterwards is not counted as missed. Needs `ticks`."""
    rows = []
    for moment in found:
        ticks = {tick.year: tick for tick in moment.ticks}  # type: ignore[attr-defined]
        days = [day for year in years if (day := on_in(moment, year))]
        rows += [Occurrence(moment, day, ticks.get(day.year)) for day in days if day >= moment.added_on or day.year in ticks]
    return sorted(rows, key=lambda row: (row.on, row.moment.pk))


def coming(found: Iterable[Moment], today: date) -> list[Occurrence]:
    """Return what comes in the next twelve months, from today; each moment once."""
    rows, until = occurrences(found, [today.year, today.year + 1]), (today.year + 1, today.month, today.day)
    return [row for row in rows if today <= row.last_day and (row.last_day.year, row.last_day.month, row.last_day.day) < until]


def near(programme: Programme, today: date) -> list[Occurrence]:
    """Return what it is time for, the earliest first. Two queries."""
    return [row for row in occurrences(moments(programme), [today.year - 1, today.year, today.year + 1]) if row.is_near(today)]


@transaction.atomic
def propose(programme: Programme, *, by: User) -> int:
    """Put the usual moments of a Dutch year on the clock, those that are not there yet; return how many."""
    known = set(Moment.objects.current().filter(programme=programme).values_list("what", flat=True))
    wanted = [{**row, "what": str(row["what"]), "explanation": str(row.get("explanation", ""))} for row in PROPOSED]
    missing = [row for row in wanted if row["what"] not in known]
    for row in missing:
        add(programme, owner=by, by=by, **row)
    return len(missing)


@transaction.atomic
def add(programme: Programme, *, by: User, **values: Any) -> Moment:
    """Put a moment on the clock. Raises ValidationError (codes "not_here", "no_such_day")."""
    moment = Moment(programme=programme, **_known(values))
    _check(moment)
    moment.save()
    events.record("moment.added", about=moment, by=by, programme=programme, new=_plain(moment))
    return moment


@transaction.atomic
def change(moment: Moment, *, by: User, **values: Any) -> Moment:
    """Change a moment from now on; ticks of earlier years stay. Raises ValidationError (codes of `add`)."""
    locked = Moment.objects.select_for_update(of=("self",)).select_related("programme", "owner").get(pk=moment.pk)
    before, was = _plain(locked), {name: getattr(locked, name) for name in _known(values)}
    for name, value in values.items():
        setattr(locked, name, value)
    if was != values:
        _check(locked)
        locked.save()
        events.record("moment.changed", about=locked, by=by, programme=locked.programme_id, old=before, new=_plain(locked))
    return locked


@transaction.atomic
def take_off(moment: Moment, *, by: User) -> None:
    """Let a moment no longer come back; what was ticked stays readable. A second press changes nothing."""
    if Moment.objects.current().filter(pk=moment.pk).update(ended_at=timezone.now()):
        events.record("moment.taken_off", about=moment, by=by, programme=moment.programme_id)


@transaction.atomic
def tick(moment: Moment, *, year: int, by: User, done_on: date | None = None) -> MomentDone:
    """Say that a moment was done in a year. Raises ValidationError (codes "no_such_year", "future")."""
    today = timezone.localdate()
    if on_in(moment, year) is None or abs(year - today.year) > 1:
        raise ValidationError(_("This moment does not belong to that year."), code="no_such_year")
    if done_on and done_on > today:
        raise ValidationError(_("Choose today or an earlier day: only what is done can be ticked."), code="future")
    made, is_new = MomentDone.objects.get_or_create(moment=moment, year=year, defaults={"by": by, "done_on": done_on or today})
    if is_new:
        events.record("moment.done", about=moment, by=by, programme=moment.programme_id, new={"year": str(year), "done_on": made.done_on.isoformat()})
    return made


@transaction.atomic
def untick(moment: Moment, *, year: int, by: User) -> None:
    """Take a tick back; the log keeps that it was there."""
    removed, _each = MomentDone.objects.filter(moment=moment, year=year).delete()
    if removed:
        events.record("moment.not_done", about=moment, by=by, programme=moment.programme_id, old={"year": str(year)})


def _known(values: dict[str, Any]) -> dict[str, Any]:
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"a moment has no {', '.join(sorted(unknown))} to set")
    return values


def _check(moment: Moment) -> None:
    if not members.taking_part(moment.programme).filter(pk=moment.owner_id).exists():
        raise ValidationError(_("This person does not take part in the programme. Choose somebody who does."), code="not_here")
    try:
        date(LEAP_YEAR, moment.month, moment.day)
    except ValueError as error:
        raise ValidationError(_("This day does not exist. Choose a day of that month."), code="no_such_day") from error


def _plain(moment: Moment) -> dict[str, Any]:
    day = date_format(date(LEAP_YEAR, moment.month, moment.day), "j F")
    return {
        "what": moment.what, "day": f"{day} {moment.only_in}" if moment.only_in else day, "owner": moment.owner.name, "weeks_ahead": moment.weeks_ahead,
    }  # fmt: skip
