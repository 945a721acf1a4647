"""What the system knows about the steps of a phase: one sentence per fact, for everybody in the programme. It ticks nothing."""

from collections.abc import Callable, Iterable

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actors.choices import TensionState
from actors.models import Organisation, Perspective, Tension
from ambitions.choices import AmbitionState, CommitmentState, FormalBasis
from ambitions.models import Ambition, Commitment, Goal, Lesson
from dashboards.models import Decision, Handover, ProgrammeFigure, Report
from residents.models import ResidentInput
from wijkaanpak.neighbourhoods.choices import Fact
from wijkaanpak.neighbourhoods.models import Programme


def known(programme: Programme, wanted: Iterable[str]) -> dict[str, str]:
    """Return the sentence of each fact that is wanted. One query per fact."""
    return {fact: SENTENCES[fact](programme) for fact in Fact.values if fact in set(wanted)}


def _partners(programme: Programme) -> str:
    number = Organisation.objects.in_programme(programme).count()
    return ngettext("%(number)s partner takes part", "%(number)s partners take part", number) % {"number": number}


def _perspectives(programme: Programme) -> str:
    released = Perspective.objects.filter(programme=programme, organisation=OuterRef("pk"))
    partners = Organisation.objects.in_programme(programme).annotate(released=Exists(released))
    found = list(partners.values_list("released", flat=True))
    return _("%(number)s of %(total)s partners released their perspective") % {"number": sum(found), "total": len(found)}


def _figures(programme: Programme) -> str:
    number = ProgrammeFigure.objects.latest().filter(programme=programme, value__isnull=False).count()
    return ngettext("figures of %(number)s indicator are known", "figures of %(number)s indicators are known", number) % {"number": number}


def _voices(programme: Programme) -> str:
    number = ResidentInput.objects.published().filter(programme=programme).count()
    return ngettext("residents sent %(number)s message", "residents sent %(number)s messages", number) % {"number": number}


def _tensions(programme: Programme) -> str:
    counts = Tension.objects.filter(programme=programme).aggregate(total=Count("pk"), agreed=Count("pk", filter=Q(state=TensionState.AGREED)))
    return _("%(total)s tensions named, %(agreed)s with an agreement") % counts


def _ambitions(programme: Programme) -> str:
    adopted = Count("pk", filter=Q(state=AmbitionState.ADOPTED))
    return _("%(adopted)s of %(total)s ambitions adopted") % Ambition.objects.filter(programme=programme).exclude(
        state=AmbitionState.CLOSED
    ).aggregate(total=Count("pk"), adopted=adopted)


def _goals(programme: Programme) -> str:
    rows = Ambition.objects.filter(programme=programme).exclude(state=AmbitionState.CLOSED)
    found = list(rows.annotate(has_goal=Exists(Goal.objects.filter(ambition=OuterRef("pk")))).values_list("has_goal", flat=True))
    return _("%(number)s of %(total)s ambitions have a goal with start and target") % {"number": sum(found), "total": len(found)}


def _commitments(programme: Programme) -> str:
    agreed, proposed = Q(agreed_at__isnull=False), Q(state=CommitmentState.PROPOSED)
    rows = Commitment.objects.shared().filter(ambition__programme=programme)
    return _("%(agreed)s commitments agreed, %(proposed)s still proposed") % rows.aggregate(
        agreed=Count("pk", filter=agreed), proposed=Count("pk", filter=proposed)
    )


def _basis(programme: Programme) -> str:
    rows = Commitment.objects.shared().in_force().filter(ambition__programme=programme)
    counts = rows.aggregate(total=Count("pk"), number=Count("pk", filter=~Q(formal_basis=FormalBasis.NONE)))
    return _("%(number)s of %(total)s running commitments have a formal basis") % counts


def _decisions(programme: Programme) -> str:
    number = Decision.objects.filter(programme=programme).count()
    return ngettext("%(number)s decision written down", "%(number)s decisions written down", number) % {"number": number}


def _words(programme: Programme) -> str:
    """What is late may have been spoken of; silence is counted by its own rule."""
    rows = Commitment.objects.shared().in_force().filter(ambition__programme=programme).with_verdict(timezone.localdate())
    found = list(rows.values_list("is_silent", flat=True))
    return _("of %(number)s of %(total)s running commitments something was heard lately") % {"number": found.count(False), "total": len(found)}


def _answers(programme: Programme) -> str:
    counts = ResidentInput.objects.published().filter(programme=programme).aggregate(total=Count("pk"), number=Count("answered_at"))
    return _("%(number)s of %(total)s messages of residents answered") % counts


def _reports(programme: Programme) -> str:
    number = Report.objects.signed().filter(programme=programme).count()
    return ngettext("%(number)s report signed off", "%(number)s reports signed off", number) % {"number": number}


def _lessons(programme: Programme) -> str:
    number = Lesson.objects.filter(ambition__programme=programme).count()
    return ngettext("%(number)s lesson written down", "%(number)s lessons written down", number) % {"number": number}


def _handovers(programme: Programme) -> str:
    rows = Handover.objects.filter(programme=programme, stopped_at=None)
    counts = rows.aggregate(open=Count("pk", filter=Q(closed_at=None)), closed=Count("closed_at"))
    return _("%(closed)s hand-overs done, %(open)s under way") % counts


SENTENCES: dict[str, Callable[[Programme], str]] = {
    Fact.PARTNERS: _partners, Fact.PERSPECTIVES: _perspectives, Fact.FIGURES: _figures, Fact.VOICES: _voices, Fact.TENSIONS: _tensions,
    Fact.AMBITIONS: _ambitions, Fact.GOALS: _goals, Fact.COMMITMENTS: _commitments, Fact.BASIS: _basis, Fact.DECISIONS: _decisions,
    Fact.WORDS: _words, Fact.ANSWERS: _answers, Fact.REPORTS: _reports, Fact.LESSONS: _lessons, Fact.HANDOVERS: _handovers,
}  # fmt: skip
