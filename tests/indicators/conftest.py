import pytest

from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.indicators import catalogue
from wijkaanpak.neighbourhoods.choices import Role


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def indicators(db):
    """The catalogue in the database."""
    return catalogue.sync()


@pytest.fixture
def analyst(db):
    return MembershipFactory(role=Role.ANALYST, user=UserFactory(name="Analist")).user
