"""Inviting somebody by mail, and what happens when the invited person comes in."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wijkaanpak.accounts.models import Invitation, User

SALT = "wijkaanpak.invitation"
DAYS = 14


@transaction.atomic
def invite(*, email: str, name: str, by: User, job_title: str = "") -> tuple[User, Invitation | None]:
    """Find or make the account of a mail address and give it an open invitation.

    Somebody who already has a password needs none: the invitation is None then. An earlier invitation that is
    still open is withdrawn, so one link works at a time. Raises ValidationError (code "inactive") for a closed account.
    """
    user, _created = User.objects.select_for_update().get_or_create(
        email=email.strip().lower(), defaults={"name": name, "job_title": job_title, "password": "!"}
    )
    if not user.is_active:
        raise ValidationError(_("This account is closed. Ask an administrator to open it again."), code="inactive")
    if user.has_usable_password():
        return user, None
    withdraw(user=user)
    return user, Invitation.objects.create(user=user, invited_by=by, expires_at=timezone.now() + timedelta(days=DAYS))


def token(invitation: Invitation) -> str:
    return signing.dumps(invitation.pk, salt=SALT)


def resolve(value: str) -> Invitation | None:
    """Return the open invitation behind a token, or None when it is forged, expired, used or withdrawn."""
    try:
        pk = signing.loads(value, salt=SALT)
    except signing.BadSignature:
        return None
    return Invitation.objects.open().filter(pk=pk).select_related("user", "invited_by").first()


@transaction.atomic
def accept(invitation: Invitation, *, name: str, password: str) -> User:
    """Give the invited person a name and password; the link proved the mail address.

    Raises ValidationError (code "not_open") when the invitation was used or withdrawn meanwhile.
    """
    locked = Invitation.objects.open().select_for_update(of=("self",)).filter(pk=invitation.pk).select_related("user").first()
    if locked is None:
        raise ValidationError(_("This invitation can no longer be used. Ask for a new one."), code="not_open")
    user = locked.user
    user.name = name
    user.set_password(password)
    user.save(update_fields=["name", "password"])
    Invitation.objects.filter(pk=locked.pk).update(accepted_at=timezone.now())
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def withdraw(*, user: User) -> int:
    """Withdraw the open invitations of a person; return how many."""
    return Invitation.objects.open().filter(user=user).update(withdrawn_at=timezone.now())
