"""Versions of the reference values: frozen for good, made by a job, put in force by a person, shown with every score."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

import dashboards.tasks  # noqa: F401 the handlers of the jobs register
from dashboards import asking, references
from dashboards.models import Reference, ReferenceVersion, ThemeScore
from tests.accounts.factories import UserFactory
from tests.dashboards.factories import FigureIndicatorFactory, country, neighbourhoods, observe
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.indicators.choices import MeasureKind
from wijkaanpak.journal import jobs
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


def do_all():
    jobs.run_all()


@pytest.fixture
def programme():
    """A programme of one area in a country of four, scored against version 1; in 2021 all figures are ten lower and vary twice as much."""
    areas = neighbourhoods(populations=(1000, 1000, 1000, 1000))
    country(population=4000)
    made = ProgrammeFactory(areas=areas[:1])
    for _number in range(3):
        indicator = FigureIndicatorFactory(in_theme_index=True, kind=MeasureKind.INDEX, theme__slug="health")
        observe(indicator, dict(zip([(area, 2020) for area in areas], [60, 40, 60, 40], strict=True)))
    asking.everything()
    do_all()
    for indicator in Reference.objects.values_list("indicator", flat=True).distinct():
        observe(indicator_of(indicator), dict(zip([(area, 2021) for area in areas], [60, 20, 60, 20], strict=True)))
    return made


def indicator_of(pk):
    return FigureIndicatorFactory._meta.model.objects.get(pk=pk)


def ask(**values):
    job = references.ask(**{"reason": "Nieuw basisjaar.", "last_year": None, "by": UserFactory(name="Analist")} | values)
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def raw(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE dashboards_reference SET mean = mean + 1", "DELETE FROM dashboards_reference"])
def test_raw_sql_cannot_touch_a_frozen_reference(programme, statement):
    with pytest.raises(IntegrityError, match="append-only"):
        raw(statement)

    assert set(Reference.objects.values_list("mean", "deviation")) == {(50, 10)}


def test_the_first_version_makes_itself_and_is_in_force(programme):
    assert list(ReferenceVersion.objects.values_list("number", "is_in_force")) == [(1, True)]
    assert ThemeScore.objects.get(programme=programme, period=2020).version == 1


def test_a_new_version_is_made_beside_the_old_one_and_changes_no_score(programme):
    job = ask()

    assert (job.state, job.result) == (JobState.DONE, {"version": 2})
    assert set(Reference.objects.values_list("version", "mean", "deviation", "period")) == {(1, 50, 10, 2020), (2, 40, 20, 2021)}
    assert references.in_force() == 1
    made = ReferenceVersion.objects.get(number=2)
    assert (made.reason, made.made_by.name, made.is_in_force) == ("Nieuw basisjaar.", "Analist", False)


def test_the_base_year_can_be_held_back(programme):
    ask(last_year=2020)

    assert set(Reference.objects.filter(version=2).values_list("mean", "period")) == {(50, 2020)}


def test_putting_a_version_in_force_computes_every_score_with_it_and_shows_its_number(programme):
    ask()

    references.put_in_force(ReferenceVersion.objects.get(number=2), by=UserFactory())
    do_all()

    score = ThemeScore.objects.get(programme=programme, period=2020)
    assert (score.version, score.score) == (2, 90)  # (40 − 60) ÷ 20 = −1
    assert {part["mean"] for part in score.parts} == {40}
    event = Event.objects.get(kind="references.in_force")
    assert event.old == {"version": 1}
    with pytest.raises(ValidationError):
        references.put_in_force(ReferenceVersion.objects.get(number=2), by=UserFactory())


def test_going_back_to_an_earlier_version_gives_the_earlier_scores(programme):
    asking.everything()
    do_all()
    before = list(ThemeScore.objects.order_by("period").values_list("period", "score", "version"))
    ask()

    for number in (2, 1):
        references.put_in_force(ReferenceVersion.objects.get(number=number), by=UserFactory())
        do_all()

    assert list(ThemeScore.objects.order_by("period").values_list("period", "score", "version")) == before


def test_without_national_figures_the_job_says_so():
    job = ask()

    assert (job.state, ReferenceVersion.objects.count()) == (JobState.FAILED, 0)
    assert "landelijke cijfers" in job.error


def test_only_one_version_can_be_in_force():
    ReferenceVersion.objects.create(number=1, reason="Een.", is_in_force=True)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceVersion.objects.create(number=2, reason="Twee.", is_in_force=True)


def test_an_earlier_version_can_be_read_and_downloaded_by_everybody(client, programme):
    ask()

    page = client.get(reverse("dashboards:reference_version", args=[1])).content.decode()
    lines = client.get(reverse("dashboards:reference_csv", args=[2])).content.decode("utf-8-sig").splitlines()

    assert "versie 1" in page
    assert page.count("50,000") == 3
    assert [line.split(";")[4:] for line in lines[1:]] == [["2021", "40,0", "20,0", "4"]] * 3


def test_an_analyst_makes_and_uses_a_version_and_a_reader_does_not(client, programme):
    client.force_login(MembershipFactory(role=Role.ANALYST).user)
    client.post(reverse("dashboards:reference_list"), {"reason": "Nieuw basisjaar.", "last_year": ""})
    do_all()
    client.post(reverse("dashboards:reference_use", args=[2]))
    reader = MembershipFactory(role=Role.READER).user

    assert references.in_force() == 2
    client.force_login(reader)
    assert client.post(reverse("dashboards:reference_list"), {"reason": "Zomaar."}).status_code == 403
    assert client.post(reverse("dashboards:reference_use", args=[1])).status_code == 403
    assert "Maak een nieuwe versie" not in client.get(reverse("dashboards:reference_list")).content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_lists_every_version_in_a_constant_number_of_queries(client, rows, django_assert_num_queries):
    for number in range(rows):
        ReferenceVersion.objects.create(number=number + 1, reason="Zomaar.", is_in_force=number == 0, made_by=UserFactory())
    client.force_login(MembershipFactory(role=Role.ANALYST).user)

    with django_assert_num_queries(6):
        page = client.get(reverse("dashboards:reference_list")).content.decode()

    assert page.count("Zomaar.") == rows
