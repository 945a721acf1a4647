"""One programme with everything in it, people in every role, and the same roles in another programme."""

from dataclasses import dataclass, field

from django.urls import reverse

from residents import codes
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory, PerspectiveFactory, RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, GoalFactory, MilestoneFactory, ProgressUpdateFactory
from tests.indicators.factories import EditionFactory, IndicatorFactory
from tests.neighbourhoods.factories import MembershipFactory, PeriodFactory, ProgrammeFactory, ThemeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.accounts.models import User
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods.choices import Role
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
    world.arguments = _arguments(programme, organisation, owner)
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
    ambition = AmbitionFactory(programme=programme, consulted=True)
    said = ResidentInputFactory(programme=programme, handed_over=True, organisation=organisation)
    perspective = PerspectiveFactory(programme=programme, organisation=organisation, theme=ThemeFactory(slug="housing"), written_by=owner)
    return {
        "all": {"slug": programme.slug, "number": ambition.number, "organisation_pk": organisation.pk, "theme": perspective.theme.slug},
        "commitment": {"pk": commitment.pk}, "links": {"pk": commitment.pk}, "input": {"pk": said.pk, "receipt": codes.receipt(said.form_key)},
        "milestone": {"pk": commitment.pk, "milestone_pk": MilestoneFactory(commitment=commitment).pk},
        "goal": {"pk": GoalFactory(ambition=ambition).pk},
        "partner": {"pk": organisation.pk}, "perspective": {"pk": organisation.pk},
        "representative": {"pk": organisation.pk, "representative_pk": organisation.representatives.get(user=owner).pk},
        "period": {"pk": PeriodFactory(programme=programme).pk},
        "member": {"pk": Membership.objects.get(programme=programme, user=owner).pk},
        "account": {"pk": owner.pk}, "make": {"pk": owner.pk}, "take": {"pk": UserFactory(administrator=True).pk},
        "job": {"pk": Job.objects.create(kind="dashboards.recompute", key="access", programme_id=programme.pk).pk},
        "edition": {"pk": EditionFactory().pk},
        "indicators:indicator_detail": {"slug": IndicatorFactory().slug}, "feed": {"slug": "cbs-v3"},
    }

