"""The participation log: who could take part, when and how much, and what was done with it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ambitions import involvements
from ambitions.choices import Stage
from tests.accounts.factories import UserFactory
from tests.ambitions.factories import AmbitionFactory, InvolvementFactory, in_days
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db
VALUES = {"stage": "preparation", "who": "Bewoners", "influence": "advise", "starts_on": in_days(-9), "fixed": "Het budget.", "free": "De rest."}


@pytest.fixture
def user():
    return UserFactory()


def test_an_entry_is_on_record_also_of_a_closed_ambition(user):
    entry = involvements.write(AmbitionFactory(closed=True), by=user, **VALUES)

    assert (entry.written_by, entry.outcome) == (user, "")
    assert Event.objects.about(entry.ambition).get().new["who"] == "Bewoners"


@pytest.mark.parametrize(("values", "expected"), [({"free": " "}, "incomplete"), ({"ends_on": in_days(-10)}, "ends_early")])
def test_an_entry_that_is_not_whole_is_refused(user, values, expected):
    with pytest.raises(ValidationError) as error:
        involvements.write(AmbitionFactory(), by=user, **VALUES | values)
    assert error.value.error_list[0].code == expected


def test_what_was_done_with_it_is_added_later_and_the_log_keeps_the_rest(user):
    entry = InvolvementFactory()

    for _time in range(2):
        involvements.change(entry, by=user, outcome="De Noordkant gaat eerst.")

    entry.refresh_from_db()
    assert (entry.outcome, entry.free) == ("De Noordkant gaat eerst.", "De volgorde van de straten.")
    assert Event.objects.about(entry.ambition).get().old["outcome"] == ""


def test_phases_come_in_their_order_also_when_empty():
    entry = InvolvementFactory(stage=Stage.EXECUTION)

    assert involvements.by_stage(entry.ambition) == [(Stage.PREPARATION, []), (Stage.EXECUTION, [entry]), (Stage.EVALUATION, [])]


@pytest.mark.parametrize("values", [{"who": ""}, {"ends_on": in_days(-100)}, {"influence": "rule"}])
def test_the_database_refuses_what_is_not_whole(values):
    with pytest.raises(IntegrityError, match="involvement_"), transaction.atomic():
        InvolvementFactory(**values)
