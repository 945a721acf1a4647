import datetime

import factory
from django.utils import timezone

from actors.models import Participation, Representative
from ambitions import consultations
from ambitions.choices import (
    AmbitionState,
    Choice,
    CommitmentState,
    Followed,
    Ground,
    Influence,
    Level,
    PartKind,
    Report,
    Stage,
    Stance,
    StepEnd,
    Strength,
    View,
)
from ambitions.models import (
    Ambition,
    AmbitionVersion,
    ApprovalRule,
    Commitment,
    Confirmation,
    Dependency,
    DueDate,
    Escalation,
    Goal,
    InPeriod,
    Involvement,
    Lesson,
    Measure,
    Milestone,
    ProgressUpdate,
    Reaction,
    Reconfirmation,
    ReconfirmationRequest,
    Review,
    Submission,
    Support,
)
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory
from tests.neighbourhoods.factories import PeriodFactory, ProgrammeFactory, ThemeFactory
from wijkaanpak.indicators.choices import Direction, MeasureKind
from wijkaanpak.indicators.models import Indicator


def in_days(days):
    return timezone.localdate() + datetime.timedelta(days=days)


class GoalIndicatorFactory(factory.django.DjangoModelFactory):
    """A measured figure of which less is better."""

    class Meta:
        model = Indicator

    slug = factory.Sequence(lambda n: f"goal-indicator-{n}")
    name = factory.Sequence(lambda n: f"Doelcijfer {n}")
    theme = factory.SubFactory(ThemeFactory)
    definition = "Een voorbeeld."
    unit = "%"
    direction = Direction.LOWER
    kind = MeasureKind.MEAN
    decimals = 1
    source = "Voorbeeld"


class AmbitionFactory(factory.django.DjangoModelFactory):
    """A draft; traits `consulted`, `adopted` (with version 1) and `closed`."""

    class Meta:
        model = Ambition
        skip_postgeneration_save = True

    class Params:
        consulted = factory.Trait(
            state=AmbitionState.CONSULTATION, consultation_closes_on=factory.LazyFunction(lambda: in_days(21))
        )
        adopted = factory.Trait(state=AmbitionState.ADOPTED)
        closed = factory.Trait(state=AmbitionState.CLOSED, closed_reason="Het is gelukt.")

    programme = factory.SubFactory(ProgrammeFactory)
    number = factory.Sequence(lambda n: n % 30000 + 1)
    theme = factory.SubFactory(ThemeFactory)
    sentence = factory.Sequence(lambda n: f"Iedereen woont hier prettig, ambitie {n}.")
    why = "Te veel mensen willen weg uit de wijk."
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def versions(self, create, extracted):
        if self.state in {AmbitionState.ADOPTED, AmbitionState.CLOSED} and extracted is None:
            AmbitionVersion.objects.create(
                ambition=self, number=1, sentence=self.sentence, why=self.why, adopted_by=self.created_by
            )

    @factory.post_generation
    def asked(self, create, extracted):
        if self.is_in_consultation:
            consultations.put(self, by=self.created_by)


class SupportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Support

    ambition = factory.SubFactory(AmbitionFactory, consulted=True)
    organisation = factory.SubFactory(OrganisationFactory)
    stance = Stance.SUPPORTS
    given_by = factory.SubFactory(UserFactory)


class ReactionFactory(factory.django.DjangoModelFactory):
    """A question about the first sentence of a text in consultation; traits `agreeing` and `answered`."""

    class Meta:
        model = Reaction

    class Params:
        ambition = factory.SubFactory(AmbitionFactory, consulted=True)
        agreeing = factory.Trait(view=View.AGREE, words="")
        answered = factory.Trait(
            outcome=Followed.NOT, answer="Daar is geen geld voor.", answered_at=factory.LazyFunction(timezone.now),
            answered_by=factory.SelfAttribute("ambition.created_by"),
        )

    consultation = factory.LazyAttribute(lambda made: made.ambition.consultations.open().get())
    organisation = factory.LazyAttribute(lambda made: OrganisationFactory(in_programme=made.ambition.programme))
    position = 1
    kind = PartKind.SENTENCE
    about = factory.SelfAttribute("ambition.sentence")
    view = View.QUESTION
    words = "Wie betaalt dit?"
    given_by = factory.SelfAttribute("ambition.created_by")


class GoalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Goal

    ambition = factory.SubFactory(AmbitionFactory)
    indicator = factory.SubFactory(GoalIndicatorFactory)
    definition = "Het aandeel bewoners dat dit zegt in de wijkmonitor."
    baseline = 12.5
    baseline_period = 2020
    target = 9.0
    target_on = datetime.date(2028, 12, 31)
    order = factory.LazyAttribute(lambda goal: goal.ambition.goals.count() + 1)


class CommitmentFactory(factory.django.DjangoModelFactory):
    """A proposal that runs from a month ago to half a year ahead, for an adopted ambition.

    Traits `agreed`, `started`, `late`, `silent`, `kept`, `not_kept`; `in_programme=…` chooses the programme. The owner speaks for
    the organisation, which takes part in the programme and supports an adopted ambition.
    """

    class Meta:
        model = Commitment
        skip_postgeneration_save = True

    class Params:
        in_programme = factory.SubFactory(ProgrammeFactory)
        in_force = factory.Trait(
            agreed_at=factory.LazyAttribute(lambda made: timezone.now() - datetime.timedelta(days=100)),
            first_due_on=factory.SelfAttribute("due_on"),
        )
        agreed = factory.Trait(in_force=True, state=CommitmentState.AGREED)
        started = factory.Trait(in_force=True, state=CommitmentState.IN_PROGRESS)
        late = factory.Trait(
            started=True, starts_on=factory.LazyFunction(lambda: in_days(-90)), due_on=factory.LazyFunction(lambda: in_days(-3))
        )
        silent = factory.Trait(started=True, starts_on=factory.LazyFunction(lambda: in_days(-90)))
        kept = factory.Trait(in_force=True, state=CommitmentState.KEPT, ended_at=factory.LazyFunction(timezone.now))
        not_kept = factory.Trait(
            in_force=True, state=CommitmentState.NOT_KEPT, ended_at=factory.LazyFunction(timezone.now), end_reason="Geen geld."
        )

    ambition = factory.SubFactory(AmbitionFactory, adopted=True, programme=factory.SelfAttribute("..in_programme"))
    organisation = factory.SubFactory(OrganisationFactory)
    owner = factory.SubFactory(UserFactory)
    what = factory.Sequence(lambda n: f"Twaalf woningen opknappen, toezegging {n}")
    starts_on = factory.LazyFunction(lambda: in_days(-30))
    due_on = factory.LazyFunction(lambda: in_days(180))
    created_by = factory.SelfAttribute("owner")

    @factory.post_generation
    def belonging(self, create, extracted):
        Participation.objects.get_or_create(programme=self.ambition.programme, organisation=self.organisation)
        Representative.objects.get_or_create(organisation=self.organisation, user=self.owner, until=None)
        if self.ambition.state == AmbitionState.ADOPTED:
            present = {"ambition": self.ambition, "organisation": self.organisation, "replaced_at": None}
            Support.objects.get_or_create(**present, defaults={"stance": Stance.SUPPORTS, "given_by": self.owner})
        if self.first_due_on:
            DueDate.objects.create(commitment=self, due_on=self.first_due_on, set_by=self.created_by, set_at=self.agreed_at)


class ProgressUpdateFactory(factory.django.DjangoModelFactory):
    """A word of the owner; `days_ago=50` dates it back, `delayed=True` brings bad news."""

    class Meta:
        model = ProgressUpdate

    class Params:
        days_ago = 0
        delayed = factory.Trait(report=Report.DELAYED)

    commitment = factory.SubFactory(CommitmentFactory, started=True)
    report = Report.ON_TRACK
    sentence = "De eerste woningen zijn klaar."
    by = factory.SelfAttribute("commitment.owner")
    by_organisation = factory.SelfAttribute("commitment.organisation")
    at = factory.LazyAttribute(lambda update: timezone.now() - datetime.timedelta(days=update.days_ago))


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Milestone

    commitment = factory.SubFactory(CommitmentFactory, started=True)
    what = "Vergunning aanvragen"
    due_on = factory.LazyFunction(lambda: in_days(30))


class EscalationFactory(factory.django.DjangoModelFactory):
    """An open step with the representative since three days; traits `of_core_team` and `answered`."""

    class Meta:
        model = Escalation

    class Params:
        of_core_team = factory.Trait(level=Level.CORE_TEAM, body=Level.CORE_TEAM)
        answered = factory.Trait(
            outcome=StepEnd.ANSWERED, ended_at=factory.LazyFunction(timezone.now), answer="Wij huren een tweede ploeg in.",
            next_on=factory.LazyFunction(lambda: in_days(14)), answered_by=factory.SelfAttribute("person"),
        )

    commitment = factory.SubFactory(CommitmentFactory, late=True)
    climb = 1
    level = Level.REPRESENTATIVE
    ground = Ground.LATE
    person = factory.SelfAttribute("commitment.owner")
    since = factory.LazyFunction(lambda: in_days(-3))
    answer_due_on = factory.LazyFunction(lambda: in_days(4))


