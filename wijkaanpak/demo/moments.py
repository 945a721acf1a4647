"""Days of the example, all counted from today so that it never grows old."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

OFFICE_HOURS = 8  # what happened is spread over the day, from nine


def day(offset: int) -> date:
    """Return the date so many days from today; negative is past."""
    return timezone.localdate() + timedelta(days=offset)


def moment(offset: int, *, step: int = 0) -> datetime:
    """Return a moment on that day, later for a higher step, and never one that is still to come."""
    hour = 9 + step % OFFICE_HOURS
    made = timezone.make_aware(datetime.combine(day(offset), time(hour, 7 * step % 60)))
    return min(made, timezone.now() - timedelta(minutes=5))
