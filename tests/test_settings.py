"""What the settings refuse and how they harden, read in a process of their own."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as own
from django.urls import reverse

from tests.accounts.factories import UserFactory

PRODUCTION = {
    "WIJKAANPAK_ENVIRONMENT": "production",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "wijk.example",
    "DATABASE_URL": "postgresql://w@db/w",
    "REDIS_URL": "redis://redis:6379/0",
}


def read(expression, **environment):
    code = f"from wijkaanpak import settings; print({expression})"
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=own.BASE_DIR, env=os.environ | environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_does_not_start_without(missing):
    answer = read("1", **PRODUCTION | {missing: ""})

    assert "Set SECRET_KEY and ALLOWED_HOSTS before starting in production." in answer.stderr


def test_production_is_strict():
    names = ["DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECOND_FACTOR_REQUIRED", "MAILS_READABLE"]
    answer = read(f"[getattr(settings, name) for name in {names}]", **PRODUCTION, DJANGO_DEBUG="1")

    assert answer.stdout.strip() == "[False, True, True, True, True, False]"


def test_single_sign_on_lets_the_sign_in_form_lead_to_the_provider():
    provider = {"OIDC_CLIENT_ID": "x", "OIDC_ISSUER": "https://login.example/tenant/"}
    answer = read("settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action']", **PRODUCTION | provider)

    assert "https://login.example'" in answer.stdout


def test_single_sign_on_needs_an_address():
    assert "Set OIDC_ISSUER" in read("1", **PRODUCTION, OIDC_CLIENT_ID="x").stderr


@pytest.mark.django_db
def test_the_admin_has_no_sign_in_of_its_own(client):
    UserFactory(email="staff@voorbeeld.example", password="drie gewone woorden", is_staff=True)

    response = client.post(reverse("admin:login"), {"username": "staff@voorbeeld.example", "password": "drie gewone woorden"})

    assert response.url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["accounts_user", "neighbourhoods_theme", "neighbourhoods_area"])
def test_corrections_are_for_staff(client, page):
    for values, status in [({}, 403), ({"is_staff": True, "is_superuser": True}, 200)]:
        client.force_login(UserFactory(**values), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(reverse(f"admin:{page}_changelist"), follow=True).status_code == status
