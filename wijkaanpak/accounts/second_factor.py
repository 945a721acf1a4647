"""Whether somebody proves who they are with more than a password."""

from allauth.mfa.models import Authenticator

from wijkaanpak.accounts.models import User

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def has_second_factor(user: User) -> bool:
    """Say whether the person has an app or a key; one query."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def overview(user: User) -> dict[str, int]:
    """Return how many authenticators the person has of each kind; one query."""
    kinds = list(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True))
    return {"apps": kinds.count("totp"), "keys": kinds.count("webauthn"), "recovery_codes": kinds.count("recovery_codes")}
