"""Who has which role in a programme: inviting, and ending a role."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wijkaanpak.accounts import invitations
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events, mails
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Membership, Programme

HOLDERS: list[Callable[[Programme, User], int]] = []


def holders_come_from(count: Callable[[Programme, User], int]) -> None:
    """Register what counts the open things somebody has in hand; this app does not know them."""
    if count not in HOLDERS:
        HOLDERS.append(count)


def in_hand(programme: Programme, user: User) -> int:
    """Return how many open things somebody has in hand in a programme."""
    return sum(count(programme, user) for count in HOLDERS)


def with_a_role(programme: Programme) -> QuerySet[User]:
    """Everybody whose role has not ended, by name; those whose account is closed as well, because they may hold something."""
    here = Membership.objects.active().filter(programme=programme, user=OuterRef("pk"))
    return User.objects.filter(Exists(here)).order_by("name", "pk")


def taking_part(programme: Programme) -> QuerySet[User]:
    """Everybody with a role in the programme today, by name."""
    return with_a_role(programme).filter(is_active=True)


@transaction.atomic
def invite(*, programme: Programme, email: str, name: str, role: str, by, job_title: str = "") -> Membership:
    """Give somebody a role in the programme and mail how to come in; a person without password gets an invitation.

    Raises ValidationError: "member" when the person has the role already, "inactive" for a closed account.
    """
    user, invitation = invitations.invite(email=email, name=name, by=by, job_title=job_title)
    membership, created = Membership.objects.active().get_or_create(programme=programme, user=user, role=role)
    if not created and invitation is None:
        raise ValidationError(_("%(name)s has this role already.") % {"name": user.name}, code="member")
    if created:
        _record("member.invited", membership, programme, by=by, new={"name": user.name, "role": str(Role(role).label)})
    _mail(membership, invitation, by=by)
    return membership


def _record(kind, membership, programme, *, by, **values):
    events.record(kind, about=membership, name=membership.user.name, by=by, programme=programme, **values)


def _mail(membership, invitation, *, by):
    path = reverse("accounts:accept_invitation", args=[invitations.token(invitation)]) if invitation else reverse(settings.LOGIN_URL)
    key = f"invitation-{invitation.pk}" if invitation else f"membership-{membership.pk}"
    mails.post(
        key=key,
        to=membership.user.email,
        to_name=membership.user.name,
        template="neighbourhoods/mail/invitation.txt" if invitation else "neighbourhoods/mail/role.txt",
        context={"membership": membership, "by": by, "path": path, "days": invitations.DAYS},
        purpose="invitation",
        about=membership,
        programme=membership.programme,
    )


@transaction.atomic
def end(membership: Membership, *, by) -> Membership:
    """End a role; what the person did stays. Ending twice changes nothing.

    Raises ValidationError (codes "last_coordinator": a programme is never without somebody who steers it; "in_hand": nothing that
    is open is ever without somebody who takes part).
    """
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=membership.programme_id)
    locked = Membership.objects.select_for_update(of=("self",)).select_related("user", "programme").get(pk=membership.pk)
    if locked.ended_at:
        return locked
    coordinators = Membership.objects.steering().filter(programme=programme)
    if locked.role == Role.COORDINATOR and not coordinators.exclude(pk=locked.pk).exists():
        raise ValidationError(_("This is the only coordinator. Invite another one first."), code="last_coordinator")
    _check_hands(locked)
    locked.ended_at = timezone.now()
    locked.save(update_fields=["ended_at"])
    _record("member.ended", locked, programme, by=by, old={"name": locked.user.name, "role": str(Role(locked.role).label)})
    return locked


def _check_hands(membership):
    others = Membership.objects.active().filter(programme=membership.programme_id, user=membership.user_id).exclude(pk=membership.pk)
    number = 0 if others.exists() else in_hand(membership.programme, membership.user)
    if number:
        text = ngettext(
            "%(name)s still has %(number)s open thing in hand. Hand it over first: Settings, Hand-overs.",
            "%(name)s still has %(number)s open things in hand. Hand them over first: Settings, Hand-overs.",
            number,
        )
        raise ValidationError(text % {"name": membership.user.name, "number": number}, code="in_hand")
