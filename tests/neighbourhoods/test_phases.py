"""Phases with steps that people tick, and the days they are planned for."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import PhaseFactory, PhaseStepFactory, ProgrammeFactory
from wijkaanpak.journal.models import Event
from wijkaanpak.journal.sentences import sentence
from wijkaanpak.neighbourhoods import phases
from wijkaanpak.neighbourhoods.models import Phase, PhaseStep

pytestmark = pytest.mark.django_db


def test_five_phases_with_steps_are_proposed_once_and_nothing_is_ticked():
    programme, by = ProgrammeFactory(), UserFactory()

    assert phases.propose(programme, by=by) == 5
    with pytest.raises(ValidationError) as refusal:
        phases.propose(programme, by=by)

    assert refusal.value.code == "there_already"
    assert [phase.name for phase in programme.phases.all()] == ["Verkennen", "Samen formuleren", "Afspraken maken", "Uitvoeren", "Evalueren en overdragen"]
    assert not PhaseStep.objects.exclude(done_on=None).exists()


def test_a_step_is_ticked_with_day_and_person_and_the_log_keeps_the_tick_that_was_taken_back():
    step, by = PhaseStepFactory(what="Iedereen is uitgenodigd"), UserFactory(name="Roos")
    for _time in range(2):
        ticked = phases.tick(step, by=by)
    for _time in range(2):
        phases.untick(step, by=by)

    assert (ticked.done_on, ticked.done_by) == (timezone.localdate(), by)
    told = [sentence(event) for event in Event.objects.about(step).order_by("pk")]
    assert len(told) == 2
    assert told[1] == "Roos haalde het vinkje van een stap weg: Iedereen is uitgenodigd"


def test_steps_are_added_changed_and_removed_on_record():
    phase, by = PhaseFactory(), UserFactory()
    step = phases.add_step(phase, what=" Loop samen door de wijk ", by=by)
    phases.change_step(step, what="Loop twee keer door de wijk", by=by)
    phases.change_step(step, what="Loop twee keer door de wijk", by=by)
    pk = step.pk

    phases.remove_step(step, by=by)

    assert not PhaseStep.objects.exists()
    kinds = Event.objects.filter(subject_type="neighbourhoods.phasestep", subject_id=pk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["phase_step.added", "phase_step.changed", "phase_step.removed"]


def test_planning_a_phase_is_told_once():
    phase, by = PhaseFactory(), UserFactory()
    for _time in range(2):
        phases.change(phase, name="Verkennen", starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 30), by=by)

    assert Event.objects.filter(kind="phase.changed").count() == 1


def test_the_phase_of_today_is_the_planned_one_or_else_the_first_with_a_step_to_do():
    programme, today = ProgrammeFactory(), date(2026, 6, 1)
    first, second, third = (PhaseFactory(programme=programme) for _number in range(3))
    PhaseStepFactory(phase=first, done_on=today, done_by=UserFactory())
    PhaseStepFactory(phase=second)

    assert phases.current(list(phases.of_programme(programme)), today) == second
    Phase.objects.filter(pk=third.pk).update(starts_on=today)
    assert phases.current(list(phases.of_programme(programme)), today) == third


@pytest.mark.parametrize("wrong", [{"done_on": date(2026, 1, 1)}, {"what": ""}, {"fact": "verzonnen"}])
def test_the_database_refuses_a_tick_without_a_person_and_a_step_without_words(wrong):
    step = PhaseStepFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        PhaseStep.objects.filter(pk=step.pk).update(**wrong)


def test_the_database_refuses_a_phase_that_ends_before_it_starts():
    phase = PhaseFactory(starts_on=date(2026, 6, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        Phase.objects.filter(pk=phase.pk).update(ends_on=date(2026, 5, 1))
