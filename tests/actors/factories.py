import datetime

import factory
from django.utils import timezone

from actors.choices import JointData, OrganisationKind, TensionState
from actors.models import (
    Agreement,
    AgreementDocument,
    AgreementParty,
    Organisation,
    Participation,
    Perspective,
    PerspectiveDraft,
    Representative,
    SharedPoint,
    Tension,
)
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
    released_by = factory.SelfAttribute("written_by")


class PerspectiveDraftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PerspectiveDraft

    programme = factory.SubFactory(ProgrammeFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    theme = factory.SubFactory(ThemeFactory)
    goals = "Nog in bewerking."
    written_by = factory.SubFactory(UserFactory)


class SharedPointFactory(factory.django.DjangoModelFactory):
    """Shared by `organisations`, or by two partners made for it."""

    class Meta:
        model = SharedPoint
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    theme = factory.SubFactory(ThemeFactory)
    sentence = "Allen willen dat bewoners kunnen blijven wonen."
    marked_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def organisations(self, create, chosen):
        self.organisations.set(chosen or [OrganisationFactory(in_programme=self.programme) for _number in range(2)])


class TensionFactory(factory.django.DjangoModelFactory):
    """Open, between `organisations` or two partners made for it; traits `agreed` and `due`. The owner has a role in the programme."""

    class Meta:
        model = Tension
        skip_postgeneration_save = True

    class Params:
        due = factory.Trait(review_on=factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=2)))
        agreed = factory.Trait(
            state=TensionState.AGREED, agreement="Eerst bouwen, dan slopen.", agreed_by=factory.SubFactory(UserFactory),
            agreed_at=factory.LazyFunction(timezone.now),
        )

    programme = factory.SubFactory(ProgrammeFactory)
    theme = factory.SubFactory(ThemeFactory)
    sentence = "De een wil slopen, de ander wil behouden."
    owner = factory.LazyAttribute(lambda made: MembershipFactory(programme=made.programme, role=Role.COMMUNITY_WORKER).user)
    named_by = factory.SelfAttribute("owner")
    review_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=30))

    @factory.post_generation
    def organisations(self, create, chosen):
        self.organisations.set(chosen or [OrganisationFactory(in_programme=self.programme) for _number in range(2)])


class AgreementFactory(factory.django.DjangoModelFactory):
    """Runs for years, between `organisations` or two partners made for it; traits `ends_soon`, `notice_near`, `past` and `ended`."""

    class Meta:
        model = Agreement
        skip_postgeneration_save = True

    class Params:
        ends_soon = factory.Trait(ends_on=factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=100)))
        notice_near = factory.Trait(ends_on=factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=400)), notice_months=12)
        past = factory.Trait(ends_on=factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=1)))
        ended = factory.Trait(
            ended_on=factory.LazyFunction(timezone.localdate), end_reason="Doel bereikt.", ended_by=factory.SubFactory(UserFactory)
        )

    programme = factory.SubFactory(ProgrammeFactory)
    title = factory.Sequence(lambda n: f"Convenant {n:03}")
    signed_on = factory.SelfAttribute("starts_on")
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=400))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=1200))
    joint_data = JointData.NOT_APPLICABLE
    recorded_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def organisations(self, create, chosen):
        for organisation in chosen or [OrganisationFactory(in_programme=self.programme) for _number in range(2)]:
            AgreementParty.objects.create(agreement=self, organisation=organisation, since=self.starts_on)


class AgreementDocumentFactory(factory.django.DjangoModelFactory):
    """A PDF; `link` with an empty `form` and `file` makes it an address."""

    class Meta:
        model = AgreementDocument

    agreement = factory.SubFactory(AgreementFactory)
    name = "Getekende tekst"
    file = factory.django.FileField(data=b"%PDF-1.7\n", filename="convenant.pdf")
    form = "pdf"
    added_by = factory.SubFactory(UserFactory)
