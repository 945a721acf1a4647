"""The pages of the yearly confirmation."""

import pytest
from django.urls import reverse

from ambitions import reconfirmations
from ambitions.models import Confirmation, Reconfirmation, ReconfirmationRequest
from tests.ambitions.factories import CommitmentFactory, in_days
from wijkaanpak.accounts.models import SignedLink
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def promise(programme):
    return CommitmentFactory(in_programme=programme, started=True)


@pytest.fixture
def asked(programme, promise, coordinator):
    reconfirmations.ask(programme, answer_before=in_days(30), by=coordinator)
    return ReconfirmationRequest.objects.get()


@pytest.fixture
def address(asked, promise):
    return reconfirmations.path_for(asked, promise.owner)


def test_the_link_lists_every_running_promise_without_a_sign_in(client, programme, promise, asked, address):
    other = CommitmentFactory(in_programme=programme, started=True, organisation=promise.organisation)
    ended = CommitmentFactory(in_programme=programme, kept=True, organisation=promise.organisation)

    page = client.get(address).content.decode()

    assert promise.what in page
    assert other.what in page
    assert ended.what not in page
    assert "2 toezeggingen wachten" in page
    assert (Event.objects.filter(actor_id=promise.owner_id).exists(), SignedLink.objects.get().last_used_at) == (False, None)


def test_one_button_confirms(client, promise, address):
    page = client.post(f"{address}{promise.pk}/", {"choice": "confirm"}, follow=True).content.decode()

    assert (Confirmation.objects.get().choice, Confirmation.objects.get().by) == ("confirm", promise.owner)
    assert "Alles is beantwoord" in page


def test_a_withdrawal_shows_first_what_it_touches(client, promise, address):
    page = client.get(f"{address}{promise.pk}/", {"keuze": "withdraw"}).content.decode()
    refused = client.post(f"{address}{promise.pk}/", {"choice": "withdraw", "text": ""})
    client.post(f"{address}{promise.pk}/", {"choice": "withdraw", "text": "De subsidie stopt."})

    promise.refresh_from_db()
    assert "Wat dit raakt" in page
    assert "laatste lopende toezegging" in page
    assert (refused.status_code, "Zeg waarom" in refused.content.decode()) == (422, True)
    assert promise.state == "dropped"


def test_a_second_answer_is_refused_with_a_word(client, promise, address):
    client.post(f"{address}{promise.pk}/", {"choice": "confirm"})

    response = client.post(f"{address}{promise.pk}/", {"choice": "change", "text": "Toch anders."})

    assert (response.status_code, "al geantwoord" in response.content.decode()) == (422, True)


def test_a_link_is_of_no_use_to_who_no_longer_speaks_for_the_organisation(client, promise, address):
    promise.organisation.representatives.update(until=in_days(-1))

    assert client.get(address).status_code == 410
    assert client.post(f"{address}{promise.pk}/", {"choice": "confirm"}).status_code == 410


def test_a_promise_of_others_is_not_behind_the_link(client, programme, address):
    other = CommitmentFactory(in_programme=programme, started=True)

    assert client.post(f"{address}{other.pk}/", {"choice": "confirm"}).status_code == 404


def test_an_address_nobody_made_is_no_page(client):
    assert client.get("/h/onzin/").status_code == 404


def test_the_coordinator_asks_and_sees_who_answered(signed_in, coordinator, programme, promise):
    browser, page = signed_in(coordinator), reverse("ambitions:reconfirmation", args=[programme.slug])
    assert "Nog niet gevraagd" in browser.get(page).content.decode()

    browser.post(reverse("ambitions:reconfirmation_ask", args=[programme.slug]), {"answer_before": in_days(30)})
    again = browser.post(reverse("ambitions:reconfirmation_ask", args=[programme.slug]), {"answer_before": in_days(30)})

    shown = browser.get(page).content.decode()
    assert (Reconfirmation.objects.count(), again.status_code) == (1, 422)
    assert all(text in shown for text in [str(promise.organisation), str(promise.owner), "0 van 1", "nog niet"])
    assert reverse("ambitions:reconfirmation_ask", args=[programme.slug]) not in shown
