"""Who speaks for an organisation."""

from collections.abc import Callable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Organisation, Representative
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods import members
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Membership, Programme

LONGEST_AWAY = timedelta(days=366)
HOLDERS: list[Callable[[Representative], int]] = []


def holders_come_from(count: Callable[[Representative], int]) -> None:
    """Register what counts the open things somebody answers for in the name of an organisation; this app does not know them."""
    if count not in HOLDERS:
        HOLDERS.append(count)


def in_hand(representative: Representative) -> int:
    """Return how many open things the person answers for in the name of the organisation, in all programmes."""
    return sum(count(representative) for count in HOLDERS)


@transaction.atomic
def add(
    organisation: Organisation, *, user: User, by: User, programme: Programme | None = None, is_deputy: bool = False,
    is_signatory: bool = False,
) -> Representative:
    """Let a person speak for an organisation; in a programme the person gets that role too.

    Raises ValidationError (code "speaks_already").
    """
    try:
        with transaction.atomic():
            made = Representative.objects.create(
                organisation=organisation, user=user, is_deputy=is_deputy, is_signatory=is_signatory
            )
    except IntegrityError as error:
        raise ValidationError(_("This person already speaks for the organisation."), code="speaks_already") from error
    if programme and not Membership.objects.active().filter(programme=programme, user=user, role=Role.REPRESENTATIVE).exists():
        members.invite(programme=programme, email=user.email, name=user.name, role=Role.REPRESENTATIVE, by=by)
    events.record(
        "representative.added", about=organisation, by=by, programme=programme,
        new={"person": user.name, "is_deputy": is_deputy, "is_signatory": is_signatory},
    )
    return made


@transaction.atomic
def invite(
    organisation: Organisation, *, email: str, name: str, programme: Programme, by: User, is_deputy: bool = False,
    is_signatory: bool = False,
) -> Representative:
    """Invite somebody by mail into the programme, and let them speak for an organisation."""
    membership = members.invite(programme=programme, email=email, name=name, role=Role.REPRESENTATIVE, by=by)
    return add(
        organisation, user=membership.user, by=by, programme=programme, is_deputy=is_deputy, is_signatory=is_signatory
    )


@transaction.atomic
def end(representative: Representative, *, by: User, programme: Programme | None = None) -> Representative:
    """Let somebody no longer speak for the organisation; a second press changes nothing.

    What is open in the person's hands is asked of the others who speak for it, until it is handed over.
    Raises ValidationError (code "last_to_ask") when there is something open and nobody else to ask.
    """
    Organisation.objects.select_for_update(of=("self",)).get(pk=representative.organisation_id)
    locked = Representative.objects.select_for_update(of=("self",)).select_related("organisation", "user").get(pk=representative.pk)
    if locked.until is None:
        _check_others(locked)
        locked.until = timezone.localdate()
        locked.save(update_fields=["until"])
        events.record(
            "representative.ended", about=locked.organisation, by=by, programme=programme, new={"person": locked.user.name}
        )
    return locked


def _check_others(representative: Representative) -> None:
    """The organisation is locked, so that the last two cannot both stop at once."""
    others = representative.organisation.representatives.active().filter(user__is_active=True).exclude(pk=representative.pk)
    number = 0 if others.exists() else in_hand(representative)
    if number:
        text = ngettext(
            "%(name)s answers for %(number)s open commitment, and nobody else speaks for %(organisation)s. Add somebody first.",
            "%(name)s answers for %(number)s open commitments, and nobody else speaks for %(organisation)s. Add somebody first.",
            number,
        )
        values = {"name": representative.user.name, "number": number, "organisation": representative.organisation.name}
        raise ValidationError(text % values, code="last_to_ask")


@transaction.atomic
def say_away(representative: Representative, *, until: date | None, by: User, programme: Programme | None = None) -> Representative:
    """Let mails go to the deputy until a day; without a day the person is back. Raises ValidationError (codes "past", "too_far")."""
    today = timezone.localdate()
    if until and until <= today:
        raise ValidationError(_("Choose a day that is still to come."), code="past")
    if until and until > today + LONGEST_AWAY:
        raise ValidationError(_("Choose a day within a year. Who stays away longer is replaced: let somebody else speak."), code="too_far")
    locked = Representative.objects.select_for_update(of=("self",)).select_related("organisation", "user").get(pk=representative.pk)
    if locked.away_until != until:
        locked.away_until = until
        locked.save(update_fields=["away_until"])
        kind, new = "representative.away" if until else "representative.back", {"person": locked.user.name}
        events.record(kind, about=locked.organisation, by=by, programme=programme, new=new | ({"until": until.isoformat()} if until else {}))
    return locked
