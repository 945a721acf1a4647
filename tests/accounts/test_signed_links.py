from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from tests.accounts.factories import UserFactory
from wijkaanpak.accounts import signed_links
from wijkaanpak.accounts.models import SignedLink, User

pytestmark = pytest.mark.django_db


def make(**changes):
    return signed_links.create(**{"purpose": "update", "object_id": 7, "user": UserFactory()} | changes)


def test_a_link_stands_for_one_person_and_one_object():
    user = UserFactory()
    link = signed_links.resolve(make(user=user), purpose="update")

    assert (link.user, link.object_id) == (user, 7)


def test_a_link_is_for_one_purpose():
    token = make()

    assert signed_links.resolve(token, purpose="sign") is None


def test_a_row_of_another_purpose_cannot_be_reached_with_a_right_signature():
    link = SignedLink.objects.get(pk=signed_links.resolve(make(), purpose="update").pk)
    forged = signing.dumps(str(link.pk), salt=f"{signed_links.SALT}.sign")

    assert signed_links.resolve(forged, purpose="sign") is None


@pytest.mark.parametrize("token", ["", "nonsense", "a:b:c"])
def test_a_forged_link_opens_nothing(token):
    make()

    assert signed_links.resolve(token, purpose="update") is None


def test_a_changed_link_opens_nothing():
    token = make()

    assert signed_links.resolve(token[:-1] + ("a" if token[-1] != "a" else "b"), purpose="update") is None


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: SignedLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1)),
        lambda: signed_links.withdraw(purpose="update", object_id=7),
        lambda: User.objects.update(is_active=False),
    ],
    ids=["expired", "withdrawn", "closed account"],
)
def test_a_link_that_may_no_longer_be_used_opens_nothing(spoil):
    token = make()

    spoil()

    assert signed_links.resolve(token, purpose="update") is None


def test_a_link_lives_as_long_as_was_asked():
    link = signed_links.resolve(make(days=3), purpose="update")

    assert timedelta(days=2) < link.expires_at - timezone.now() < timedelta(days=3)


def test_links_of_one_person_can_be_withdrawn_alone():
    mine, other = make(user=(me := UserFactory())), make()

    assert signed_links.withdraw(purpose="update", object_id=7, user=me) == 1

    assert signed_links.resolve(mine, purpose="update") is None
    assert signed_links.resolve(other, purpose="update")


def test_using_a_link_is_remembered():
    link = signed_links.resolve(make(), purpose="update")

    signed_links.mark_used(link)

    link.refresh_from_db()
    assert link.last_used_at
