"""What the cockpit is made of: one query per function, each with what its rows show."""

from datetime import date, datetime, time, timedelta

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from actors.models import Agreement, Organisation, Tension
from ambitions import change_requests, dependencies
from ambitions.choices import AmbitionState, CommitmentState, Stance, Visibility
from ambitions.models import (
    Ambition,
    AmbitionVersion,
    Commitment,
    CommitmentQuerySet,
    Confirmation,
    Dependency,
    Escalation,
    Goal,
    Milestone,
    Support,
)
from dashboards import queries, series
from dashboards.contradictions import Reading, ThemeVoices
from dashboards.exceptions import AHEAD
from dashboards.models import Action, AreaFigure, Decision, ProgrammeFigure, Question, Snooze
from residents.choices import InputKind, InputState
from residents.models import ResidentInput
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.models import Programme

LATEST = 15  # events on the cockpit
YEAR = timedelta(days=365)


def open_commitments(programme: Programme) -> CommitmentQuerySet:
    """Everything that is promised or proposed and has not ended, with its signal."""
    rows = Commitment.objects.filter(ambition__programme=programme).exclude(state__in=CommitmentState.ended())
    return rows.with_signal().select_related("organisation", "owner").order_by("due_on", "pk")


def open_steps(programme: Programme) -> QuerySet[Escalation]:
    """Steps up that wait for their answer, the nearest date first."""
    rows = Escalation.objects.open().filter(commitment__ambition__programme=programme)
    return rows.select_related("commitment__organisation", "person").order_by("answer_due_on", "pk")


def open_inputs(programme: Programme) -> QuerySet[ResidentInput]:
    """What residents said that waits for moderation or for an answer."""
    waiting = Q(state__in=[InputState.HELD, InputState.AWAITING]) | Q(state=InputState.PUBLISHED, answered_at=None)
    return ResidentInput.objects.filter(waiting, programme=programme).select_related("organisation").order_by("answer_due_on", "pk")


def ambitions_asked(programme: Programme) -> QuerySet[Ambition]:
    """Ambitions about whose text the partners are asked now."""
    asked = Ambition.objects.filter(programme=programme, consultation_closes_on__isnull=False)
    return asked.exclude(state=AmbitionState.CLOSED)


def participants(programme: Programme) -> QuerySet[Organisation]:
    return Organisation.objects.in_programme(programme)


def stances(programme: Programme) -> set[tuple[int, int]]:
    """Return (ambition, organisation) for every stance on record that is about the present text."""
    rows = Support.objects.about_text_asked().filter(ambition__programme=programme, ambition__consultation_closes_on__isnull=False)
    return set(rows.values_list("ambition_id", "organisation_id"))


def goals_with_figure(programme: Programme) -> QuerySet[Goal]:
    """Headline goals of adopted ambitions with `figure`."""
    goals = Goal.objects.filter(ambition__programme=programme, ambition__state=AmbitionState.ADOPTED, is_headline=True)
    return with_figure(goals, programme)


def goals_at_work(programme: Programme) -> QuerySet[Goal]:
    """All goals of ambitions that are not closed, with `figure`."""
    return with_figure(Goal.objects.filter(ambition__programme=programme).exclude(ambition__state=AmbitionState.CLOSED), programme)


def efforts(programme: Programme) -> QuerySet[Commitment]:
    """Every commitment of ambitions that are not closed, but for those dropped, with its signal."""
    rows = Commitment.objects.filter(ambition__programme=programme).exclude(ambition__state=AmbitionState.CLOSED)
    return rows.exclude(state=CommitmentState.DROPPED).with_signal().select_related("organisation", "ambition").order_by("due_on", "pk")


def with_figure(goals: QuerySet[Goal], programme: Programme) -> QuerySet[Goal]:
    """Add `figure`: trend, period, date, breaks and value of the latest one; None without. The date is text, as JSON has it."""
    latest = JSONObject(trend="trend", period="period", date="reference_date", breaks="breaks", value="value")
    whole = ProgrammeFigure.objects.latest().filter(programme=programme, indicator=OuterRef("indicator"))
    area = AreaFigure.objects.latest().filter(area=OuterRef("area"), indicator=OuterRef("indicator"))
    figure = Case(When(area=None, then=Subquery(whole.values(json=latest)[:1])), default=Subquery(area.values(json=latest)[:1]))
    return goals.annotate(figure=figure).select_related("ambition__theme", "indicator").order_by("ambition__number", "order", "pk")


