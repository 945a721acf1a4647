import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from ambitions import change_requests
from ambitions.choices import CommitmentState, Stance
from dashboards import agenda
from dashboards.choices import Trend
from tests.actors.factories import AgreementFactory, OrganisationFactory, TensionFactory
from tests.ambitions.factories import (
    AmbitionFactory,
    CommitmentFactory,
    DependencyFactory,
    EscalationFactory,
    GoalFactory,
    MilestoneFactory,
    ProgressUpdateFactory,
    SupportFactory,
    WishFactory,
    in_days,
)
from tests.dashboards.factories import AreaFigureFactory, ProgrammeFigureFactory
from tests.journal.factories import EventFactory
from tests.neighbourhoods.factories import AreaFactory, MembershipFactory, MomentFactory, ProgrammeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db
FRESH = {"reason": "", "reference_date": timezone.localdate() - datetime.timedelta(days=400)}


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="voorbeeldwijk", is_public=True)


@pytest.fixture
def open_cockpit(client, programme):
    client.force_login(MembershipFactory(programme=programme, role=Role.COORDINATOR).user)
    return lambda: client.get(reverse("dashboards:cockpit", args=[programme.slug]))


def alarms(response):
    return {group.kind: [row.what for row in group.rows] for group in response.context["groups"]}


def test_an_empty_cockpit_says_kindly_that_all_is_well(open_cockpit):
    response = open_cockpit()

    assert alarms(response) == {}
    assert "Alles loopt" in response.content.decode()
    assert [entry["value"] for entry in response.context["numbers"]] == [0, 0, 0, 0]


def test_promises_that_are_late_silent_or_delayed_ask_for_attention(open_cockpit, programme):
    late = CommitmentFactory(late=True, in_programme=programme)
    silent = CommitmentFactory(silent=True, in_programme=programme)
    delayed = ProgressUpdateFactory(delayed=True, commitment=CommitmentFactory(started=True, in_programme=programme)).commitment
    CommitmentFactory(started=True, in_programme=programme)

    assert alarms(open_cockpit()) == {"late": [late.what], "silent": [silent.what], "delayed": [delayed.what]}


def test_the_cockpit_begins_with_what_stands_on_it(open_cockpit, programme):
    CommitmentFactory(late=True, in_programme=programme)
    today = timezone.localdate()
    MomentFactory(programme=programme, month=today.month, day=today.day)

    page = open_cockpit().content.decode()

    jumps = page.split('<nav class="jumps')[1].split("</nav>")[0]
    targets = [part.split('"')[0] for part in jumps.split('href="#')[1:]]
    assert targets == ["kind-late", "clock", "ahead", "happened"]
    assert all(f'id="{target}"' in page for target in targets)


def test_a_row_names_the_owner_the_date_and_one_thing_to_do(open_cockpit, programme):
    late = CommitmentFactory(late=True, in_programme=programme)

    [group] = open_cockpit().context["groups"]

    row = group.rows[0]
    assert row.who == f"{late.owner.name}, {late.organisation.name}"
    assert (row.since, row.detail) == (late.due_on, "3 dagen te laat")
    assert row.action_url == reverse("ambitions:commitment_postpone", args=[programme.slug, late.pk])


def test_silence_is_met_by_a_button_that_asks_for_a_word(client, open_cockpit, programme):
    silent = CommitmentFactory(silent=True, in_programme=programme)

    [row] = open_cockpit().context["groups"][0].rows
    client.post(row.action_url)

    assert row.posts
    assert silent.owner.email in client.get(reverse("neighbourhoods:programme_mails", args=[programme.slug])).content.decode()


def test_inputs_wait_for_moderation_and_for_late_answers(open_cockpit, programme):
    held, awaiting = ResidentInputFactory(held=True, programme=programme), ResidentInputFactory(awaiting=True, programme=programme)
    overdue = ResidentInputFactory(overdue=True, programme=programme)
    ResidentInputFactory(published=True, programme=programme)
    ResidentInputFactory(answered=True, programme=programme, answer_due_on=in_days(-3))

    found = alarms(open_cockpit())

    assert found["answer"] == [f"“{overdue.public_text}”"]
    assert set(found["moderation"]) == {f"“{held.text}”", f"“{awaiting.text}”"}


def test_green_promises_with_a_worsening_headline_figure_contradict(open_cockpit, programme):
    goal = GoalFactory(ambition=AmbitionFactory(adopted=True, programme=programme))
    ProgressUpdateFactory(commitment=CommitmentFactory(started=True, ambition=goal.ambition))
    ProgrammeFigureFactory(programme=programme, indicator=goal.indicator, period=2025, trend=Trend.WORSE, **FRESH)

    [group] = open_cockpit().context["groups"]

    assert (group.kind, group.rows[0].what) == ("contradiction", goal.ambition.sentence)
    assert "2025" in group.rows[0].detail


