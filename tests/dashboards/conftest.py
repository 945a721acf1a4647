"""A programme with somebody who coordinates it and somebody who speaks for a partner; modules that need another make their own."""

import pytest

from tests.actors.factories import RepresentativeFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.neighbourhoods.choices import Role


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="voorbeeldwijk")


@pytest.fixture
def coordinator(programme):
    return MembershipFactory(programme=programme, role=Role.COORDINATOR).user


@pytest.fixture
def speaker(programme):
    return RepresentativeFactory(in_programme=programme).user
