"""Steps on the way to a kept commitment."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambitions.models import Commitment, Milestone
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events


@transaction.atomic
def add(commitment: Commitment, *, what: str, due_on: date, by: User) -> Milestone:
    """Add a step. Raises ValidationError (code "ended") when the promise has ended."""
    if commitment.is_ended:
        raise ValidationError(_("This commitment has ended."), code="ended")
    milestone = Milestone.objects.create(commitment=commitment, what=what, due_on=due_on)
    _record("milestone.added", milestone, by, due_on=due_on.isoformat())
    return milestone


@transaction.atomic
def reach(milestone: Milestone, *, by: User) -> Milestone:
    """Mark a step as done today; a second press changes nothing."""
    locked = Milestone.objects.select_for_update(of=("self",)).select_related("commitment__ambition").get(pk=milestone.pk)
    if locked.done_on is None:
        locked.done_on = timezone.localdate()
        locked.save(update_fields=["done_on"])
        _record("milestone.reached", locked, by)
    return locked


def _record(kind: str, milestone: Milestone, by: User, **values: str) -> None:
    commitment = milestone.commitment
    events.record(
        kind, about=commitment, by=by, programme=commitment.ambition.programme_id, new={"what": milestone.what, **values}
    )
