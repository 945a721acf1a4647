"""A programme with one ambition, and a partner with somebody who speaks for it."""

import pytest

from ambitions.register import uploads
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory
from tests.ambitions.register.sheets import sheet


@pytest.fixture
def ambition(programme):
    return AmbitionFactory(programme=programme, adopted=True, number=3)


@pytest.fixture
def partner(programme):
    partner = OrganisationFactory(name="Woonstichting Voorbeeld", in_programme=programme)
    RepresentativeFactory(organisation=partner, in_programme=programme, user=UserFactory(name="Wim Woning"))
    return partner


@pytest.fixture
def promise(ambition, partner):
    """A proposal of the partner."""
    owner = partner.representatives.get().user
    return CommitmentFactory(ambition=ambition, organisation=partner, owner=owner, what="Bomen planten", euro=1000)


@pytest.fixture
def fresh(ambition, partner):
    """A row of a new commitment: `fresh(euro=5)`."""

    def fresh(**values):
        return {
            "ambition": 3, "what": "Gevels schilderen", "organisation": "Woonstichting Voorbeeld", "owner": "Wim Woning",
            "starts_on": "01-01-2027", "due_on": "31-12-2027",
        } | values  # fmt: skip

    return fresh


@pytest.fixture
def same():
    """The row of a commitment as it is: `same(promise, euro=5)` changes one part."""

    def same(promise, **values):
        return {
            "number": promise.pk, "ambition": promise.ambition.number, "what": promise.what, "organisation": promise.organisation.name,
            "owner": promise.owner.name, "starts_on": promise.starts_on, "due_on": promise.due_on,
        } | values  # fmt: skip

    return same


@pytest.fixture
def upload(programme, coordinator):
    """Upload rows as the coordinator: `upload(fresh())`."""
    return lambda *rows: uploads.receive(programme, sheet(*rows), name="lijst.xlsx", by=coordinator)


@pytest.fixture
def plan(upload, coordinator):
    """What rows would do: `plan(fresh())`."""
    return lambda *rows: uploads.plan(upload(*rows), by=coordinator)
