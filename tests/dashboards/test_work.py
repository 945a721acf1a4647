import pytest
from django.urls import reverse

from ambitions.choices import Visibility
from dashboards import duties
from dashboards.choices import Trend
from tests.accounts.factories import UserFactory
from tests.actors.factories import RepresentativeFactory, TensionFactory
from tests.ambitions.factories import (
    AmbitionFactory,
    CommitmentFactory,
    EscalationFactory,
    GoalFactory,
    ProgressUpdateFactory,
    SubmissionFactory,
    SupportFactory,
    in_days,
)
from tests.dashboards.factories import ProgrammeFigureFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db
MY_WORK = "/werk/"


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="voorbeeldwijk", is_public=True)


@pytest.fixture
def speaker(client, programme):
    """Somebody who speaks for an organisation in the programme, signed in."""
    made = RepresentativeFactory(in_programme=programme)
    client.force_login(made.user)
    return made


def asked(client):
    return [duty.what for duty in client.get(MY_WORK).context["duties"]]


def promise(speaker, programme, **traits):
    return CommitmentFactory(in_programme=programme, organisation=speaker.organisation, **{"owner": speaker.user, **traits})


def test_own_promises_that_are_late_silent_or_near_are_asked_about(client, speaker, programme):
    late, silent = promise(speaker, programme, late=True), promise(speaker, programme, silent=True)
    near = promise(speaker, programme, started=True, due_on=in_days(6))
    promise(speaker, programme, started=True)

    assert asked(client) == [late.what, silent.what, near.what]


def test_a_promise_of_a_colleague_is_listed_but_not_asked_about(client, speaker, programme):
    other = promise(speaker, programme, late=True, owner=UserFactory())

    response = client.get(MY_WORK)

    assert response.context["duties"] == []
    assert response.context["commitments"] == [other]


def test_promises_of_other_organisations_are_not_mine(client, speaker, programme):
    CommitmentFactory(in_programme=programme, late=True)

    assert not client.get(MY_WORK).context["page"].object_list


def test_an_input_that_waits_for_our_answer_stands_by_its_date(client, speaker, programme):
    late = ResidentInputFactory(handed_over=True, programme=programme, organisation=speaker.organisation, answer_due_on=in_days(-2))
    ResidentInputFactory(handed_over=True, programme=programme)
    ResidentInputFactory(handed_over=True, answered=True, programme=programme, organisation=speaker.organisation)

    [duty] = client.get(MY_WORK).context["duties"]

    assert (duty.what, duty.on, duty.shape) == (f"“{late.public_text}”", late.answer_due_on, "danger")


def test_support_is_asked_until_the_organisation_has_spoken(client, speaker, programme):
    ambition = AmbitionFactory(consulted=True, programme=programme)
    before = asked(client)

    SupportFactory(ambition=ambition, organisation=speaker.organisation)

    assert (before, asked(client)) == ([ambition.sentence], [])


def test_a_revision_is_asked_about_in_its_new_words(client, speaker, programme):
    revised = {"revised_sentence": "Nieuwe woorden.", "revised_why": "Daarom.", "consultation_closes_on": in_days(3)}
    AmbitionFactory(adopted=True, programme=programme, **revised)

    assert asked(client) == ["Nieuwe woorden."]


def test_every_duty_leads_to_a_page_the_person_may_open(client, speaker, programme):
    promise(speaker, programme, late=True)
    ResidentInputFactory(handed_over=True, programme=programme, organisation=speaker.organisation)
    AmbitionFactory(consulted=True, programme=programme)

    answers = {duty.url: client.get(duty.url).status_code for duty in client.get(MY_WORK).context["duties"]}

    assert list(answers.values()) == [200, 200, 200]


def test_somebody_without_anything_to_do_reads_that(client):
    client.force_login(UserFactory())

    page = client.get(MY_WORK).content.decode()

    assert "U bent helemaal bij" in page
    assert "U doet nog niet mee in een programma" in page


def test_who_must_answer_on_a_step_is_asked_once(client, speaker, programme):
    step = EscalationFactory(commitment=promise(speaker, programme, late=True))
    EscalationFactory(commitment=CommitmentFactory(late=True, visibility=Visibility.INTERNAL), person=speaker.user)

    [duty] = client.get(MY_WORK).context["duties"]

    assert (duty.on, duty.url) == (step.answer_due_on, reverse("ambitions:commitment_answer", args=[programme.slug, step.commitment_id]))


@pytest.mark.parametrize("rows", [1, 30])
def test_my_work_needs_a_constant_number_of_queries(client, speaker, programme, rows, django_assert_num_queries):
    for _number in range(rows):
        promise(speaker, programme, late=True)
        ResidentInputFactory(handed_over=True, programme=programme, organisation=speaker.organisation)
        AmbitionFactory(consulted=True, programme=programme)

        TensionFactory(programme=programme, owner=speaker.user, due=True)

        SubmissionFactory(commitment=promise(speaker, programme, started=True), by=RepresentativeFactory(organisation=speaker.organisation).user)

    with django_assert_num_queries(14):
        response = client.get(MY_WORK)

    assert len(response.context["duties"]) == 4 * rows + 1


