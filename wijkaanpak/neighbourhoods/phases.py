"""The phases of a programme: steps that people tick, and the days each phase is planned for."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.choices import Fact
from wijkaanpak.neighbourhoods.models import Phase, PhaseStep, Programme

PROPOSED: list[tuple[Any, list[tuple[Any, str]]]] = [
    (gettext_lazy("Explore"), [
        (gettext_lazy("Everybody who should take part is invited"), Fact.PARTNERS),
        (gettext_lazy("Each partner tells how it looks at the neighbourhood"), Fact.PERSPECTIVES),
        (gettext_lazy("The figures of the neighbourhood are looked at together"), Fact.FIGURES),
        (gettext_lazy("Residents were asked what should change"), Fact.VOICES),
    ]),
    (gettext_lazy("Formulate together"), [
        (gettext_lazy("What clashes is named and talked about"), Fact.TENSIONS),
        (gettext_lazy("The ambitions are adopted"), Fact.AMBITIONS),
        (gettext_lazy("Each ambition has goals with start and target"), Fact.GOALS),
    ]),
    (gettext_lazy("Make agreements"), [
        (gettext_lazy("Each organisation promised what it will do"), Fact.COMMITMENTS),
        (gettext_lazy("Promises have a formal basis"), Fact.BASIS),
        (gettext_lazy("The steering group decided"), Fact.DECISIONS),
    ]),
    (gettext_lazy("Carry out"), [
        (gettext_lazy("Everybody tells how the promises go"), Fact.WORDS),
        (gettext_lazy("Residents hear what is done with what they said"), Fact.ANSWERS),
        (gettext_lazy("The council got a progress report"), Fact.REPORTS),
    ]),
    (gettext_lazy("Evaluate and hand over"), [
        (gettext_lazy("What we learned is written down"), Fact.LESSONS),
        (gettext_lazy("Partners and residents looked back together"), ""),
        (gettext_lazy("What goes on has an owner"), Fact.HANDOVERS),
    ]),
]  # fmt: skip


def of_programme(programme: Programme) -> QuerySet[Phase]:
    """The phases in their order with their steps. Two queries."""
    return programme.phases.prefetch_related("steps__done_by")


def current(found: list[Phase], today: date) -> Phase | None:
    """Return the phase that is planned for today, or else the first with a step to do; None when everything is ticked."""
    planned = [row for row in found if row.starts_on and row.starts_on <= today and (row.ends_on is None or today <= row.ends_on)]
    waiting = [row for row in found if any(step.done_on is None for step in row.steps.all())]
    return next(iter([*planned, *waiting]), None)


@transaction.atomic
def propose(programme: Programme, *, by: User) -> int:
    """Put the five usual phases on an empty checklist; return how many. Raises ValidationError (code "there_already")."""
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if programme.phases.exists():
        raise ValidationError(_("This programme has phases already."), code="there_already")
    for place, (name, steps) in enumerate(PROPOSED, start=1):
        phase = Phase.objects.create(programme=programme, place=place, name=str(name))
        PhaseStep.objects.bulk_create(PhaseStep(phase=phase, what=str(what), fact=fact) for what, fact in steps)
    events.record("phases.proposed", about=programme, by=by, programme=programme)
    return len(PROPOSED)


@transaction.atomic
def change(phase: Phase, *, name: str, by: User, starts_on: date | None = None, ends_on: date | None = None) -> Phase:
    """Rename a phase or plan it; nothing is written when nothing differs."""
    locked = Phase.objects.select_for_update(of=("self",)).get(pk=phase.pk)
    old = _plain(locked)
    locked.name, locked.starts_on, locked.ends_on = name, starts_on, ends_on
    if _plain(locked) != old:
        locked.save()
        events.record("phase.changed", about=locked, by=by, programme=locked.programme_id, old=old, new=_plain(locked))
    return locked


@transaction.atomic
def add_step(phase: Phase, *, what: str, by: User, fact: str = "") -> PhaseStep:
    step = PhaseStep.objects.create(phase=phase, what=what.strip(), fact=fact)
    events.record("phase_step.added", about=step, by=by, programme=phase.programme_id, new={"what": step.what})
    return step


@transaction.atomic
def change_step(step: PhaseStep, *, what: str, by: User, fact: str = "") -> PhaseStep:
    locked = _locked(step)
    old = {"what": locked.what}
    if (locked.what, locked.fact) != (what.strip(), fact):
        locked.what, locked.fact = what.strip(), fact
        locked.save(update_fields=["what", "fact"])
        events.record("phase_step.changed", about=locked, by=by, programme=locked.phase.programme_id, old=old, new={"what": locked.what})
    return locked


@transaction.atomic
def remove_step(step: PhaseStep, *, by: User) -> None:
    """Take a step off the list; the log keeps that it was there, and whether it was done."""
    locked = _locked(step)
    old = {"what": locked.what, "done_on": locked.done_on.isoformat() if locked.done_on else None}
    events.record("phase_step.removed", about=locked, by=by, programme=locked.phase.programme_id, old=old)
    locked.delete()


@transaction.atomic
def tick(step: PhaseStep, *, by: User) -> PhaseStep:
    """Say that a step is done, today; a second press changes nothing."""
    locked = _locked(step)
    if locked.done_on is None:
        locked.done_on, locked.done_by = timezone.localdate(), by
        locked.save(update_fields=["done_on", "done_by"])
        events.record("phase_step.done", about=locked, by=by, programme=locked.phase.programme_id, new={"done_on": locked.done_on.isoformat()})
    return locked


@transaction.atomic
def untick(step: PhaseStep, *, by: User) -> PhaseStep:
    """Take the tick back; the log keeps who had ticked it and when."""
    locked = _locked(step)
    if locked.done_on is not None:
        old = {"done_on": locked.done_on.isoformat()}
        locked.done_on = locked.done_by = None
        locked.save(update_fields=["done_on", "done_by"])
        events.record("phase_step.not_done", about=locked, by=by, programme=locked.phase.programme_id, old=old)
    return locked


def _locked(step: PhaseStep) -> PhaseStep:
    return PhaseStep.objects.select_for_update(of=("self",)).select_related("phase").get(pk=step.pk)


def _plain(phase: Phase) -> dict[str, Any]:
    days = {name: getattr(phase, name) for name in ("starts_on", "ends_on")}
    return {"name": phase.name} | {name: day.isoformat() if day else None for name, day in days.items()}
