"""The public form: four screens, nothing lost, stored once."""

import re
import time

import pytest
from django.conf import settings
from django.urls import reverse

from residents.forms import screens
from residents.models import Contact, ResidentInput
from tests.neighbourhoods.factories import AreaFactory, ProgrammeFactory
from wijkaanpak.neighbourhoods.choices import AreaKind

pytestmark = pytest.mark.django_db
TEXT = "Zet een bank bij de vijver, dan blijven mensen even zitten."


@pytest.fixture
def programme():
    district = AreaFactory(kind=AreaKind.DISTRICT)
    programme = ProgrammeFactory(is_public=True, name="Voorbeeldwijk", areas=[district])
    AreaFactory(parent=district, name="De Vijver")
    return programme


@pytest.fixture
def address(programme):
    return reverse("residents:give_input", args=[programme.slug])


def opening(seconds=60):
    """An opening of so many seconds ago."""
    now = time.time
    try:
        time.time = lambda: now() - seconds
        return screens.new_opening(screens.uuid.uuid4())
    finally:
        time.time = now


def answers(**values):
    given = {"kind": "idea", "text": TEXT, "where": "whole", "place": "", "opening": opening(), "screen": "preview", "to": "send"}
    return given | values


def hidden(response):
    """What the page carries on: the hidden fields as a browser would send them."""
    page = response.content.decode()
    tags = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in tags if name != "csrfmiddlewaretoken"}


def test_the_first_screen_asks_what_and_shows_the_right_doors(client, address):
    page = client.get(address).content.decode()

    assert all(words in page for words in ("112", "0900-8844", 'name="kind"', 'name="text"', "Stap 1 van 4"))


def test_a_programme_that_is_not_public_has_no_form(client):
    assert client.get(reverse("residents:give_input", args=[ProgrammeFactory().slug])).status_code == 404


def test_the_answers_travel_from_screen_to_screen(client, address):
    where = client.post(address, {**hidden(client.get(address)), "kind": "idea", "text": TEXT, "to": "where"})
    preview = client.post(address, {**hidden(where), "where": "whole", "place": "Parkstraat", "to": "preview"})

    assert "De Vijver" in where.content.decode()
    assert all(words in preview.content.decode() for words in (TEXT, "Parkstraat", "Stap 3 van 4"))
    assert hidden(preview)["place"] == "Parkstraat"


def test_sending_stores_the_input_and_shows_the_code(client, address, programme):
    area = programme.areas.get().children.get()

    thanks = client.post(address, answers(where=str(area.pk), place="Parkstraat"), follow=True)

    stored = ResidentInput.objects.get()
    assert (stored.text, stored.area, stored.place, stored.state) == (TEXT, area, "Parkstraat", "awaiting")
    assert re.search(r'class="code"[^>]*>[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}<', thanks.content.decode())


