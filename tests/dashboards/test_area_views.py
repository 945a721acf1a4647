"""The page of any area: who sees it, what stands on it, and that it says the same as the stored figures."""

import pytest
from django.urls import reverse

import dashboards.tasks
from dashboards.models import AreaFigure
from tests.dashboards.factories import BESIDE, SQUARE, FigureIndicatorFactory, country, municipality, neighbourhoods, observe
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.indicators.choices import MeasureKind, Status
from wijkaanpak.journal import jobs
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Theme

pytestmark = pytest.mark.django_db
THEME = "safety"


@pytest.fixture
def member(client):
    user = MembershipFactory().user
    client.force_login(user)
    return user


def page_of(client, code, name="area_detail", **query):
    response = client.get(reverse(f"dashboards:{name}", args=[code]), {"thema": THEME, **query} if name == "area_detail" else query)
    assert response.status_code == 200
    return response.content.decode()


def rate(**traits):
    people = FigureIndicatorFactory(theme=None)
    return FigureIndicatorFactory(kind=MeasureKind.RATE, per=100, denominator=people, unit="% van de huizen", decimals=1, **traits), people


def two_years(*, change=1, code="BU00010001"):
    """One area of a municipality in two years with a rate that fell by half, and what to compare it with."""
    old, new = neighbourhoods(2019, (3000,), name="Oost"), neighbourhoods(2020, (3000,), change=change, name="Oost")
    indicator, people = rate(name="Inbraken")
    observe(indicator, {(old[0], 2019): 20, (new[0], 2020): 10, (municipality(name="Stad"), 2020): 8, (country(), 2020): 5})
    observe(people, {(old[0], 2019): 3000, (new[0], 2020): 3000})
    return new[0], indicator


@pytest.mark.parametrize("indicators", [1, 30])
def test_the_page_shows_every_indicator_in_a_constant_number_of_queries(client, member, indicators, django_assert_num_queries):
    area, city = neighbourhoods(populations=(3000,))[0], municipality()
    for _ in range(indicators):
        observe(FigureIndicatorFactory(), {(area, 2020): 80, (city, 2020): 900})

    with django_assert_num_queries(11):
        page = page_of(client, area.code)

    assert page.count('class="chart" id="cijfer-') == indicators


def test_a_figure_stands_with_unit_date_differences_word_line_and_source(client, member):
    area, _indicator = two_years()

    page = page_of(client, area.code)

    wanted = [
        '<span class="value">10,0%</span> van de huizen', "2,0 hoger dan de gemeente (8,0)", "5,0 hoger dan Nederland (5,0)", "trend--better",
        "Van 20,0% in 2019 naar 10,0% in 2020: beter.", 'class="sparkline"', "Bron van de toets", "3.000 inwoners", "indeling van 2020",
    ]  # fmt: skip
    assert [text for text in wanted if text not in page] == []


def test_another_boundary_breaks_the_line_and_gives_no_word(client, member):
    area, _indicator = two_years(change=3)

    page = page_of(client, area.code)

    assert "trend--unknown" in page
    drawing = page.split('class="sparkline"')[1].split("</svg>")[0]
    assert drawing.count("M") == 2
    assert "L" not in drawing.split('d="')[1].split('"')[0]


def test_secret_unknown_and_unpublished_are_told_apart(client, member):
    area = neighbourhoods(populations=(3000,))[0]
    for status in (Status.SUPPRESSED, Status.NOT_PUBLISHED, Status.MISSING):
        observe(FigureIndicatorFactory(name=status.name), {(area, 2020): None}, missing=status)
    observe(FigureIndicatorFactory(name="Elders"), {(country(), 2020): 1})

    cards = [card.split("</figure>")[0] for card in page_of(client, area.code).split('class="chart" id="cijfer-')[1:]]

    signs = {card.split("</h2>")[0].split(">")[-1]: [sign for sign in "×…–" if f'aria-hidden="true">{sign}' in card][:1] for card in cards}
    assert signs["SUPPRESSED"] == ["×"]
    assert signs["NOT_PUBLISHED"] == ["…"]
    assert signs["Elders"] == ["–"]


def test_the_page_and_the_stored_figures_say_the_same(client, member):
    area, indicator = two_years()
    ProgrammeFactory(areas=[area])
    dashboards.tasks.recompute_all()
    jobs.run_all()

    page = page_of(client, area.code)

    stored = AreaFigure.objects.latest().get(area=area, indicator=indicator)
    assert (stored.value, stored.municipality_value, stored.trend) == (10, 8, "better")
    assert f"trend--{stored.trend}" in page


