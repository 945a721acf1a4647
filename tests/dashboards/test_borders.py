"""No false comparison: real codes of Amsterdam (all districts recoded and redrawn) and Appingedam (merged into Eemsdelta), 2020 and 2024."""

import csv
import io

import pytest
from django.urls import reverse

import dashboards.tasks  # noqa: F401 the handlers of the jobs register
from dashboards import asking, series
from dashboards.choices import Reason, Trend
from dashboards.models import AreaFigure, ProgrammeFigure
from dashboards.queries import programme_figures
from tests.accounts.factories import UserFactory
from tests.dashboards.factories import FigureIndicatorFactory, country, neighbourhoods, observe
from tests.indicators.excerpts import excerpt
from tests.neighbourhoods.factories import AreaFactory, DivisionFactory, MembershipFactory, ProgrammeFactory
from wijkaanpak.indicators import catalogue, editions
from wijkaanpak.indicators.choices import EditionState
from wijkaanpak.journal import jobs
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods import linking
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Area

pytestmark = pytest.mark.django_db


@pytest.fixture
def divisions(settings, tmp_path):
    """The areas of 2020 and 2024 as CBS published them."""
    settings.MEDIA_ROOT = tmp_path
    catalogue.sync()
    edition = editions.bring_in(excerpt("kwb-2020-before-changes.csv"), name="kwb-2020.csv", year=2020, by=UserFactory())
    assert edition.state == EditionState.LOADED
    division = DivisionFactory(year=2024)
    for row in csv.reader(io.StringIO(excerpt("kwb-2024-after-changes.csv").decode("utf-8-sig")), delimiter=";"):
        if row[3].strip()[:2] in AreaKind.values:
            code, change = row[3].strip(), row[4].strip()
            AreaFactory(division=division, code=code, kind=code[:2], name=row[0].strip(), change=int(change) if change != "." else None, population=int(row[5]))


def of(code, year):
    return Area.objects.get(code=code, division__year=year)


def compute():
    asking.everything()
    jobs.run_all()


def test_districts_of_amsterdam_have_a_break_and_no_word(divisions):
    new = of("WK0363AA", 2024)
    programme = ProgrammeFactory(areas=[new])
    burglary = FigureIndicatorFactory()
    observe(burglary, {(of("WK036300", 2020), 2020): 400, (new, 2024): 40, (of("GM0363", 2020), 2020): 9000, (of("GM0363", 2024), 2024): 8000})

    compute()

    figure = ProgrammeFigure.objects.get(programme=programme, indicator=burglary, period=2024)
    assert (figure.value, figure.trend, figure.reason, figure.breaks) == (40, Trend.UNKNOWN, Reason.BOUNDARY, True)
    assert figure.previous_value is None
    assert ProgrammeFigure.objects.get(programme=programme, indicator=burglary, period=2020).value is None


def test_no_real_area_of_amsterdam_gets_a_word_between_2020_and_2024(divisions):
    areas = list(Area.objects.filter(code__startswith="WK0363") | Area.objects.filter(code__startswith="BU0363"))
    ProgrammeFactory(areas=areas)
    crimes = FigureIndicatorFactory()
    observe(crimes, {(area, area.division.year): 900 if area.division.year == 2020 else 90 for area in areas})

    compute()

    assert AreaFigure.objects.filter(indicator=crimes).count() == len(areas) == 8
    assert set(AreaFigure.objects.filter(indicator=crimes).values_list("trend", flat=True)) == {Trend.UNKNOWN}


def test_a_merged_municipality_ends_and_says_so(divisions):
    old = of("WK000300", 2020)
    programme = ProgrammeFactory(areas=[old])
    crimes = FigureIndicatorFactory()
    observe(crimes, {(old, 2020): 80, (of("WK197911", 2024), 2024): 20, (of("NL00", 2020), 2020): 9e5, (of("NL00", 2024), 2024): 8e5})

    compute()

    latest = ProgrammeFigure.objects.latest().get(programme=programme, indicator=crimes)
    assert (latest.period, latest.value, latest.reason, latest.breaks) == (2024, None, Reason.GONE, True)
    chart = next(card for card in series.indicator_cards(programme_figures(programme)) if card.indicator == crimes.pk).chart
    assert (chart.own, chart.breaks) == ((80, None), {2024})


