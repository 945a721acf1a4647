"""People around one programme, for page tests."""

import pytest
from django.test import Client

from tests.accounts.factories import UserFactory
from tests.actors.factories import RepresentativeFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.neighbourhoods.choices import Role


@pytest.fixture
def programme():
    return ProgrammeFactory(name="Voorbeeldwijk", is_public=True)


@pytest.fixture
def person(programme):
    """Give a person in a role: `person("reader")`; "stranger" coordinates another programme."""

    def make(kind):
        match kind:
            case "stranger":
                return MembershipFactory(role=Role.COORDINATOR).user
            case "administrator":
                return UserFactory(administrator=True)
            case "representative":
                return RepresentativeFactory(in_programme=programme).user
            case _:
                return MembershipFactory(programme=programme, role=kind).user

    return make


@pytest.fixture
def signed_in():
    """A browser in which somebody is signed in."""

    def sign_in(user):
        browser = Client()
        browser.force_login(user)
        return browser

    return sign_in


@pytest.fixture
def coordinator(person):
    return person("coordinator")
