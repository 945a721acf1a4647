"""What nobody speaks of goes up: representative, coordinator, core team, steering group; each step asks one answer, once."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, CharField, F, Max, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ambitions import links, reminders
from ambitions.choices import Ground, Level, Report, StepEnd, Visibility
from ambitions.models import SILENT_AFTER, Commitment, CommitmentQuerySet, DueDate, Escalation, EscalationTerms, days_between
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events, jobs, mails
from wijkaanpak.journal.models import Job, Mail
from wijkaanpak.neighbourhoods.models import Membership, Programme

JOB = "ambitions.climb"
FARTHEST = timedelta(days=92)  # an answer keeps a promise quiet for a quarter at most


def plan(today: date | None = None) -> Job:
    """Put the round of a day in the job list; asked twice, it finds nothing more to do."""
    return jobs.round_of(JOB, today)


@jobs.handles(JOB)
def climb(run: jobs.Run) -> None:
    """Pass on what was not answered in time. Safe to stop and start again: each promise is one transaction."""
    waiting = run.through(due_to_climb(run.day), _("Passing on what was not answered"))
    steps = sum(move_up(pk, today=run.day) is not None for pk in waiting)
    with run.finishing(steps=steps):
        pass


def unheard(today: date) -> CommitmentQuerySet:
    """Promises about which too little was heard for too long, with `ground`; those with an open step included.

    Late, delayed or silent, and nothing said since so many days as the programme allows. The next date in an
    answer counts as said, and so does a date that was agreed or moved.
    """
    said = Escalation.objects.answered().filter(commitment=OuterRef("pk")).order_by("-pk").values("next_on")[:1]
    dated = DueDate.objects.filter(commitment=OuterRef("pk"), set_at__date__lte=today).order_by("-set_at").values(day=TruncDate("set_at"))[:1]
    patience = Coalesce(F("ambition__programme__escalation_terms__starts_after_days"), EscalationTerms().starts_after_days)
    rows = Commitment.objects.in_force().with_signal(today)
    rows = rows.annotate(patience=patience, heard_on=Greatest("silent_since", Subquery(said), Subquery(dated)))
    rows = rows.annotate(days_unheard=days_between(since="heard_on", until=today))
    ground = Case(
        When(due_on__lt=today, days_late__gt=F("patience"), then=Value(Ground.LATE.value)),
        When(last_report__in=[Report.DELAYED, Report.DONE], then=Value(Ground.STUCK.value)),
        When(days_unheard__gt=F("patience") + SILENT_AFTER.days, then=Value(Ground.SILENT.value)),
        default=Value(""), output_field=CharField(),
    )  # fmt: skip
    return rows.filter(days_unheard__gt=F("patience")).annotate(ground=ground).exclude(ground="")


def due_to_climb(today: date) -> list[int]:
    """Return the promises that go a step up today: unheard, and without a step whose term still runs."""
    running = Escalation.objects.open().filter(answer_due_on__gte=today)
    at_the_top = Escalation.objects.open().filter(level=Level.STEERING_GROUP)
    waiting = unheard(today).exclude(pk__in=running.values("commitment")).exclude(pk__in=at_the_top.values("commitment"))
    return list(waiting.order_by("due_on", "pk").values_list("pk", flat=True))


@transaction.atomic
def move_up(pk: int, *, today: date) -> Escalation | None:
    """Begin a climb, or pass the open step on to the next level that has somebody; None when there is nothing to do.

    The promise is locked and looked at again, so that two workers, or a word given meanwhile, make no second step.
    """
    locked = Commitment.objects.select_for_update(of=("self",)).select_related("ambition__programme", "organisation", "owner").get(pk=pk)
    found = unheard(today).filter(pk=pk).first()
    before = locked.escalations.open().first()
    if found is None or (before and before.answer_due_on >= today):
        return None
    owned = _next_owned(locked, before.level if before else "")
    if owned is None:
        return None
    if before:
        _close(before, StepEnd.PASSED_ON)
    return _open(locked, *owned, ground=found.ground, climb=before.climb if before else _climbs(locked) + 1, today=today)


def _open(commitment: Commitment, level: Level, person: User | None, *, ground: str, climb: int, today: date) -> Escalation:
    term = timedelta(days=terms_of(commitment.ambition.programme).days_of(level))
    step = Escalation.objects.create(
        commitment=commitment, climb=climb, level=level, ground=ground, person=person, body=level if level in Level.bodies() else "",
        since=today, answer_due_on=today + term,
    )
    events.record(
        "commitment.escalated", about=commitment, programme=commitment.ambition.programme_id,
        new={"level": str(level.label), "person": str(person or ""), "ground": str(Ground(ground).label), "answer_due_on": step.answer_due_on.isoformat()},
    )
    if person:
        _mail(step, person)
    return step


def _climbs(commitment: Commitment) -> int:
    return commitment.escalations.aggregate(last=Max("climb"))["last"] or 0


def terms_of(programme: Programme) -> EscalationTerms:
    """The terms the programme chose, or the usual ones."""
    chosen = EscalationTerms.objects.select_related("core_team_contact", "steering_group_contact").filter(programme=programme)
    return chosen.first() or EscalationTerms(programme=programme)


def _next_owned(commitment: Commitment, level: str) -> tuple[Level, User | None] | None:
    """The next level with somebody to ask: a group always answers, a person only while there is one."""
    for above in Level.above(level):
        person = _person(commitment, above)
        if person or above in Level.bodies():
            return above, person
    return None


def _person(commitment: Commitment, level: Level) -> User | None:
    """Who gets the mail of a level. What is internal stays with the coordinators, who may read it."""
    programme = commitment.ambition.programme
    coordinator = coordinator_of(programme)
    if level == Level.REPRESENTATIVE:
        return next(iter(reminders.recipients([commitment])), None)
    if level == Level.COORDINATOR or commitment.visibility == Visibility.INTERNAL:
        return coordinator
    contact = getattr(terms_of(programme), f"{level}_contact")
    return contact if contact and _takes_part(contact, programme) else coordinator


def coordinator_of(programme: Programme) -> User | None:
    """The coordinator who has been there longest."""
    found = Membership.objects.steering().filter(programme=programme)
    membership = found.select_related("user").order_by("since", "pk").first()
    return membership.user if membership else None


def _takes_part(user: User, programme: Programme) -> bool:
    return user.is_active and user.memberships.active().filter(programme=programme).exists()


def follow_owner(commitment: Commitment, *, by: User, restarts_term: bool = False, tells: bool = True) -> None:
    """Let the open step at the representative go along to the new owner of a locked promise.

    The term runs on, unless whoever changed the owner says that it begins again. A person is mailed once about a step.
    """
    step = commitment.escalations.open().filter(level=Level.REPRESENTATIVE).select_related("person").first()
    if step is None or step.person_id == commitment.owner_id:
        return
    old, step.person, step.commitment = step.person, commitment.owner, commitment
    if restarts_term:
        step.answer_due_on = timezone.localdate() + timedelta(days=terms_of(commitment.ambition.programme).days_of(Level.REPRESENTATIVE))
    step.save(update_fields=["person", "answer_due_on"])
    values = {"person": commitment.owner.name, "answer_due_on": step.answer_due_on.isoformat()}
    events.record("commitment.step_followed", about=commitment, by=by, programme=commitment.ambition.programme_id, old={"person": str(old or "")}, new=values)
    if tells and not _was_told(step, commitment.owner):
        _mail(step, commitment.owner, key=f"escalation:{step.pk}:{commitment.owner_id}")


def _was_told(step: Escalation, person: User) -> bool:
    return Mail.objects.filter(key=f"escalation:{step.pk}", to=person.email).exists()


def _mail(step: Escalation, person: User, *, key: str = "") -> None:
    commitment = step.commitment
    programme = commitment.ambition.programme
    path = reverse("ambitions:commitment_answer", args=[programme.slug, commitment.pk])
    first = step.level == Level.REPRESENTATIVE
    mails.post(
        key=key or f"escalation:{step.pk}", to=person.email, to_name=person.name, template="ambitions/mail/escalation.txt", purpose="commitment.escalated",
        about=commitment, programme=programme,
        context={
            "step": step, "commitment": commitment, "programme": programme, "person": person, "ground": step.get_ground_display(),
            "level": step.get_level_display(), "path": links.path_for(commitment, person) if first else path, "is_first": first,
        },
    )  # fmt: skip


@transaction.atomic
def answer(step: Escalation, *, answer: str, next_on: date, by: User, today: date | None = None) -> Escalation:
    """Say what is done about it and when the next word comes; that ends the climb.

    Raises ValidationError (codes "ended", "no_answer", "not_ahead", "too_far").
    """
    today = today or timezone.localdate()
    commitment = Commitment.objects.select_for_update(of=("self",)).select_related("ambition").get(pk=step.commitment_id)
    locked = Escalation.objects.select_for_update(of=("self",)).get(pk=step.pk)
    _check_answer(locked, answer, next_on, today)
    locked.answer, locked.next_on, locked.answered_by = answer.strip(), next_on, by
    _close(locked, StepEnd.ANSWERED)
    events.record(
        "commitment.escalation_answered", about=commitment, by=by, programme=commitment.ambition.programme_id,
        new={"level": locked.get_level_display(), "answer": locked.answer, "next_on": next_on.isoformat()},
    )
    return locked


def _check_answer(step: Escalation, answer: str, next_on: date, today: date) -> None:
    if step.ended_at:
        raise ValidationError(_("Nobody waits for this answer any more: the step has ended."), code="ended")
    if not answer.strip():
        raise ValidationError(_("Say what you do about it."), code="no_answer")
    if next_on <= today:
        raise ValidationError(_("Choose a day that is still to come."), code="not_ahead")
    if next_on > today + FARTHEST:
        raise ValidationError(_("Choose a day within three months, so that it is not forgotten."), code="too_far")


def settle(commitment: Commitment, outcome: StepEnd) -> None:
    """End the open step of a locked promise, because a word came, or the promise ended or got a new date."""
    if step := commitment.escalations.open().first():
        _close(step, outcome)
        events.record(
            "commitment.escalation_ended", about=commitment, programme=commitment.ambition.programme_id,
            new={"level": step.get_level_display(), "outcome": str(outcome.label)},
        )


def _close(step: Escalation, outcome: StepEnd) -> None:
    step.outcome, step.ended_at = outcome, timezone.now()
    step.save(update_fields=["outcome", "ended_at", "answer", "next_on", "answered_by"])


@transaction.atomic
def set_terms(programme: Programme, *, by: User, **values: Any) -> EscalationTerms:
    """Choose how long each level has, and who gets the mail for a group; only what differs is recorded."""
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    terms = terms_of(programme)
    old = {name: getattr(terms, name) for name, value in values.items() if getattr(terms, name) != value}
    for name, value in values.items():
        setattr(terms, name, value)
    terms.save()
    if old:
        new = {name: values[name] for name in old}
        events.record("programme.terms_set", about=programme, by=by, programme=programme, old=_plain(old), new=_plain(new))
    return terms


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value or "") for name, value in values.items()}