def test_areas_lie_side_by_side_on_one_scale_and_stand_in_the_address(client, member):
    first, second = neighbourhoods(name="Zelfde naam")
    indicator = FigureIndicatorFactory()
    observe(indicator, {(first, 2020): 80, (second, 2020): 20})

    page = page_of(client, first.code, met=[second.code, "BU99999999"])

    row = page.split(f'<tr id="cijfer-{indicator.slug}">')[1].split("</tr>")[0]
    assert [text for text in ("<strong>80</strong>", "<strong>20</strong>") if text not in row] == []
    assert f'value="{second.code}"' in page


def test_what_was_searched_can_be_laid_beside_and_four_is_the_most(client, member):
    areas = neighbourhoods(populations=(10,) * 5, name="Oost")
    codes = [area.code for area in areas]

    found = page_of(client, codes[0], met=codes[1], zoek="oost")
    full = page_of(client, codes[0], met=codes[1:], zoek="oost")

    assert f"?thema={THEME}&amp;met={codes[1]}&amp;met={codes[4]}" in found
    assert f"met={codes[0]}" not in found
    assert "Meer dan vier gebieden kan niet" in full


def test_visitors_see_areas_of_public_programmes_only_and_no_small_counts(client):
    shown, hidden = neighbourhoods(populations=(3000, 3000))
    ProgrammeFactory(areas=[shown], is_public=True)
    ProgrammeFactory(areas=[hidden])
    observe(FigureIndicatorFactory(), {(shown, 2020): 3})

    page = page_of(client, shown.code)

    assert "minder dan 5" in page
    for name in ("area_detail", "area_map", "area_csv"):
        assert client.get(reverse(f"dashboards:{name}", args=[hidden.code])).status_code == 404


def drawn_municipality():
    city = municipality(name="Stad")
    first, second = neighbourhoods(populations=(3000, 3000), parent=city)
    first.boundary, second.boundary = SQUARE, BESIDE
    first.save()
    second.save()
    return first, second


def test_the_map_colours_every_part_and_the_list_says_the_same(client, member):
    first, second = drawn_municipality()
    indicator = FigureIndicatorFactory()
    observe(indicator, {(first, 2020): 80, (second, 2020): 20})

    page = page_of(client, first.code, "area_map", cijfer=indicator.slug, delen="buurten")

    drawing = page.split('class="choropleth"')[1].split("</svg>")[0]
    assert (drawing.count('class="class-5"'), drawing.count('class="class-1"'), drawing.count("<title>")) == (1, 1, 2)
    assert f'href="{reverse("dashboards:area_detail", args=[second.code])}"' in drawing
    assert "80" in page.split(f'id="gebied-{first.code}"')[1].split("</tr>")[0]


def test_a_figure_kept_secret_is_hatched_on_the_map(client, member):
    first, second = drawn_municipality()
    indicator = FigureIndicatorFactory()
    observe(indicator, {(first, 2020): 80, (second, 2020): None}, missing=Status.SUPPRESSED)

    page = page_of(client, first.code, "area_map", cijfer=indicator.slug, delen="buurten")

    assert 'fill="url(#hatch)"' in page
    assert page.split(f'id="gebied-{second.code}"')[1].split("</tr>")[0].count("×") == 1


def test_areas_are_found_by_name_and_by_code_each_once(client, member):
    neighbourhoods(2019, (10,), name="Presikhaaf")
    neighbourhoods(2020, (10,), name="Presikhaaf")

    for text in ("presik", "bu0001"):
        page = client.get(reverse("dashboards:area_list"), {"zoek": text}).content.decode()

        assert page.count(reverse("dashboards:area_detail", args=["BU00010001"])) == 1


def test_the_file_holds_all_figures_with_a_word_for_each_period(client, member):
    area, _indicator = two_years()

    lines = client.get(reverse("dashboards:area_csv", args=[area.code])).content.decode().splitlines()

    figures = [line.split(";") for line in lines if line.startswith(Theme.objects.get(slug=THEME).name)]
    assert [(row[3], row[5], row[10]) for row in figures] == [("2019", "20", "niet te zeggen"), ("2020", "10", "beter")]


def test_an_area_whose_code_changed_keeps_its_line_when_it_was_linked(client, member):
    old = neighbourhoods(2019, (3000,), code="BU00019{}")[0]
    new = neighbourhoods(2020, (3000,), change=2, predecessor=old)[0]
    observe(FigureIndicatorFactory(), {(old, 2019): 80, (new, 2020): 57})

    page = page_of(client, new.code)

    assert "Van 80 in 2019 naar 57 in 2020: beter." in page


def test_the_country_is_not_compared_with_itself(client, member):
    whole = country(population=17_000_000)
    indicator, _people = rate()
    observe(indicator, {(whole, 2020): 5})

    page = page_of(client, whole.code)

    assert "dan Nederland" not in page
    assert str(AreaKind.COUNTRY.label) in page.lower()
