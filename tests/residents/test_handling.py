"""One input: moderating, handing over, answering, linking."""

import re

import pytest
from django.urls import reverse

from residents.models import Answer, InputLink
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory
from tests.neighbourhoods.factories import MembershipFactory
from tests.residents.factories import ContactFactory, InputLinkFactory, ResidentInputFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


def address(resident_input, name="input_detail"):
    return reverse(f"residents:{name}", args=[resident_input.programme.slug, resident_input.pk])


def sign_in(client, resident_input, role=Role.COORDINATOR):
    user = MembershipFactory(programme=resident_input.programme, role=role).user
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("posted", "state"),
    [
        ({"decision": "publish", "public_text": "Zet er een bank."}, "published"),
        ({"decision": "refuse", "house_rule": "unclear", "note": "Wat bedoelt u?"}, "not_published"),
        ({"decision": "spam"}, "spam"),
    ],
)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.COMMUNITY_WORKER])
def test_a_moderator_decides(client, posted, state, role):
    resident_input = ResidentInputFactory()
    user = sign_in(client, resident_input, role)

    response = client.post(address(resident_input, "input_moderate"), posted)

    resident_input.refresh_from_db()
    assert (response.status_code, resident_input.state, resident_input.moderated_by) == (302, state, user)


@pytest.mark.parametrize(
    ("name", "posted", "words"),
    [
        ("input_moderate", {"decision": "publish", "public_text": ""}, "Dit is nog leeg. Vul het in."),
        ("input_moderate", {"decision": "refuse"}, "Kies de spelregel"),
        ("input_answer", {"end_state": "will_do", "reason": ""}, "Geef de reden in gewone woorden."),
        ("input_answer", {"end_state": "elsewhere", "reason": "Niet van ons."}, "Zeg aan wie het is doorgegeven."),
        ("input_answer", {"end_state": "part_of", "reason": "Hoort bij wonen."}, "Kies de ambitie waar het bij hoort."),
        ("input_route", {"organisation": "999999"}, "geldige keuze"),
        ("input_link", {}, "Kies één van de twee: een ambitie of een toezegging."),
    ],
)
def test_what_is_missing_is_said_beside_the_form(client, name, posted, words):
    resident_input = ResidentInputFactory(handed_over=True)
    sign_in(client, resident_input)
    posted = {"organisation": resident_input.organisation_id, **posted} if name == "input_answer" else posted

    response = client.post(address(resident_input, name), posted)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("name", "posted"),
    [("input_answer", {"reason": ""}), ("input_route", {"organisation": "999999"}), ("input_moderate", {"decision": "refuse"})],
)
def test_a_mistake_never_hides_behind_a_closed_fold(client, name, posted):
    resident_input = ResidentInputFactory(handed_over=True, answered=True)
    sign_in(client, resident_input)

    page = client.post(address(resident_input, name), posted).content.decode()

    folded = re.findall(r"<details(?! class=\"card\" open)[^>]*>.*?</details>", page, flags=re.DOTALL)
    assert 'role="alert"' in page
    assert not any('role="alert"' in fold for fold in folded)


def test_marking_a_published_input_as_spam_is_refused(client):
    resident_input = ResidentInputFactory(published=True)
    sign_in(client, resident_input)

    page = client.post(address(resident_input, "input_moderate"), {"decision": "spam"}, follow=True)

    assert "is geen spam" in page.content.decode()


def test_a_coordinator_hands_over(client):
    resident_input = ResidentInputFactory(published=True)
    organisation = OrganisationFactory(in_programme=resident_input.programme)
    sign_in(client, resident_input)

    client.post(address(resident_input, "input_route"), {"organisation": organisation.pk})

    resident_input.refresh_from_db()
    assert resident_input.organisation == organisation


def answer(resident_input):
    return {"end_state": "will_do", "reason": "In maart staat hij er.", "organisation": resident_input.organisation_id}


def test_a_representative_answers_for_the_own_organisation(client):
    resident_input = ResidentInputFactory(handed_over=True)
    client.force_login(RepresentativeFactory(organisation=resident_input.organisation, in_programme=resident_input.programme).user)

    client.post(address(resident_input, "input_answer"), answer(resident_input))

    assert Answer.objects.get().organisation == resident_input.organisation


def test_a_representative_does_not_answer_for_another_organisation(client):
    resident_input = ResidentInputFactory(handed_over=True)
    other = OrganisationFactory(in_programme=resident_input.programme)
    client.force_login(RepresentativeFactory(organisation=resident_input.organisation, in_programme=resident_input.programme).user)

    response = client.post(address(resident_input, "input_answer"), {**answer(resident_input), "organisation": other.pk})

    assert response.status_code == 422
    assert not Answer.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("input_answer", 403), ("input_moderate", 302), ("input_route", 302)])
