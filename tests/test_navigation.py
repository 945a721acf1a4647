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
        (Role.ANALYST, ["Mijn werk", "Gebieden", "Bronnen"]),
        (Role.COORDINATOR, ["Mijn werk", "Gebieden", "Bronnen"]),
    ],
)
def test_the_main_menu_shows_what_one_may_open(rf, role, expected):
    assert labels(navigation.main_navigation(request(rf, MembershipFactory(role=role).user))) == expected


def test_an_administrator_has_the_administration(rf):
    user = UserFactory(administrator=True)

    assert labels(navigation.main_navigation(request(rf, user))) == ["Mijn werk", "Gebieden", "Bronnen", "Beheer"]
    assert labels(navigation.administration_navigation(request(rf, user, "/beheer/taken/")), current=True) == ["Taken"]
    assert labels(navigation.administration_navigation(request(rf, user, "/beheer/")), current=True) == ["Programma's"]
    assert navigation.administration_navigation(request(rf, user, "/werk/")) == []


@pytest.mark.parametrize("path", ["/bronnen/", "/importeren/12/", "/vastgezet/", "/grenzen/", "/ijking/2/"])
def test_every_page_about_figures_lights_the_sources(rf, path):
    analyst = MembershipFactory(role=Role.ANALYST).user

    assert labels(navigation.main_navigation(request(rf, analyst, path)), current=True) == ["Bronnen"]
