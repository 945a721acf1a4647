import pytest
from django.contrib.auth.models import AnonymousUser

from residents import permissions
from residents.models import ResidentInput
from tests.accounts.factories import UserFactory
from tests.actors.factories import RepresentativeFactory
from tests.neighbourhoods.factories import MembershipFactory
from tests.residents.factories import ContactFactory, ResidentInputFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db
PEOPLE = ["anonymous", "stranger", "reader", "coordinator", "community_worker", "representative", "administrator"]
MAY = {
    "can_moderate_input": {"coordinator", "community_worker"},
    "can_answer_input": {"coordinator", "representative"},
    "can_link_input": {"coordinator", "community_worker", "representative"},
}
MAY_OPEN = {
    "can_see_inbox": {"coordinator", "community_worker"},
    "can_open_inbox": {"coordinator", "community_worker", "representative", "administrator"},
}


def person(who, resident_input):
    programme = resident_input.programme
    if who == "representative":
        return RepresentativeFactory(organisation=resident_input.organisation, in_programme=programme).user
    if who in Role.values:
        return MembershipFactory(programme=programme, role=who).user
    return {"anonymous": AnonymousUser, "stranger": UserFactory, "administrator": lambda: UserFactory(administrator=True)}[who]()


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("verb", MAY)
def test_who_may_handle_an_input(verb, who):
    resident_input = ResidentInputFactory(handed_over=True)

    assert getattr(permissions, verb)(person(who, resident_input), resident_input) == (who in MAY[verb])


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("verb", MAY_OPEN)
def test_who_may_open_the_inbox(verb, who):
    resident_input = ResidentInputFactory(handed_over=True)

    assert getattr(permissions, verb)(person(who, resident_input), resident_input.programme) == (who in MAY_OPEN[verb])


@pytest.mark.parametrize(
    ("who", "seen"),
    [("stranger", 0), ("reader", 0), ("coordinator", 3), ("community_worker", 3), ("representative", 1), ("administrator", 3)],
)
def test_who_sees_which_inputs(who, seen):
    handed_over = ResidentInputFactory(handed_over=True)
    ResidentInputFactory(held=True, programme=handed_over.programme)
    ResidentInputFactory(published=True, programme=handed_over.programme)

    assert ResidentInput.objects.visible_to(person(who, handed_over)).count() == seen


def test_a_representative_of_another_organisation_sees_nothing():
    handed_over = ResidentInputFactory(handed_over=True)
    other = RepresentativeFactory(in_programme=handed_over.programme).user

    assert not ResidentInput.objects.visible_to(other).exists()
    assert not permissions.can_answer_input(other, handed_over)


@pytest.mark.parametrize(
    ("contact", "may"),
    [({"may_be_asked": True}, True), ({"may_be_asked": False}, False), ({"may_be_asked": True, "unproved": True}, False)],
)
def test_a_sender_is_asked_only_after_proof_and_consent(contact, may):
    contact = ContactFactory(**contact)
    coordinator = person("coordinator", contact.input)

    assert permissions.can_ask_sender(coordinator, contact.input, contact) == may
    assert not permissions.can_ask_sender(UserFactory(), contact.input, contact)
