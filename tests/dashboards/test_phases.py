"""The checklist of phases: people tick, and what the system knows stands beside it."""

import pytest
from django.urls import reverse

from ambitions.choices import FormalBasis, Visibility
from dashboards import phase_facts
from tests.actors.factories import OrganisationFactory, PerspectiveFactory, TensionFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, GoalFactory, LessonFactory
from tests.dashboards.factories import DecisionFactory, HandoverFactory, MeetingFactory, ProgrammeFigureFactory, make_report
from tests.neighbourhoods.factories import MembershipFactory, PhaseFactory, PhaseStepFactory, ProgrammeFactory, ThemeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.neighbourhoods import phases
from wijkaanpak.neighbourhoods.choices import Fact, Role
from wijkaanpak.neighbourhoods.models import PhaseStep

pytestmark = pytest.mark.django_db
PAGE = "/werk/voorbeeldwijk/fasen/"


def told(programme, fact):
    return phase_facts.known(programme, [fact])[fact]


def test_every_fact_says_something_of_an_empty_programme():
    facts = phase_facts.known(ProgrammeFactory(), Fact.values)

    assert list(facts) == Fact.values
    assert all(facts.values())


def test_it_says_how_many_partners_released_their_perspective(programme):
    first, second, _third = (OrganisationFactory(in_programme=programme) for _number in range(3))
    for organisation, theme in [(first, "housing"), (first, "safety"), (second, "housing")]:
        PerspectiveFactory(programme=programme, organisation=organisation, theme=ThemeFactory(slug=theme))

    assert told(programme, Fact.PERSPECTIVES) == "2 van 3 partners hebben hun invalshoek vrijgegeven"


def test_it_counts_promises_that_everybody_may_see(programme):
    CommitmentFactory(in_programme=programme, started=True, formal_basis=FormalBasis.BUDGET)
    CommitmentFactory(in_programme=programme, silent=True)
    CommitmentFactory(in_programme=programme)
    CommitmentFactory(in_programme=programme, started=True, visibility=Visibility.INTERNAL)

    assert told(programme, Fact.COMMITMENTS) == "2 toezeggingen afgesproken, 1 nog voorgesteld"
    assert told(programme, Fact.BASIS) == "1 van 2 lopende toezeggingen hebben een formele basis"
    assert told(programme, Fact.WORDS) == "van 1 van 2 lopende toezeggingen is kortgeleden iets gehoord"


@pytest.mark.parametrize(
    ("fact", "make", "sentence"),
    [
        (Fact.PARTNERS, lambda programme: OrganisationFactory(in_programme=programme), "1 partner doet mee"),
        (Fact.FIGURES, lambda programme: ProgrammeFigureFactory(programme=programme, value=3.0), "van 1 indicator zijn cijfers bekend"),
        (Fact.VOICES, lambda programme: ResidentInputFactory(programme=programme, handed_over=True), "bewoners stuurden 1 bericht"),
        (Fact.ANSWERS, lambda programme: ResidentInputFactory(programme=programme, handed_over=True), "0 van 1 berichten van bewoners beantwoord"),
        (Fact.TENSIONS, lambda programme: TensionFactory(programme=programme, agreed=True), "1 spanningen benoemd, waarvan 1 met een afspraak"),
        (Fact.AMBITIONS, lambda programme: AmbitionFactory(programme=programme, adopted=True), "1 van 1 ambities vastgesteld"),
        (Fact.GOALS, lambda programme: GoalFactory(ambition__programme=programme), "1 van 1 ambities hebben een doel met nulmeting en streefwaarde"),
        (Fact.DECISIONS, lambda programme: DecisionFactory(meeting=MeetingFactory(programme=programme)), "1 besluit vastgelegd"),
        (Fact.REPORTS, lambda programme: make_report(programme, signed=True), "1 rapportage vastgesteld"),
        (Fact.LESSONS, lambda programme: LessonFactory(ambition__programme=programme), "1 les opgeschreven"),
        (Fact.HANDOVERS, lambda programme: HandoverFactory(programme=programme), "0 overdrachten gedaan, 1 lopen"),
    ],
)
def test_what_is_known_is_of_this_programme_alone(programme, fact, make, sentence):
    make(programme)
    make(ProgrammeFactory())

    assert told(programme, fact) == sentence


def test_a_fact_stands_beside_the_step_and_ticks_nothing(client, programme, coordinator):
    PhaseStepFactory(phase__programme=programme, what="Iedereen is uitgenodigd", fact=Fact.PARTNERS)
    OrganisationFactory(in_programme=programme)
    client.force_login(coordinator)

    page = client.get(PAGE).content.decode()

    assert "1 partner doet mee" in page
    assert PhaseStep.objects.get().done_on is None


@pytest.mark.parametrize("rows", [1, 6])
def test_the_page_needs_a_constant_number_of_queries(client, programme, coordinator, rows, django_assert_num_queries):
    for _number in range(rows):
        phase = PhaseFactory(programme=programme)
        for fact in Fact.values:
            PhaseStepFactory(phase=phase, fact=fact)
    client.force_login(coordinator)

    with django_assert_num_queries(21):
        client.get(PAGE)


def test_a_reader_reads_the_checklist_without_buttons(client, programme):
    step = PhaseStepFactory(phase__programme=programme)
    client.force_login(MembershipFactory(programme=programme, role=Role.READER).user)

    page = client.get(PAGE).content.decode()

    assert step.what in page
    assert "Het is gedaan" not in page


def test_the_coordinator_begins_plans_and_ticks(client, programme, coordinator):
    client.force_login(coordinator)
    client.post(reverse("dashboards:phases_propose", args=["voorbeeldwijk"]))
    phase = programme.phases.first()
    client.post(reverse("dashboards:phase_edit", args=["voorbeeldwijk", phase.pk]), {"name": "Kijken", "starts_on": "2026-01-01", "ends_on": "2026-06-30"})
    client.post(reverse("dashboards:step_tick", args=["voorbeeldwijk", phase.steps.first().pk]))

    phase.refresh_from_db()
    assert (phase.name, phase.steps.first().done_by) == ("Kijken", coordinator)


def test_a_phase_that_ends_before_it_starts_is_refused_with_what_was_typed(client, programme, coordinator):
    phase = PhaseFactory(programme=programme)
    client.force_login(coordinator)

    typed = {"name": "Kijken", "starts_on": "2026-06-30", "ends_on": "2026-01-01"}
    answer = client.post(reverse("dashboards:phase_edit", args=["voorbeeldwijk", phase.pk]), typed)

    assert answer.status_code == 422
    assert 'value="Kijken"' in answer.content.decode()


def test_a_phase_that_should_be_over_says_how_late_it_is(client, programme, coordinator):
    phase = PhaseFactory(programme=programme, ends_on="2026-01-01")
    step = PhaseStepFactory(phase=phase)
    client.force_login(coordinator)

    assert [row["is_late"] for row in client.get(PAGE).context["phases"]] == [True]
    phases.tick(step, by=coordinator)
    assert [row["is_late"] for row in client.get(PAGE).context["phases"]] == [False]
