"""Twelve constructed cases, and a few more: a contradiction fires where it should and keeps silent where it should."""

import datetime

import pytest
from django.utils import timezone

from ambitions.choices import CommitmentState, Stance
from ambitions.models import Support
from dashboards import attention, contradictions, questions
from dashboards.choices import Trend
from dashboards.models import ProgrammeFigure
from residents.choices import InputKind
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, GoalFactory, ProgressUpdateFactory, in_days
from tests.dashboards.factories import FigureIndicatorFactory, ProgrammeFigureFactory
from tests.neighbourhoods.factories import MembershipFactory, ThemeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


@pytest.fixture
def theme():
    return ThemeFactory(slug="safety", name="Veiligheid")


def found(programme):
    reading = attention.reading(programme, timezone.localdate())
    return {each.kind.value: each for each in contradictions.look(reading)}


def alarms(programme):
    return contradictions.alarms(attention.reading(programme, timezone.localdate()), today=timezone.localdate())


def aim(programme, *, trend=Trend.WORSE, visible_from=None, **figure):
    """An adopted ambition with one goal, whose figure has a trend word."""
    goal = GoalFactory(ambition=AmbitionFactory(adopted=True, programme=programme), visible_from=visible_from)
    values = {"period": YEAR - 1, "reference_date": None, "reason": "", "value": 30.0, **figure}
    ProgrammeFigureFactory(programme=programme, indicator=goal.indicator, trend=trend, **values)
    return goal


def on_track(ambition):
    return ProgressUpdateFactory(commitment=CommitmentFactory(started=True, ambition=ambition)).commitment


def say(programme, theme, *kinds, **traits):
    for kind, number in kinds:
        ResidentInputFactory.create_batch(number, published=True, programme=programme, theme=theme, kind=kind, **traits)


def figure_of(programme, theme, trend, period=YEAR - 1):
    return ProgrammeFigureFactory(
        programme=programme, indicator=FigureIndicatorFactory(theme=theme, name="Inbraken"), trend=trend, reason="", period=period, reference_date=None,
        previous_period=period - 1, previous_value=70, compared_value=80,
    )  # fmt: skip


def test_case_1_green_promises_with_a_worse_figure_contradict(programme):
    goal = aim(programme)
    on_track(goal.ambition)

    assert found(programme)["green_worse"].subject == goal.ambition_id


def test_case_2_kept_promises_are_as_green_as_those_on_track(programme):
    goal = aim(programme)
    on_track(goal.ambition)
    CommitmentFactory(kept=True, ambition=goal.ambition)

    assert list(found(programme)) == ["green_worse"]


@pytest.mark.parametrize("trouble", ["late", "silent", "not_kept"])
def test_case_3_one_promise_that_is_not_green_explains_enough(programme, trouble):
    goal = aim(programme)
    on_track(goal.ambition)
    CommitmentFactory(ambition=goal.ambition, **{trouble: True})

    assert found(programme) == {}


def test_case_4_a_change_within_the_noise_is_no_change(programme):
    on_track(aim(programme, trend=Trend.SAME, reason="noise").ambition)

    assert found(programme) == {}


@pytest.mark.parametrize("broken", [{"trend": Trend.UNKNOWN, "reason": "break"}, {"trend": Trend.WORSE, "breaks": True}])
def test_case_5_over_a_break_nothing_is_compared(programme, broken):
    on_track(aim(programme, **broken).ambition)

    assert found(programme) == {}


def test_case_6_before_the_effect_is_expected_nobody_misses_it(programme):
    early = aim(programme, visible_from=datetime.date(YEAR, 1, 1))
    on_track(early.ambition)
    due = aim(programme, visible_from=datetime.date(YEAR - 1, 1, 1))
    on_track(due.ambition)

    assert found(programme)["green_worse"].subject == due.ambition_id


def test_case_6_an_old_figure_contradicts_nothing(programme):
    on_track(aim(programme, period=YEAR - 4).ambition)

    assert found(programme) == {}


def test_case_7_residents_who_worry_contradict_a_better_figure(programme, theme):
    figure_of(programme, theme, Trend.BETTER)
    say(programme, theme, (InputKind.CONCERN, 5), (InputKind.COMPLIMENT, 2))
    CommitmentFactory(started=True, ambition__theme=theme, in_programme=programme)

    assert list(found(programme)) == ["voices_worse"]
    assert "5 zorgen" in found(programme)["voices_worse"].detail


