"""The page that tells the proxy and the monitoring how this process is."""

from django.db import connection
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