class MeasureFactory(factory.django.DjangoModelFactory):
    """A commitment that should help a goal of its own ambition."""

    class Meta:
        model = Measure

    commitment = factory.SubFactory(CommitmentFactory, started=True)
    goal = factory.SubFactory(GoalFactory, ambition=factory.SelfAttribute("..commitment.ambition"))
    ambition = factory.SelfAttribute("commitment.ambition")
    strength = Strength.CLEAR
    mechanism = "Wie warm woont, wil blijven."
    created_by = factory.SelfAttribute("commitment.owner")


class ApprovalRuleFactory(factory.django.DjangoModelFactory):
    """The organisation of `commitment=…` wants a second person in its programme."""

    class Meta:
        model = ApprovalRule
        exclude = ["commitment"]

    commitment = factory.SubFactory(CommitmentFactory, started=True)
    programme = factory.SelfAttribute("commitment.ambition.programme")
    organisation = factory.SelfAttribute("commitment.organisation")
    set_by = factory.SelfAttribute("commitment.owner")


class SubmissionFactory(factory.django.DjangoModelFactory):
    """A word of the owner that waits for a second person."""

    class Meta:
        model = Submission

    commitment = factory.SubFactory(CommitmentFactory, started=True)
    report = Report.ON_TRACK
    sentence = "De steigers staan."
    by = factory.SelfAttribute("commitment.owner")
    by_organisation = factory.SelfAttribute("commitment.organisation")


class DependencyFactory(factory.django.DjangoModelFactory):
    """A commitment in progress that waits for another one of the same programme; trait `late` makes that one late."""

    class Meta:
        model = Dependency

    class Params:
        late = factory.Trait(on=factory.SubFactory(CommitmentFactory, late=True, ambition=factory.SelfAttribute("..commitment.ambition")))

    commitment = factory.SubFactory(CommitmentFactory, started=True)
    on = factory.SubFactory(CommitmentFactory, started=True, ambition=factory.SelfAttribute("..commitment.ambition"))
    created_by = factory.SelfAttribute("commitment.owner")


class WishFactory(factory.django.DjangoModelFactory):
    """A change that was asked for at the yearly confirmation of this year, about a commitment in progress."""

    class Meta:
        model = Confirmation

    commitment = factory.SubFactory(CommitmentFactory, started=True)
    choice = Choice.CHANGE
    text = "Tien woningen in plaats van twaalf."
    by = factory.SelfAttribute("commitment.owner")

    @factory.lazy_attribute
    def request(self):
        values = {"year": timezone.localdate().year, "programme": self.commitment.ambition.programme}
        made, _is_new = Reconfirmation.objects.get_or_create(**values, defaults={"asked_by": self.by, "answer_before": in_days(30)})
        return ReconfirmationRequest.objects.get_or_create(reconfirmation=made, organisation=self.commitment.organisation)[0]


class LessonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lesson

    ambition = factory.SubFactory(AmbitionFactory, adopted=True)
    assumed = "Met een brief komen mensen wel."
    saw = "Op een brief kwam bijna niemand; aanbellen hielp wel."
    changes = "We bellen voortaan aan."
    written_by = factory.SubFactory(UserFactory)


class InvolvementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Involvement

    ambition = factory.SubFactory(AmbitionFactory, adopted=True)
    stage = Stage.PREPARATION
    who = "Bewoners van de flats aan de Noordkant"
    influence = Influence.ADVISE
    starts_on = factory.LazyFunction(lambda: in_days(-60))
    fixed = "Het budget."
    free = "De volgorde van de straten."
    written_by = factory.SubFactory(UserFactory)


class ReviewFactory(factory.django.DjangoModelFactory):
    """An open review with the given ambitions in its period: `ReviewFactory(ambitions=[…])`."""

    class Meta:
        model = Review
        skip_postgeneration_save = True

    period = factory.SubFactory(PeriodFactory)
    opened_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def ambitions(self, create, extracted):
        InPeriod.objects.bulk_create(InPeriod(ambition=ambition, period=self.period) for ambition in extracted or [])