@pytest.mark.parametrize(("trend", "kinds"), [
    (Trend.BETTER, [(InputKind.CONCERN, 4)]),
    (Trend.BETTER, [(InputKind.CONCERN, 5), (InputKind.COMPLIMENT, 3)]),
    (Trend.SAME, [(InputKind.CONCERN, 9)]),
    (Trend.UNKNOWN, [(InputKind.CONCERN, 9)]),
])  # fmt: skip
def test_case_8_few_or_mixed_voices_or_a_figure_without_word_contradict_nothing(programme, theme, trend, kinds):
    figure_of(programme, theme, trend)
    say(programme, theme, *kinds)
    CommitmentFactory(started=True, ambition__theme=theme, in_programme=programme)

    assert found(programme) == {}


def test_case_9_content_residents_contradict_a_worse_figure_of_late(programme, theme):
    figure = figure_of(programme, theme, Trend.WORSE)
    say(programme, theme, (InputKind.COMPLIMENT, 6), (InputKind.CONCERN, 3))
    fresh = list(found(programme))
    ProgrammeFigure.objects.filter(pk=figure.pk).update(period=YEAR - 4)

    assert (fresh, found(programme)) == (["voices_better"], {})


def test_case_10_a_theme_residents_speak_about_without_any_promise(programme, theme):
    say(programme, theme, (InputKind.IDEA, 3), (InputKind.CONCERN, 2))
    say(programme, ThemeFactory(slug="housing"), (InputKind.IDEA, 4), (InputKind.COMPLIMENT, 4))

    assert [each.subject for each in found(programme).values()] == [theme.pk]


def test_case_11_a_promise_or_old_voices_fill_the_gap(programme, theme):
    say(programme, theme, (InputKind.IDEA, 5))
    say(programme, ThemeFactory(slug="housing"), (InputKind.IDEA, 5), received_at=timezone.now() - datetime.timedelta(days=400))
    CommitmentFactory(started=True, ambition__theme=theme, in_programme=programme)

    assert found(programme) == {}


def test_case_12_who_promised_something_must_support_the_ambition(programme):
    supported = CommitmentFactory(started=True, in_programme=programme)
    against = CommitmentFactory(started=True, in_programme=programme)
    Support.objects.filter(organisation=against.organisation).update(stance=Stance.AGAINST, reason="Geen geld.")

    [contradiction] = found(programme).values()

    assert (contradiction.kind, contradiction.subject) == ("unsupported", against.ambition_id)
    assert (against.organisation.name in contradiction.detail, supported.organisation.name in contradiction.detail) == (True, False)


@pytest.mark.parametrize("change", [{"consultation_closes_on": in_days(5)}, {"state": "closed", "closed_reason": "Klaar."}])
def test_while_the_partners_are_asked_or_after_the_end_nobody_is_missed(programme, change):
    promise = CommitmentFactory(started=True, in_programme=programme)
    Support.objects.all().delete()
    type(promise.ambition).objects.filter(pk=promise.ambition_id).update(**change)

    assert found(programme) == {}


def test_support_for_an_earlier_text_is_no_support(programme):
    promise = CommitmentFactory(started=True, in_programme=programme)
    promise.ambition.versions.create(number=2, sentence="Anders.", why="Daarom.", adopted_by=promise.owner)

    assert list(found(programme)) == ["unsupported"]


def test_an_ended_promise_needs_no_support(programme):
    promise = CommitmentFactory(kept=True, in_programme=programme)
    Support.objects.all().delete()

    assert promise.state == CommitmentState.KEPT
    assert found(programme) == {}


@pytest.fixture
def worse(programme):
    goal = aim(programme)
    on_track(goal.ambition)
    return goal


@pytest.fixture
def question(programme, worse):
    """An open question about green promises with a worse figure."""
    coordinator = MembershipFactory(programme=programme, role=Role.COORDINATOR).user
    speaker = RepresentativeFactory(in_programme=programme).user
    return questions.ask(programme, found(programme)["green_worse"], asked_of=speaker, due_on=in_days(7), by=coordinator)


def test_an_open_question_stands_in_place_of_its_contradiction(programme, question):
    [row] = alarms(programme)

    assert (row.who, row.action) == (str(question.asked_of), "Bekijk de vraag")


def test_an_open_question_stays_even_when_the_contradiction_is_gone(programme, question):
    ProgrammeFigure.objects.update(trend=Trend.BETTER)

    assert found(programme) == {}
    assert [row.who for row in alarms(programme)] == [str(question.asked_of)]


def test_an_answer_keeps_a_contradiction_quiet_until_something_changes(programme, question):
    questions.answer(question, answer="later", sentence="De woningen zijn pas net klaar.", by=question.asked_of)
    quiet = alarms(programme)
    ProgrammeFigure.objects.update(value=33.0, period=YEAR)

    assert quiet == []
    assert [row.action for row in alarms(programme)] == ["Vraag het iemand"]
