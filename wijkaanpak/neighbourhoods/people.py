"""What an administrator does with accounts: close, open, and make somebody administrator."""

from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkaanpak.accounts import invitations
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events, mails
from wijkaanpak.neighbourhoods import members
from wijkaanpak.neighbourhoods.models import Membership, Programme


@transaction.atomic
def close(user: User, *, by: User) -> None:
    """Close an account: its sessions end and its links stop working; roles stay on record.

    It is never refused because of open things, for safety: the coordinators hear what has to be handed over.
    Raises ValidationError (code "self" or "last_administrator").
    """
    if user.pk == by.pk:
        raise ValidationError(_("You cannot close your own account."), code="self")
    _keep_an_administrator(user)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        invitations.withdraw(user=user)
        for session in UserSession.objects.filter(user=user):
            session.end()
        events.record("account.closed", about=user, by=by)
        _tell_coordinators(user, by=by)


def left_in_hand(user: User) -> dict[Programme, int]:
    """Return how many open things somebody has in hand, for each programme in which there are some."""
    here = Programme.objects.filter(memberships__user=user, memberships__ended_at=None).distinct().order_by("name")
    counted = {programme: members.in_hand(programme, user) for programme in here}
    return {programme: number for programme, number in counted.items() if number}


def _tell_coordinators(user: User, *, by: User) -> None:
    today = timezone.localdate()
    for programme, number in left_in_hand(user).items():
        steering = Membership.objects.steering().filter(programme=programme).exclude(user=user)
        for coordinator in User.objects.filter(pk__in=steering.values("user"), is_active=True):
            path = f"{reverse('dashboards:handover_begin', args=[programme.slug])}?wie={user.pk}"
            mails.post(
                key=f"left-in-hand:{programme.pk}:{user.pk}:{coordinator.pk}:{today}", to=coordinator.email, to_name=coordinator.name,
                template="neighbourhoods/mail/left_in_hand.txt", purpose="account.closed", about=user, programme=programme,
                context={"programme": programme, "person": coordinator, "leaver": user, "number": number, "by": by, "path": path},
            )  # fmt: skip


@transaction.atomic
def reopen(user: User, *, by: User) -> None:
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        events.record("account.reopened", about=user, by=by)


@transaction.atomic
def make_administrator(user: User, *, by: User) -> None:
    if User.objects.filter(pk=user.pk, is_administrator=False).update(is_administrator=True):
        events.record("account.made_administrator", about=user, by=by)


@transaction.atomic
def take_administration(user: User, *, by: User) -> None:
    """Make an administrator an ordinary person again. Raises ValidationError (code "last_administrator")."""
    _keep_an_administrator(user)
    if User.objects.filter(pk=user.pk, is_administrator=True).update(is_administrator=False, is_staff=False, is_superuser=False):
        events.record("account.no_longer_administrator", about=user, by=by)


def _keep_an_administrator(user):
    """The rows are locked, so two administrators cannot remove each other at once."""
    left = list(User.objects.select_for_update().filter(is_administrator=True, is_active=True).values_list("pk", flat=True))
    if left == [user.pk]:
        raise ValidationError(_("This is the only administrator. Appoint another one first."), code="last_administrator")
