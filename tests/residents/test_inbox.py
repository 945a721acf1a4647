"""The inbox of a programme."""

import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from residents.models import ResidentInput
from tests.accounts.factories import UserFactory
from tests.actors.factories import RepresentativeFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory, ThemeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(is_public=True)


@pytest.fixture
def coordinator(client, programme):
    user = MembershipFactory(programme=programme, role=Role.COORDINATOR).user
    client.force_login(user)
    return user


def inbox(programme):
    return reverse("residents:inbox", args=[programme.slug])


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_shows_every_row_in_constant_queries(client, programme, coordinator, rows, django_assert_num_queries):
    made = ResidentInputFactory.create_batch(rows, programme=programme, handed_over=True, theme=ThemeFactory(), place="Parkstraat")

    with django_assert_num_queries(9):
        page = client.get(inbox(programme), {"lijst": "wachten"}).content.decode()

    assert all(one.public_text in page for one in made)


@pytest.mark.parametrize(
    ("key", "state"),
    [("modereren", "awaiting"), ("wachten", "handed_over"), ("te-laat", "overdue"), ("beantwoord", "answered"), ("achtergehouden", "held"), ("niet-gepubliceerd", "refused")],
)
def test_each_list_holds_its_own(client, programme, coordinator, key, state):
    for other in ["awaiting", "handed_over", "overdue", "answered", "held", "refused"]:
        ResidentInputFactory(programme=programme, text=f"Dit is {other}.", **{other: True})

    page = client.get(inbox(programme), {"lijst": key}).content.decode()

    shown = set(re.findall(r"Dit is (\w+)\.", page))
    assert shown == ({"handed_over", "overdue"} if key == "wachten" else {state})


def test_the_first_list_with_something_in_it_opens(client, programme, coordinator):
    ResidentInputFactory(programme=programme, held=True, text="Dit is achtergehouden.")

    assert "Dit is achtergehouden." in client.get(inbox(programme)).content.decode()


def test_an_empty_inbox_says_what_will_stand_there(client, programme, coordinator):
    assert "Niets in deze lijst" in client.get(inbox(programme)).content.decode()


def test_the_lists_are_narrowed_by_organisation(client, programme, coordinator):
    one, other = ResidentInputFactory.create_batch(2, programme=programme, handed_over=True)

    page = client.get(inbox(programme), {"lijst": "wachten", "organisatie": one.organisation_id}).content.decode()

    assert one.public_text in page
    assert other.public_text not in page


def test_a_representative_sees_what_was_handed_to_the_own_organisation(client, programme):
    mine, other = ResidentInputFactory.create_batch(2, programme=programme, handed_over=True)
    client.force_login(RepresentativeFactory(organisation=mine.organisation, in_programme=programme).user)

    page = client.get(inbox(programme)).content.decode()

    assert mine.public_text in page
    assert other.public_text not in page
    assert "Te beoordelen" not in page


@pytest.mark.parametrize(("role", "status"), [(Role.READER, 403), (Role.ANALYST, 403), (Role.COMMUNITY_WORKER, 200)])
def test_who_opens_the_inbox(client, programme, role, status):
    client.force_login(MembershipFactory(programme=programme, role=role).user)

    assert client.get(inbox(programme)).status_code == status


def test_a_stranger_finds_no_inbox(client, programme):
    client.force_login(UserFactory())

    assert client.get(inbox(programme)).status_code == 404


def entered(**values):
    return {
        "channel": "phone", "received_on": timezone.localdate().isoformat(), "kind": "concern", "text": "Het is donker in de steeg.",
        "where": "whole", "place": "", "form_key": str(uuid.uuid4()), **values,
    }


def test_a_community_worker_enters_for_somebody_and_gets_a_code(client, programme):
    user = MembershipFactory(programme=programme, role=Role.COMMUNITY_WORKER).user
    client.force_login(user)

    page = client.post(reverse("residents:input_enter", args=[programme.slug]), entered(), follow=True).content.decode()

    stored = ResidentInput.objects.get()
    assert (stored.entered_by, stored.channel, stored.state) == (user, "phone", "awaiting")
    assert re.search(r'class="code"[^>]*>[A-Z0-9-]{14}<', page)


@pytest.mark.parametrize(
    ("values", "words"),
    [({"text": ""}, "Schrijf op wat"), ({"received_on": "2999-01-01"}, "niet in de toekomst"), ({"channel": "form"}, "form")],
)
def test_what_was_entered_wrongly_comes_back(client, programme, coordinator, values, words):
    response = client.post(reverse("residents:input_enter", args=[programme.slug]), entered(**values))

    assert response.status_code == 422
    assert words in response.content.decode()


@pytest.mark.parametrize(("chosen", "stored"), [("uk", "uk"), ("", "nl")])
def test_what_is_entered_says_in_which_language_it_is(client, programme, coordinator, chosen, stored):
    client.post(reverse("residents:input_enter", args=[programme.slug]), entered(language=chosen))

    assert ResidentInput.objects.get().language == stored


@pytest.mark.parametrize("role", [Role.READER, Role.REPRESENTATIVE])
def test_others_do_not_enter_for_somebody(client, programme, role):
    client.force_login(MembershipFactory(programme=programme, role=role).user)

    assert client.post(reverse("residents:input_enter", args=[programme.slug]), entered()).status_code == 403
    assert not ResidentInput.objects.exists()


def test_a_forged_receipt_leads_back_to_the_inbox(client, programme, coordinator):
    assert client.get(reverse("residents:input_entered", args=[programme.slug, "forged"])).url == inbox(programme)
