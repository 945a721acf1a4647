"""The pages behind a link in a mail."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Representative
from ambitions import links
from ambitions.models import Commitment
from tests.ambitions.factories import ApprovalRuleFactory, CommitmentFactory, ProgressUpdateFactory, in_days
from wijkaanpak.accounts import signed_links
from wijkaanpak.accounts.models import SignedLink
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db
WORD = {"report": "on_track", "sentence": "De eerste zes zijn klaar."}


@pytest.fixture
def promise(programme):
    return CommitmentFactory(in_programme=programme, started=True, what="Twaalf woningen isoleren", unit="woningen", quantity=12)


@pytest.fixture
def address(promise):
    return links.path_for(promise, promise.owner)


def test_the_page_shows_the_promise_without_menu_or_log_in(client, promise, address):
    ProgressUpdateFactory(commitment=promise, sentence="Laatste woord.")

    page = client.get(address).content.decode()

    assert all(text in page for text in ["Twaalf woningen isoleren", "Laatste woord.", "op schema", "loopt vertraging op", "klaar", "woningen"])
    assert reverse("ambitions:commitment_list", args=[promise.ambition.programme.slug]) not in page
    assert reverse("account_login") not in page


def test_the_page_of_an_example_says_so(client, programme, promise, address):
    assert "example-banner" not in client.get(address).content.decode()

    type(programme).objects.update(is_example=True)

    assert "example-banner" in client.get(address).content.decode()


def test_showing_changes_nothing(client, promise, address):
    client.get(address)
    client.head(address)

    assert (promise.updates.count(), Event.objects.count()) == (0, 0)
    assert SignedLink.objects.get().last_used_at is None


def test_a_word_is_stored_in_the_name_of_the_person(client, promise, address):
    answer = client.post(address, WORD | {"number": "6", "proof": "Kerkstraat"})

    update = promise.updates.get()
    assert (update.by, update.through_link, update.number, update.sentence) == (promise.owner, True, 6, WORD["sentence"])
    assert answer.status_code == 302
    assert SignedLink.objects.get().last_used_at is not None


def test_what_was_written_is_not_lost_on_an_error(client, promise, address):
    answer = client.post(address, {"sentence": "Wel een zin."})

    assert (answer.status_code, promise.updates.count()) == (422, 0)
    assert "Wel een zin." in answer.content.decode()


def test_thanks_lead_to_the_next_promise_that_waits(client, promise, address):
    waiting = CommitmentFactory(
        in_programme=promise.ambition.programme, organisation=promise.organisation, owner=promise.owner, late=True, what="De volgende"
    )

    page = client.post(address, WORD, follow=True).content.decode()

    assert "Nog 1 toezegging" in page
    assert "De volgende" in page
    assert signed_links.token(links.usable(waiting, promise.owner)).split(":")[0] in page


def test_thanks_say_when_nothing_waits(client, promise, address):
    CommitmentFactory(in_programme=promise.ambition.programme, late=True)

    page = client.post(address, WORD, follow=True).content.decode()

    assert "Er staat verder niets voor u open." in page


def test_done_closes_the_promise_and_the_link_shows_it(client, promise, address):
    client.post(address, WORD | {"report": "done"})

    assert Commitment.objects.get().state == "kept"
    assert "Er is niets meer te melden." in client.get(address).content.decode()
    assert client.post(address, {"report": "delayed", "sentence": "Toch niet."}).status_code == 422


def test_a_forged_address_is_kindly_unknown(client, promise):
    page = client.get(reverse("ambitions:link_update", args=["bedacht"]))

    assert page.status_code == 404
    assert "Wat u kunt doen" in page.content.decode()


@pytest.mark.parametrize("ending", ["expired", "withdrawn", "left", "inactive"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_ended_is_gone(client, promise, address, ending, method):
    if ending == "expired":
        SignedLink.objects.update(expires_at=timezone.now())
    elif ending == "withdrawn":
        links.withdraw(promise, by=promise.owner)
    elif ending == "left":
        Representative.objects.update(until=in_days(-1))
    else:
        type(promise.owner).objects.update(is_active=False)

    answer = getattr(client, method)(address, WORD)

    assert (answer.status_code, promise.updates.count()) == (410, 0)
    assert "wijkregisseur" in answer.content.decode()


def test_a_link_works_for_its_own_promise_only(client, promise):
    token = signed_links.create(purpose="something-else", object_id=promise.pk, user=promise.owner)

    assert client.get(reverse("ambitions:link_update", args=[token])).status_code == 404


def test_the_page_is_not_kept_or_indexed(client, address):
    page = client.get(address)

    assert "no-store" in page["Cache-Control"]
    assert 'content="noindex"' in page.content.decode()


def test_where_a_colleague_must_agree_the_link_says_so_and_keeps_the_words(client, promise, address):
    ApprovalRuleFactory(commitment=promise)

    page = client.post(address, WORD, follow=True).content.decode()
    again = client.get(address).content.decode()

    assert promise.updates.count() == 0
    assert "telt zodra een collega akkoord is" in page
    assert "Wacht op akkoord" in again
    assert WORD["sentence"] in again[again.index("<textarea") :]


def test_the_page_takes_few_queries(client, promise, address, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get(address)
