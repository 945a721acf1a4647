"""What residents read."""

import pytest
from django.urls import reverse

from tests.neighbourhoods.factories import ProgrammeFactory
from tests.residents.factories import ResidentInputFactory

pytestmark = pytest.mark.django_db


def asked_and_done(programme):
    return reverse("residents:asked_and_done", args=[programme.slug])


@pytest.mark.parametrize("rows", [1, 30])
def test_asked_and_done_shows_every_answer_in_constant_queries(client, rows, django_assert_num_queries):
    programme = ProgrammeFactory(is_public=True)
    made = ResidentInputFactory.create_batch(rows, programme=programme, answered=True, place="Parkstraat")

    with django_assert_num_queries(4):
        page = client.get(asked_and_done(programme)).content.decode()

    assert all(one.public_text in page for one in made)


def test_what_is_not_published_is_not_on_the_page(client):
    hidden = ResidentInputFactory(text="Dit blijft binnen.", refused=True)

    page = client.get(asked_and_done(hidden.programme)).content.decode()

    assert "Dit blijft binnen." not in page
    assert "niet gepubliceerd" in page


def test_the_original_of_a_shortened_text_is_not_on_the_page(client):
    shortened = ResidentInputFactory(answered=True, text="Mevrouw Voorbeeld wil een bank.", public_text="Zet er een bank.")

    page = client.get(asked_and_done(shortened.programme)).content.decode()

    assert "Zet er een bank." in page
    assert "Mevrouw Voorbeeld" not in page
    assert "ingekort" in page


@pytest.mark.parametrize("year", ["1999", "abc", ""])
def test_an_unknown_year_shows_the_latest(client, year):
    made = ResidentInputFactory(answered=True)

    page = client.get(asked_and_done(made.programme), {"jaar": year}).content.decode()

    assert made.public_text in page


def test_without_answers_the_page_says_what_will_stand_there(client):
    assert "Nog geen antwoorden" in client.get(asked_and_done(ProgrammeFactory(is_public=True))).content.decode()


def test_a_programme_that_is_not_public_has_no_page(client):
    assert client.get(asked_and_done(ProgrammeFactory())).status_code == 404


@pytest.mark.parametrize(
    ("name", "dutch", "english"),
    [
        ("privacy", "Hoe we met uw gegevens omgaan", "How we handle your data"),
        ("accessibility", "EN 301 549", "Accessibility"),
        ("house_rules", "de tekst beledigt", "it insults"),
    ],
)
def test_the_rules_of_the_site_can_be_read_in_two_languages(client, name, dutch, english):
    page = client.get(reverse(f"residents:{name}")).content.decode()
    client.cookies["django_language"] = "en"

    assert dutch.lower() in page.lower()
    assert english.lower() in client.get(reverse(f"residents:{name}")).content.decode().lower()


def test_the_privacy_page_names_every_purpose_and_term(client):
    page = client.get(reverse("residents:privacy")).content.decode()

    assert "Nieuws sturen over de eigen inbreng" in page
    assert "12 maanden na het antwoord; 30 dagen als het adres nooit is bevestigd" in page
