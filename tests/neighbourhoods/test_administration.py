"""What an administrator of the installation sees and does."""

import pytest
from django.urls import reverse

from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.accounts.models import User
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Programme

pytestmark = pytest.mark.django_db
PAGES = ["administration", "programme_add", "account_list"]
ACTIONS = ["account_close", "account_reopen", "make_administrator", "take_administration"]
PROGRAMME = {"name": "Presikhaaf", "summary": "Samen.", "coordinator_name": "Ada", "coordinator_email": "ada@voorbeeld.example"}


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def administrator(client):
    return sign_in(client, UserFactory(administrator=True, name="Beheerder"))


def page(name, *args):
    return reverse(f"neighbourhoods:{name}", args=args)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_the_administration_is_closed_to_others(client, name):
    assert client.get(page(name)).status_code == 302

    sign_in(client, MembershipFactory(role=Role.COORDINATOR).user)
    assert client.get(page(name)).status_code == 403


@pytest.mark.parametrize("name", ACTIONS)
def test_accounts_are_changed_by_administrators_alone(client, name):
    user = sign_in(client, MembershipFactory(role=Role.COORDINATOR).user)

    assert client.post(page(name, user.pk)).status_code == 403


@pytest.mark.parametrize("rows", [1, 30])
def test_programmes_are_listed_in_constant_queries(client, administrator, django_assert_num_queries, rows):
    made = ProgrammeFactory.create_batch(rows)

    with django_assert_num_queries(3):
        found = text(client.get(page("administration")))

    assert all(f"/werk/{programme.slug}/instellingen/" in found for programme in made)


def test_a_programme_is_set_up_with_a_coordinator(client, administrator):
    response = client.post(page("programme_add"), PROGRAMME)

    programme = Programme.objects.get(slug="presikhaaf")
    assert response.url == reverse("neighbourhoods:programme_settings", args=["presikhaaf"])
    assert programme.memberships.get().role == Role.COORDINATOR
    assert not programme.is_public


def test_two_programmes_do_not_share_a_name(client, administrator):
    ProgrammeFactory(slug="presikhaaf")

    response = client.post(page("programme_add"), PROGRAMME)

    assert response.status_code == 422
    assert "Er is al een programma met deze naam." in text(response)


def test_a_closed_account_cannot_become_coordinator(client, administrator):
    UserFactory(email="ada@voorbeeld.example", is_active=False)

    response = client.post(page("programme_add"), PROGRAMME)

    assert response.status_code == 422
    assert not Programme.objects.exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_accounts_are_listed_in_constant_queries(client, administrator, django_assert_num_queries, rows):
    made = MembershipFactory.create_batch(rows, role=Role.ANALYST)

    with django_assert_num_queries(5):
        found = text(client.get(page("account_list")))

    assert all(f"analist, {membership.programme.name}" in found for membership in made)


@pytest.mark.parametrize(("query", "shown"), [({"q": "ADA"}, "Ada"), ({"only": "closed"}, "Bob"), ({"only": "administrators"}, "Beheerder")])
def test_accounts_can_be_found(client, administrator, query, shown):
    for name, values in {"Ada": {}, "Bob": {"is_active": False}}.items():
        UserFactory(name=name, email=f"{name.lower()}@voorbeeld.example", **values)

    found = text(client.get(page("account_list"), query))

    assert [name for name in ("Ada", "Bob", "Beheerder") if f'<th scope="row">{name}' in found] == [shown]


def test_accounts_are_closed_opened_and_promoted(client, administrator):
    user = UserFactory()

    for name, field, value in [("account_close", "is_active", False), ("account_reopen", "is_active", True), ("make_administrator", "is_administrator", True)]:
        client.post(page(name, user.pk))
        assert getattr(User.objects.get(pk=user.pk), field) is value


def test_a_refusal_says_why(client, administrator):
    response = client.post(page("take_administration", administrator.pk), follow=True)

    assert "Dit is de enige beheerder." in text(response)
