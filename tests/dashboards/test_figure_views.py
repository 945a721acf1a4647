import datetime
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from ambitions.choices import Visibility
from dashboards import asking
from dashboards.choices import Trend
from dashboards.models import ProgrammeFigure
from tests.accounts.factories import UserFactory
from tests.ambitions.factories import CommitmentFactory
from tests.dashboards.factories import (
    SQUARE,
    AreaFigureFactory,
    FigureIndicatorFactory,
    ProgrammeFigureFactory,
    ProgrammeMapFactory,
    ThemeScoreFactory,
    neighbourhoods,
)
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.indicators.choices import EditionState, MeasureKind
from wijkaanpak.indicators.models import Edition
from wijkaanpak.journal import events
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


def page_of(client, programme, role=Role.READER, **query):
    client.force_login(MembershipFactory(programme=programme, role=role).user)
    response = client.get(reverse("dashboards:programme_dashboard", args=[programme.slug]), query)
    assert response.status_code == 200
    return response.content.decode()


def programme_with_figures(indicators=1, **figure):
    """A programme of two drawn areas with figures per indicator, a theme index and a commitment per indicator."""
    areas = neighbourhoods(boundary=SQUARE)
    programme = ProgrammeFactory(areas=areas)
    shapes = [{"area": area.pk, "code": area.code, "name": area.name, "path": "M0 0l9 0 0 9z"} for area in areas]
    ProgrammeMapFactory(programme=programme, shapes=shapes)
    for number in range(indicators):
        indicator = FigureIndicatorFactory(name=f"Inbraken {number}", kind=MeasureKind.RATE, denominator=FigureIndicatorFactory())
        ProgrammeFigureFactory(programme=programme, indicator=indicator, municipality_value=60, country_value=50, **figure)
        for area in areas:
            AreaFigureFactory(area=area, indicator=indicator)
        CommitmentFactory(ambition__programme=programme)
    ThemeScoreFactory(programme=programme)
    return programme


@pytest.mark.parametrize("indicators", [1, 30])
def test_the_page_shows_every_indicator_in_a_constant_number_of_queries(client, indicators, django_assert_num_queries):
    programme = programme_with_figures(indicators)
    client.force_login(MembershipFactory(programme=programme, role=Role.READER).user)

    with django_assert_num_queries(12):
        response = client.get(reverse("dashboards:programme_dashboard", args=[programme.slug]))

    page = response.content.decode()
    assert page.count('class="chart" id="cijfer-') == indicators
    assert page.count('<script id="data-') == indicators + 2


@pytest.fixture
def visit(client):
    """Open the figures of a programme once more as the same person."""
    return lambda programme: client.get(reverse("dashboards:programme_dashboard", args=[programme.slug])).content.decode()


def test_a_page_that_cannot_have_changed_is_not_drawn_again(client, visit, django_assert_num_queries):
    programme = programme_with_figures()
    drawn = page_of(client, programme)

    with django_assert_num_queries(6):
        again = visit(programme)

    assert again.count("<figure") == drawn.count("<figure") > 0


def test_a_page_is_drawn_again_when_something_happened_in_the_programme(client, visit):
    programme = programme_with_figures()
    page_of(client, programme)
    ProgrammeFigure.objects.update(value=81)

    kept = visit(programme)
    events.record("programme.changed", about=programme, programme=programme)

    assert (">80</span>" in kept, ">81</span>" in visit(programme)) == (True, True)


def test_what_one_person_sees_is_not_kept_for_another(client):
    programme = programme_with_figures()
    CommitmentFactory(ambition__programme=programme, visibility=Visibility.INTERNAL, organisation__name="Alleen voor de regisseur BV")

    pages = [page_of(client, programme, role=role) for role in (Role.COORDINATOR, Role.READER)]

    assert ["Alleen voor de regisseur BV" in page for page in pages] == [True, False]


def test_a_figure_stands_with_unit_date_comparison_word_and_source(client):
    programme = programme_with_figures(previous_period=2019, previous_value=95, compared_value=80, trend=Trend.BETTER, reason="")

    page = page_of(client, programme)

    texts = [">80</span> gevallen", "20 hoger dan de gemeente (60)", "30 hoger dan Nederland (50)", "Van 95 in 2019 naar 80 in 2020: beter."]
    assert [text for text in texts if text not in page] == []
    assert "Bron van de toets" in page
    assert "Ze bewijzen niet dat een afspraak heeft gewerkt" in page


def test_a_chart_has_its_data_as_json_and_the_same_as_a_table(client):
    programme = programme_with_figures()

    page = page_of(client, programme)

    slug = page.split('id="cijfer-')[1].split('"')[0]
    figure = json.loads(page.split(f'<script id="data-{slug}" type="application/json">')[1].split("</script>")[0])
    assert figure["data"][0]["x"] == [80.0, 60.0, 50.0]
    assert f'data-plot="data-{slug}"' in page
    assert page.count("<details class=\"twin\">") == 2  # the indicator and the commitments


def test_the_map_has_an_area_for_each_shape_and_a_list_beside_it(client):
    programme = programme_with_figures()
    area = programme.areas.first()

    page = page_of(client, programme)

    assert page.count('<path class="class-') == 2
    assert f'href="?gebied={area.code}"' in page
    assert f'<tr id="gebied-{area.code}">' in page


