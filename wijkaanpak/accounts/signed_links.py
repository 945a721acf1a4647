"""Links in a mail that stand for one person and one object, without a password."""

from datetime import timedelta

from django.core import signing
from django.utils import timezone

from wijkaanpak.accounts.models import SignedLink

SALT = "wijkaanpak.signed-link"


def create(*, purpose: str, object_id: int, user, days: int = 30) -> str:
    """Store a link and return its token; only the token is signed, the row can be withdrawn."""
    link = SignedLink.objects.create(
        purpose=purpose, object_id=object_id, user=user, expires_at=timezone.now() + timedelta(days=days)
    )
    return token(link)


def token(link: SignedLink) -> str:
    return signing.dumps(str(link.pk), salt=f"{SALT}.{link.purpose}")


def resolve(value: str, *, purpose: str) -> SignedLink | None:
    """Return the usable link behind a token, or None when it is forged, expired or withdrawn."""
    try:
        pk = signing.loads(value, salt=f"{SALT}.{purpose}")
    except signing.BadSignature:
        return None
    return SignedLink.objects.usable().filter(pk=pk, purpose=purpose).select_related("user").first()


def is_genuine(value: str, *, purpose: str) -> bool:
    """Whether we made this token, even when it no longer works."""
    try:
        signing.loads(value, salt=f"{SALT}.{purpose}")
    except signing.BadSignature:
        return False
    return True


def mark_used(link: SignedLink) -> None:
    SignedLink.objects.filter(pk=link.pk).update(last_used_at=timezone.now())


def withdraw(*, purpose: str, object_id: int, user=None) -> int:
    """Withdraw the usable links to an object (of one person, or of everybody); return how many."""
    links = SignedLink.objects.usable().filter(purpose=purpose, object_id=object_id)
    if user is not None:
        links = links.filter(user=user)
    return links.update(withdrawn_at=timezone.now())