def promises(programme: Programme) -> QuerySet[Commitment]:
    """Everything that was agreed and not dropped, with its signal and `is_supported`: its organisation supports the present text."""
    present = AmbitionVersion.objects.filter(ambition=OuterRef("ambition")).order_by("-number").values("number")[:1]
    stands_by = Support.objects.current().filter(
        ~Q(stance=Stance.AGAINST), ambition=OuterRef("ambition"), organisation=OuterRef("organisation"), version__gte=OuterRef("version")
    )
    rows = Commitment.objects.filter(ambition__programme=programme).exclude(state__in=[CommitmentState.PROPOSED, CommitmentState.DROPPED])
    rows = rows.with_signal().annotate(version=Coalesce(Subquery(present), 1)).annotate(is_supported=Exists(stands_by))
    return rows.select_related("organisation", "ambition").order_by("pk")


def voices(programme: Programme, since: date) -> list[ThemeVoices]:
    """What residents said per theme since a day, as published."""
    said = ResidentInput.objects.published().filter(programme=programme, theme__isnull=False, received_at__date__gte=since)
    counted = said.order_by("theme__order").values_list("theme", "theme__slug", "theme__name").annotate(
        concerns=Count("pk", filter=Q(kind=InputKind.CONCERN)), compliments=Count("pk", filter=Q(kind=InputKind.COMPLIMENT)), total=Count("pk")
    )
    return [ThemeVoices._make(row) for row in counted]


def questions(programme: Programme) -> QuerySet[Question]:
    """Everything that was asked about a contradiction, the latest first."""
    return Question.objects.filter(programme=programme).select_related("ambition", "theme", "asked_of")


def reading(programme: Programme, today: date, *, shared: bool = False) -> Reading:
    """What contradictions are looked for in. Five queries.

    With `shared` only what everybody in the programme may see: no internal promises, and no question that somebody still has to answer.
    """
    promised, asked = promises(programme), questions(programme)
    return Reading(
        slug=programme.slug, goals=list(goals_with_figure(programme)), promises=list(promised.shared() if shared else promised),
        voices=voices(programme, today - YEAR), sentences=series.theme_sentences(queries.latest_figures(programme), today=today),
        questions=list(asked.exclude(answered_at=None) if shared else asked),
    )  # fmt: skip


def actions_late(programme: Programme, today: date) -> QuerySet[Action]:
    """Actions of meetings whose date has passed."""
    return Action.objects.open().filter(programme=programme, due_on__lt=today).select_related("owner")


def decisions_due(programme: Programme, today: date) -> QuerySet[Decision]:
    """Decisions on which the programme agreed to look back by now."""
    return Decision.objects.to_look_back_on(today).filter(programme=programme)


def agreements(programme: Programme, today: date) -> QuerySet[Agreement]:
    """Agreements with an end about which nobody said yet how it goes on."""
    return Agreement.objects.asking(today).filter(programme=programme).with_parties().order_by("ends_on", "pk")


def snoozes(programme: Programme, today: date) -> QuerySet[Snooze]:
    """What is left alone today, with who put it off."""
    return Snooze.objects.on(today).filter(programme=programme).select_related("by")


def milestones_ahead(programme: Programme, today: date) -> QuerySet[Milestone]:
    rows = Milestone.objects.filter(commitment__ambition__programme=programme, done_on=None, due_on__range=(today, today + AHEAD))
    return rows.filter(commitment__state__in=CommitmentState.in_force()).select_related("commitment__organisation")


def waiting(programme: Programme, today: date, *, shared: bool = False) -> list[dependencies.Wait]:
    """Running promises that another one holds up, the longest first; with `shared` only where neither of the two is internal."""
    rows = Dependency.objects.in_programme(programme).holding(today)
    return dependencies.waits(rows.shared() if shared else rows, today)


def wishes(programme: Programme, *, shared: bool = False) -> QuerySet[Confirmation]:
    """Changes that were asked for at the yearly confirmation and wait."""
    rows = change_requests.of_programme(programme)
    return rows.exclude(commitment__visibility=Visibility.INTERNAL) if shared else rows


def tensions_due(programme: Programme, today: date) -> QuerySet[Tension]:
    """Tensions whose day to look at them again has come."""
    return Tension.objects.due(today).filter(programme=programme).select_related("owner").order_by("review_on", "pk")


def recent_events(programme: Programme, today: date) -> QuerySet[Event]:
    """What happened since the beginning of yesterday, latest first."""
    yesterday = timezone.make_aware(datetime.combine(today - timedelta(days=1), time.min))
    return Event.objects.in_programme(programme.pk).filter(at__gte=yesterday).order_by(F("at").desc(), "-pk")[:LATEST]
