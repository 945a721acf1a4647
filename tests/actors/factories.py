import datetime

import factory
from django.utils import timezone

from actors.choices import OrganisationKind
from actors.models import Organisation, Participation, Perspective, Representative
from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory, ThemeFactory
from wijkaanpak.neighbourhoods.choices import Role


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A partner; `OrganisationFactory(in_programme=programme)` takes part in it."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Organisatie {n:03}")
    kind = OrganisationKind.HOUSING

    @factory.post_generation
    def in_programme(self, create, programme):
        if programme:
            ParticipationFactory(organisation=self, programme=programme)


class ParticipationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participation

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    since = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=400))


class RepresentativeFactory(factory.django.DjangoModelFactory):
    """A person who speaks for an organisation; `in_programme=programme` makes both take part with their role."""

    class Meta:
        model = Representative
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)

    @factory.post_generation
    def in_programme(self, create, programme):
        if programme:
            Participation.objects.get_or_create(programme=programme, organisation=self.organisation)
            MembershipFactory(programme=programme, user=self.user, role=Role.REPRESENTATIVE)


class PerspectiveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Perspective

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    theme = factory.SubFactory(ThemeFactory)
    goals = "Minder leegstand."
    interests = "Een betaalbare voorraad."
    written_by = factory.SubFactory(UserFactory)
