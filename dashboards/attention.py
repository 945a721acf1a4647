"""What the cockpit is made of: one query per function, each with what its rows show."""

from datetime import date, datetime, time, timedelta

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from actors.models import Organisation
from ambitions.choices import AmbitionState, CommitmentState
from ambitions.models import Ambition, Commitment, Goal, Milestone, Support
from dashboards.choices import Trend
from dashboards.exceptions import AHEAD
from dashboards.models import AreaFigure, ProgrammeFigure
from residents.choices import InputState
from residents.models import ResidentInput
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.models import Programme

LATEST = 15  # events on the cockpit


def open_commitments(programme: Programme) -> QuerySet[Commitment]:
    """Everything that is promised or proposed and has not ended, with its signal."""
    rows = Commitment.objects.filter(ambition__programme=programme).exclude(state__in=CommitmentState.ended())
    return rows.with_signal().select_related("organisation", "owner").order_by("due_on", "pk")


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
    rows = Support.objects.current().filter(ambition__programme=programme, ambition__consultation_closes_on__isnull=False)
    return set(rows.values_list("ambition_id", "organisation_id"))


def worsening_goals(programme: Programme) -> QuerySet[Goal]:
    """Headline goals of adopted ambitions whose latest figure got worse, with `worse_period`."""
    worse = {"indicator": OuterRef("indicator"), "trend": Trend.WORSE}
    whole = ProgrammeFigure.objects.latest().filter(programme=programme, **worse)
    area = AreaFigure.objects.latest().filter(area=OuterRef("area"), **worse)
    goals = Goal.objects.filter(ambition__programme=programme, ambition__state=AmbitionState.ADOPTED, is_headline=True)
    period = Case(When(area=None, then=Subquery(whole.values("period")[:1])), default=Subquery(area.values("period")[:1]))
    return goals.annotate(worse_period=period).filter(worse_period__isnull=False).select_related("ambition", "indicator")


def milestones_ahead(programme: Programme, today: date) -> QuerySet[Milestone]:
    rows = Milestone.objects.filter(commitment__ambition__programme=programme, done_on=None, due_on__range=(today, today + AHEAD))
    return rows.filter(commitment__state__in=CommitmentState.in_force()).select_related("commitment__organisation")


def recent_events(programme: Programme, today: date) -> QuerySet[Event]:
    """What happened since the beginning of yesterday, latest first."""
    yesterday = timezone.make_aware(datetime.combine(today - timedelta(days=1), time.min))
    return Event.objects.in_programme(programme.pk).filter(at__gte=yesterday).order_by(F("at").desc(), "-pk")[:LATEST]
