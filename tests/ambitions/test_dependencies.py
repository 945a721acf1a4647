"""Which commitment waits for which: never in a circle, and what is late shows with whoever waits."""

import contextlib
import random

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ambitions import commitments, dependencies, records, touching
from ambitions.choices import CommitmentState, Hold, Visibility
from ambitions.models import Commitment, Dependency
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, DependencyFactory, in_days
from tests.ambitions.test_at_once import at_once
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def ambition():
    return AmbitionFactory(adopted=True)


def wait(waiting, awaited, **values):
    return dependencies.add(waiting, on=awaited, by=waiting.owner, **values)


def refusal(*args):
    with pytest.raises(ValidationError) as error:
        wait(*args)
    return error.value.code


def test_a_commitment_waits_for_one_of_another_organisation(ambition):
    waiting, awaited = CommitmentFactory.create_batch(2, ambition=ambition, started=True)

    made = wait(waiting, awaited, why=" Eerst de leidingen. ")

    assert (made.on.organisation, made.why) == (awaited.organisation, "Eerst de leidingen.")
    event = Event.objects.get(kind="commitment.waits")
    assert (event.subject_id, event.new["on"]) == (waiting.pk, f"{awaited.what} ({awaited.organisation})")


def test_the_log_does_not_name_what_is_internal(ambition):
    waiting, awaited = CommitmentFactory(ambition=ambition), CommitmentFactory(ambition=ambition, visibility=Visibility.INTERNAL)

    wait(waiting, awaited)

    assert awaited.what not in Event.objects.get(kind="commitment.waits").new["on"]


def test_what_makes_no_sense_is_refused(ambition):
    one, other = CommitmentFactory.create_batch(2, ambition=ambition)
    ended, elsewhere = CommitmentFactory(ambition=ambition, kept=True), CommitmentFactory()
    wait(one, other)

    assert [refusal(one, one), refusal(one, elsewhere), refusal(ended, one), refusal(one, other), refusal(other, one)] == [
        "itself", "other_programme", "ended", "waits_already", "circle",
    ]


def test_the_database_refuses_to_wait_for_itself_or_twice(ambition):
    one, other = CommitmentFactory.create_batch(2, ambition=ambition)
    DependencyFactory(commitment=one, on=other)

    for on in (one, other):
        with pytest.raises(IntegrityError), transaction.atomic():
            DependencyFactory(commitment=one, on=on)


@pytest.mark.parametrize("seed", range(20))
def test_no_order_of_writing_ever_makes_a_circle(seed):
    """Against an independent rule: what is accepted must always leave an order in which everything can be done."""
    chance, edges = random.Random(seed), []
    for _ in range(60):
        one, other = chance.randrange(12), chance.randrange(12)
        accepted = not dependencies.closes_circle(edges, one, other)
        assert accepted == can_be_done([*edges, (one, other)])
        edges += [(one, other)] if accepted else []


def can_be_done(edges):
    """Do again and again what waits for nothing (Kahn); whatever is left stands in a circle."""
    left = set(range(12))
    while free := {node for node in left if not any(one == node and other in left for one, other in edges)}:
        left -= free
    return not left


def test_a_random_graph_of_commitments_stays_without_circle(ambition):
    chance, promises = random.Random(7), CommitmentFactory.create_batch(5, ambition=ambition)
    places = {promise.pk: place for place, promise in enumerate(promises)}

    for _ in range(25):
        with contextlib.suppress(ValidationError):
            wait(chance.choice(promises), chance.choice(promises))

    edges = [(places[one], places[other]) for one, other in dependencies.edges_of(ambition.programme)]
    assert len(edges) >= 4
    assert can_be_done(edges)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_cannot_close_a_circle():
    first = CommitmentFactory(started=True)
    second = CommitmentFactory(started=True, ambition=first.ambition)
    pairs = [(first, second), (second, first)]

    got = at_once(lambda: wait(*pairs.pop()))

    assert sorted(isinstance(one, str) for one in got) == [False, True]
    assert Dependency.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"late": True}, (Hold.LATE, 3)), ({"not_kept": True}, (Hold.GONE, 0)), ({"kept": True}, (Hold.DONE, 0)),
        ({"started": True, "due_on": in_days(181)}, (Hold.AFTER, 0)), ({"started": True}, (Hold.COMING, 0)),
    ],
)  # fmt: skip
def test_how_it_stands_follows_from_what_is_waited_for(ambition, values, expected):
    waiting = CommitmentFactory(ambition=ambition, started=True)
    DependencyFactory(commitment=waiting, on=CommitmentFactory(ambition=ambition, **values))

    [found] = dependencies.waits(Dependency.objects.all())

    assert (found.hold, found.days) == expected
    assert Dependency.objects.holding().exists() == found.hold.holds_up == Commitment.objects.with_verdict().get(pk=waiting.pk).is_held_up


def test_what_waits_longest_comes_first(ambition):
    waiting = CommitmentFactory(ambition=ambition, started=True)
    for days in (-5, 20, -40):
        values = {"starts_on": in_days(-90), "due_on": in_days(days)}
        DependencyFactory(commitment=waiting, on=CommitmentFactory(ambition=ambition, started=True, **values))

    assert [found.days for found in dependencies.waits(Dependency.objects.all())] == [40, 5, 0]


def test_a_promise_that_ended_is_not_held_up(ambition):
    DependencyFactory(late=True, commitment=CommitmentFactory(ambition=ambition, kept=True))

    assert not Dependency.objects.holding().exists()
    assert not Commitment.objects.with_verdict().filter(is_held_up=True).exists()


def test_the_record_counts_what_is_held_up_beside_the_verdict(ambition):
    DependencyFactory(late=True, commitment=CommitmentFactory(ambition=ambition, started=True))
    waiting = Dependency.objects.get().commitment

    record = records.of(waiting.organisation, list(Commitment.objects.with_verdict().filter(organisation=waiting.organisation)))

    assert (record.total, record.held_up) == (1, 1)
    assert records.chosen(Commitment.objects.with_verdict(), date="", outcome="wacht") == [waiting]


def test_dropping_a_promise_tells_what_depends_on_it_and_counts_what_is_internal(ambition):
    awaited = CommitmentFactory(ambition=ambition, started=True)
    open_one = DependencyFactory(on=awaited, commitment=CommitmentFactory(ambition=ambition, started=True)).commitment
    hidden = DependencyFactory(on=awaited, commitment=CommitmentFactory(ambition=ambition, started=True, visibility=Visibility.INTERNAL)).commitment

    told = " ".join(touching.touched(awaited))

    assert open_one.what in told
    assert hidden.what not in told
    assert "1 interne toezegging van een andere organisatie" in told


def test_taking_a_dependency_away_twice_is_told_once(ambition):
    made = DependencyFactory(commitment=CommitmentFactory(ambition=ambition, started=True))

    dependencies.remove(made, by=made.created_by)
    dependencies.remove(Dependency(pk=made.pk), by=made.created_by)

    assert Event.objects.filter(kind="commitment.waits_no_more").count() == 1


def test_a_dropped_predecessor_holds_up_whoever_waits(ambition):
    made = DependencyFactory(commitment=CommitmentFactory(ambition=ambition, started=True))

    commitments.end(made.on, state=CommitmentState.DROPPED, reason="Geen geld.", by=made.on.owner)

    assert dependencies.waits(Dependency.objects.holding())[0].words == "vervallen, 0 dagen geleden"
