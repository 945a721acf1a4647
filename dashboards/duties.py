"""What is asked of one person now, and what their organisations promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.models import Organisation, Participation, Tension
from actors.permissions import organisation_ids
from ambitions.choices import AmbitionState, CommitmentState, Signal
from ambitions.models import Ambition, Commitment, Escalation, Submission, Support
from dashboards.exceptions import AHEAD, closes_on, words
from dashboards.models import Action, Question
from residents.choices import InputState
from residents.models import ResidentInput
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Programme
from wijkaanpak.neighbourhoods.permissions import programme_ids, roles_by_programme


@dataclass(frozen=True)
class Duty:
    """One thing that is asked of somebody; `on` is the date by which, or since when."""

    on: date
    what: str
    why: str
    programme: str
    action: str
    url: str
    shape: str = "info"
    badge: str = ""  # instead of the distance to the date
    last_word: str = ""


@dataclass(frozen=True)
class Part:
    """A programme a person takes part in, with the roles there and where to start."""

    programme: Programme
    roles: str
    url: str
    label: str


def commitments_of(user: Any) -> QuerySet[Commitment]:
    """What the person and the own organisations promised and has not ended, nearest date first."""
    mine = Q(owner=user) | Q(organisation__in=organisation_ids(user))
    open_ones = Commitment.objects.visible_to(user).filter(mine).exclude(state__in=CommitmentState.ended())
    return open_ones.with_signal().select_related("organisation", "owner", "ambition__programme").order_by("due_on", "pk")


def inputs_of(user: Any) -> QuerySet[ResidentInput]:
    """What residents said that the own organisations must answer."""
    mine = ResidentInput.objects.visible_to(user).filter(organisation__in=organisation_ids(user), state=InputState.PUBLISHED, answered_at=None)
    return mine.select_related("organisation", "programme").order_by("answer_due_on", "pk")


def support_asked_of(user: Any) -> list[tuple[Ambition, Organisation]]:
    """Return each ambition in consultation with the own organisation that has not spoken about its text. Two queries."""
    taking_part = Participation.objects.current().filter(organisation__in=organisation_ids(user)).select_related("organisation")
    partners: dict[int, list[Organisation]] = {}
    for participation in taking_part:
        partners.setdefault(participation.programme_id, []).append(participation.organisation)
    spoken = Support.objects.about_text_asked().filter(ambition=OuterRef("pk"), organisation__in=organisation_ids(user))
    asked = Ambition.objects.visible_to(user).filter(~Exists(spoken), programme__in=partners, consultation_closes_on__isnull=False)
    rows = asked.exclude(state=AmbitionState.CLOSED).select_related("programme").order_by("consultation_closes_on")
    return [(ambition, partner) for ambition in rows for partner in partners[ambition.programme_id]]


def of_commitments(commitments: Iterable[Commitment], user: Any, today: date) -> list[Duty]:
    """Return what the person owns and is late, silent, or due within two weeks."""
    return [_commitment(row, today) for row in commitments if row.owner_id == user.pk and _asks(row, today)]


def _asks(row: Commitment, today: date) -> bool:
    return row.signal in {Signal.LATE, Signal.SILENT} or (bool(row.signal) and row.starts_on <= today and row.due_on <= today + AHEAD)


def _commitment(row: Commitment, today: date) -> Duty:
    programme = row.ambition.programme
    asked = {
        "what": row.what, "programme": programme.name, "action": _("Say how it goes"), "last_word": row.last_sentence or "",
        "url": reverse("ambitions:commitment_update", args=[programme.slug, row.pk]),
    }  # fmt: skip
    if row.signal == Signal.SILENT:
        silence = ngettext("no word for %(days)s day", "no word for %(days)s days", row.days_silent) % {"days": row.days_silent}
        return Duty(today, why=_("There was no word for a long time."), shape="warning", badge=silence, **asked)
    if row.signal == Signal.LATE:
        return Duty(row.due_on, why=_("The date has passed."), shape="danger", **asked)
    return Duty(row.due_on, why=_("The date comes near."), **asked)


def of_inputs(inputs: Iterable[ResidentInput], today: date) -> list[Duty]:
    return [_input(row, today) for row in inputs]


def _input(row: ResidentInput, today: date) -> Duty:
    late = row.answer_due_on < today
    why = _("The promised date of the answer has passed.") if late else _("A resident waits for your answer.")
    url = reverse("residents:input_detail", args=[row.programme.slug, row.pk])
    return Duty(row.answer_due_on, f"“{row.public_text}”", why, row.programme.name, _("Answer it"), url, "danger" if late else "info")


def of_support(asked: Iterable[tuple[Ambition, Organisation]], today: date) -> list[Duty]:
    return [_support(ambition, partner, today) for ambition, partner in asked if closes_on(ambition) >= today]


def _support(ambition: Ambition, partner: Organisation, today: date) -> Duty:
    why = _("Does %(organisation)s support this?") % {"organisation": partner}
    url = reverse("ambitions:support_give", args=[ambition.programme.slug, ambition.number, partner.pk])
    return Duty(closes_on(ambition), words(ambition), why, ambition.programme.name, _("Say where you stand"), url)


def questions_of(user: Any) -> QuerySet[Question]:
    """What the person was asked about a contradiction and has not answered, nearest date first."""
    rows = Question.objects.visible_to(user).unanswered().filter(asked_of=user)
    return rows.select_related("programme", "ambition", "theme").order_by("due_on", "pk")


def of_questions(questions: Iterable[Question], today: date) -> list[Duty]:
    return [_question(row, today) for row in questions]


def _question(row: Question, today: date) -> Duty:
    url = reverse("dashboards:question_detail", args=[row.programme.slug, row.pk])
    return Duty(row.due_on, row.title, row.what, row.programme.name, _("Say what is behind it"), url, "danger" if row.due_on < today else "info")


def actions_of(user: Any) -> QuerySet[Action]:
    """What the person agreed to do in a meeting and has not done, nearest date first."""
    return Action.objects.visible_to(user).open().filter(owner=user).with_people()


def of_actions(actions: Iterable[Action]) -> list[Duty]:
    return [_action(row) for row in actions]


def _action(row: Action) -> Duty:
    url = reverse("dashboards:action_finish", args=[row.programme.slug, row.pk])
    why = _("Agreed in a meeting on %(day)s.") % {"day": date_format(row.meeting.held_on, "j F")}
    return Duty(row.due_on, row.what, why, row.programme.name, _("Say what came of it"), url, "danger" if row.due_on < timezone.localdate() else "info")


def steps_of(user: Any) -> QuerySet[Escalation]:
    """Steps up that wait for an answer of this person, nearest date first; what the person may no longer see is not asked."""
    visible = Commitment.objects.visible_to(user)
    rows = Escalation.objects.open().filter(person=user, commitment__in=visible.values("pk"))
    return rows.select_related("commitment__ambition__programme").order_by("answer_due_on", "pk")


def of_steps(steps: Iterable[Escalation], today: date) -> list[Duty]:
    return [_step(row, today) for row in steps]


def _step(row: Escalation, today: date) -> Duty:
    programme = row.commitment.ambition.programme
    why = _("Asked of the %(level)s: what is done about it, and when does the next word come?") % {"level": row.get_level_display()}
    url = reverse("ambitions:commitment_answer", args=[programme.slug, row.commitment_id])
    late = row.answer_due_on < today
    return Duty(row.answer_due_on, row.commitment.what, why, programme.name, _("Give the answer"), url, "danger" if late else "warning")


def agreement_asked_of(user: Any) -> QuerySet[Submission, dict[str, Any]]:
    """How many words of colleagues wait for the agreement of a person, per programme, and since when."""
    rows = Submission.objects.open().readable_by(user).exclude(by=user).order_by()
    programme = {"slug": F("commitment__ambition__programme__slug"), "name": F("commitment__ambition__programme__name")}
    return rows.values(**programme).annotate(number=Count("pk"), since=Min("at"))


def of_agreements(rows: Iterable[dict[str, Any]]) -> list[Duty]:
    return [_agreement(row) for row in rows]


def _agreement(row: dict[str, Any]) -> Duty:
    what = ngettext("%(number)s word of a colleague waits for your agreement", "%(number)s words of colleagues wait for your agreement", row["number"])
    url, since = reverse("ambitions:approval_list", args=[row["slug"]]), timezone.localtime(row["since"]).date()
    return Duty(since, what % {"number": row["number"]}, _("It counts once you agree."), row["name"], _("Read and agree"), url, badge=str(_("waits for agreement")))


def to_update(commitments: Iterable[Commitment], user: Any) -> list[Programme]:
    """Return the programmes in which more than one promise of the own organisations runs: those are brought up to date on one page."""
    own = organisation_ids(user)
    running = [row.ambition.programme for row in commitments if row.is_in_force and row.organisation_id in own]
    return [programme for programme in dict.fromkeys(running) if running.count(programme) > 1]


def tensions_of(user: Any) -> QuerySet[Tension]:
    """What the person watches over and whose day to look at it again has come, the earliest first."""
    return Tension.objects.visible_to(user).due().filter(owner=user).select_related("programme").order_by("review_on", "pk")


def of_tensions(rows: Iterable[Tension], today: date) -> list[Duty]:
    return [_tension(row, today) for row in rows]


def _tension(row: Tension, today: date) -> Duty:
    why = _("A tension without agreement: how does it stand?") if row.is_open else _("Does the agreement about this tension still hold?")
    url = reverse("actors:tension_detail", args=[row.programme.slug, row.pk])
    return Duty(row.review_on, row.sentence, why, row.programme.name, _("Look at it again"), url, "warning" if row.review_on < today else "info")


def asked_of(user: Any, commitments: Iterable[Commitment]) -> list[Duty]:
    """Return everything that is asked of a person, by date. Six queries beside the commitments."""
    today, steps = timezone.localdate(), list(steps_of(user))
    asked = {step.commitment_id for step in steps}
    found = of_steps(steps, today) + of_commitments([row for row in commitments if row.pk not in asked], user, today)
    found += of_questions(questions_of(user), today) + of_actions(actions_of(user)) + of_tensions(tensions_of(user), today)
    if organisation_ids(user):
        found += of_inputs(inputs_of(user), today) + of_support(support_asked_of(user), today) + of_agreements(agreement_asked_of(user))
    return sorted(found, key=lambda duty: duty.on)


def parts_of(user: Any) -> list[Part]:
    """Return the programmes of a person, those one coordinates first; administrators see all. One query."""
    steered = set(programme_ids(user, Role.COORDINATOR))
    rows = sorted(Programme.objects.visible_to(user), key=lambda row: (row.pk not in steered, row.name))
    held = roles_by_programme(user)
    return [_part(row, held.get(row.pk, set()), row.pk in steered) for row in rows]


def _part(programme: Programme, roles: set[str], steers: bool) -> Part:
    labels = ", ".join(str(Role(role).label) for role in sorted(roles)) or _("administrator")
    name = "dashboards:cockpit" if steers else "dashboards:reader_page"
    return Part(programme, labels, reverse(name, args=[programme.slug]), _("To the cockpit") if steers else _("One page overview"))


def start_of(user: Any) -> str:
    """Return where somebody begins after signing in: the cockpit of the only programme one coordinates, or else the own work."""
    steered = list(Programme.objects.filter(pk__in=programme_ids(user, Role.COORDINATOR)).values_list("slug", flat=True)[:2])
    return reverse("dashboards:cockpit", args=steered) if len(steered) == 1 else reverse("dashboards:my_work")
