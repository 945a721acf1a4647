"""Coming in by invitation, the own account, and the second factor."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.accounts import invitations
from wijkaanpak.accounts.models import User
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
GOOD = {"name": "Ada B.", "password": "drie gewone woorden", "again": "drie gewone woorden"}


@pytest.fixture
def invitation():
    return invitations.invite(email="ada@voorbeeld.example", name="Ada", by=UserFactory(name="Coör"))[1]


def address(invitation):
    return reverse("accounts:accept_invitation", args=[invitations.token(invitation)])


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def text(response):
    return response.content.decode()


def test_an_invitation_says_who_invited_and_changes_nothing_yet(client, invitation):
    page = text(client.get(address(invitation)))

    assert "Coör heeft u uitgenodigd." in page
    assert "ada@voorbeeld.example" in page
    assert invitations.resolve(invitations.token(invitation))


def test_an_invited_person_comes_in_and_is_offered_a_second_step(client, invitation):
    response = client.post(address(invitation), GOOD)

    assert response.url == reverse("accounts:second_factor")
    page = text(client.get(response.url))
    assert "Een tweede slot op uw account" in page
    assert reverse("dashboards:start") in page
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    assert User.objects.get(email="ada@voorbeeld.example").name == "Ada B."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"again": "iets anders"}, "De twee wachtwoorden verschillen."),
        ({"password": "kort", "again": "kort"}, "Dit wachtwoord is te kort. Kies er een van minstens 12 tekens."),
        ({"name": ""}, "Dit is nog leeg. Vul het in."),
    ],
)
def test_a_wrong_answer_says_what_to_do(client, invitation, change, words):
    response = client.post(address(invitation), GOOD | change)

    assert response.status_code == 422
    assert words in text(response)
    assert not User.objects.get(pk=invitation.user_id).has_usable_password()


def test_a_used_invitation_leads_to_signing_in(client, invitation):
    url = address(invitation)
    client.post(url, GOOD)

    response = client.post(url, GOOD | {"name": "Eve"})

    assert response.status_code == 410
    assert "Deze uitnodiging werkt niet meer" in text(response)
    assert User.objects.get(pk=invitation.user_id).name == "Ada B."


def test_the_account_page_is_for_people_with_an_account(client):
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_a_person_changes_the_own_details(client):
    user = sign_in(client, UserFactory(name="Ada"))

    response = client.post(reverse("accounts:profile"), {"name": "Ada B.", "job_title": "wijkagent"}, follow=True)

    user.refresh_from_db()
    assert (user.name, user.job_title) == ("Ada B.", "wijkagent")
    assert "Uw gegevens zijn opgeslagen." in text(response)


def test_the_mail_address_and_rights_cannot_be_changed_on_the_account_page(client):
    user = sign_in(client, UserFactory())

    client.post(reverse("accounts:profile"), {"name": "Ada", "email": "eve@voorbeeld.example", "is_administrator": "on"})

    assert User.objects.get(pk=user.pk).email == user.email
    assert not User.objects.get(pk=user.pk).is_administrator


def test_the_account_page_tells_how_the_account_is_protected(client, django_assert_max_num_queries):
    user = sign_in(client, UserFactory())
    with django_assert_max_num_queries(6):
        assert "Alleen uw wachtwoord beschermt uw account." in text(client.get(reverse("accounts:profile")))

    TOTP.activate(user, generate_totp_secret())

    assert "een app met codes" in text(client.get(reverse("accounts:profile")))


def test_the_language_can_be_chosen(client):
    sign_in(client, UserFactory())

    response = client.post(reverse("set_language"), {"language": "en", "next": reverse("accounts:profile")}, follow=True)

    assert "Your details" in text(response)


def test_an_account_with_a_second_step_is_not_offered_one(client):
    TOTP.activate(sign_in(client, UserFactory()), generate_totp_secret())

    assert client.get(reverse("accounts:second_factor")).url == reverse("accounts:profile")


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.mark.parametrize("values", [{"administrator": True}, {"role": Role.COORDINATOR}], ids=["administrator", "coordinator"])
def test_who_steers_sets_up_a_second_factor_first(client, required, values):
    user = UserFactory(**values) if "administrator" in values else MembershipFactory(**values).user
    sign_in(client, user)

    assert client.get(reverse("dashboards:my_work")).url == reverse("accounts:second_factor")
    page = text(client.get(reverse("accounts:second_factor")))
    assert "Daarom heeft uw account deze stap nodig" in page
    assert "Nu niet" not in page

    TOTP.activate(user, generate_totp_secret())
    assert client.get(reverse("accounts:profile")).status_code == 200
    assert client.get(reverse("dashboards:my_work")).get("Location") != reverse("accounts:second_factor")


def test_others_may_do_without(client, required):
    sign_in(client, MembershipFactory(role=Role.REPRESENTATIVE).user)

    assert client.get(reverse("dashboards:my_work")).get("Location") != reverse("accounts:second_factor")


def test_the_way_to_set_it_up_stays_open(client, required):
    sign_in(client, UserFactory(administrator=True))

    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_the_organisations_own_sign_on_may_have_asked_already(client, required, settings):
    sign_in(client, UserFactory(administrator=True))
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 1, "provider": "sso", "uid": "1"}]
    session.save()

    assert client.get(reverse("journal:job_list")).status_code == 302
    settings.OIDC_HAS_SECOND_FACTOR = True
    assert client.get(reverse("journal:job_list")).status_code == 200
