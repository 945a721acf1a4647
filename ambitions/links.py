"""Links in a mail that let one person update one commitment, without a password."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambitions.models import Commitment
from wijkaanpak.accounts import signed_links
from wijkaanpak.accounts.models import SignedLink, User
from wijkaanpak.journal import events, mails
from wijkaanpak.journal.models import Mail

PURPOSE = "commitment-update"
DAYS = 30


def path_for(commitment: Commitment, user: User) -> str:
    """Return the path of the newest usable link, made when there is none. Writes; not for a GET."""
    link = usable(commitment, user)
    token = signed_links.token(link) if link else signed_links.create(
        purpose=PURPOSE, object_id=commitment.pk, user=user, days=DAYS
    )
    return reverse("ambitions:link_update", args=[token])


def usable(commitment: Commitment, user: User) -> SignedLink | None:
    """The link of a person to a commitment that works longest from now."""
    links = SignedLink.objects.usable().filter(purpose=PURPOSE, object_id=commitment.pk, user=user)
    return links.order_by("-expires_at").first()


def count_usable(commitment: Commitment) -> int:
    return SignedLink.objects.usable().filter(purpose=PURPOSE, object_id=commitment.pk).count()


def next_waiting(user: User, *, after: Commitment) -> tuple[Commitment | None, int]:
    """The next commitment of the same person that waits for a word, and how many wait."""
    waiting = list(
        Commitment.objects.asking_for_word().filter(owner=user).exclude(pk=after.pk).order_by("due_on", "pk")
    )
    return (waiting[0] if waiting else None), len(waiting)


@transaction.atomic
def ask(commitment: Commitment, *, by: User) -> None:
    """Mail the owner a link to say how it goes; once a day.

    Raises ValidationError (codes "not_in_force", "asked_today").
    """
    locked = Commitment.objects.select_for_update(of=("self",)).select_related("ambition__programme", "owner").get(pk=commitment.pk)
    if not locked.is_in_force:
        raise ValidationError(_("This commitment is not in progress, so there is nothing to report."), code="not_in_force")
    programme = locked.ambition.programme
    if Mail.objects.filter(key=_ask_key(locked)).exists():
        raise ValidationError(_("A mail about this commitment was already sent today."), code="asked_today")
    mails.post(
        key=_ask_key(locked), to=locked.owner.email, to_name=locked.owner.name,
        template="ambitions/mail/ask.txt", purpose="commitment.asked", about=locked, programme=programme,
        context={"commitment": locked, "programme": programme, "asker": by, "path": path_for(locked, locked.owner)},
    )
    events.record("commitment.asked", about=locked, by=by, programme=programme, new={"person": locked.owner.name})


def _ask_key(commitment: Commitment) -> str:
    return f"ask:{commitment.pk}:{timezone.localdate()}"


@transaction.atomic
def withdraw(commitment: Commitment, *, by: User) -> int:
    """Withdraw every link to a commitment that was mailed, and tell how many there were."""
    count = signed_links.withdraw(purpose=PURPOSE, object_id=commitment.pk)
    if count:
        events.record(
            "commitment.links_withdrawn", about=commitment, by=by, programme=commitment.ambition.programme_id, new={"links": count}
        )
    return count
