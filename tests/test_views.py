"""Pages of the installation: how this process is, and what people read when something is refused."""

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse


def test_health_answers_a_visitor_without_session(client, db):
    answer = client.get(reverse("health"))

    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_health_says_when_the_database_is_away(client, django_db_blocker, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")

    with django_db_blocker.unblock():
        answer = client.get(reverse("health"))
        connection.close()

    assert answer.status_code == 503


@pytest.mark.django_db
def test_a_form_sent_without_cookie_is_answered_in_plain_words():
    answer = Client(enforce_csrf_checks=True).post(reverse("residents:follow_enter"), {"code": "x"})

    assert answer.status_code == 403
    assert "Stuur het nog een keer" in answer.content.decode()


@pytest.mark.django_db
def test_who_tries_too_often_is_told_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    typed = {"login": "iemand@voorbeeld.example", "password": "fout"}
    client.post(reverse("account_login"), typed)

    answer = client.post(reverse("account_login"), typed)

    assert answer.status_code == 429
    assert "Wacht vijf minuten" in answer.content.decode()


@pytest.mark.parametrize(("name", "words"), [("400.html", "Dit adres klopt niet"), ("500.html", "Dat ligt aan ons")])
def test_pages_for_faults_need_no_request(name, words):
    """Django renders them without context: what they ask for would be missing just then."""
    assert words in get_template(name).render()
