"""The life and the content of a progress report."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

import dashboards.tasks  # noqa: F401 the handler registers
from ambitions.choices import Visibility
from dashboards.choices import Readers, ReportState
from dashboards.models import Report
from dashboards.reports import content, signing
from dashboards.reports.content import Order
from residents.models import ResidentInput
from tests.accounts.factories import UserFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, ProgressUpdateFactory, in_days
from tests.dashboards.factories import FigureIndicatorFactory, ProgrammeFigureFactory, ThemeScoreFactory, half_year, make_report
from tests.neighbourhoods.factories import ProgrammeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.indicators.choices import MeasureKind
from wijkaanpak.journal import jobs
from wijkaanpak.journal.models import Event, Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(name="Voorbeeldwijk", is_public=True)


def composed(programme, *, audience=Readers.PUBLIC, at=None, **order):
    return content.compose(programme, Order(in_days(-180), in_days(0), audience, **order), at or timezone.now())


def whats(rows):
    return [row["what"] for row in rows]


# --- content


def test_the_same_moment_gives_the_same_bytes(programme):
    CommitmentFactory(late=True, in_programme=programme, visibility=Visibility.PUBLIC)
    ProgrammeFigureFactory(programme=programme, value=80.5)
    at = timezone.now()

    first, second = (content.canonical(composed(programme, at=at)) for _time in range(2))

    assert first == second
    assert b"80.5" in first


@pytest.mark.parametrize(("audience", "expected"), [(Readers.PUBLIC, ["open"]), (Readers.PARTNERS, ["open", "partners"])])
def test_a_report_names_what_its_readers_may_know_and_never_what_stays_inside(programme, audience, expected):
    for what, visibility in [("open", Visibility.PUBLIC), ("partners", Visibility.PARTNERS), ("inside", Visibility.INTERNAL)]:
        late = CommitmentFactory(late=True, in_programme=programme, visibility=visibility, what=what)
        ProgressUpdateFactory(commitment=late, sentence=f"Het woord van {what}.")

    document = composed(programme, audience=audience)

    assert sorted(whats(document["commitments"])) == sorted(whats(document["troubled"])) == expected
    assert b"Het woord van inside." not in content.canonical(document)


def test_what_is_asked_but_not_agreed_stays_out_of_a_public_report(programme):
    asked = AmbitionFactory(programme=programme, consulted=True)
    proposal = CommitmentFactory(in_programme=programme, visibility=Visibility.PUBLIC)

    public, partners = composed(programme, decisions=("Stem in.",)), composed(programme, audience=Readers.PARTNERS)

    assert public["decisions"] == {"asked": ["Stem in."], "ambitions": [], "commitments": []}
    assert [row["sentence"] for row in partners["decisions"]["ambitions"]] == [asked.sentence]
    assert whats(partners["decisions"]["commitments"]) == [proposal.what]


def test_a_postponed_commitment_stands_with_both_dates(programme):
    CommitmentFactory(started=True, in_programme=programme, visibility=Visibility.PUBLIC, first_due_on=in_days(10), due_on=in_days(40))

    [row] = composed(programme)["commitments"]

    assert (row["first_due_on"], row["due_on"], row["was_postponed"]) == (in_days(10).isoformat(), in_days(40).isoformat(), True)


def test_what_ended_before_the_period_is_left_out_and_a_broken_promise_says_why(programme):
    half_a_year_ago = timezone.now() - datetime.timedelta(days=200)
    CommitmentFactory(kept=True, in_programme=programme, visibility=Visibility.PUBLIC, what="lang geleden", ended_at=half_a_year_ago)
    CommitmentFactory(not_kept=True, in_programme=programme, visibility=Visibility.PUBLIC, what="niet gelukt")

    document = composed(programme)

    assert whats(document["commitments"]) == ["niet gelukt"]
    assert [(row["what"], row["end_reason"]) for row in document["ended_badly"]] == [("niet gelukt", "Geen geld.")]


def test_the_adopted_text_counts_with_its_version_and_goals(programme):
    indicator = FigureIndicatorFactory(slug="unsafe", unit="%", kind=MeasureKind.MEAN)
    ambition = AmbitionFactory(adopted=True, programme=programme, versions=[], revised_sentence="Nog niet.")
    goal = {"indicator": "unsafe", "name": "Voelt zich onveilig", "unit": "%", "baseline": 34.0, "baseline_period": 2022, "target": 25.0, "target_on": "2028-12-31"}
    for number, sentence in enumerate(["Eerst zo.", "Nu zo."], start=1):
        ambition.versions.create(number=number, sentence=sentence, why="", goals=[goal], adopted_by=ambition.created_by)
    for period, value in [(2023, 31.0), (2025, 27.0)]:
        ProgrammeFigureFactory(programme=programme, indicator=indicator, period=period, value=value, is_latest=period == 2025)

    [found] = composed(programme)["ambitions"]

    assert (found["sentence"], found["version"]) == ("Nu zo.", 2)
    assert [(row["text"], row["period"], row["target_text"], row["points"]) for row in found["goals"]] == [("27%", "2025", "25%", [[2023, 31.0], [2025, 27.0]])]


@pytest.mark.parametrize(("audience", "value", "text"), [(Readers.PUBLIC, None, "minder dan 5"), (Readers.PARTNERS, 3.0, "3")])
def test_counts_under_five_are_in_no_public_report(programme, audience, value, text):
    ProgrammeFigureFactory(programme=programme, value=3.0)

    [row] = composed(programme, audience=audience)["figures"]

    assert (row["value"], row["text"]) == (value, text)


def test_a_missing_figure_is_not_a_zero_and_says_why(programme):
    ProgrammeFigureFactory(programme=programme, value=None, reason="suppressed")

    [row] = composed(programme)["figures"]

    assert (row["value"], row["status"], row["text"]) == (None, "suppressed", "geheim, omdat het over weinig mensen gaat")


def test_residents_are_counted_over_the_period_and_quoted_as_published(programme):
    ResidentInputFactory(answered=True, programme=programme, text="Ik heet Voorbeeld. Het is donker.", public_text="Het is donker.")
    ResidentInputFactory(published=True, programme=programme)
    ResidentInputFactory(awaiting=True, programme=programme, text="Wacht nog")
    old = ResidentInputFactory(published=True, programme=programme)
    ResidentInput.objects.filter(pk=old.pk).update(received_at=timezone.now() - datetime.timedelta(days=400))

    found = composed(programme)["residents"]

    assert (found["received"], found["answered"], found["in_time"], found["waiting"]) == (2, 1, 1, 1)
    assert [row["said"] for row in found["answers"]] == ["Het is donker."]


def test_the_method_names_the_version_of_the_index_and_the_sentence_of_proof(programme):
    ThemeScoreFactory(programme=programme, version=3)

    method = composed(programme)["method"]

    assert method["sentence_of_proof"].startswith("Deze cijfers laten zien hoe het met de wijk gaat.")
    assert [(row["text"], row["version"]) for row in method["indexes"]] == [("94", 3)]


def test_names_of_people_are_not_in_the_document(programme):
    promise = CommitmentFactory(late=True, in_programme=programme, visibility=Visibility.PARTNERS)
    ProgressUpdateFactory(commitment=promise)

    assert promise.owner.name.encode() not in content.canonical(composed(programme, audience=Readers.PARTNERS))


# --- life


def test_a_job_makes_a_draft_with_the_next_number(programme):
    coordinator = UserFactory()
    make_report(programme)

    job = signing.ask(programme, starts_on=in_days(-100), ends_on=in_days(0), audience="partners", by=coordinator, decisions=["Stem in."])
    jobs.run(job.pk)

    report = Report.objects.get(number=2)
    assert (report.state, report.made_by, report.document["decisions"]["asked"]) == (ReportState.DRAFT, coordinator, ["Stem in."])
    assert Job.objects.get().result["url"] == f"/werk/{programme.slug}/rapportage/2/"


def test_a_job_that_runs_twice_makes_one_report(programme):
    job = signing.ask(programme, starts_on=in_days(-100), ends_on=in_days(0), audience="partners", by=UserFactory())

    jobs.run(job.pk)
    jobs.run(job.pk)

    assert Report.objects.count() == 1


def test_a_report_is_checked_by_somebody_else_and_signed_by_another_and_the_log_tells(programme):
    maker, checker = UserFactory(), UserFactory()
    report = make_report(programme, by=maker)

    signing.sign(signing.check(report, by=checker), by=maker)

    report.refresh_from_db()
    assert (report.state, report.checked_by, report.signed_by) == (ReportState.SIGNED, checker, maker)
    assert list(Event.objects.about(report).order_by("pk").values_list("kind", flat=True)) == ["report.made", "report.checked", "report.signed"]


def test_nobody_checks_the_own_report_or_signs_what_they_checked(programme):
    maker, checker = UserFactory(), UserFactory()
    report = make_report(programme, by=maker)

    assert refused(lambda: signing.check(report, by=maker)) == "same_person"
    assert refused(lambda: signing.sign(report, by=checker)) == "not_checked"
    signing.check(report, by=checker)
    assert refused(lambda: signing.check(report, by=UserFactory())) == "not_draft"
    assert refused(lambda: signing.sign(report, by=checker)) == "same_person"


def refused(action):
    with pytest.raises(ValidationError) as refusal:
        action()
    return refusal.value.code


@pytest.mark.parametrize("statement", [
    "UPDATE dashboards_report SET document = '{}'", "UPDATE dashboards_report SET state = 'draft'", "UPDATE dashboards_report SET signed_at = now()",
    "UPDATE dashboards_report SET number = 99", "DELETE FROM dashboards_report",
])  # fmt: skip
def test_the_database_refuses_to_touch_a_signed_report(programme, statement):
    report = make_report(programme, signed=True)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Report.objects.get(pk=report.pk).document == report.document


@pytest.mark.parametrize("statement", [
    "UPDATE dashboards_report SET document = '{}'", "UPDATE dashboards_report SET number = 99", "DELETE FROM dashboards_report",
])  # fmt: skip
def test_the_document_and_number_of_a_draft_stay_too(programme, statement):
    make_report(programme)

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("column", ["checked_by_id", "signed_by_id"])
def test_the_database_knows_that_it_takes_two_people(programme, column):
    report = make_report(programme)
    other = report.made_by_id if column == "checked_by_id" else UserFactory().pk
    values = {"checked_by_id": other, "checked_at": timezone.now(), "state": "checked"}
    if column == "signed_by_id":
        values |= {"signed_by_id": other, "signed_at": timezone.now(), "state": "signed"}

    with pytest.raises(IntegrityError, match="report_"), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(**values)


def test_a_number_is_not_used_again_after_a_report_was_laid_aside(programme):
    signing.discard(make_report(programme), by=UserFactory())

    assert make_report(programme).number == 2
    assert make_report().number == 1


def test_what_was_signed_cannot_be_laid_aside(programme):
    report = make_report(programme, signed=True)

    assert refused(lambda: signing.discard(report, by=UserFactory())) == "signed"


def test_a_mistake_is_mended_by_a_new_number_with_the_reason_and_the_old_one_stays(programme):
    earlier = make_report(programme, signed=True)

    later = make_report(programme, signed=True, replaces=earlier.pk, because="Een cijfer was oud.")

    assert (later.number, later.replaces, later.replaces_because) == (2, earlier, "Een cijfer was oud.")
    assert [report.number for report in Report.objects.whole().get(pk=earlier.pk).signed_replacements] == [2]
    assert refused(lambda: ask(programme, replaces=earlier, because="Nog iets.")) == "not_signed"


def ask(programme, **changes):
    starts_on, ends_on = half_year()
    values = {"starts_on": starts_on, "ends_on": ends_on, "audience": "partners", "by": UserFactory()}
    return signing.ask(programme, **{**values, **changes})


def test_what_cannot_be_asked_for_is_refused_with_a_reason():
    closed = ProgrammeFactory()

    assert refused(lambda: ask(closed, starts_on=in_days(0), ends_on=in_days(-9))) == "period"
    assert refused(lambda: ask(closed, starts_on=in_days(1), ends_on=in_days(9))) == "period"
    assert refused(lambda: ask(closed, audience="public")) == "not_public"
    assert refused(lambda: ask(closed, replaces=make_report(closed), because="Fout.")) == "not_signed"
    assert refused(lambda: ask(closed, replaces=make_report(closed, signed=True))) == "no_reason"
