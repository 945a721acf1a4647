"""Partners meet: words are released, two of them stand side by side, and the tension between them gets a name."""

from playwright.sync_api import expect

from actors.models import Tension
from tests.ambitions.factories import in_days


def test_released_words_lead_to_a_named_tension(page, person, sign_in, assert_accessible):
    release(sign_in(page, person("woning")))

    put_side_by_side(page)
    assert_accessible(page)
    name_tension(page)

    expect(page.get_by_text("Huur omlaag of omhoog.").first).to_be_visible()
    assert_accessible(page)
    assert Tension.objects.get(sentence="Huur omlaag of omhoog.").owner == person("woning")


def release(page):
    page.goto("/werk/presikhaaf/partners/")
    page.get_by_role("link", name="Woonstichting Voorbeeldhuis").click()
    page.get_by_role("link", name="Verder met het concept").click()
    page.get_by_label("Wat wij willen bereiken").fill("Een huur die bij het huis past.")
    page.get_by_role("button", name="Opslaan als concept").click()
    page.get_by_role("button", name="Deze versie vrijgeven").click()
    expect(page.get_by_text("Een huur die bij het huis past.")).to_be_visible()


def put_side_by_side(page):
    page.goto("/werk/presikhaaf/partners/naast-elkaar/")
    for name in ["Woonstichting Voorbeeldhuis", "Bewonersraad Samen Wonen (voorbeeld)"]:
        page.get_by_label(name).check()
    page.get_by_role("button", name="Naast elkaar zetten").click()
    expect(page.get_by_text("Een huur die bij het huis past.")).to_be_visible()


def name_tension(page):
    page.get_by_role("link", name="Spanning benoemen").first.click()
    page.get_by_label("Wat er botst").fill("Huur omlaag of omhoog.")
    page.get_by_label("Terugkijken op").fill(in_days(30).isoformat())
    page.get_by_role("button", name="Vastleggen").click()
