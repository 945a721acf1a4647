"""A year of the programme for the council: what was wanted, kept, late, dropped, decided and heard; nothing internal."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from ambitions.choices import CommitmentState, Visibility
from ambitions.models import AmbitionVersion, Commitment
from dashboards import council
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory
from tests.dashboards.factories import DecisionFactory, FigureIndicatorFactory, MeetingFactory, ProgrammeFigureFactory, make_report
from tests.neighbourhoods.factories import MembershipFactory, PeriodFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LAST = TODAY.year - 1


@pytest.fixture
def reader(client, programme):
    PeriodFactory(programme=programme, starts_on=date(LAST, 1, 1), ends_on=date(LAST + 4, 12, 31))
    client.force_login(MembershipFactory(programme=programme, role=Role.READER).user)
    return client


def noon(day):
    return timezone.make_aware(datetime.combine(day, datetime.min.time()) + timedelta(hours=12))


def promise(programme, what, *, due, ended=None, state=CommitmentState.IN_PROGRESS, **values):
    """A promise that was agreed two years ago."""
    made = CommitmentFactory(
        in_programme=programme, started=True, what=what, starts_on=date(LAST - 1, 1, 1), due_on=due, agreed_at=noon(date(LAST - 1, 1, 2)), **values
    )
    ended_at = noon(ended) if ended else None
    Commitment.objects.filter(pk=made.pk).update(state=state, ended_at=ended_at, end_reason="Geen geld." if ended else "")
    return made


def told(programme, number, today=TODAY):
    rows, year = list(council.promises(programme)), council.Year(number, today)
    return {part.__name__: [row.what for row in part(rows, year).rows] for part in (council.kept, council.late, council.dropped)}


def test_promises_stand_in_the_year_in_which_they_ended(programme):
    promise(programme, "op tijd", due=date(LAST, 6, 1), ended=date(LAST, 5, 1), state=CommitmentState.KEPT)
    promise(programme, "vervallen", due=date(LAST, 6, 1), ended=date(LAST, 5, 1), state=CommitmentState.DROPPED)
    promise(programme, "niet gelukt", due=date(LAST - 1, 6, 1), ended=date(LAST, 5, 1), state=CommitmentState.NOT_KEPT)
    promise(programme, "loopt nog", due=date(LAST + 3, 6, 1))

    assert told(programme, LAST) == {"kept": ["op tijd"], "late": [], "dropped": ["niet gelukt", "vervallen"]}


def test_what_was_kept_a_year_after_its_date_was_late_then_and_kept_now(programme):
    promise(programme, "later klaar", due=date(LAST - 1, 12, 31), ended=date(LAST, 2, 1), state=CommitmentState.KEPT)

    assert told(programme, LAST - 1)["late"] == ["later klaar"]
    assert told(programme, LAST) == {"kept": ["later klaar"], "late": [], "dropped": []}


def test_a_date_of_today_is_not_late_yet(programme):
    promise(programme, "vandaag", due=TODAY)
    promise(programme, "gisteren", due=TODAY - timedelta(days=1))

    assert told(programme, TODAY.year)["late"] == ["gisteren"]


def test_what_is_internal_or_was_never_agreed_is_in_none_of_it(programme, reader):
    promise(programme, "Binnen blijft binnen", due=date(LAST, 6, 1), ended=date(LAST, 5, 1), state=CommitmentState.KEPT, visibility=Visibility.INTERNAL)
    CommitmentFactory(in_programme=programme, what="Een voorstel", starts_on=date(LAST, 1, 1), due_on=date(LAST, 2, 1))

    assert told(programme, LAST) == {"kept": [], "late": [], "dropped": []}
    page = reader.get(f"/werk/voorbeeldwijk/raad/{LAST}/").content.decode()
    assert "Binnen blijft binnen" not in page
    assert "Een voorstel" not in page


def adopted(programme, indicator, *versions):
    """An ambition with texts that were adopted on days."""
    goal = {
        "indicator": indicator.slug, "name": indicator.name, "unit": "%", "baseline": 40.0, "baseline_period": LAST - 3, "target": 20.0,
        "target_on": f"{LAST + 5}-12-31", "is_headline": True,
    }  # fmt: skip
    ambition = AmbitionFactory(programme=programme, adopted=True, versions=[])
    for number, (sentence, day) in enumerate(versions, start=1):
        AmbitionVersion.objects.create(
            ambition=ambition, number=number, sentence=sentence, why="Daarom.", goals=[goal], adopted_at=noon(day), adopted_by=ambition.created_by
        )
    return ambition


def test_a_year_shows_the_text_and_the_figure_of_that_year(programme):
    indicator = FigureIndicatorFactory()
    for period, value in [(LAST, 31.0), (TODAY.year, 25.0)]:
        ProgrammeFigureFactory(programme=programme, indicator=indicator, period=period, value=value, is_latest=period == TODAY.year)
    adopted(programme, indicator, ("Eerste tekst.", date(LAST, 3, 1)), ("Nieuwe tekst.", date(TODAY.year, 1, 1)))

    for number, sentence, value in [(LAST, "Eerste tekst.", 31.0), (TODAY.year, "Nieuwe tekst.", 25.0)]:
        [entry] = council.ambitions(programme, council.Year(number, TODAY))
        assert (entry["sentence"], entry["goals"][0]["value"], entry["goals"][0]["baseline"]) == (sentence, value, 40.0)


def test_a_figure_that_is_not_there_is_missing_and_not_zero(programme, reader):
    adopted(programme, FigureIndicatorFactory(), ("Eerste tekst.", date(LAST, 3, 1)))

    page = reader.get(f"/werk/voorbeeldwijk/raad/{LAST}/").content.decode()

    assert "Eerste tekst." in page
    assert 'class="sign"' in page


def test_an_ambition_that_was_adopted_later_is_not_told(programme):
    adopted(programme, FigureIndicatorFactory(), ("Van dit jaar.", date(TODAY.year, 1, 1)))

    assert council.ambitions(programme, council.Year(LAST, TODAY)) == []


def test_decisions_and_what_residents_heard_are_those_of_the_year(programme, reader):
    DecisionFactory(meeting=MeetingFactory(programme=programme, held_on=date(LAST, 4, 1)), what="Eerst het plein.")
    DecisionFactory(meeting=MeetingFactory(programme=programme, held_on=TODAY), what="Dan de lampen.")
    ResidentInputFactory(programme=programme, handed_over=True, received_at=noon(date(LAST, 4, 1)))

    context = reader.get(f"/werk/voorbeeldwijk/raad/{LAST}/").context

    assert [row.what for row in context["decisions"].rows] == ["Eerst het plein."]
    assert (context["residents"]["received"], context["residents"]["waiting"]) == (1, 1)


def test_only_signed_reports_of_the_year_can_be_downloaded(programme, reader):
    signed = make_report(programme, signed=True)
    make_report(programme)

    page = reader.get(f"/werk/voorbeeldwijk/raad/{signed.ends_on.year}/")

    assert page.context["reports"] == [signed]
    assert reverse("dashboards:report_file", args=["voorbeeldwijk", signed.number, "pdf"]) in page.content.decode()


@pytest.mark.parametrize("year", [LAST - 1, TODAY.year + 1])
def test_years_before_and_after_the_programme_are_not_there(reader, year):
    assert reader.get(f"/werk/voorbeeldwijk/raad/{year}/").status_code == 404


def test_the_address_without_a_year_leads_to_this_year(reader):
    assert reader.get("/werk/voorbeeldwijk/raad/").url == f"/werk/voorbeeldwijk/raad/{TODAY.year}/"


@pytest.mark.parametrize("rows", [1, 12])
def test_the_page_needs_a_constant_number_of_queries_and_counts_what_it_leaves_out(programme, reader, rows, django_assert_num_queries):
    indicator = FigureIndicatorFactory()
    for number in range(rows):
        promise(programme, f"te laat {number}", due=date(LAST, 6, 1))
        adopted(programme, indicator, (f"Tekst {number}.", date(LAST, 3, 1)))
        DecisionFactory(meeting=MeetingFactory(programme=programme, held_on=date(LAST, 4, 1)))

    with django_assert_num_queries(13):
        answer = reader.get(f"/werk/voorbeeldwijk/raad/{LAST}/")

    late = answer.context["late"]
    assert (len(late.rows), late.total, late.more) == (min(rows, 10), rows, max(0, rows - 10))


@pytest.mark.slow
def test_a_full_year_prints_on_two_sheets(programme, open_page, live_server, sign_in, transactional_db):
    indicator = FigureIndicatorFactory()
    for number in range(12):
        promise(programme, f"Twaalf woningen opknappen in de Voorbeeldstraat, blok {number}", due=date(LAST, 6, 1))
        promise(programme, f"Buurtmoestuin openen, deel {number}", due=date(LAST, 6, 1), ended=date(LAST, 5, 1), state=CommitmentState.KEPT)
        promise(programme, f"Huisbezoeken, ronde {number}", due=date(LAST, 6, 1), ended=date(LAST, 5, 1), state=CommitmentState.DROPPED)
        DecisionFactory(meeting=MeetingFactory(programme=programme, held_on=date(LAST, 4, 1)))
    for number in range(4):
        adopted(programme, indicator, (f"Iedereen woont in een warm, droog en betaalbaar huis, deel {number}.", date(LAST, 3, 1)))
    PeriodFactory(programme=programme, starts_on=date(LAST, 1, 1), ends_on=date(LAST + 4, 12, 31))
    page = sign_in(open_page(), MembershipFactory(programme=programme, role=Role.READER).user)
    page.goto(f"/werk/voorbeeldwijk/raad/{LAST}/")

    sheets = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheets)) <= 2
