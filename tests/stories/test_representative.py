"""A representative of a housing corporation answers a mail on a phone, without password or menu."""

from playwright.sync_api import expect

from ambitions.models import Commitment
from residents.models import InputLink
from wijkaanpak.demo.people import address


def test_a_representative_updates_a_promise_from_a_mail(example, phone, letters, link_in, assert_accessible):
    promise = Commitment.objects.with_signal().get(what__startswith="Elke melding van schimmel")
    assert promise.signal == "silent"
    reminder = letters(address("woning"))[-1]

    phone.goto(link_in(reminder, "/t/", after=promise.what))
    expect(phone.get_by_text(promise.what)).to_be_visible()
    expect(phone.get_by_role("navigation", name="Programma")).to_have_count(0)
    assert_accessible(phone)
    phone.get_by_text("op schema", exact=False).first.click()
    phone.get_by_role("textbox").first.fill("Alle 34 meldingen van dit najaar zijn op tijd bezocht.")
    phone.get_by_role("button", name="Opslaan").click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text("Dank u")
    assert_accessible(phone)
    phone.goto(f"/wijken/presikhaaf/ambities/{promise.ambition.number}/")
    expect(phone.get_by_text("Alle 34 meldingen van dit najaar")).to_be_visible()
    assert Commitment.objects.with_signal().get(pk=promise.pk).signal == "on_track"


def test_a_lost_connection_keeps_what_was_typed(example, phone, letters, link_in):
    address_of_form = link_in(letters(address("woning"))[-1], "/t/", after="Elke melding van schimmel")
    phone.goto(address_of_form)
    phone.get_by_text("op schema", exact=False).first.click()
    phone.get_by_role("textbox").first.fill("Onderweg getypt.")
    phone.context.set_offline(True)

    phone.get_by_role("button", name="Opslaan").click()

    expect(phone.get_by_role("status")).to_contain_text("geen verbinding")
    phone.context.set_offline(False)
    phone.reload()
    expect(phone.get_by_role("textbox").first).to_have_value("Onderweg getypt.")
    phone.get_by_role("button", name="Opslaan").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Dank u")
    phone.goto(address_of_form)
    expect(phone.get_by_role("textbox").first).to_have_value("")


def test_the_sender_of_a_linked_input_hears_of_it(example, phone, letters, link_in):
    promise = Commitment.objects.get(what__startswith="Elke melding van schimmel")
    follower = InputLink.objects.get(commitment=promise, input__contact__isnull=False).input.contact.email
    before = len(letters(follower))

    phone.goto(link_in(letters(address("woning"))[-1], "/t/", after=promise.what))
    phone.get_by_text("loopt vertraging op", exact=False).first.click()
    phone.get_by_role("textbox").first.fill("De opzichter is ziek; we zijn een week later.")
    phone.get_by_role("button", name="Opslaan").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Dank u")

    assert "De opzichter is ziek" in letters(follower)[before:][-1].body
