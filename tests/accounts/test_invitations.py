from datetime import timedelta

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.accounts.factories import UserFactory
from wijkaanpak.accounts import invitations
from wijkaanpak.accounts.models import Invitation, User

pytestmark = pytest.mark.django_db


def invite(**changes):
    values = {"email": "ada@voorbeeld.example", "name": "Ada", "by": UserFactory()}
    return invitations.invite(**values | changes)


def test_inviting_makes_an_account_nobody_can_enter_yet():
    user, invitation = invite(email=" Ada@Voorbeeld.example", job_title="wijkagent")

    assert (user.email, user.name, user.job_title, user.has_usable_password()) == ("ada@voorbeeld.example", "Ada", "wijkagent", False)
    assert invitations.resolve(invitations.token(invitation)) == invitation


def test_inviting_again_withdraws_the_earlier_link():
    _user, first = invite()
    user, second = invite()

    assert invitations.resolve(invitations.token(first)) is None
    assert invitations.resolve(invitations.token(second)) == second
    assert User.objects.filter(email=user.email).count() == 1


def test_somebody_with_a_password_needs_no_invitation():
    known = UserFactory(email="ada@voorbeeld.example", password="x")

    assert invite() == (known, None)


def test_a_closed_account_is_not_invited():
    UserFactory(email="ada@voorbeeld.example", is_active=False)

    with pytest.raises(ValidationError) as refusal:
        invite()

    assert refusal.value.code == "inactive"


def test_accepting_sets_name_and_password_and_trusts_the_address():
    user, invitation = invite()

    invitations.accept(invitation, name="Ada B.", password="een heel lang wachtwoord")

    user.refresh_from_db()
    assert user.name == "Ada B."
    assert user.check_password("een heel lang wachtwoord")
    assert user.emailaddress_set.get().verified


def test_an_invitation_works_once():
    _user, invitation = invite()
    invitations.accept(invitation, name="Ada", password="a")

    with pytest.raises(ValidationError) as refusal:
        invitations.accept(invitation, name="Eve", password="b")

    assert refusal.value.code == "not_open"
    assert invitations.resolve(invitations.token(invitation)) is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda invitation: Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1)),
        lambda invitation: invitations.withdraw(user=invitation.user),
        lambda invitation: User.objects.filter(pk=invitation.user_id).update(is_active=False),
    ],
    ids=["expired", "withdrawn", "closed account"],
)
def test_a_link_that_may_no_longer_be_used_opens_nothing(spoil):
    _user, invitation = invite()
    token = invitations.token(invitation)

    spoil(invitation)

    assert invitations.resolve(token) is None


def test_a_forged_link_opens_nothing():
    _user, invitation = invite()

    assert invitations.resolve(signing.dumps(invitation.pk, salt="another")) is None
    assert invitations.resolve("nonsense") is None
