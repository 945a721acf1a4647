"""Locked periods: figures on which something rests, and that therefore may not change until somebody opens them."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wijkaanpak.indicators.models import PeriodLock
from wijkaanpak.journal import events

HOLD = "SELECT pg_advisory_xact_lock_shared(720043)"  # the same lock as that of the triggers
FIRST_MONTH = 100_000


@transaction.atomic
def lock(*, first: int, last: int, reason: str, by) -> PeriodLock:
    """Lock the months from `first` to `last` (202001 to 202012 is the whole of 2020); waits for an import that is being written."""
    made = PeriodLock.objects.create(first=first, last=last, reason=reason, locked_by=by)
    events.record("figures.locked", about=made, by=by, name=span(made), new={"reason": reason})
    return made


@transaction.atomic
def unlock(period: PeriodLock, *, reason: str, by) -> PeriodLock:
    """Open a locked period again. Raises ValidationError (code "open") when it was opened before."""
    locked = PeriodLock.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if not locked.is_in_force:
        raise ValidationError(_("These figures have been opened already."), code="open")
    locked.unlocked_by, locked.unlocked_at, locked.unlock_reason = by, timezone.now(), reason
    locked.save(update_fields=["unlocked_by", "unlocked_at", "unlock_reason"])
    events.record("figures.unlocked", about=locked, by=by, name=span(locked), new={"reason": reason})
    return locked


def why_closed(periods: Iterable[int]) -> str:
    """Return the sentence that says why figures of these periods (2020, 202005) cannot change now; "" when they can."""
    wanted = list(periods)
    in_force = PeriodLock.objects.in_force().with_people()
    found = next((one for one in in_force for period in wanted if covers(one, period)), None)
    if found is None:
        return ""
    values = {"span": span(found), "who": found.locked_by or "–", "day": date_format(found.locked_at, "DATE_FORMAT"), "reason": found.reason.rstrip(".")}
    return _("The figures of %(span)s are locked since %(day)s by %(who)s, because: %(reason)s. An analyst can open them first.") % values


def covers(found: PeriodLock, period: int) -> bool:
    """Whether a lock holds the figures of a month, or of a year: a year only as a whole."""
    first, last = (period, period) if period >= FIRST_MONTH else (period * 100 + 1, period * 100 + 12)
    return found.first <= first and last <= found.last


def require_open(periods: Iterable[int]) -> None:
    """Raise ValidationError (code "locked") when figures of a period may not change.

    Inside a transaction no lock can come in between until it ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD)
    if sentence := why_closed(periods):
        raise ValidationError(sentence, code="locked")


def span(found: PeriodLock) -> str:
    """Write the months of a lock: 2020, 2019–2021, or January 2020 – June 2020."""
    first_year, first_month = divmod(found.first, 100)
    last_year, last_month = divmod(found.last, 100)
    if (first_month, last_month) == (1, 12):
        return str(first_year) if first_year == last_year else f"{first_year}–{last_year}"
    begin, end = (_month(period) for period in (found.first, found.last))
    return begin if begin == end else f"{begin} – {end}"


def _month(period: int) -> str:
    return date_format(date(period // 100, period % 100, 1), "F Y")