@pytest.mark.parametrize("trouble", [{"trend": Trend.BETTER}, {"is_latest": False}])
def test_a_figure_that_did_not_just_get_worse_contradicts_nothing(open_cockpit, programme, trouble):
    goal = GoalFactory(ambition=AmbitionFactory(adopted=True, programme=programme))
    ProgressUpdateFactory(commitment=CommitmentFactory(started=True, ambition=goal.ambition))
    ProgrammeFigureFactory(programme=programme, indicator=goal.indicator, **{"trend": Trend.WORSE, **FRESH, **trouble})

    assert alarms(open_cockpit()) == {}


def test_one_promise_that_is_not_green_ends_the_contradiction(open_cockpit, programme):
    goal = GoalFactory(ambition=AmbitionFactory(adopted=True, programme=programme))
    ProgressUpdateFactory(commitment=CommitmentFactory(started=True, ambition=goal.ambition))
    CommitmentFactory(late=True, ambition=goal.ambition)
    ProgrammeFigureFactory(programme=programme, indicator=goal.indicator, trend=Trend.WORSE, **FRESH)

    assert "contradiction" not in alarms(open_cockpit())


def test_a_goal_of_one_area_looks_at_the_figure_of_that_area(open_cockpit, programme):
    goal = GoalFactory(ambition=AmbitionFactory(adopted=True, programme=programme), area=AreaFactory())
    ProgressUpdateFactory(commitment=CommitmentFactory(started=True, ambition=goal.ambition))
    ProgrammeFigureFactory(programme=programme, indicator=goal.indicator, trend=Trend.WORSE, **FRESH)
    before = alarms(open_cockpit())

    AreaFigureFactory(area=goal.area, indicator=goal.indicator, trend=Trend.WORSE, **FRESH)

    assert (before, list(alarms(open_cockpit()))) == ({}, ["contradiction"])


def test_proposals_that_lie_and_consultations_that_are_over_ask_for_a_decision(open_cockpit, programme):
    ambition = AmbitionFactory(consulted=True, programme=programme, consultation_closes_on=in_days(-1))
    lying = CommitmentFactory(ambition=ambition, created_at=timezone.now() - datetime.timedelta(days=8))
    CommitmentFactory(ambition=ambition)

    assert set(alarms(open_cockpit())["decision"]) == {ambition.sentence, lying.what}


def test_a_consultation_names_the_partners_who_have_not_spoken(open_cockpit, programme):
    ambition = AmbitionFactory(consulted=True, programme=programme)
    spoke, silent = OrganisationFactory.create_batch(2, in_programme=programme)
    SupportFactory(ambition=ambition, organisation=spoke, stance=Stance.SUPPORTS)

    [group] = open_cockpit().context["groups"]

    assert (group.kind, group.rows[0].who) == ("support", silent.name)
    assert group.rows[0].detail == "1 van de 2 partners hebben nog niet gereageerd"


def test_what_comes_within_two_weeks_stands_by_date(open_cockpit, programme):
    due = CommitmentFactory(started=True, in_programme=programme, due_on=in_days(5))
    step = MilestoneFactory(commitment=CommitmentFactory(started=True, in_programme=programme), due_on=in_days(2))
    voice = ResidentInputFactory(published=True, programme=programme, answer_due_on=in_days(9))
    CommitmentFactory(started=True, in_programme=programme, due_on=in_days(15))

    ahead = open_cockpit().context["ahead"]

    assert [row.on for row in ahead] == [step.due_on, due.due_on, voice.answer_due_on]
    assert ahead[0].what.startswith(step.what)


def test_only_events_of_this_programme_since_yesterday_are_shown(open_cockpit, programme):
    now = timezone.now()
    EventFactory(kind="ambition.closed", new={"reason": "Klaar."}, programme_id=programme.pk, subject_name="Schone straten")
    EventFactory(programme_id=programme.pk, at=now - datetime.timedelta(days=3))
    EventFactory(programme_id=ProgrammeFactory().pk)

    [happened] = open_cockpit().context["happened"]

    assert happened["about"] == "Schone straten"
    assert "Klaar." in happened["entry"].text


def test_six_rows_of_a_kind_are_shown_and_the_rest_is_behind_a_link(open_cockpit, programme):
    CommitmentFactory.create_batch(8, late=True, in_programme=programme)

    response = open_cockpit()

    [group] = response.context["groups"]
    assert (len(group.rows), group.total, group.more) == (6, 8, 2)
    assert f'href="{reverse("ambitions:commitment_list", args=[programme.slug])}?signal=late"' in response.content.decode()
    assert response.context["numbers"][0]["value"] == 8