def test_words_of_colleagues_wait_for_agreement_and_own_words_do_not(client, speaker, programme):
    colleague = RepresentativeFactory(organisation=speaker.organisation).user
    for by in (colleague, colleague, speaker.user):
        SubmissionFactory(commitment=promise(speaker, programme, started=True), by=by)

    response = client.get(MY_WORK)

    [duty] = response.context["duties"]
    assert duty.what == "2 standen van zaken van collega’s wachten op uw akkoord"
    assert reverse("ambitions:commitment_updates", args=[programme.slug]) in response.content.decode()


def test_a_tension_comes_back_to_its_owner_on_the_day_of_review(client, speaker, programme):
    due = TensionFactory(programme=programme, owner=speaker.user, due=True)
    TensionFactory(programme=programme, owner=speaker.user)
    TensionFactory(programme=programme, due=True)

    assert asked(client) == [due.sentence]


def test_a_coordinator_of_one_programme_begins_in_its_cockpit(client, programme):
    client.force_login(MembershipFactory(programme=programme, role=Role.COORDINATOR).user)

    assert client.get(reverse("dashboards:start")).url == reverse("dashboards:cockpit", args=[programme.slug])


@pytest.mark.parametrize("number", [0, 2])
def test_everybody_else_begins_with_the_own_work(number):
    user = UserFactory()
    for _number in range(number):
        MembershipFactory(user=user, role=Role.COORDINATOR)

    assert duties.start_of(user) == MY_WORK


def test_a_coordinator_finds_the_cockpit_first_and_a_reader_the_overview(client):
    user = UserFactory()
    MembershipFactory(user=user, role=Role.READER, programme__name="A", programme__slug="a")
    MembershipFactory(user=user, role=Role.COORDINATOR, programme__name="B", programme__slug="b")
    client.force_login(user)

    assert [part.url for part in client.get(MY_WORK).context["parts"]] == ["/werk/b/", "/werk/a/overzicht/"]


@pytest.fixture
def read(client, programme):
    client.force_login(MembershipFactory(programme=programme, role=Role.READER).user)
    return lambda: client.get(reverse("dashboards:reader_page", args=[programme.slug]))


def test_the_overview_tells_in_three_sentences_how_it_goes(read, programme):
    CommitmentFactory(late=True, in_programme=programme, visibility=Visibility.PARTNERS)
    ProgressUpdateFactory(commitment=CommitmentFactory(started=True, in_programme=programme))
    CommitmentFactory(kept=True, in_programme=programme)
    ProgrammeFigureFactory(programme=programme, trend=Trend.WORSE, reason="")
    ResidentInputFactory(answered=True, programme=programme)

    promises, figures, voices = read().context["sentences"]

    assert promises == "Van de 2 lopende toezeggingen: 1 zoals afgesproken, 1 niet. Eerder nagekomen: 1."
    assert figures == "Van de cijfers die te vergelijken zijn: 0 beter, 0 ongeveer gelijk, 1 slechter."
    assert voices == "Bewoners stuurden het afgelopen jaar 1 bericht; 1 kreeg antwoord, 1 op tijd."


def test_an_empty_programme_has_an_overview_too(read):
    page = read().content.decode()

    assert "Er is nog geen ambitie vastgesteld" in page
    assert "Er wordt nu geen besluit gevraagd." in page
    assert "Niets is te laat, zonder bericht of vertraagd." in page


def test_a_goal_stands_with_start_now_and_target(read, programme):
    goal = GoalFactory(ambition=AmbitionFactory(adopted=True, programme=programme))
    ProgrammeFigureFactory(programme=programme, indicator=goal.indicator, value=11.0, period=2025, trend=Trend.BETTER, reason="")

    [line] = read().context["wanted"][0]["goals"]

    assert (line.baseline, line.now, line.period, line.target, line.trend) == ("12,5%", "11,0%", "2025", "9,0%", "better")


def test_a_reader_does_not_learn_what_an_organisation_keeps_to_itself(read, programme):
    CommitmentFactory(late=True, in_programme=programme, visibility=Visibility.INTERNAL, what="Geheim overleg")

    response = read()

    assert "Geheim overleg" not in response.content.decode()
    assert response.context["troubled"] == []


@pytest.mark.parametrize("rows", [1, 30])
def test_the_overview_needs_a_constant_number_of_queries(read, programme, rows, django_assert_num_queries):
    for _number in range(rows):
        goal = GoalFactory(ambition=AmbitionFactory(adopted=True, programme=programme))
        ProgrammeFigureFactory(programme=programme, indicator=goal.indicator)
        CommitmentFactory(late=True, ambition=goal.ambition)
        AmbitionFactory(consulted=True, programme=programme)

    with django_assert_num_queries(12):
        response = read()

    assert len(response.context["troubled"]) == rows
