"""Leaving something alone for a while, with a reason, and taking that back."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards.exceptions import Alarm
from dashboards.models import Snooze
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme

LONGEST = timedelta(days=60)


def awake(alarms: Iterable[Alarm], snoozes: Iterable[Snooze]) -> list[Alarm]:
    """Return the alarms that nobody put off."""
    asleep = {(snooze.kind, snooze.action_url) for snooze in snoozes}
    return [alarm for alarm in alarms if alarm.key not in asleep]


@transaction.atomic
def put_off(programme: Programme, alarm: Alarm, *, until: date, reason: str, by: User) -> Snooze:
    """Leave an alarm alone until a day. Raises ValidationError (codes "past", "too_long")."""
    today = timezone.localdate()
    if until <= today:
        raise ValidationError(_("Choose a day that is still to come."), code="past")
    if until > today + LONGEST:
        raise ValidationError(_("At most sixty days; take a decision about what has to wait longer."), code="too_long")
    Snooze.objects.filter(programme=programme, kind=alarm.kind, action_url=alarm.action_url, ended_at=None).update(ended_at=timezone.now())
    snooze = Snooze.objects.create(
        programme=programme, kind=alarm.kind, url=alarm.url, action_url=alarm.action_url, what=str(alarm.what)[:300], until=until,
        reason=reason.strip(), by=by,
    )
    events.record("attention.put_off", about=snooze, by=by, programme=programme, new={"until": until.isoformat(), "reason": snooze.reason})
    return snooze


@transaction.atomic
def take_back(snooze: Snooze, *, by: User) -> None:
    """Let it ask for attention again; a second press changes nothing."""
    if Snooze.objects.filter(pk=snooze.pk, ended_at=None).update(ended_at=timezone.now()):
        events.record("attention.taken_back", about=snooze, by=by, programme=snooze.programme_id)