def test_a_community_worker_moderates_and_does_not_answer(client, name, status):
    resident_input = ResidentInputFactory(handed_over=True)
    sign_in(client, resident_input, Role.COMMUNITY_WORKER)
    posted = {**answer(resident_input), "public_text": "Korter.", "decision": "publish"}

    assert client.post(address(resident_input, name), posted).status_code == status


@pytest.mark.parametrize("name", ["input_moderate", "input_route"])
def test_a_representative_does_not_moderate(client, name):
    resident_input = ResidentInputFactory(handed_over=True)
    client.force_login(RepresentativeFactory(organisation=resident_input.organisation, in_programme=resident_input.programme).user)

    assert client.post(address(resident_input, name), {"decision": "spam"}).status_code == 403


@pytest.mark.parametrize("name", ["input_moderate", "input_route", "input_answer", "input_link"])
def test_strangers_find_nothing_and_looking_changes_nothing(client, name):
    resident_input = ResidentInputFactory(handed_over=True)
    client.force_login(UserFactory())

    assert client.post(address(resident_input, name)).status_code == 404
    assert client.get(address(resident_input, name)).status_code == 405


@pytest.mark.parametrize("state", ["awaiting", "held", "published", "answered", "refused", "spam", "handed_over"])
def test_the_page_of_an_input_opens_in_every_state(client, state, django_assert_max_num_queries):
    resident_input = ResidentInputFactory(**{state: True})
    sign_in(client, resident_input)

    with django_assert_max_num_queries(17):
        page = client.get(address(resident_input)).content.decode()

    assert resident_input.text in page


def test_a_reader_finds_no_input(client):
    resident_input = ResidentInputFactory(published=True)
    sign_in(client, resident_input, Role.READER)

    assert client.get(address(resident_input)).status_code == 404


def test_an_input_of_another_programme_is_not_found(client):
    resident_input, other = ResidentInputFactory(), ResidentInputFactory()
    sign_in(client, resident_input)

    assert client.get(reverse("residents:input_detail", args=[resident_input.programme.slug, other.pk])).status_code == 404


def test_a_mail_address_is_shown_only_after_proof_and_consent(client):
    asked = ContactFactory(may_be_asked=True)
    sign_in(client, asked.input)
    assert asked.email in client.get(address(asked.input)).content.decode()

    type(asked).objects.update(may_be_asked=False)
    assert asked.email not in client.get(address(asked.input)).content.decode()


def test_linking_and_taking_the_link_away(client):
    resident_input = ResidentInputFactory(published=True)
    commitment = CommitmentFactory(in_programme=resident_input.programme)
    sign_in(client, resident_input)

    client.post(address(resident_input, "input_link"), {"commitment": commitment.pk})
    link = InputLink.objects.get()
    client.post(address(resident_input, "input_link"), {"remove": link.pk})

    assert link.commitment == commitment
    assert not InputLink.objects.exists()


def test_a_link_of_another_input_is_not_taken_away(client):
    resident_input, other = ResidentInputFactory(published=True), InputLinkFactory()
    sign_in(client, resident_input)

    assert client.post(address(resident_input, "input_link"), {"remove": other.pk}).status_code == 404
    assert InputLink.objects.exists()


def test_an_ambition_of_another_programme_cannot_be_chosen(client):
    resident_input = ResidentInputFactory(published=True)
    sign_in(client, resident_input)

    response = client.post(address(resident_input, "input_link"), {"ambition": AmbitionFactory(adopted=True).pk})

    assert response.status_code == 422


def test_the_next_input_to_moderate_is_one_press_away(client):
    resident_input = ResidentInputFactory()
    following = ResidentInputFactory(programme=resident_input.programme)
    sign_in(client, resident_input)

    assert address(following) in client.get(address(resident_input)).content.decode()


def test_a_moderator_sees_the_language_and_what_to_do(client):
    resident_input = ResidentInputFactory(language="ar", text="الإنارة معطلة")
    sign_in(client, resident_input)

    page = client.get(address(resident_input)).content.decode()

    assert "Het formulier is ingevuld in het Arabisch" in page
    assert "Laat een collega of tolk die deze taal leest meekijken" in page
    assert '<blockquote class="quote" lang="ar" dir="auto">' in page


def test_dutch_needs_no_word_about_its_language(client):
    resident_input = ResidentInputFactory()
    sign_in(client, resident_input)

    assert "Het formulier is ingevuld in" not in client.get(address(resident_input)).content.decode()
