"""A resident says something on a phone and hears back."""

import re

from playwright.sync_api import expect

from residents.spam import FASTEST_PERSON
from tests.stories.acting import give_answer

MAIL = "bewoner@voorbeeld.example"
WORDS = "Bij de bushalte is het ’s avonds te donker. Ik durf er niet te wachten."


def test_a_resident_says_something_and_hears_back(example, phone, open_page, person, sign_in, letters, link_in, assert_accessible):
    code = say(phone, assert_accessible)
    phone.goto(link_in(letters(MAIL)[0], "/bevestig/"))
    phone.get_by_role("main").get_by_role("button").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Uw inbreng")

    handle(open_page(), person, sign_in)

    assert_followed(phone, code, assert_accessible)
    [*_before, last] = letters(MAIL)
    assert "Samen sterk in Presikhaaf" in last.subject
    assert "Deze halte komt op de lijst." in last.body
    phone.goto("/wijken/presikhaaf/u-vroeg-wij-deden/")
    expect(phone.get_by_text(WORDS)).to_be_visible()


def say(page, assert_accessible):
    """Walk through the form and return the code on the last screen."""
    page.goto("/")
    page.get_by_role("link", name="Zeg wat er beter kan").click()
    page.get_by_label("Een zorg", exact=False).check()
    page.get_by_label("Vertel het in uw eigen woorden").fill(WORDS)
    assert_accessible(page)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")
    assert_accessible(page)
    page.get_by_label("In welk deel van de wijk", exact=False).select_option(index=2)
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("blockquote")).to_contain_text(WORDS)
    page.get_by_label("Uw mailadres", exact=False).fill(MAIL)
    page.get_by_label("Mail mij", exact=False).first.check()
    assert_accessible(page)
    page.wait_for_timeout(1000 * FASTEST_PERSON)  # who sends faster is held back as a machine
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator(".code")).to_be_visible()
    assert_accessible(page)
    return page.locator(".code").inner_text()


def handle(page, person, sign_in):
    """The coordinator publishes the input, hands it over, answers it and links it to a promise."""
    sign_in(page, person("coordinator")).goto("/werk/presikhaaf/bewoners/?lijst=modereren")
    page.get_by_role("link", name=re.compile("bushalte")).click()
    page.get_by_role("button", name="Publiceer").first.click()
    give_answer(page, "will_do", "Deze halte komt op de lijst.", by="Gemeente Voorbeeldstad, Wijkontwikkeling")
    expect(page.get_by_text("Deze halte komt op de lijst.").first).to_be_visible()


def assert_followed(page, code, assert_accessible):
    page.goto("/volg/")
    page.get_by_role("main").get_by_role("textbox").fill(code)
    page.get_by_role("main").get_by_role("button").click()
    expect(page.get_by_text("Deze halte komt op de lijst.")).to_be_visible()
    assert_accessible(page)
