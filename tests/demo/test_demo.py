"""The example: it loads, shows every state, and is marked as an example everywhere."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from actors import field
from actors.choices import AgreementState, TensionState
from actors.models import Agreement, Organisation, Perspective, PerspectiveDraft, SharedPoint, Tension
from ambitions import completeness, coverage, dependencies, money, reviews
from ambitions.choices import (
    AmbitionState,
    Choice,
    CommitmentState,
    Hold,
    Judgement,
    Level,
    OwnGoal,
    Reception,
    Signal,
    Stance,
    StepEnd,
    Strength,
    Verdict,
    View,
)
from ambitions.completeness import Quarter
from ambitions.models import (
    Ambition,
    Commitment,
    Confirmation,
    Consultation,
    Dependency,
    Escalation,
    GoalCheck,
    Involvement,
    Lesson,
    Measure,
    Reaction,
    Review,
    Submission,
    Support,
)
from dashboards import attention, briefing, contradictions, holdings, matrix, network
from dashboards.choices import Audience, Contradiction, Gap, Trend
from dashboards.models import Handover, Interpretation, ProgrammeFigure, Report, ThemeScore
from residents.choices import EndState, InputState
from residents.models import Answer, ResidentInput
from tests.neighbourhoods.factories import ProgrammeFactory
from wijkaanpak.accounts.models import User
from wijkaanpak.demo import loading
from wijkaanpak.demo.people import PASSWORD
from wijkaanpak.indicators.models import Edition, Indicator
from wijkaanpak.journal.models import Event, Job
from wijkaanpak.neighbourhoods import year_clock
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Membership, Programme

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_the_example_shows_everything_there_is_and_loads_once(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    call_command("demo")
    events = Event.objects.count()
    call_command("demo")

    assert Event.objects.count() == events
    check_figures()
    check_states()
    check_formation()
    check_following()
    check_together()
    check_meanings()
    check_network()
    check_years()
    check_signs_of_example(client)
    check_people(client)


def check_years():
    """The year clock has ticks but for the last moment that passed, and a hand-over is under way."""
    today = timezone.localdate()
    rows = year_clock.occurrences(year_clock.moments(Programme.objects.get(slug="presikhaaf")), [today.year])
    ticked = [bool(row.done) for row in rows if row.is_past(today)]
    assert ticked == [*[True] * (len(ticked) - 1), False][-len(ticked) :] if ticked else True
    handover = Handover.objects.open().get()
    assert handover.unwritten
    assert holdings.items(handover.programme, handover.leaver)


def check_figures():
    assert set(Edition.objects.values_list("state", flat=True)) == {"loaded"}
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    real = ProgrammeFigure.objects.get(programme__slug="presikhaaf", indicator__slug="inhabitants", period=2020)
    assert real.value == 5845 + 8705 + 7310
    assert {Trend.BETTER, Trend.SAME, Trend.WORSE} <= set(ProgrammeFigure.objects.latest().values_list("trend", flat=True))
    assert ThemeScore.objects.filter(score__isnull=False).exists()


def check_states():
    assert set(Ambition.objects.values_list("state", flat=True)) == set(AmbitionState.values)
    assert set(Commitment.objects.values_list("state", flat=True)) == set(CommitmentState.values)
    assert set(Commitment.objects.with_signal().values_list("signal", flat=True)) == {"", *Signal.values}
    assert set(Support.objects.values_list("stance", flat=True)) == set(Stance.values)
    assert set(ResidentInput.objects.values_list("state", flat=True)) == set(InputState.values)
    assert set(Answer.objects.values_list("end_state", flat=True)) == set(EndState.values)
    assert ResidentInput.objects.overdue().exists()
    check_partners()
    assert list(Report.objects.order_by("number").values_list("audience", "state")) == [("public", "signed"), ("partners", "draft")]


def check_partners():
    assert (Perspective.objects.filter(version=2).exists(), PerspectiveDraft.objects.count(), SharedPoint.objects.count()) == (True, 2, 2)
    assert {(tension.state, tension.is_due) for tension in Tension.objects.all()} == {(state, due) for state in TensionState.values for due in (True, False)}
    assert {agreement.state for agreement in Agreement.objects.all()} == set(AgreementState) - {AgreementState.TO_COME}
    places = field.spots(Programme.objects.get(slug="presikhaaf"), list(Organisation.objects.all()))
    assert ({spot.differs for spot in places}, len(places)) == ({True, False}, 8)
    programme, user = Programme.objects.get(slug="presikhaaf"), User.objects.get(email="coordinator@voorbeeld.example")
    known = coverage.read(programme, user)
    cells = [cell for _organisation, row in coverage.matrix(known) for _theme, cell in row]
    assert {cell.own_goal for cell in cells} == {None, *OwnGoal}
    assert any(cell.kept for cell in cells)
    assert {bool(cell.signs) for cell in cells} == {True, False}
    administrator = User.objects.get(email="beheer@voorbeeld.example")
    assert {len(gap.committed) for each in Programme.objects.all() for gap in coverage.gaps(coverage.read(each, administrator))} == {0, 1}


def check_formation():
    """Ambition 2 is in consultation with reactions of every kind, some answered; a review runs."""
    said = Reaction.objects.filter(consultation__ambition__programme__slug="presikhaaf", consultation__ambition__number=2)
    assert set(said.values_list("view", flat=True)) == set(View.values)
    assert {bool(outcome) for outcome in said.values_list("outcome", flat=True)} == {True, False}
    assert set(Consultation.objects.open().values_list("ambition", flat=True)) == {row.pk for row in Ambition.objects.all() if row.is_in_consultation}
    assert {Judgement.YES, Judgement.NO} == set(GoalCheck.objects.values_list("judgement", flat=True))
    assert Involvement.objects.filter(outcome="").exists()
    assert reviews.undecided(Review.objects.get(closed_at=None)).exists()


def check_following():
    assert set(Escalation.objects.open().values_list("level", flat=True)) == set(Level.values)
    assert set(Escalation.objects.values_list("outcome", flat=True)) == {"", *StepEnd.values}
    assert {Choice.CONFIRM, Choice.CHANGE} <= set(Confirmation.objects.values_list("choice", flat=True))
    assert set(Commitment.objects.with_verdict().values_list("against_first", flat=True)) == set(Verdict.values)
    present = Quarter.of(timezone.localdate())
    rows = completeness.matrix(Programme.objects.get(slug="presikhaaf"), [present.later(-4 + number) for number in range(5)], timezone.localdate())
    assert {cell.state for row in rows for cell in row.cells} >= {Reception.RECEIVED, Reception.LATE, Reception.NOT_ASKED, Reception.EXCUSED}


def check_together():
    assert {wait.hold for wait in dependencies.waits(Dependency.objects.all())} == {Hold.LATE, Hold.GONE, Hold.COMING}
    assert {submission.by.name for submission in Submission.objects.open()} == {"Wendy Welzijn", "Cora Collega"}
    table = money.table(money.parts(money.counted(Commitment.objects.filter(ambition__programme__slug="presikhaaf")), money.EURO))
    assert (len(table.years) >= 3, table.total.without > 0) == (True, True)


def check_meanings():
    today = timezone.localdate()
    reading = attention.reading(Programme.objects.get(slug="presikhaaf"), today)
    assert {each.kind for each in contradictions.look(reading)} == set(Contradiction)
    assert {bool(question.answered_at) for question in reading.questions} == {True, False}
    assert set(Interpretation.objects.values_list("audience", flat=True)) == set(Audience.values)
    states = Programme.objects.get(slug="standen")
    dots = matrix.dots(briefing.ambitions_of(states), attention.promises(states), attention.goals_with_figure(states), slug=states.slug)
    assert sorted((dot.keeping.value, dot.course.value) for dot in dots) == sorted((column.value, row.value) for column in matrix.COLUMNS for row in matrix.ROWS)


def check_network():
    programme = Programme.objects.get(slug="presikhaaf")
    goals, measures = list(attention.goals_at_work(programme)), Measure.objects.with_effect()
    ambitions = Ambition.objects.filter(programme=programme).exclude(state="closed")
    blocks = network.blocks(ambitions, goals, attention.efforts(programme), measures, slug=programme.slug)
    assert {found.gap for found in network.findings(blocks, goals, today=timezone.localdate())} == set(Gap)
    assert set(measures.values_list("strength", flat=True)) == set(Strength.values)
    assert Lesson.objects.filter(by_organisation__isnull=False).exists()


def check_signs_of_example(client):
    assert not Programme.objects.filter(is_example=False).exists()
    assert not Organisation.objects.filter(is_example=False).exists()
    assert not Indicator.objects.filter(source__contains="verzonnen", is_example=False).exists()
    page = client.get(reverse("dashboards:neighbourhood", args=["presikhaaf"])).content.decode()
    assert "Voorbeeld." in page
    assert "verzonnen voorbeeldcijfers" in page


def check_people(client):
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    assert [email for email, _name, _what in loading.accounts()] == list(User.objects.order_by("pk").values_list("email", flat=True))
    assert all(email.endswith("@voorbeeld.example") for email in User.objects.values_list("email", flat=True))
    assert client.login(email="coordinator@voorbeeld.example", password=PASSWORD)
    assert {group.kind for group in client.get("/werk/presikhaaf/").context["groups"]} == {
        "escalated", "late", "silent", "delayed", "waiting", "contradiction", "answer", "moderation", "decision", "change", "support", "tension", "action", "review",
    }


def test_a_fresh_start_forgets_what_was_there(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    User.objects.create_user("iemand@voorbeeld.example", name="Iemand")

    call_command("demo", fresh=True)

    assert not User.objects.filter(email="iemand@voorbeeld.example").exists()
    assert Programme.objects.count() == 3


def test_a_fresh_start_spares_real_work():
    ProgrammeFactory(is_example=False)

    with pytest.raises(CommandError, match="no example"):
        call_command("demo", fresh=True)

    assert Programme.objects.count() == 1


def test_the_example_is_not_for_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="not for production"):
        call_command("demo")


def test_the_list_of_accounts_names_the_password(capsys):
    call_command("demo", accounts=True)

    assert PASSWORD in capsys.readouterr().out
