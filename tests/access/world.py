"""One programme with everything in it, people in every role, and the same roles in another programme."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from dashboards.models import ReferenceVersion
from residents import codes
from tests.accounts.factories import UserFactory
from tests.actors.factories import (
    AgreementDocumentFactory,
    AgreementFactory,
    OrganisationFactory,
    PerspectiveFactory,
    RepresentativeFactory,
    SharedPointFactory,
    TensionFactory,
)
from tests.ambitions.factories import (
    AmbitionFactory,
    CommitmentFactory,
    DependencyFactory,
    EscalationFactory,
    GoalFactory,
    InvolvementFactory,
    MeasureFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
    ReactionFactory,
    ReviewFactory,
    SubmissionFactory,
    WishFactory,
)
from tests.dashboards.factories import (
    ActionFactory,
    AgendaItemFactory,
    DecisionFactory,
    HandoverFactory,
    MeetingFactory,
    PaperFactory,
    ProgrammeFigureFactory,
    QuestionFactory,
    SnoozeFactory,
    make_report,
)
from tests.indicators.factories import EditionFactory, IndicatorFactory
from tests.neighbourhoods.factories import (
    AreaFactory,
    DivisionFactory,
    MembershipFactory,
    MomentFactory,
    PeriodFactory,
    PhaseFactory,
    PhaseStepFactory,
    ProgrammeFactory,
    ThemeFactory,
)
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.accounts.models import User
from wijkaanpak.indicators import editions, locks
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods.choices import Change, Role
from wijkaanpak.neighbourhoods.models import Membership

STEERING = [Role.COORDINATOR, Role.SIGNATORY, Role.READER, Role.COMMUNITY_WORKER, Role.ANALYST]
ROLES = [*[role.value for role in STEERING], "representative", "colleague", "administrator"]
STRANGERS = [f"stranger {role}" for role in Role.values]
VISITOR = "visitor"


@dataclass
class World:
    """People by role ("colleague" represents another organisation) and the arguments of every kind of address."""

    people: dict[str, User] = field(default_factory=dict)
    arguments: dict[str, dict] = field(default_factory=dict)

    def address(self, name, converters):
        """Return the address of a page about the objects of the own programme."""
        group = self.arguments.get(name) or self.arguments.get(name.split(":")[-1].split("_")[0], {})
        known = {**self.arguments["all"], **group}
        return reverse(name, kwargs={key: known[key] for key in converters})


def build():
    """Make the world: `representative` owns the commitment, and the input was handed to the same organisation."""
    programme = ProgrammeFactory(is_public=True)
    organisation = OrganisationFactory(in_programme=programme)
    owner = RepresentativeFactory(organisation=organisation, in_programme=programme).user
    world = World(people=_people(programme, owner))
    world.arguments = _arguments(programme, organisation, owner) | _running(programme, owner)
    return world


def _people(programme, owner):
    other = ProgrammeFactory()
    colleague = RepresentativeFactory(in_programme=programme, organisation=OrganisationFactory(in_programme=programme)).user
    people = {role.value: MembershipFactory(programme=programme, role=role).user for role in STEERING}
    people |= {f"stranger {role}": MembershipFactory(programme=other, role=role).user for role in Role.values}
    return {**people, "representative": owner, "colleague": colleague, "administrator": UserFactory(administrator=True)}


def _arguments(programme, organisation, owner):
    commitment = CommitmentFactory(in_programme=programme, organisation=organisation, owner=owner, started=True)
    ProgressUpdateFactory(commitment=commitment)
    EscalationFactory(commitment=commitment)
    ambition = AmbitionFactory(programme=programme, consulted=True)
    said = ResidentInputFactory(programme=programme, handed_over=True, organisation=organisation)
    perspective = PerspectiveFactory(programme=programme, organisation=organisation, theme=ThemeFactory(slug="housing"), written_by=owner)
    agreement = AgreementFactory(programme=programme)
    meeting = MeetingFactory(programme=programme)
    period = PeriodFactory(programme=programme)
    ReviewFactory(period=period, ambitions=[ambition])
    return {
        "review": {"pk": period.pk}, "involvement": {"pk": InvolvementFactory(ambition=ambition).pk},
        "meeting": {"pk": meeting.pk}, "papers": {"pk": meeting.pk, "number": PaperFactory(meeting=meeting).number, "form": "docx"},
        "attention": {"pk": SnoozeFactory(programme=programme, by=owner).pk},
        "item": {"pk": meeting.pk, "item": AgendaItemFactory(meeting=meeting).pk},
        "decision": {"number": DecisionFactory(meeting=meeting).number}, "action": {"pk": ActionFactory(meeting=meeting, owner=owner).pk},
        "all": {"slug": programme.slug, "number": ambition.number, "organisation_pk": organisation.pk, "theme": perspective.theme.slug, "quarter": "2026-3"},
        "commitment": {"pk": commitment.pk}, "links": {"pk": commitment.pk}, "input": {"pk": said.pk, "receipt": codes.receipt(said.form_key)},
        "question": {"pk": QuestionFactory(programme=programme, ambition=commitment.ambition, asked_of=owner).pk, "kind": "unsupported", "subject": commitment.ambition_id},
        "approval": {"pk": organisation.pk}, "submission": {"pk": SubmissionFactory(commitment=commitment, by=RepresentativeFactory(organisation=organisation).user).pk},
        "money": {"form": "csv"},
        "milestone": {"pk": commitment.pk, "milestone_pk": MilestoneFactory(commitment=commitment).pk},
        "dependency": {"pk": commitment.pk, "dependency_pk": DependencyFactory(commitment=commitment).pk},
        "measure": {"pk": commitment.pk, "measure_pk": MeasureFactory(commitment=commitment).pk},
        "change": {"pk": WishFactory(commitment=commitment).pk},
        "reaction": {"pk": ReactionFactory(ambition=ambition).pk},
        "goal": {"pk": GoalFactory(ambition=ambition).pk},
        "agreement": {"pk": agreement.pk, "document_pk": AgreementDocumentFactory(agreement=agreement).pk},
        "partner": {"pk": organisation.pk}, "split": {"pk": organisation.pk}, "perspective": {"pk": organisation.pk},
        "tension": {"pk": TensionFactory(programme=programme, owner=owner).pk}, "shared": {"pk": SharedPointFactory(programme=programme, marked_by=owner).pk},
        "representative": {"pk": organisation.pk, "representative_pk": organisation.representatives.get(user=owner).pk},
        "period": {"pk": period.pk},
    }


def _running(programme, owner):
    """What keeps a programme running: its clock, its people, its jobs and its figures."""
    figure = ProgrammeFigureFactory(programme=programme)
    return {
        "moment": {"pk": MomentFactory(programme=programme, owner=owner).pk, "year": timezone.localdate().year},
        "handover": {"number": HandoverFactory(programme=programme).number},
        "dashboards:handover_file": {"number": HandoverFactory(programme=programme, handed_over=True).number},
        "phase": {"pk": PhaseFactory(programme=programme).pk}, "step": {"pk": PhaseStepFactory(phase__programme=programme).pk},
        "council": {"year": timezone.localdate().year},
        "member": {"pk": Membership.objects.get(programme=programme, user=owner).pk},
        "account": {"pk": owner.pk}, "make": {"pk": owner.pk}, "take": {"pk": UserFactory(administrator=True).pk},
        "job": {"pk": Job.objects.create(kind="dashboards.recompute", key="access", programme_id=programme.pk).pk},
        "edition": {"pk": EditionFactory().pk},
        "report": {"number": make_report(programme).number, "form": "json"},
        "lock": {"pk": locks.lock(first=199001, last=199012, reason="Verslag.", by=owner).pk},
        "border": _borders(), "reference": {"number": ReferenceVersion.objects.create(number=1, reason="Eerste.", is_in_force=True).number},
        "figure": {"indicator": figure.indicator.slug, "period": figure.period}, "public": {"indicator": figure.indicator.slug, "period": figure.period},
        "indicators:edition_columns": {"pk": editions.receive(b"code;cijfer\nGM0202;7\n", name="eigen.csv", by=owner).pk},
        "indicators:indicator_detail": {"slug": IndicatorFactory().slug}, "feed": {"slug": "cbs-v3"},
    }


def _borders():
    """A recoded area with a candidate of the year before."""
    candidate = AreaFactory(division=DivisionFactory(year=1990), code="BU90010001")
    area = AreaFactory(division=DivisionFactory(year=1991), code="BU90010002", change=Change.CODE)
    return {"year": 1991, "code": "GM9001", "pk": area.pk, "candidate_pk": candidate.pk}
