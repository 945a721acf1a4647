import pytest
from django.contrib.auth.models import AnonymousUser

from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak import navigation
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


def request(rf, user, path="/"):
    made = rf.get(path)
    made.user = user
    return made


def labels(entries, *, current=False):
    return [str(entry["label"]) for entry in entries if entry["current"] or not current]


def test_visitors_have_no_menu(rf):
    assert navigation.main_navigation(request(rf, AnonymousUser())) == []


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.READER, ["Mijn werk", "Gebieden"]),
        (Role.ANALYST, ["Mijn werk", "Gebieden", "Cijfers"]),
        (Role.COORDINATOR, ["Mijn werk", "Gebieden", "Cijfers"]),
    ],
)
def test_the_main_menu_shows_what_one_may_open(rf, role, expected):
    assert labels(navigation.main_navigation(request(rf, MembershipFactory(role=role).user))) == expected


def test_an_administrator_has_the_administration(rf):
    user = UserFactory(administrator=True)

    assert labels(navigation.main_navigation(request(rf, user))) == ["Mijn werk", "Gebieden", "Cijfers", "Beheer"]
    assert labels(navigation.administration_navigation(request(rf, user, "/beheer/taken/")), current=True) == ["Taken"]
    assert labels(navigation.administration_navigation(request(rf, user, "/beheer/")), current=True) == ["Programma's"]
    assert navigation.administration_navigation(request(rf, user, "/werk/")) == []


@pytest.mark.parametrize(("role", "extra"), [(Role.READER, set()), (Role.REPRESENTATIVE, {"Bewoners"}), (Role.COORDINATOR, {"Cockpit", "Bewoners", "Instellingen"})])
def test_the_programme_menu_shows_what_one_may_open(rf, role, extra):
    membership = MembershipFactory(role=role)

    entries = navigation.programme_navigation(request(rf, membership.user), membership.programme)

    assert set(labels(entries)) == {"Ambities", "Toezeggingen", "Partners", "Cijfers", "Overleg", "Jaarklok", "Rapportage"} | extra


@pytest.mark.parametrize("page", ["instellingen", "leden", "mails", "logboek"])
def test_the_pages_of_the_settings_light_one_entry(rf, page):
    membership = MembershipFactory(role=Role.COORDINATOR)
    path = f"/werk/{membership.programme.slug}/{page}/"

    entries = navigation.programme_navigation(request(rf, membership.user, path), membership.programme)

    assert labels(entries, current=True) == ["Instellingen"]


@pytest.mark.parametrize("path", ["/bronnen/", "/importeren/12/", "/vastgezet/", "/grenzen/", "/ijking/2/"])
def test_every_page_about_figures_lights_figures(rf, path):
    analyst = MembershipFactory(role=Role.ANALYST).user

    assert labels(navigation.main_navigation(request(rf, analyst, path)), current=True) == ["Cijfers"]