def test_sending_takes_at_most_eight_queries(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.post(address, answers())

    assert ResidentInput.objects.exists()


def test_sending_with_a_mail_address_takes_eight_statements_beside_savepoints(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as captured:
        client.post(address, answers(email="bewoner@voorbeeld.example", wants_updates="on"))

    assert Contact.objects.exists()
    assert len([query for query in captured if "SAVEPOINT" not in query["sql"]]) <= 8


def test_pressing_send_twice_stores_once_and_shows_the_same_code(client, address):
    given = answers()

    pages = [client.post(address, given, follow=True).content.decode() for _press in range(2)]

    codes = {re.search(r'class="code"[^>]*>([^<]+)<', page).group(1) for page in pages}
    assert (len(codes), ResidentInput.objects.count()) == (1, 1)


def test_other_words_from_the_same_form_are_another_input(client, address):
    given = answers()
    client.post(address, given)
    client.post(address, {**given, "text": "En een prullenbak."})

    assert ResidentInput.objects.count() == 2


@pytest.mark.parametrize(
    ("values", "screen", "words"),
    [
        ({"text": ""}, "what", "Schrijf op wat u wilt vertellen."),
        ({"kind": ""}, "what", "Kies wat u wilt vertellen."),
        ({"text": "x" * 2001}, "what", "2000"),
        ({"where": ""}, "where", "Kies waar het is"),
        ({"where": "999999"}, "where", "999999"),
        ({"email": "geen adres", "wants_updates": "on"}, "preview", "geldig"),
        ({"wants_updates": "on"}, "preview", "Vul uw mailadres in"),
        ({"email": "bewoner@voorbeeld.example"}, "preview", "Kruis aan"),
    ],
)
def test_a_mistake_brings_back_its_screen_with_everything_filled_in(client, address, values, screen, words):
    response = client.post(address, answers(place="Parkstraat", **values))

    page = response.content.decode()
    assert response.status_code == 422
    assert (hidden(response)["screen"], words in page, "Parkstraat" in page) == (screen, True, True)
    assert not ResidentInput.objects.exists()


def test_going_back_loses_nothing_and_complains_about_nothing(client, address):
    given = answers(email="half", wants_updates="on", to="what")

    back = client.post(address, given)

    assert (back.status_code, TEXT in back.content.decode()) == (200, True)
    assert hidden(back).items() >= {"email": "half", "wants_updates": "on", "where": "whole"}.items()


@pytest.mark.parametrize(("screen", "words"), [("what", "Say what can be better"), ("where", "Where is it?"), ("preview", "This is what others will read")])
def test_the_language_changes_on_each_screen_and_the_answers_stay(client, address, screen, words):
    given = answers(screen=screen, language="en")
    del given["to"]

    page = client.post(address, given)

    assert words in page.content.decode()
    assert TEXT in page.content.decode()
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"


def test_the_input_remembers_the_language(client, address):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    client.post(address, answers())

    assert ResidentInput.objects.get().language == "en"


def test_no_consent_is_ticked_beforehand(client, address):
    page = client.post(address, answers(to="preview", screen="where")).content.decode()

    assert 'name="wants_updates"' in page
    assert 'name="may_be_asked"' in page
    assert "checked" not in page


def test_personal_data_are_pointed_out_and_do_not_stop_anybody(client, address):
    given = answers(text="Bel mevrouw Voorbeeld op 06-12345678")

    preview = client.post(address, {**given, "to": "preview", "screen": "where"}).content.decode()
    client.post(address, given)

    assert "een telefoonnummer" in preview
    assert ResidentInput.objects.exists()


@pytest.mark.parametrize(
    ("values", "reason"),
    [({"website": "http://spam.example"}, "trap"), ({"opening": "forged"}, "unsigned"), ({"text": "Koop http://a.example http://b.example"}, "links")],
)
def test_spam_is_held_and_sees_the_same_thanks(client, address, values, reason):
    response = client.post(address, answers(**values), follow=True)

    stored = ResidentInput.objects.get()
    assert (stored.state, reason in stored.spam_reasons) == ("held", True)
    assert 'class="code"' in response.content.decode()


def test_who_sends_within_seconds_is_held(client, address):
    client.post(address, answers(opening=opening(seconds=0)))

    assert ResidentInput.objects.get().spam_reasons == ["fast"]


def test_many_places_become_one_list(client, address, programme):
    AreaFactory.create_batch(12, parent=programme.areas.get())

    page = client.post(address, answers(screen="what", to="where")).content.decode()

    assert "<select" in page


def test_the_trap_is_carried_on(client, address):
    page = client.post(address, answers(screen="what", to="where", website="x"))

    assert hidden(page)["website"] == "x"


def test_the_page_of_thanks_cannot_be_made_up(client, programme):
    response = client.get(reverse("residents:input_thanks", args=[programme.slug, "forged"]))

    assert response.url == reverse("residents:follow_enter")


def test_the_page_of_thanks_is_kept_out_of_search_engines(client, address):
    response = client.post(address, answers(), follow=True)

    assert "noindex" in response["X-Robots-Tag"]
    assert response["Cache-Control"] == "private, no-store"
