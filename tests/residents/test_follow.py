"""Following an input with its code."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ambitions.choices import Visibility
from residents import codes
from residents.models import Contact
from tests.ambitions.factories import GoalFactory, ProgressUpdateFactory
from tests.residents.factories import AnswerFactory, ContactFactory, InputLinkFactory, ResidentInputFactory

pytestmark = pytest.mark.django_db


def address(resident_input, name="follow", **extra):
    return reverse(f"residents:{name}", kwargs={"code": codes.code_of(resident_input), **extra})


def token(contact):
    return codes.verification_token(contact.input.form_key, contact.email)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("awaiting", "Iemand leest die voordat die op de website komt"),
        ("held", "Iemand leest die voordat die op de website komt"),
        ("published", "Uw inbreng staat op de website"),
        ("overdue", "3 dagen te laat"),
        ("handed_over", "antwoordt uiterlijk"),
        ("refused", "de tekst noemt iemand of wijst iemand aan"),
        ("spam", "leek op reclame"),
        ("answered", "antwoordde op"),
    ],
)
def test_the_state_stands_in_one_sentence(client, state, words):
    page = client.get(address(ResidentInputFactory(**{state: True}))).content.decode()

    assert words in page


def test_the_page_shows_the_chain_to_the_figure(client, django_assert_max_num_queries):
    link = InputLinkFactory(commitment__visibility=Visibility.PUBLIC)
    word = ProgressUpdateFactory(commitment=link.commitment)
    goal = GoalFactory(ambition=link.commitment.ambition)
    AnswerFactory(input=link.input, ambition=link.commitment.ambition)

    with django_assert_max_num_queries(6):
        page = client.get(address(link.input)).content.decode()

    assert all(words in page for words in (link.commitment.what, word.sentence, goal.indicator.name, link.commitment.ambition.sentence))


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", "")])
def test_the_code_may_be_typed_as_one_likes(client, change):
    resident_input = ResidentInputFactory()

    response = client.post(reverse("residents:follow_enter"), {"code": change(codes.code_of(resident_input))})

    assert response.url == address(resident_input)


def test_an_unknown_code_is_told_so(client):
    response = client.post(reverse("residents:follow_enter"), {"code": "ACDE-FHJK-LMNP"})

    assert response.status_code == 422
    assert "We kennen deze code niet" in response.content.decode()


def test_an_unknown_address_asks_for_the_code_again(client):
    response = client.get(reverse("residents:follow", args=["ACDE-FHJK-LMNP"]))

    assert response.status_code == 404
    assert 'value="ACDE-FHJK-LMNP"' in response.content.decode()


def test_guessing_is_stopped_also_for_a_right_code(client):
    resident_input = ResidentInputFactory()
    for _guess in range(20):
        client.get(reverse("residents:follow", args=["ACDE-FHJK-LMNP"]))

    assert client.get(address(resident_input)).status_code == 429
    assert client.post(reverse("residents:follow_enter"), {"code": codes.code_of(resident_input)}).status_code == 429


@pytest.mark.parametrize("name", ["follow", "unsubscribe"])
def test_pages_with_a_code_are_kept_private(client, name):
    response = client.get(address(ResidentInputFactory(), name))

    assert (response["X-Robots-Tag"], response["Cache-Control"]) == ("noindex, nofollow", "private, no-store")
    assert response["Referrer-Policy"] == "same-origin"  # no other site learns the address


def test_looking_at_the_link_of_the_mail_proves_nothing_and_the_button_does(client):
    contact = ContactFactory(unproved=True)
    link = address(contact.input, "verify_mail", token=token(contact))

    client.get(link)
    assert Contact.objects.get().verified_at is None

    client.post(link)
    assert Contact.objects.get().verified_at is not None


def test_a_wrong_token_is_told_so(client):
    contact = ContactFactory(unproved=True)

    link = address(contact.input, "verify_mail", token="0" * 32)

    looked, pressed = client.get(link), client.post(link, follow=True)

    assert all("Deze link hoort niet bij dit mailadres." in page.content.decode() for page in (looked, pressed))
    assert Contact.objects.get().verified_at is None


def test_a_link_pressed_before_says_that_nothing_is_left_to_do(client):
    contact = ContactFactory()

    page = client.get(address(contact.input, "verify_mail", token=token(contact))).content.decode()

    assert "U hoeft niets te doen." in page
    assert "Ja, dit is mijn mailadres" not in page


def test_mails_are_stopped_by_the_button_and_not_by_looking(client):
    contact = ContactFactory()

    client.get(address(contact.input, "unsubscribe"))
    assert Contact.objects.get().unsubscribed_at is None

    client.post(address(contact.input, "unsubscribe"))
    assert Contact.objects.get().unsubscribed_at is not None


def test_a_mail_program_stops_the_mails_without_our_cookie():
    contact = ContactFactory()

    answer = Client(enforce_csrf_checks=True).post(address(contact.input, "unsubscribe"), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert Contact.objects.get().unsubscribed_at is not None


def test_who_stopped_the_mails_is_not_asked_to_again(client):
    page = client.get(address(ContactFactory(unsubscribed_at=timezone.now()).input, "unsubscribe")).content.decode()

    assert "U krijgt geen mail meer over deze inbreng." in page
    assert "Stop de mails</button>" not in page


def test_the_sender_sees_and_erases_the_mail_address(client):
    contact = ContactFactory()
    assert contact.email in client.get(address(contact.input)).content.decode()

    page = client.post(address(contact.input, "erase_contact"), follow=True).content.decode()

    assert contact.email not in page
    assert not Contact.objects.exists()


def test_erasing_needs_the_button(client):
    assert client.get(address(ContactFactory().input, "erase_contact")).status_code == 405


@pytest.mark.parametrize("name", ["verify_mail", "unsubscribe"])
def test_an_address_that_is_gone_is_told_so(client, name):
    extra = {"token": "x"} if name == "verify_mail" else {}

    page = client.get(address(ResidentInputFactory(), name, **extra)).content.decode()

    assert "Dit mailadres is al gewist" in page


def test_the_page_speaks_english_too(client):
    client.cookies["django_language"] = "en"

    page = client.get(address(ResidentInputFactory(answered=True))).content.decode()

    assert all(words in page for words in ("Your input", "The answer", "Your data"))
