"""A representative brings everything up to date on a phone, a colleague agrees, and the coordinator looks what hangs on the partner."""

from django.urls import reverse
from playwright.sync_api import expect

from actors.models import Organisation
from ambitions.models import Commitment


def test_a_word_waits_for_a_colleague_and_then_counts(phone, open_page, sign_in, person, assert_accessible):
    promise = Commitment.objects.get(what__startswith="Jongerenwerk")
    sign_in(phone, person("welzijn"))
    colleague = sign_in(open_page(390, javascript=False), person("collega"))

    phone.goto("/werk/presikhaaf/toezeggingen/bijwerken/")
    row = phone.locator(f"#rij-{promise.pk}")
    row.get_by_label("In één zin").fill("We zijn er nu ook op zaterdag.")
    phone.get_by_role("button", name="Opslaan wat is ingevuld").click()
    expect(phone.get_by_role("alert")).to_contain_text("Er is nog niets opgeslagen")
    assert_accessible(phone)
    row.get_by_text("Op schema").click()
    phone.get_by_role("button", name="Opslaan wat is ingevuld").click()
    expect(phone.get_by_text("1 stand van zaken is ingestuurd")).to_be_visible()

    colleague.goto("/werk/presikhaaf/toezeggingen/akkoord/")
    colleague.get_by_label(promise.what).check()
    colleague.get_by_role("button", name="Akkoord met wat is aangevinkt").click()
    expect(colleague.get_by_text("Zojuist akkoord")).to_be_visible()
    assert Commitment.objects.with_signal().get(pk=promise.pk).last_sentence == "We zijn er nu ook op zaterdag."


def test_the_pages_about_waiting_and_leaving_are_accessible(page, sign_in, person, assert_accessible):
    partner = Organisation.objects.get(name="Woonstichting Voorbeeldhuis")
    promise = Commitment.objects.get(what__startswith="340 huurwoningen")
    sign_in(page, person("coordinator"))

    for address in (
        f"{reverse('dashboards:exit_simulation', args=['presikhaaf'])}?organisatie={partner.pk}", "/werk/presikhaaf/toezeggingen/akkoord/",
        "/werk/presikhaaf/toezeggingen/geld/", "/werk/presikhaaf/toezeggingen/wachten/", f"/werk/presikhaaf/toezeggingen/{promise.pk}/",
        f"/werk/presikhaaf/toezeggingen/{promise.pk}/per-jaar/", f"/werk/presikhaaf/toezeggingen/{promise.pk}/wacht-op/",
        f"/werk/presikhaaf/partners/{partner.pk}/akkoord/",
    ):  # fmt: skip
        page.goto(address)
        assert_accessible(page)

    sign_in(page, person("collega"))
    page.goto("/werk/presikhaaf/toezeggingen/akkoord/")
    expect(page.get_by_role("checkbox")).to_have_count(1)
    assert_accessible(page)
