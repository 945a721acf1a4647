"""How a figure was computed: everything to do it again by hand, on a page and in a file."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import translation

import dashboards.tasks  # noqa: F401 the handlers of the jobs register
from dashboards import asking, calculation, queries, reckoning
from dashboards.models import ProgrammeFigure
from tests.accounts.factories import UserFactory
from tests.dashboards.factories import FigureIndicatorFactory, country, neighbourhoods, observe
from tests.indicators.excerpts import excerpt
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.indicators import catalogue, editions
from wijkaanpak.indicators.choices import MeasureKind, Status
from wijkaanpak.journal import jobs
from wijkaanpak.neighbourhoods.models import Area

pytestmark = pytest.mark.django_db


def compute():
    asking.everything()
    jobs.run_all()


def steps(programme, indicator, period, public=False):
    row = queries.figure(programme, None, indicator.pk, period)
    with translation.override("en"):
        return {step.title: step.text for step in reckoning.of(calculation.of(programme, row), row, {"top": "cases", "base": "people"}, public=public).steps}


@pytest.fixture
def counted():
    """Two areas whose cases fall from 50 + 30 to 30 + 27."""
    old, new = neighbourhoods(2019), neighbourhoods(2020, change=1)
    programme, indicator = ProgrammeFactory(areas=new, is_public=True), FigureIndicatorFactory()
    observe(indicator, {(old[0], 2019): 50, (old[1], 2019): 30, (new[0], 2020): 30, (new[1], 2020): 27, (country(), 2020): 9e5})
    compute()
    return programme, indicator


def test_a_real_figure_of_cbs_is_what_one_computes_by_hand(client, settings, tmp_path):
    """Social assistance in two districts of Amsterdam: 140 and 70 people; 695 + 2,195 + 940 and 615 + 2,220 + 785 are 15 to 65."""
    settings.MEDIA_ROOT = tmp_path
    catalogue.sync()
    editions.bring_in(excerpt("kwb-2020-before-changes.csv"), name="kwb-2020.csv", year=2020, by=UserFactory())
    programme = ProgrammeFactory(areas=Area.objects.filter(code__in=["WK036300", "WK036301"]), is_public=True)
    compute()

    by_hand = 1000 * (140 + 70) / ((695 + 2195 + 940) + (615 + 2220 + 785))
    figure = ProgrammeFigure.objects.get(programme=programme, indicator__slug="social_assistance", period=2020)
    assert figure.value == pytest.approx(by_hand)
    assert (figure.numerator, figure.denominator, round(by_hand, 4)) == (210, 7450, 28.1879)
    page = client.get(reverse("dashboards:public_calculation", args=[programme.slug, "social_assistance", 2020])).content.decode()
    assert "140 + 70 = 210" in page
    assert "3.830 + 3.620 = 7.450" in page
    assert "kwb-2020.csv" in page


def test_the_steps_of_a_count_give_sum_coverage_comparison_threshold_and_word(counted):
    found = steps(*counted, 2020)

    assert found["What is taken together"] == "Counts are added up: 30 + 27 = 57."
    assert found["How much is covered"].startswith("Figures of 2 of the 2 areas, in which 100.0% of the inhabitants live.")
    assert found["What is compared"] == "2019 (80.00) with 2020 (57.00), over the 2 areas with figures in both. Change: −23.00."
    assert found["How big a change must be"] == "Counted cases vary by chance: 1.96 × √(57 + 80) gives 22.94."
    assert found["The word"] == "The change is larger than that. Lower is better. So: better."


def test_a_rate_is_written_with_its_numbers():
    areas = neighbourhoods()
    programme, cases, people = ProgrammeFactory(areas=areas), FigureIndicatorFactory(), FigureIndicatorFactory()
    rate = FigureIndicatorFactory(kind=MeasureKind.RATE, per=1000, numerator=cases, denominator=people)
    observe(cases, dict(zip([(area, 2020) for area in areas], [30, 10], strict=True)))
    observe(people, dict(zip([(area, 2020) for area in areas], [3000, 1000], strict=True)))
    compute()

    found = steps(programme, rate, 2020)

    expected = "Cases (cases): 30 + 10 = 40. Divided by (people): 3,000 + 1,000 = 4,000. Times 1,000 that is 10.00. Rates are never averaged."
    assert found["What is taken together"] == expected
    assert found["The word"] == "It cannot be said: only one period."


def test_the_file_holds_every_area_in_both_periods_and_the_steps(client, counted):
    programme, indicator = counted
    answer = client.get(reverse("dashboards:public_calculation_csv", args=[programme.slug, indicator.slug, 2020]))

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert {len(row) for row in rows} == {11}
    values = [(row[2], row[4], row[5]) for row in rows if row[0] == "gebied"]
    assert values == [("BU00010001", "2020", "30"), ("BU00010001", "2019", "50"), ("BU00010002", "2020", "27"), ("BU00010002", "2019", "30")]
    assert any("1,96 × √(57 + 80)" in row[10] for row in rows)


def test_the_public_page_hides_fewer_than_five_and_the_own_page_does_not(client):
    areas = neighbourhoods()
    programme, indicator = ProgrammeFactory(areas=areas, is_public=True), FigureIndicatorFactory()
    observe(indicator, dict(zip([(area, 2020) for area in areas], [40, 3], strict=True)))
    compute()
    address = [programme.slug, indicator.slug, 2020]

    hidden = client.get(reverse("dashboards:public_calculation", args=address)).content.decode()
    hidden_file = client.get(reverse("dashboards:public_calculation_csv", args=address)).content.decode()
    client.force_login(MembershipFactory(programme=programme).user)
    own = client.get(reverse("dashboards:figure_calculation", args=address)).content.decode()

    assert "40 + 3 = 43" in own
    assert "40 + minder dan 5 = 43" in hidden
    assert ";3;" not in hidden_file


def test_a_missing_number_stands_with_its_sign_and_does_not_count(client):
    areas = neighbourhoods(populations=(4000, 500))
    programme, indicator = ProgrammeFactory(areas=areas), FigureIndicatorFactory()
    observe(indicator, {(areas[0], 2020): 40})
    observe(indicator, {(areas[1], 2020): None}, missing=Status.SUPPRESSED)
    compute()

    row = queries.figure(programme, None, indicator.pk, 2020)
    found = reckoning.of(calculation.of(programme, row), row, {"top": "", "base": ""}, public=False)

    assert [(line.value.text, line.value.sign, line.counts) for line in found.rows] == [("40,00", "", "ja"), ("", "suppressed", "nee")]
    assert found.figure.text == "40 gevallen"


def test_a_figure_that_no_longer_fits_its_numbers_says_so(client, counted):
    programme, indicator = counted
    ProgrammeFigure.objects.filter(period=2020).update(value=99)
    client.force_login(MembershipFactory(programme=programme).user)

    page = client.get(reverse("dashboards:figure_calculation", args=[programme.slug, indicator.slug, 2020])).content.decode()

    assert "Dit cijfer is verouderd" in page


def test_one_area_has_a_computation_of_its_own(client, counted):
    programme, indicator = counted
    client.force_login(MembershipFactory(programme=programme).user)
    address = reverse("dashboards:figure_calculation", args=[programme.slug, indicator.slug, 2020])

    page = client.get(address, {"gebied": "BU00010001"}).content.decode()

    assert "Het is één gebied." in page
    assert "BU00010002" not in page
    assert client.get(address.replace("/2020/", "/2018/")).status_code == 404


@pytest.mark.parametrize("areas", [1, 30])
def test_the_page_takes_a_constant_number_of_queries(client, areas, django_assert_num_queries):
    made = neighbourhoods(populations=[1000] * areas)
    programme, indicator = ProgrammeFactory(areas=made, is_public=True), FigureIndicatorFactory()
    observe(indicator, {(area, 2020): 40 for area in made})
    compute()

    with django_assert_num_queries(12):
        page = client.get(reverse("dashboards:public_calculation", args=[programme.slug, indicator.slug, 2020])).content.decode()

    assert page.count('<span class="muted">BU0001') == areas


def test_every_word_on_the_figures_pages_leads_to_its_computation(client, counted):
    programme, indicator = counted
    public = reverse("dashboards:public_calculation", args=[programme.slug, indicator.slug, 2020])
    own = reverse("dashboards:figure_calculation", args=[programme.slug, indicator.slug, 2020])

    for name in ("dashboards:public_figures", "dashboards:neighbourhood"):
        assert public in client.get(reverse(name, args=[programme.slug])).content.decode()
    client.force_login(MembershipFactory(programme=programme).user)
    for name in ("dashboards:programme_dashboard", "dashboards:reader_page"):
        assert own in client.get(reverse(name, args=[programme.slug])).content.decode()
