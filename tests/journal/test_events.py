import pytest
from django.db import IntegrityError, transaction

from tests.accounts.factories import UserFactory
from tests.journal.factories import EventFactory
from tests.neighbourhoods.factories import ProgrammeFactory
from wijkaanpak.journal import events
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


def test_an_event_says_who_what_and_where():
    programme, by = ProgrammeFactory(name="Oost"), UserFactory(name="Ada")

    event = events.record("programme.changed", about=programme, by=by, programme=programme, old={"name": "West"}, new={"name": "Oost"})

    assert (event.actor_id, event.actor_name, event.subject_name, event.programme_id) == (by.pk, "Ada", "Oost", programme.pk)
    assert (event.old, event.new) == ({"name": "West"}, {"name": "Oost"})


def test_what_happens_by_itself_has_no_person():
    event = events.record("programme.changed", about=ProgrammeFactory())

    assert (event.actor_id, event.actor_name) == (None, "")


def test_events_are_found_by_their_subject():
    first, second = ProgrammeFactory(), ProgrammeFactory()
    found = events.record("programme.changed", about=first)
    events.record("programme.changed", about=second)

    assert list(Event.objects.about(first)) == [found]


@pytest.mark.parametrize("change", [lambda found: found.update(kind="other.thing"), lambda found: found.delete()])
def test_the_database_refuses_to_change_history(change):
    event = EventFactory()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(Event.objects.filter(pk=event.pk))

    assert Event.objects.get(pk=event.pk).kind == "programme.changed"