def test_the_page_of_a_merged_municipality_says_what_disappeared(client, divisions):
    client.force_login(MembershipFactory().user)

    page = client.get(reverse("neighbourhoods:border_changes", args=[2024, "GM0003"])).content.decode()

    assert "Appingedam: grenswijzigingen 2024" in page
    assert "Verdwenen" in page
    assert page.count("BU0003") == 6
    assert client.get(reverse("neighbourhoods:border_changes", args=[2024, "GM9999"])).status_code == 404


def test_the_page_of_amsterdam_names_new_and_disappeared_areas(client, divisions):
    client.force_login(MembershipFactory().user)

    page = client.get(reverse("neighbourhoods:border_changes", args=[2024, "GM0363"])).content.decode()

    assert page.index('id="new"') < page.index("WK0363AA") < page.index('id="gone"') < page.index("WK036300") < page.index('id="unsure"')


def test_a_gap_between_divisions_is_no_comparison_even_under_the_same_code():
    (old,), (new,) = neighbourhoods(2020, (3000,)), neighbourhoods(2024, (3000,), change=1)
    ProgrammeFactory(areas=[new])
    crimes = FigureIndicatorFactory()
    observe(crimes, {(old, 2020): 80, (new, 2024): 20})

    compute()

    figure = ProgrammeFigure.objects.get(indicator=crimes, period=2024)
    assert (figure.trend, figure.reason, figure.breaks) == (Trend.UNKNOWN, Reason.GAP, True)


def test_a_confirmed_link_brings_the_word_and_undoing_takes_it_away():
    old = AreaFactory(division=DivisionFactory(year=2019), code="BU00010001", population=3000)
    new = AreaFactory(division=DivisionFactory(year=2020), code="BU00010099", population=3000, change=2)
    programme, analyst = ProgrammeFactory(areas=[new]), UserFactory()
    crimes = FigureIndicatorFactory()
    observe(crimes, {(old, 2019): 80, (new, 2020): 40, (country(2019), 2019): 9e5, (country(), 2020): 8e5})
    compute()
    said = [list(ProgrammeFigure.objects.filter(programme=programme, period=2020).values_list("trend", "reason"))]

    linking.confirm([(new, old)], by=analyst)
    compute_asked(programme)
    said.append(list(ProgrammeFigure.objects.filter(programme=programme, period=2020).values_list("trend", "reason")))
    linking.undo(new, by=analyst)
    compute_asked(programme)
    said.append(list(ProgrammeFigure.objects.filter(programme=programme, period=2020).values_list("trend", "reason")))

    unlinked = [(Trend.UNKNOWN, Reason.UNLINKED)]
    assert said == [unlinked, [(Trend.BETTER, "")], unlinked]


def compute_asked(programme):
    """Do only the jobs that the link asked for."""
    asked = Job.objects.active().filter(programme_id=programme.pk)
    assert asked.count() == 1
    jobs.run(asked.get().pk)


def test_a_line_through_two_links_counts_as_a_whole():
    areas = [AreaFactory(division=DivisionFactory(year=2018 + n), code=f"BU0001000{n}", population=3000, change=2) for n in range(3)]
    for later, earlier in [(areas[1], areas[0]), (areas[2], areas[1])]:
        later.predecessor = earlier
        later.save()
    ProgrammeFactory(areas=[areas[2]])
    crimes = FigureIndicatorFactory()
    observe(crimes, {(area, 2018 + n): 80 - 30 * n for n, area in enumerate(areas)})

    compute()

    found = list(ProgrammeFigure.objects.filter(indicator=crimes).order_by("period").values_list("value", "trend"))
    assert found == [(80, Trend.UNKNOWN), (50, Trend.BETTER), (20, Trend.BETTER)]
