"""Two people at the same moment, each with a connection of their own."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from ambitions import commitments, updates
from tests.ambitions.factories import CommitmentFactory
from wijkaanpak.journal.models import Event


def at_once(action):
    """Do an action in two threads that start together; return what each of them got."""
    start, got = Barrier(2), []

    def press():
        start.wait()
        try:
            got.append(action())
        except ValidationError as error:
            got.append(error.code)
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return got


@pytest.mark.django_db(transaction=True)
def test_two_people_agree_once():
    promise = CommitmentFactory()

    got = at_once(lambda: commitments.agree(promise, by=promise.owner))

    assert sorted(map(str, got)) == sorted([promise.what, "not_proposed"])
    assert promise.due_dates.count() == Event.objects.about(promise).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_at_once_is_one_word():
    promise = CommitmentFactory(started=True)

    at_once(lambda: updates.report(promise, report="on_track", sentence="Het loopt.", by=promise.owner))

    assert promise.updates.count() == 1
