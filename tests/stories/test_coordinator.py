"""A coordinator signs in, starts from the cockpit, agrees a promise and answers a resident."""

import re

from playwright.sync_api import expect

from ambitions.models import Commitment
from residents.models import ResidentInput
from tests.stories.acting import give_answer
from wijkaanpak.demo.people import PASSWORD, address


def test_a_coordinator_works_through_the_cockpit(example, page, assert_accessible):
    page.goto("/account/login/")
    page.locator("[name=login]").fill(address("coordinator"))
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Inloggen", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Vraagt nu aandacht")
    assert_accessible(page)
    agree(page)
    answer(page)
    ask_for_a_word(page)


def agree(page):
    promise = Commitment.objects.get(what__startswith="Dertig vrijkomende woningen")
    page.goto("/werk/presikhaaf/")
    page.get_by_role("link", name=re.compile(f"Besluit.*{promise.what[:20]}")).click()
    page.get_by_role("button", name="Afspreken").click()

    expect(page.get_by_role("main")).to_contain_text("afgesproken")
    promise.refresh_from_db()
    assert promise.state == "agreed"
    page.goto("/werk/presikhaaf/")
    expect(page.get_by_role("link", name=promise.what)).to_have_count(0)


def answer(page):
    said = ResidentInput.objects.get(text__startswith="Laat kinderen van de school")
    page.get_by_role("link", name=re.compile("Laat kinderen van de school")).first.click()
    give_answer(page, "cannot", "De school kan dit er dit jaar niet bij doen.", by="Basisschool De Voorbeeldboom")

    expect(page.get_by_text("De school kan dit er dit jaar niet bij doen.").first).to_be_visible()
    assert said.answers.get().end_state == "cannot"
    page.goto("/werk/presikhaaf/")
    expect(page.get_by_role("link", name=re.compile("Laat kinderen van de school"))).to_have_count(0)


def ask_for_a_word(page):
    page.get_by_role("button", name=re.compile("Vraag om bericht.*Elke melding van schimmel")).click()

    expect(page.get_by_role("main")).to_contain_text("Wim Woning")
