"""What was written before drafts existed was read by everybody: it is released, under the number it had."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from actors.models import Perspective
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory
from tests.neighbourhoods.factories import ProgrammeFactory, ThemeFactory

BEFORE = [("actors", "0001_initial")]
NOW = [("actors", "0004_between_two_or_more")]


@pytest.fixture
def go_to():
    """Move the tables of this app to an earlier state, and back when the test is over."""
    ahead = MigrationExecutor(connection).loader.graph.leaf_nodes()

    def go(targets):
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return executor.loader.project_state(targets).apps

    yield go
    MigrationExecutor(connection).migrate(ahead)


@pytest.mark.django_db(transaction=True)
def test_versions_written_before_are_released_ones(go_to):
    about = {"programme_id": ProgrammeFactory().pk, "organisation_id": OrganisationFactory().pk, "theme_id": ThemeFactory().pk}
    writer = UserFactory()
    old = go_to(BEFORE).get_model("actors", "Perspective")
    first = old.objects.create(**about, version=1, goals="Eerst.", written_by_id=writer.pk, replaced_at="2026-01-01T00:00Z")
    old.objects.create(**about, version=2, goals="Later.", written_by_id=writer.pk)

    go_to(NOW)

    found = Perspective.objects.order_by("version")
    assert [(one.version, one.goals, one.released_by) for one in found] == [(1, "Eerst.", writer), (2, "Later.", writer)]
    assert (found[0].released_at, Perspective.objects.current().get()) == (first.written_at, found[1])
