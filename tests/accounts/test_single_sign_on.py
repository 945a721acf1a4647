"""The organisation's own sign-on, spoken to over HTTP with a small provider on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from tests.accounts.factories import UserFactory
from wijkaanpak.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


class Provider(BaseHTTPRequestHandler):
    """Answers what OpenID Connect asks of a provider; everybody is the person in `email`."""

    email = "ada@voorbeeld.example"

    def do_GET(self):
        origin = f"http://127.0.0.1:{self.server.server_port}"
        endpoints = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "me", "jwks_uri": "keys"}
        discovery = {"issuer": origin} | {name: f"{origin}/{path}" for name, path in endpoints.items()}
        self.answer(discovery if "well-known" in self.path else {"sub": "42", "email": self.email})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "token", "token_type": "Bearer"})

    def answer(self, data):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(data).encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {"provider_id": "sso", "name": "Gemeente", "client_id": "x", "secret": "y"}
    app["settings"] = {"server_url": f"http://127.0.0.1:{server.server_port}"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": settings.SOCIALACCOUNT_PROVIDERS["openid_connect"] | {"APPS": [app]}}
    yield server
    server.shutdown()
    server.server_close()


def come_back_from(provider, client):
    sent_to = client.post(reverse("openid_connect_login", args=["sso"])).url
    state = parse_qs(urlsplit(sent_to).query)["state"][0]
    return client.get(reverse("openid_connect_callback", args=["sso"]), {"state": state, "code": "1"}, follow=True)


def test_a_known_person_comes_in(client, provider):
    user = UserFactory(email=Provider.email, password="x")

    come_back_from(provider, client)

    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.session["account_authentication_methods"][-1]["method"] == "socialaccount"


def test_an_unknown_person_does_not_come_in_and_gets_no_account(client, provider):
    come_back_from(provider, client)

    assert "_auth_user_id" not in client.session
    assert not User.objects.exists()


def test_a_closed_account_does_not_come_in(client, provider):
    UserFactory(email=Provider.email, is_active=False)

    come_back_from(provider, client)

    assert "_auth_user_id" not in client.session


def test_the_login_page_offers_it_only_when_it_is_set_up(client, settings):
    address = reverse("openid_connect_login", args=["sso"])

    assert address not in client.get(reverse("account_login")).content.decode()
    assert client.post(address).status_code == 404


def test_the_login_page_offers_it(client, provider):
    page = client.get(reverse("account_login")).content.decode()

    assert reverse("openid_connect_login", args=["sso"]) in page
