"""People around one programme, for page tests."""

import pytest
from django.test import Client

from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.neighbourhoods.choices import Role


@pytest.fixture
def programme():
    return ProgrammeFactory(name="Voorbeeldwijk")


@pytest.fixture
def partner(programme):
    return OrganisationFactory(name="Woonstichting Voorbeeld", in_programme=programme)


@pytest.fixture
def browser_of(programme, partner):
    """Sign somebody in by role: `browser_of("own")` speaks for the partner, "representative" for another one."""

    def make(kind):
        match kind:
            case "stranger":
                user = MembershipFactory(role=Role.COORDINATOR).user
            case "administrator":
                user = UserFactory(administrator=True)
            case "own":
                user = RepresentativeFactory(in_programme=programme, organisation=partner).user
            case "representative":
                user = RepresentativeFactory(in_programme=programme).user
            case _:
                user = MembershipFactory(programme=programme, role=kind).user
        browser = Client()
        browser.force_login(user)
        return browser

    return make
