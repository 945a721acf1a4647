"""A word on a promise."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from ambitions import milestones, updates
from ambitions.choices import CommitmentState, Report
from ambitions.signals import commitment_changed, commitment_reported
from tests.accounts.factories import UserFactory
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import CommitmentFactory, MilestoneFactory, ProgressUpdateFactory, in_days
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


def code(error):
    return error.value.error_list[0].code


def say(commitment, report=Report.ON_TRACK, sentence="Het loopt.", **values):
    return updates.report(commitment, report=report, sentence=sentence, **{"by": commitment.owner} | values)


def test_the_first_word_starts_the_work():
    made = CommitmentFactory(agreed=True, unit="woningen", quantity=12)

    update = say(made, number=Decimal("3"), proof="Kerkstraat")

    made.refresh_from_db()
    assert made.state == CommitmentState.IN_PROGRESS
    assert (update.by, update.by_organisation, update.number, update.through_link) == (made.owner, made.organisation, 3, False)


@pytest.mark.parametrize("trait", ["agreed", "started"])
def test_done_keeps_the_promise_at_once(trait):
    made = CommitmentFactory(**{trait: True})

    say(made, Report.DONE)

    made.refresh_from_db()
    assert (made.state, made.ended_at is not None) == (CommitmentState.KEPT, True)
    kept = Event.objects.about(made).get(kind="commitment.kept")
    assert (kept.actor_id, kept.new["self_reported"]) == (made.owner_id, True)


@pytest.mark.parametrize("trait", [{}, {"kept": True}, {"not_kept": True}])
def test_nothing_is_reported_on_what_is_not_in_force(trait):
    with pytest.raises(ValidationError) as error:
        say(CommitmentFactory(**trait))
    assert code(error) == "not_in_force"


@pytest.mark.parametrize("report", [Report.ON_TRACK, Report.DONE])
def test_a_button_pressed_twice_is_one_word(report):
    made = CommitmentFactory(started=True)

    assert say(made, report).pk == say(made, report).pk
    assert made.updates.count() == 1


def test_the_same_words_a_month_later_are_a_new_word():
    made = CommitmentFactory(started=True)
    ProgressUpdateFactory(commitment=made, sentence="Het loopt.", days_ago=30)

    say(made)

    assert made.updates.count() == 2


def test_a_coordinator_without_organisation_speaks_on_behalf_of_the_owner():
    made = CommitmentFactory(started=True)

    assert say(made, by=UserFactory()).by_organisation == made.organisation


def test_a_coordinator_of_a_partner_speaks_for_that_partner():
    made = CommitmentFactory(started=True)
    coordinator = RepresentativeFactory(in_programme=made.ambition.programme)

    assert say(made, by=coordinator.user).by_organisation == coordinator.organisation


def test_a_word_is_told_inside_the_transaction():
    heard = []

    def listen(sender, commitment, update, **kwargs):
        heard.append((update.sentence, connection.in_atomic_block))

    def listen_to_change(sender, commitment, what, **kwargs):
        heard.append(what)

    commitment_reported.connect(listen)
    commitment_changed.connect(listen_to_change)
    say(CommitmentFactory(started=True), Report.DONE)
    commitment_reported.disconnect(listen)
    commitment_changed.disconnect(listen_to_change)

    assert heard == ["ended", ("Het loopt.", True)]


def test_a_step_is_reached_once():
    step = MilestoneFactory()

    for _press in range(2):
        reached = milestones.reach(step, by=step.commitment.owner)

    assert reached.done_on == in_days(0)
    assert Event.objects.about(step.commitment).count() == 1


def test_a_promise_that_ended_gets_no_new_steps():
    with pytest.raises(ValidationError) as error:
        milestones.add(CommitmentFactory(kept=True), what="Nog iets", due_on=in_days(9), by=UserFactory())
    assert code(error) == "ended"
