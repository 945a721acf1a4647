"""From what asks for attention to an agenda, and from the meeting back into decisions and actions."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from ambitions.choices import Visibility
from dashboards import actions, agenda, decisions, duties, meetings
from dashboards.choices import Attention, Body, Outcome, Trend
from dashboards.models import Action, AgendaItem, Decision
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, EscalationFactory, GoalFactory, ProgressUpdateFactory, in_days
from tests.dashboards.factories import ActionFactory, AgendaItemFactory, DecisionFactory, MeetingFactory, ProgrammeFigureFactory
from tests.neighbourhoods.factories import MembershipFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db
OFFER = {"what": "Vraag een offerte op.", "due_on": "2031-02-01"}


@pytest.fixture
def meeting(programme, coordinator):
    return MeetingFactory(programme=programme, called_by=coordinator)


def late(programme):
    return CommitmentFactory(in_programme=programme, started=True, what="Lampen vervangen", due_on=in_days(-20))


def test_the_agenda_is_made_from_what_asks_for_attention(programme, meeting, coordinator):
    commitment = late(programme)

    meetings.make_agenda(meeting, by=coordinator)

    point = meeting.items.get(kind=Attention.LATE)
    assert (point.what, commitment.organisation.name in point.who) == ("Lampen vervangen", True)
    assert point.url == reverse("ambitions:commitment_detail", args=["voorbeeldwijk", commitment.pk])


def test_making_the_agenda_again_adds_only_what_is_new(programme, meeting, coordinator):
    late(programme)
    meetings.make_agenda(meeting, by=coordinator)

    assert meetings.make_agenda(meeting, by=coordinator) == 0

    late(programme)
    assert meetings.make_agenda(meeting, by=coordinator) == 1


def test_words_of_residents_that_nobody_moderated_are_on_no_agenda(programme, meeting, coordinator):
    ResidentInputFactory(programme=programme, text="Mijn buurman op nummer 14 maakt herrie.")

    meetings.make_agenda(meeting, by=coordinator)

    assert not meeting.items.exists()


def test_what_is_internal_is_on_no_agenda(programme, meeting, coordinator):
    internal = {"in_programme": programme, "started": True, "visibility": Visibility.INTERNAL}
    CommitmentFactory(**internal, due_on=in_days(-20))
    EscalationFactory(commitment=CommitmentFactory(**internal, due_on=in_days(-15)))
    CommitmentFactory(**internal).ambition.support.all().delete()

    meetings.make_agenda(meeting, by=coordinator)

    assert not meeting.items.exists()


def test_two_contradictions_of_one_ambition_are_two_points(programme, meeting, coordinator):
    goal = GoalFactory(ambition=AmbitionFactory(adopted=True, programme=programme))
    year = timezone.localdate().year - 1
    ProgrammeFigureFactory(programme=programme, indicator=goal.indicator, trend=Trend.WORSE, period=year, reference_date=None, reason="", value=30.0)
    ProgressUpdateFactory(commitment=CommitmentFactory(started=True, ambition=goal.ambition))
    goal.ambition.support.all().delete()

    meetings.make_agenda(meeting, by=coordinator)

    first, second = meeting.items.filter(kind=Attention.CONTRADICTION)
    assert (first.url, first.action_url != second.action_url) == (second.url, True)


def test_a_point_stays_as_it_was_when_the_promise_is_kept_afterwards(programme, meeting, coordinator):
    commitment = late(programme)
    meetings.make_agenda(meeting, by=coordinator)

    type(commitment).objects.filter(pk=commitment.pk).update(what="Iets anders")

    assert meeting.items.get(kind=Attention.LATE).what == "Lampen vervangen"


def test_decisions_are_numbered_per_programme_and_can_never_be_changed(meeting, coordinator):
    first = decisions.decide(meeting, what="Eerst de lampen.", reason="Het is er donker.", by=coordinator)
    second = decisions.decide(meeting, what="Dan het plein.", reason="Dat volgt.", by=coordinator)

    assert (first.number, second.number) == (1, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.update(what="Toch niet.")


def test_a_decision_comes_back_on_the_day_that_was_agreed(programme, meeting):
    decision = DecisionFactory(meeting=meeting, decided_on=in_days(-30), review_on=in_days(-1))

    [alarm] = agenda.now(programme, timezone.localdate())

    assert (alarm.kind, alarm.what) == (Attention.REVIEW, decision.what)
    assert agenda.now(programme, in_days(-2)) == []


@pytest.mark.parametrize(("outcome", "next_on", "again"), [(Outcome.KEEP, None, None), (Outcome.CHANGE, 60, 60), (Outcome.STOP, None, None)])
def test_looking_back_says_when_it_comes_back_again(meeting, coordinator, outcome, next_on, again):
    decision = DecisionFactory(meeting=meeting, decided_on=in_days(-30), review_on=in_days(-1))

    decisions.look_back(decision, outcome=outcome, text="Het is lichter geworden.", next_on=next_on and in_days(next_on), by=coordinator)

    assert Decision.objects.with_review().get().look_back_on == (again and in_days(again))


def test_an_action_stands_under_my_work_until_somebody_says_what_came_of_it(meeting, coordinator, speaker):
    action = actions.give(meeting, what="Vraag een offerte op.", owner=speaker, due_on=in_days(7), by=coordinator)
    assert [duty.what for duty in duties.asked_of(speaker, [])] == ["Vraag een offerte op."]

    actions.finish(action, result="De offerte is er.", by=speaker)

    assert duties.asked_of(speaker, []) == []
    assert Event.objects.get(kind="action.done").new == {"result": "De offerte is er."}


def test_an_action_needs_somebody_of_the_programme(meeting, coordinator):
    with pytest.raises(ValidationError) as refusal:
        actions.give(meeting, what="Bel de buurt.", owner=MembershipFactory().user, due_on=in_days(7), by=coordinator)

    assert refusal.value.code == "not_here"
    assert not Action.objects.exists()


def test_closed_minutes_are_refused_by_the_database(meeting, coordinator):
    AgendaItemFactory(meeting=meeting)
    meetings.close(meeting, by=coordinator)

    for change in (lambda: AgendaItem.objects.update(said="Anders."), lambda: DecisionFactory(meeting=meeting), lambda: AgendaItemFactory(meeting=meeting)):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_minutes_are_closed_on_the_day_itself_or_later(programme, coordinator):
    with pytest.raises(ValidationError) as refusal:
        meetings.close(MeetingFactory(programme=programme, held_on=in_days(1)), by=coordinator)

    assert refusal.value.code == "early"


def test_a_point_with_a_decision_stays_on_the_agenda(meeting, coordinator):
    point = AgendaItemFactory(meeting=meeting)
    decisions.decide(meeting, what="Eerst de lampen.", reason="Het is er donker.", item=point, by=coordinator)

    with pytest.raises(ValidationError) as refusal:
        meetings.drop_item(point, by=coordinator)

    assert refusal.value.code == "decided"


def test_a_working_group_says_what_it_is_about(programme, coordinator):
    with pytest.raises(ValidationError):
        meetings.call(programme, body=Body.WORKING, held_on=in_days(7), by=coordinator)


def test_a_meeting_from_call_to_closed_minutes_without_retyping(client, programme, coordinator, speaker):
    late(programme)
    client.force_login(coordinator)
    client.post(reverse("dashboards:meeting_call", args=["voorbeeldwijk"]), {"body": "core", "held_on": timezone.localdate().isoformat()})
    meeting = programme.meetings.get()
    at = lambda name: reverse(f"dashboards:{name}", args=["voorbeeldwijk", meeting.pk])  # noqa: E731
    client.post(at("meeting_agenda"))
    point = meeting.items.get()

    form = client.get(f"{at('meeting_action')}?punt={point.pk}").content.decode()
    client.post(f"{at('meeting_action')}?punt={point.pk}", {**OFFER, "owner": speaker.pk})
    client.post(f"{at('meeting_decide')}?punt={point.pk}", {"what": "Eerst de lampen.", "reason": "Het is er donker."})
    client.post(at("meeting_close"))

    assert "Lampen vervangen</textarea>" in form
    assert (point.actions.get().owner, point.decisions.get().number) == (speaker, 1)
    page = client.get(at("meeting_detail")).content.decode()
    assert "gesloten door" in page
    assert "Maak de agenda" not in page


def test_a_form_that_is_not_complete_says_what_to_do_and_keeps_the_rest(client, meeting, coordinator):
    client.force_login(coordinator)

    answer = client.post(reverse("dashboards:meeting_decide", args=["voorbeeldwijk", meeting.pk]), {"what": "Eerst de lampen."})

    assert answer.status_code == 422
    assert "Eerst de lampen.</textarea>" in answer.content.decode()


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(("name", "queries"), [("meeting_list", 9), ("decision_list", 8)])
def test_lists_need_a_constant_number_of_queries(client, programme, meeting, speaker, django_assert_max_num_queries, name, queries, rows):
    for _number in range(rows):
        DecisionFactory(meeting=meeting)
        ActionFactory(meeting=meeting, owner=speaker)
        MeetingFactory(programme=programme)
    client.force_login(speaker)

    with django_assert_max_num_queries(queries):
        client.get(reverse(f"dashboards:{name}", args=["voorbeeldwijk"]))
