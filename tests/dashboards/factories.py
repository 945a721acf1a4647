"""Small neighbourhoods with figures, stored and computed."""

import datetime

import factory
from django.utils import timezone

from dashboards import handovers
from dashboards.choices import Attention, Body, Contradiction, Readers
from dashboards.models import (
    Action,
    AgendaItem,
    AreaFigure,
    Decision,
    Handover,
    Meeting,
    Paper,
    ProgrammeFigure,
    ProgrammeMap,
    Question,
    Reference,
    Snooze,
    ThemeScore,
)
from dashboards.papers import content as papers
from dashboards.reports import content, signing
from dashboards.reports.content import Order
from tests.accounts.factories import UserFactory
from tests.ambitions.factories import AmbitionFactory, in_days
from tests.neighbourhoods.factories import AreaFactory, DivisionFactory, MembershipFactory, ProgrammeFactory, ThemeFactory
from wijkaanpak.indicators.choices import Direction, MeasureKind, Status
from wijkaanpak.indicators.models import Indicator, Observation
from wijkaanpak.neighbourhoods.choices import AreaKind, Role

SQUARE = {"type": "Polygon", "coordinates": [[[5.0, 52.0], [5.1, 52.0], [5.1, 52.1], [5.0, 52.1], [5.0, 52.0]]]}
BESIDE = {"type": "Polygon", "coordinates": [[[5.1, 52.0], [5.2, 52.0], [5.2, 52.1], [5.1, 52.1], [5.1, 52.0]]]}


class FigureIndicatorFactory(factory.django.DjangoModelFactory):
    """A count of registered cases of which fewer is better."""

    class Meta:
        model = Indicator
        django_get_or_create = ["slug"]

    slug = factory.Sequence(lambda n: f"cases-{n}")
    name = factory.Sequence(lambda n: f"Gevallen {n}")
    theme = factory.SubFactory(ThemeFactory, slug="safety")
    definition = "Het aantal gevallen."
    unit = "gevallen"
    kind = MeasureKind.COUNT
    direction = Direction.LOWER
    source = "Bron van de toets"
    order = factory.Sequence(lambda n: n)


class ProgrammeFigureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeFigure

    programme = factory.SubFactory(ProgrammeFactory)
    indicator = factory.SubFactory(FigureIndicatorFactory)
    period = 2020
    value = 80.0
    coverage = 1.0
    areas_with_value = 2
    areas_total = 2
    is_latest = True
    reason = "one_period"
    reference_date = datetime.date(2020, 1, 1)
    computed_at = factory.LazyFunction(timezone.now)


class AreaFigureFactory(ProgrammeFigureFactory):
    class Meta:
        model = AreaFigure

    programme = None
    area = factory.SubFactory(AreaFactory)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        kwargs.pop("programme", None)
        return super()._create(model_class, *args, **kwargs)


class ReferenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reference

    indicator = factory.SubFactory(FigureIndicatorFactory)
    kind = AreaKind.NEIGHBOURHOOD
    period = 2020
    mean = 50.0
    deviation = 10.0
    areas = 13_000
    computed_at = factory.LazyFunction(timezone.now)


class ThemeScoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ThemeScore

    programme = factory.SubFactory(ProgrammeFactory)
    theme = factory.SubFactory(ThemeFactory, slug="safety")
    period = 2020
    kind = AreaKind.NEIGHBOURHOOD
    score = 94.0
    indicators_present = 3
    indicators_total = 3
    computed_at = factory.LazyFunction(timezone.now)


class ProgrammeMapFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeMap

    programme = factory.SubFactory(ProgrammeFactory)
    width = 600
    height = 300
    shapes = factory.LazyFunction(list)
    source = "CBS, Kadaster"
    computed_at = factory.LazyFunction(timezone.now)


def half_year():
    """Return the first and last day of the half-year that ends today."""
    today = timezone.localdate()
    return today - datetime.timedelta(days=180), today


def make_report(programme=None, *, audience=Readers.PARTNERS, signed=False, by=None, at=None, **values):
    """Make a report of a programme as the job does; `signed`: checked and signed off by two other people."""
    programme, at = programme or ProgrammeFactory(), at or timezone.now()
    order = Order(*half_year(), audience)
    made = signing.keep(programme, order, content.compose(programme, order, at), at=at, by=by or UserFactory(), **values)
    return signing.sign(signing.check(made, by=UserFactory()), by=UserFactory()) if signed else made


