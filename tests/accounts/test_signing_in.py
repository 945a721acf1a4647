"""Signing in by mail address and password, with a second step, and what is refused."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from tests.accounts.factories import UserFactory
from wijkaanpak.journal.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
PASSWORD = "drie gewone woorden"
LOGIN = "/account/login/"


@pytest.fixture
def user():
    return UserFactory(email="ada@voorbeeld.example", password=PASSWORD)


def sign_in(client, email="ada@voorbeeld.example", password=PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


def code_now(secret):
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_a_person_signs_in_with_mail_address_and_password(client, user):
    response = sign_in(client, "Ada@Voorbeeld.example")

    assert response.url == resolve_url(settings.LOGIN_REDIRECT_URL)
    assert is_signed_in(client)
    assert Event.objects.about(user).get().kind == "account.signed_in"


@pytest.mark.parametrize(("email", "password"), [("ada@voorbeeld.example", "fout"), ("nobody@voorbeeld.example", PASSWORD)])
def test_a_wrong_answer_does_not_say_which_part_is_wrong(client, user, email, password):
    response = sign_in(client, email, password)

    assert not is_signed_in(client)
    assert "Dit mailadres en wachtwoord horen niet bij elkaar." in response.content.decode()


def test_a_closed_account_does_not_come_in(client, user):
    user.is_active = False
    user.save()

    sign_in(client)

    assert not is_signed_in(client)


def test_guessing_is_stopped_after_five_wrong_passwords(client, user):
    for _guess in range(5):
        sign_in(client, password="fout")

    response = sign_in(client)

    assert not is_signed_in(client)
    assert "Te veel foute pogingen." in response.content.decode()


def test_guessing_for_one_person_does_not_stop_another(client, user):
    UserFactory(email="bob@voorbeeld.example", password=PASSWORD)
    for _guess in range(5):
        sign_in(client, password="fout")

    sign_in(client, "bob@voorbeeld.example")

    assert is_signed_in(client)


def test_the_second_step_is_asked_for(client, user):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)

    response = sign_in(client)
    assert response.url == reverse("mfa_authenticate")
    assert client.get(response.url).status_code == 200
    assert not is_signed_in(client)

    client.post(response.url, {"code": code_now(secret)})
    assert is_signed_in(client)


def test_a_recovery_code_works_once(client, user):
    totp.TOTP.activate(user, totp.generate_totp_secret())
    codes = RecoveryCodes.activate(user).get_unused_codes()

    for browser, expected in [(client, True), (Client(), False)]:
        sign_in(browser)
        browser.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert is_signed_in(browser) is expected


def test_an_app_is_added_with_recovery_codes(client, user, django_capture_on_commit_callbacks):
    sign_in(client)
    asked_again = client.get(reverse("mfa_activate_totp"))
    client.post(asked_again.url, {"password": PASSWORD}, follow=True)
    secret = client.session["mfa.totp.secret"]

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

    assert set(Authenticator.objects.filter(user=user).values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert Event.objects.filter(kind="account.second_factor_added").count() == 1


def test_sessions_are_listed_and_can_be_ended(client, user):
    other = Client()
    sign_in(other)
    sign_in(client)
    page = client.get(reverse("usersessions_list"))
    assert page.status_code == 200
    assert UserSession.objects.filter(user=user).count() == 2

    client.post(reverse("usersessions_list"))

    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_nobody_signs_up_alone(client):
    response = client.get(reverse("account_signup"))

    assert "password1" not in response.content.decode()
    client.post(reverse("account_signup"), {"email": "eve@voorbeeld.example", "password1": PASSWORD, "password2": PASSWORD})
    assert not is_signed_in(client)


def test_a_forgotten_password_is_set_anew_by_mail(client, user, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": user.email})
    url = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)

    form = client.get(url.replace("http://testserver", ""), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "vier gewone woorden samen", "password2": "vier gewone woorden samen"})

    sign_in(client, password="vier gewone woorden samen")
    assert is_signed_in(client)


@pytest.mark.parametrize("email", ["ada@voorbeeld.example", "niemand@voorbeeld.example"])
def test_the_mail_about_a_password_is_polite_and_says_whose_it_is(client, user, mailoutbox, email):
    client.post(reverse("account_reset_password"), {"email": email})

    mail = mailoutbox[0]
    assert mail.subject.startswith(f"{settings.MUNICIPALITY_NAME}: ")
    assert re.findall(r"\b(?:je|jij|jouw|you)\b", mail.body) == []


def test_asking_for_a_password_does_not_tell_who_has_an_account(client, user):
    answers = {client.post(reverse("account_reset_password"), {"email": email}).url for email in (user.email, "nobody@voorbeeld.example")}

    assert answers == {reverse("account_reset_password_done")}


@pytest.mark.parametrize("weak", ["te kort", "123456789012345", "ada@voorbeeld.example"])
def test_a_weak_password_is_refused(client, user, weak):
    sign_in(client)

    response = client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": weak, "password2": weak})

    assert response.status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_behind_the_proxy_people_keep_their_own_address(client, user, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    client.post(LOGIN, {"login": user.email, "password": PASSWORD}, headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.5"})

    assert UserSession.objects.get(user=user).ip == "203.0.113.5"
