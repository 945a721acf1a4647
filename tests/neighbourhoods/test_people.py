import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import UserFactory
from tests.ambitions.factories import CommitmentFactory
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.accounts import invitations
from wijkaanpak.accounts.models import Invitation
from wijkaanpak.journal.models import Event, Mail
from wijkaanpak.neighbourhoods import people
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return UserFactory(administrator=True)


def test_closing_an_account_ends_what_could_open_it(administrator):
    user, _invitation = invitations.invite(email="a@voorbeeld.example", name="Ada", by=administrator)

    people.close(user, by=administrator)

    user.refresh_from_db()
    assert not user.is_active
    assert not Invitation.objects.open().exists()
    assert [event.kind for event in Event.objects.about(user)] == ["account.closed"]


def test_closing_an_account_ends_its_sessions(administrator):
    user, client = UserFactory(password="een lang wachtwoord"), Client()
    client.post("/account/login/", {"login": user.email, "password": "een lang wachtwoord"})
    assert client.session.get("_auth_user_id")

    people.close(user, by=administrator)

    assert not client.session.get("_auth_user_id")


def test_closing_twice_is_recorded_once(administrator):
    user = UserFactory()
    people.close(user, by=administrator)
    people.close(user, by=administrator)

    assert Event.objects.about(user).count() == 1


def test_nobody_closes_the_own_account(administrator):
    with pytest.raises(ValidationError) as refusal:
        people.close(administrator, by=administrator)

    assert refusal.value.code == "self"


def test_an_account_can_be_opened_again(administrator):
    user = UserFactory(is_active=False)

    people.reopen(user, by=administrator)
    people.reopen(user, by=administrator)

    user.refresh_from_db()
    assert user.is_active
    assert [event.kind for event in Event.objects.about(user)] == ["account.reopened"]


def test_somebody_becomes_administrator_and_stops_being_so(administrator):
    user = UserFactory()
    people.make_administrator(user, by=administrator)
    people.take_administration(user, by=administrator)

    user.refresh_from_db()
    assert not user.is_administrator
    assert Event.objects.about(user).count() == 2


def test_there_is_always_an_administrator(administrator):
    UserFactory(administrator=True, is_active=False)

    with pytest.raises(ValidationError) as refusal:
        people.take_administration(administrator, by=administrator)

    assert refusal.value.code == "last_administrator"


@pytest.fixture
def leaver():
    """Somebody who answers for a running promise, in a programme with a coordinator."""
    commitment = CommitmentFactory(started=True)
    MembershipFactory(programme=commitment.ambition.programme, user=commitment.owner, role=Role.REPRESENTATIVE)
    MembershipFactory(programme=commitment.ambition.programme, role=Role.COORDINATOR)
    return commitment.owner


def test_the_coordinator_hears_what_a_closed_account_leaves_open(administrator, leaver):
    people.close(leaver, by=administrator)
    people.close(leaver, by=administrator)

    mail = Mail.objects.get(purpose="account.closed")
    assert mail.to == Membership.objects.get(role=Role.COORDINATOR).user.email
    assert f"/overdrachten/nieuw/?wie={leaver.pk}" in mail.text


def test_nobody_is_mailed_about_a_closed_account_that_leaves_nothing(administrator):
    MembershipFactory(role=Role.COORDINATOR)

    people.close(MembershipFactory(programme=Membership.objects.get().programme).user, by=administrator)

    assert not Mail.objects.exists()


def test_who_closes_an_account_reads_that_something_is_still_in_hand(client, administrator, leaver):
    client.force_login(administrator)

    page = client.post(reverse("neighbourhoods:account_close", args=[leaver.pk]), follow=True).content.decode()

    assert "heeft nog 1 ding openstaan" in page
