import re

import pytest
from django.core.exceptions import ValidationError

from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.accounts import invitations
from wijkaanpak.accounts.models import Invitation
from wijkaanpak.journal.models import Event, Mail
from wijkaanpak.journal.sentences import sentence
from wijkaanpak.neighbourhoods import members
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Membership

pytestmark = pytest.mark.django_db


def invite(programme=None, **changes):
    values = {"email": "ada@voorbeeld.example", "name": "Ada d'Arc", "role": Role.READER, "by": UserFactory(name="Coör")}
    return members.invite(programme=programme or ProgrammeFactory(name="Oost"), **values | changes)


def test_an_invited_person_gets_a_role_and_a_mail_with_a_link():
    membership = invite()

    mail = Mail.objects.get()
    assert (mail.to, mail.subject, mail.programme_id) == ("ada@voorbeeld.example", "Oost: u bent uitgenodigd om mee te doen", membership.programme_id)
    token = re.search(r"/account/uitnodiging/(\S+)/", mail.text)[1]
    assert invitations.resolve(token) == Invitation.objects.get()
    assert "Beste Ada d'Arc," in mail.text
    assert "14 dagen" in mail.text


def test_somebody_with_an_account_is_only_told_about_the_role():
    UserFactory(email="ada@voorbeeld.example", password="x")
    invite()

    mail = Mail.objects.get()
    assert mail.subject == "Oost: u heeft een nieuwe rol"
    assert "/account/login/" in mail.text


def test_inviting_is_remembered():
    membership = invite()

    event = Event.objects.about(membership).get()
    assert (event.actor_name, event.programme_id) == ("Coör", membership.programme_id)
    assert sentence(event) == "Ada d'Arc is uitgenodigd als lezer."


def test_inviting_again_sends_a_new_link_for_the_same_role():
    programme = ProgrammeFactory()

    assert invite(programme) == invite(programme)
    assert Mail.objects.count() == 2


def test_somebody_who_came_in_is_not_invited_twice():
    programme = ProgrammeFactory()
    UserFactory(email="ada@voorbeeld.example", password="x")
    invite(programme)

    with pytest.raises(ValidationError) as refusal:
        invite(programme)

    assert refusal.value.code == "member"


def test_one_person_can_have_two_roles():
    programme = ProgrammeFactory()
    invite(programme)
    invite(programme, role=Role.ANALYST)

    assert Membership.objects.active().filter(programme=programme).count() == 2


def test_ending_a_role_is_remembered_and_stays_on_record():
    membership = MembershipFactory(role=Role.READER)

    members.end(membership, by=UserFactory())
    members.end(membership, by=UserFactory())

    assert not Membership.objects.active().exists()
    assert [event.kind for event in Event.objects.about(membership)] == ["member.ended"]


def test_the_only_coordinator_stays():
    membership = MembershipFactory(role=Role.COORDINATOR)
    MembershipFactory(role=Role.COORDINATOR)
    MembershipFactory(programme=membership.programme, role=Role.COORDINATOR, user__is_active=False)

    with pytest.raises(ValidationError) as refusal:
        members.end(membership, by=UserFactory())

    assert refusal.value.code == "last_coordinator"


def test_one_of_two_coordinators_may_go():
    membership = MembershipFactory(role=Role.COORDINATOR)
    MembershipFactory(programme=membership.programme, role=Role.COORDINATOR)

    assert members.end(membership, by=UserFactory()).ended_at
