import datetime

import factory

from tests.accounts.factories import UserFactory
from wijkaanpak.neighbourhoods.choices import AreaKind, MomentKind, Role
from wijkaanpak.neighbourhoods.models import Area, Division, Membership, Moment, Period, Phase, PhaseStep, Programme, Theme

DIGITS = {AreaKind.COUNTRY: 2, AreaKind.PROVINCE: 2, AreaKind.MUNICIPALITY: 4, AreaKind.DISTRICT: 6, AreaKind.NEIGHBOURHOOD: 8}


class ThemeFactory(factory.django.DjangoModelFactory):
    """One of the eight themes, found by slug: `ThemeFactory(slug="safety")`."""

    class Meta:
        model = Theme
        django_get_or_create = ["slug"]

    slug = "housing"
    name = factory.SelfAttribute("slug")


class DivisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Division
        django_get_or_create = ["year"]

    year = 2021


class AreaFactory(factory.django.DjangoModelFactory):
    """A neighbourhood of 1,000 inhabitants, unless told otherwise; the code fits the kind."""

    class Meta:
        model = Area

    class Params:
        number = factory.Sequence(lambda n: n + 1)

    division = factory.SubFactory(DivisionFactory)
    kind = AreaKind.NEIGHBOURHOOD
    code = factory.LazyAttribute(lambda area: f"{AreaKind(area.kind).value}{area.number % 10 ** DIGITS[area.kind]:0{DIGITS[area.kind]}d}")
    name = factory.LazyAttribute(lambda area: f"Gebied {area.code}")
    population = 1000


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """A programme without areas; `ProgrammeFactory(areas=[…], is_public=True)` gives it some."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"wijk-{n}")
    name = factory.Sequence(lambda n: f"Wijk {n}")
    summary = "Samen zorgen we voor een fijne wijk."

    @factory.post_generation
    def areas(self, create, extracted):
        if extracted:
            self.areas.set(extracted)


class PeriodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Period

    programme = factory.SubFactory(ProgrammeFactory)
    name = "2024–2028"
    starts_on = datetime.date(2024, 1, 1)
    ends_on = datetime.date(2027, 12, 31)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    programme = factory.SubFactory(ProgrammeFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.READER


class MomentFactory(factory.django.DjangoModelFactory):
    """The first of July of every year, on the clock since long ago; the owner takes part in the programme."""

    class Meta:
        model = Moment

    programme = factory.SubFactory(ProgrammeFactory)
    kind = MomentKind.OWN
    what = "Kernteam plant het jaar"
    month, day = 7, 1
    owner = factory.LazyAttribute(lambda made: MembershipFactory(programme=made.programme, role=Role.COORDINATOR).user)
    added_on = datetime.date(2020, 1, 1)


class PhaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Phase

    programme = factory.SubFactory(ProgrammeFactory)
    place = factory.LazyAttribute(lambda made: made.programme.phases.count() + 1)
    name = "Verkennen"


class PhaseStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PhaseStep

    phase = factory.SubFactory(PhaseFactory)
    what = "Iedereen is uitgenodigd"