def observe(indicator, values, status=Status.FINAL, missing=Status.MISSING):
    """Store {(area, period): value}; None is a figure with the status `missing`."""
    Observation.objects.bulk_create(
        Observation(
            indicator=indicator, area=area, period=period, value=value, edition_id=0,
            status=missing if value is None else status,
        )
        for (area, period), value in values.items()
    )  # fmt: skip


def neighbourhoods(year=2020, populations=(3000, 2000), code="BU00010{}", **traits):
    """Make neighbourhoods of one municipality in one division, each with its number in the code."""
    division = DivisionFactory(year=year)
    return [
        AreaFactory(division=division, code=code.format(f"{number:03d}"), population=population, **traits)
        for number, population in enumerate(populations, start=1)
    ]


def municipality(year=2020, code="GM0001", **traits):
    return AreaFactory(division=DivisionFactory(year=year), code=code, kind=AreaKind.MUNICIPALITY, **traits)


def country(year=2020, **traits):
    return AreaFactory(division=DivisionFactory(year=year), code="NL00", kind=AreaKind.COUNTRY, **traits)


class QuestionFactory(factory.django.DjangoModelFactory):
    """An open question about an ambition that lacks support."""

    class Meta:
        model = Question

    programme = factory.SelfAttribute("ambition.programme")
    kind = Contradiction.UNSUPPORTED
    ambition = factory.SubFactory(AmbitionFactory, adopted=True)
    what = "Geen steun, maar wel iets toegezegd."
    facts = "feiten"
    asked_of = factory.SubFactory(UserFactory)
    asked_by = factory.SubFactory(UserFactory)
    due_on = factory.LazyFunction(lambda: in_days(7))


class MeetingFactory(factory.django.DjangoModelFactory):
    """A meeting of the core team, today."""

    class Meta:
        model = Meeting

    programme = factory.SubFactory(ProgrammeFactory)
    body = Body.CORE
    held_on = factory.LazyFunction(timezone.localdate)
    called_by = factory.SubFactory(UserFactory)

    class Params:
        closed = factory.Trait(closed_at=factory.LazyFunction(timezone.now), closed_by=factory.SelfAttribute("called_by"))


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    place = factory.Sequence(lambda n: n + 1)
    what = "De verlichting op het plein"


class PaperFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Paper

    meeting = factory.SubFactory(MeetingFactory)
    number = 1
    document = factory.LazyAttribute(lambda paper: papers.compose(paper.meeting, "", timezone.now(), by=paper.made_by))
    made_by = factory.SelfAttribute("meeting.called_by")


class SnoozeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Snooze

    programme = factory.SubFactory(ProgrammeFactory)
    kind = Attention.LATE
    url = action_url = "/werk/ergens/"
    what = "Lampen vervangen"
    until = factory.LazyFunction(lambda: in_days(14))
    reason = "De aannemer komt over twee weken."
    by = factory.SubFactory(UserFactory)


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    programme = factory.SelfAttribute("meeting.programme")
    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(lambda n: n + 1)
    body = Body.CORE
    decided_on = factory.SelfAttribute("meeting.held_on")
    what = "De lampen gaan voor."
    reason = "Bewoners noemen het het meest."
    recorded_by = factory.SelfAttribute("meeting.called_by")


class ActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Action

    programme = factory.SelfAttribute("meeting.programme")
    meeting = factory.SubFactory(MeetingFactory)
    what = "Vraag een offerte op."
    owner = factory.SubFactory(UserFactory)
    due_on = factory.LazyFunction(lambda: in_days(14))
    given_by = factory.SelfAttribute("meeting.called_by")


class HandoverFactory(factory.django.DjangoModelFactory):
    """Under way; the leaver has a role in the programme. Trait `handed_over`: closed, with a dossier of nothing."""

    class Meta:
        model = Handover

    class Params:
        handed_over = factory.Trait(
            closed_at=factory.LazyFunction(timezone.now), closed_by=factory.SelfAttribute("leaver"),
            document=factory.LazyAttribute(lambda made: handovers.compose(Handover(
                programme=made.programme, leaver=made.leaver, number=made.number, leaves_on=made.leaves_on
            ), [], {}, timezone.now())),
        )  # fmt: skip

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.Sequence(lambda n: n + 1)
    leaver = factory.LazyAttribute(lambda made: MembershipFactory(programme=made.programme, role=Role.REPRESENTATIVE).user)
    leaves_on = factory.LazyFunction(lambda: in_days(14))
    asked_by = factory.SelfAttribute("leaver")
