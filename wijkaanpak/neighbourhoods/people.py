"""What an administrator does with accounts: close, open, and make somebody administrator."""

from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from wijkaanpak.accounts import invitations
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events


@transaction.atomic
def close(user: User, *, by: User) -> None:
    """Close an account: its sessions end and its links stop working; roles stay on record.

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
