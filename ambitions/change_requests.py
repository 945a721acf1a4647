"""What organisations want to change at the yearly confirmation, until the commitment changed or the coordinator says what was done."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ambitions.choices import Choice, CommitmentState
from ambitions.models import ChangeSettled, Commitment, Confirmation
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme


def waiting() -> QuerySet[Confirmation]:
    """Wishes about commitments in force that nobody followed or settled, the oldest first."""
    rows = Confirmation.objects.filter(choice=Choice.CHANGE, settled=None, commitment__state__in=CommitmentState.in_force())
    return rows.select_related("commitment__organisation", "by").order_by("at", "pk")


def of_programme(programme: Programme) -> QuerySet[Confirmation]:
    return waiting().filter(commitment__ambition__programme=programme)


def followed(commitment: Commitment, *, by: User) -> None:
    """The commitment was changed: nothing about it waits any more. Call it with the commitment locked."""
    rows = Confirmation.objects.filter(choice=Choice.CHANGE, settled=None, commitment=commitment)
    ChangeSettled.objects.bulk_create(ChangeSettled(confirmation=row, by=by) for row in rows)


@transaction.atomic
def settle(confirmation: Confirmation, *, how: str, by: User) -> ChangeSettled:
    """Say what was done with a wish when the commitment stays as it is.

    Raises ValidationError (codes "no_reason", "settled").
    """
    commitment = Commitment.objects.select_for_update(of=("self",)).select_related("ambition").get(pk=confirmation.commitment_id)
    if not how.strip():
        raise ValidationError(_("Say what was done with it, in a sentence."), code="no_reason")
    if not waiting().filter(pk=confirmation.pk).exists():
        raise ValidationError(_("This was settled already."), code="settled")
    made = ChangeSettled.objects.create(confirmation=confirmation, how=how.strip(), by=by)
    events.record("commitment.change_settled", about=commitment, by=by, programme=commitment.ambition.programme_id, new={"text": made.how})
    return made
