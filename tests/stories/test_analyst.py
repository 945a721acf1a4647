"""An analyst brings in a real file and sees the chart change; a real worker does the reading."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.indicators.excerpts import FOLDER, excerpt
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.indicators import editions
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Area

FIRST, LATER = "kwb-2020-typed-first.csv", "kwb-2020-typed-later.csv"  # Den Haag, as CBS published it first and some months later
DASHBOARD = "/werk/den-haag/cijfers/?thema=housing"


@pytest.fixture
def analyst(example, person):
    """An analyst of a programme in Den Haag, whose first figures are in."""
    analyst = person("analist")
    editions.bring_in(excerpt(FIRST), name=FIRST, year=2020, by=analyst)
    parts = Area.objects.filter(division__year=2020, parent__code="WK051807", population__gt=0)
    programme = ProgrammeFactory(slug="den-haag", name="Den Haag", areas=parts, municipality=Area.objects.get(code="GM0518", division__year=2020))
    MembershipFactory(programme=programme, user=analyst, role=Role.ANALYST)
    return analyst


def test_an_analyst_brings_in_a_file_and_sees_the_chart_change(analyst, worker, page, sign_in, assert_accessible):
    sign_in(page, analyst).goto(DASHBOARD)
    expect(page.get_by_role("heading", name="Woningen van een corporatie")).to_have_count(0)

    upload(page, FOLDER / LATER, assert_accessible)

    expect(page.get_by_role("heading", name="Wat er veranderde")).to_be_visible(timeout=30_000)
    assert_accessible(page)
    assert_drawn(page)
    assert_accessible(page)


def upload(page, file: Path, assert_accessible):
    page.goto("/importeren/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Bekijk het bestand").click()
    expect(page.get_by_role("heading", name="Klopt dit?")).to_be_visible()
    assert_accessible(page)
    expect(page.get_by_label("Van welk jaar", exact=False)).to_have_value("2020")
    page.get_by_role("button", name="Inlezen").click()


def assert_drawn(page):
    """The figures are computed by the worker after the import; the chart is drawn by the page."""
    for _attempt in range(20):
        page.goto(DASHBOARD)
        if page.get_by_role("heading", name="Woningen van een corporatie").count():
            break
        page.wait_for_timeout(500)
    expect(page.locator("#cijfer-social_rent_share .value")).to_contain_text("%")
    expect(page.locator("#cijfer-social_rent_share svg.main-svg").first).to_be_visible()