def test_a_promise_with_a_step_up_stands_there_once_and_still_counts_as_late(open_cockpit, programme):
    step = EscalationFactory(commitment=CommitmentFactory(late=True, in_programme=programme), of_core_team=True)

    response = open_cockpit()

    [group] = response.context["groups"]
    assert (group.kind, group.rows[0].what, group.rows[0].since) == ("escalated", step.commitment.what, step.since)
    assert group.rows[0].action_url == reverse("ambitions:commitment_answer", args=[programme.slug, step.commitment_id])
    assert response.context["numbers"][0]["value"] == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_the_cockpit_needs_a_constant_number_of_queries(open_cockpit, programme, rows, django_assert_num_queries):
    ambitions = AmbitionFactory.create_batch(rows, consulted=True, programme=programme)
    for ambition in ambitions:
        CommitmentFactory(late=True, in_programme=programme)
        EscalationFactory(commitment=CommitmentFactory(late=True, in_programme=programme))
        MilestoneFactory(commitment=CommitmentFactory(silent=True, in_programme=programme), due_on=in_days(3))
        SupportFactory(ambition=ambition)
        ResidentInputFactory(handed_over=True, programme=programme, answer_due_on=in_days(-1))
        EventFactory(programme_id=programme.pk)
        AgreementFactory(programme=programme, ends_soon=True)
        DependencyFactory(late=True, commitment__in_programme=programme)
        WishFactory(commitment__in_programme=programme)
        TensionFactory(programme=programme, due=True)
        MomentFactory(programme=programme, month=timezone.localdate().month, day=timezone.localdate().day)

    with django_assert_num_queries(27):
        response = open_cockpit()

    assert {group.kind: group.total for group in response.context["groups"]}["late"] == 2 * rows  # and what others wait for


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_who_does_not_coordinate_gets_the_page_for_readers(client, programme, role):
    client.force_login(MembershipFactory(programme=programme, role=role).user)

    response = client.get(reverse("dashboards:cockpit", args=[programme.slug]))

    assert response.url == reverse("dashboards:reader_page", args=[programme.slug])


def test_a_stranger_cannot_tell_that_the_programme_exists(client, programme):
    client.force_login(MembershipFactory(role=Role.COORDINATOR).user)

    assert client.get(reverse("dashboards:cockpit", args=[programme.slug])).status_code == 404


def test_ended_and_proposed_promises_are_no_alarm(open_cockpit, programme):
    for state in [CommitmentState.KEPT, CommitmentState.NOT_KEPT]:
        CommitmentFactory(in_programme=programme, **{state.value: True, "due_on": in_days(-9), "starts_on": in_days(-90)})
    CommitmentFactory(in_programme=programme)

    assert alarms(open_cockpit()) == {}


def test_an_agreement_that_runs_out_asks_for_a_decision(open_cockpit, programme):
    ending = AgreementFactory(programme=programme, ends_soon=True)
    AgreementFactory(programme=programme)

    [group] = open_cockpit().context["groups"]

    assert (group.kind, [row.what for row in group.rows]) == ("decision", [ending.title])
    assert group.rows[0].detail.startswith("overeenkomst loopt af:")


def test_a_promise_that_another_one_holds_up_asks_for_attention(open_cockpit, programme):
    held_up = DependencyFactory(late=True, commitment__in_programme=programme)
    DependencyFactory(commitment__in_programme=programme)

    group = next(group for group in open_cockpit().context["groups"] if group.kind == "waiting")

    assert [row.what for row in group.rows] == [held_up.commitment.what]
    assert held_up.on.what in group.rows[0].detail


def test_two_promises_that_wait_for_the_same_one_can_be_put_off_apart(open_cockpit, programme):
    held_up = DependencyFactory(late=True, commitment__in_programme=programme)
    DependencyFactory(on=held_up.on, commitment=CommitmentFactory(started=True, ambition=held_up.commitment.ambition))

    group = next(group for group in open_cockpit().context["groups"] if group.kind == "waiting")

    assert len({row.key for row in group.rows}) == 2


def test_a_change_that_was_asked_for_asks_for_attention_until_it_is_settled(open_cockpit, programme):
    wish = WishFactory(commitment__in_programme=programme)
    shown = alarms(open_cockpit())

    change_requests.settle(wish, how="Besproken.", by=wish.by)

    assert (shown, alarms(open_cockpit())) == ({"change": [wish.commitment.what]}, {})


@pytest.mark.parametrize("agreed", [True, False])
def test_a_tension_asks_for_attention_when_its_day_has_come(open_cockpit, programme, agreed):
    tension = TensionFactory(programme=programme, due=True, agreed=agreed)
    TensionFactory(programme=programme)

    assert alarms(open_cockpit()) == {"tension": [tension.sentence]}


def test_an_agenda_names_nothing_internal_that_waits_or_is_to_change(programme):
    internal = {"started": True, "visibility": "internal", "in_programme": programme}
    WishFactory(commitment=CommitmentFactory(**internal))
    waits = DependencyFactory(late=True, commitment=CommitmentFactory(**internal))
    on = DependencyFactory(late=True, commitment__in_programme=programme).on
    type(on).objects.filter(pk=on.pk).update(visibility="internal")

    found = {alarm.kind.value for alarm in agenda.now(programme, timezone.localdate())}

    assert waits.pk
    assert not found & {"change", "waiting"}