def test_one_area_can_be_chosen_and_shows_its_own_figures(client):
    programme = programme_with_figures()
    area = programme.areas.first()
    area.figures.update(value=12)

    page = page_of(client, programme, gebied=area.code)

    assert ">12</span> gevallen" in page
    assert f"<h1>{area.name}</h1>" in page.replace("\n", "")


def test_one_period_can_be_chosen(client):
    programme = programme_with_figures()
    figure = programme.figures.get()
    ProgrammeFigureFactory(programme=programme, indicator=figure.indicator, period=2019, value=95, is_latest=False)

    page = page_of(client, programme, jaar="2019")

    assert ">95</span> gevallen" in page


def test_a_theme_and_an_indicator_can_be_chosen(client):
    programme = programme_with_figures(2)
    housing = FigureIndicatorFactory(theme__slug="housing")
    ProgrammeFigureFactory(programme=programme, indicator=housing)

    by_theme = page_of(client, programme, thema="housing")
    everything = page_of(client, programme, thema="alle")
    one = page_of(client, programme, thema="alle", cijfer=housing.slug)

    assert [page.count('class="chart" id="cijfer-') for page in (by_theme, everything, one)] == [1, 3, 1]


def test_the_first_theme_that_got_worse_is_opened(client):
    programme = programme_with_figures()
    bad = FigureIndicatorFactory(theme__slug="housing")
    ProgrammeFigureFactory(programme=programme, indicator=bad, trend=Trend.WORSE, previous_period=2019, previous_value=1, compared_value=2)

    assert f'id="cijfer-{bad.slug}"' in page_of(client, programme)


def test_an_old_link_with_unknown_choices_still_opens(client):
    programme = programme_with_figures()

    page = page_of(client, programme, thema="bestaat-niet", cijfer="x", jaar="gisteren", gebied="WK9")

    assert "<h1" in page


def test_an_empty_programme_says_what_will_stand_here(client):
    assert "Er zijn nog geen cijfers voor deze gebieden" in page_of(client, ProgrammeFactory())


def test_figures_older_than_an_import_are_marked(client):
    programme = programme_with_figures()
    assert "niet actueel" not in page_of(client, programme)

    later = timezone.now() + datetime.timedelta(hours=1)
    Edition.objects.create(file_name="a.csv", sha256="0" * 64, year=2020, state=EditionState.LOADED, loaded_at=later)

    assert "Deze cijfers zijn niet actueel" in page_of(client, programme)


def test_figures_being_computed_lead_to_the_progress(client):
    programme = programme_with_figures()
    job = asking.everything()

    assert reverse("journal:job_detail", args=[job.pk]) in page_of(client, programme)


def test_a_stranger_finds_nothing_and_a_visitor_is_asked_to_sign_in(client):
    url = reverse("dashboards:programme_dashboard", args=[programme_with_figures().slug])
    assert client.get(url).status_code == 302

    client.force_login(MembershipFactory(role=Role.COORDINATOR).user)

    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [(Role.COORDINATOR, 302), (Role.ANALYST, 302), (Role.READER, 403), (Role.REPRESENTATIVE, 403)]
)
def test_coordinators_and_analysts_may_have_the_figures_computed(client, role, status):
    programme = ProgrammeFactory()
    client.force_login(MembershipFactory(programme=programme, role=role).user)

    response = client.post(reverse("dashboards:recompute", args=[programme.slug]))

    assert response.status_code == status
    assert Job.objects.filter(kind=asking.KIND, programme_id=programme.pk).count() == (status == 302)


def test_an_administrator_may_and_a_stranger_gets_nothing(client):
    programme = ProgrammeFactory()
    url = reverse("dashboards:recompute", args=[programme.slug])

    client.force_login(UserFactory())
    assert client.post(url).status_code == 404

    client.force_login(UserFactory(is_administrator=True))
    assert client.post(url).status_code == 302


def test_the_file_of_a_member_has_all_figures_and_that_of_the_public_hides_small_counts(client):
    programme = ProgrammeFactory(is_public=True)
    ProgrammeFigureFactory(programme=programme, value=3)

    public = client.get(reverse("dashboards:figures_csv", args=[programme.slug])).content.decode("utf-8-sig")
    client.force_login(MembershipFactory(programme=programme).user)
    own = client.get(reverse("dashboards:programme_figures_csv", args=[programme.slug])).content.decode("utf-8-sig")

    assert ";minder dan 5;" in public
    assert ";3;" in own
    assert len(own.splitlines()) == len(public.splitlines()) == 2


def test_open_data_is_for_public_programmes_only(client):
    area = neighbourhoods(populations=(3000,), boundary=SQUARE)[0]
    hidden, shown = ProgrammeFactory(areas=[area]), ProgrammeFactory(areas=[area], is_public=True)

    for name in ("dashboards:figures_csv", "dashboards:areas_geojson"):
        assert client.get(reverse(name, args=[hidden.slug])).status_code == 404
        assert client.get(reverse(name, args=[shown.slug])).status_code == 200
    assert json.loads(client.get(reverse("dashboards:areas_geojson", args=[shown.slug])).content)["features"][0]["id"] == area.code
