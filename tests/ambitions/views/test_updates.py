"""All promises of the own organisation brought up to date on one page."""

import pytest
from django.urls import reverse

from ambitions.models import ProgressUpdate, Submission
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import ApprovalRuleFactory, CommitmentFactory, SubmissionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def speaker(programme):
    return RepresentativeFactory(in_programme=programme)


@pytest.fixture
def promises(programme, speaker):
    return CommitmentFactory.create_batch(3, in_programme=programme, organisation=speaker.organisation, started=True, quantity=10, unit="lampen")


@pytest.fixture
def address(programme):
    return reverse("ambitions:commitment_updates", args=[programme.slug])


def row(promise, report="on_track", sentence="Het loopt.", number=""):
    return {f"{promise.pk}-report": report, f"{promise.pk}-sentence": sentence, f"{promise.pk}-number": number}


def test_only_the_rows_that_are_filled_in_are_stored(signed_in, speaker, promises, address):
    one, other, empty = promises
    values = row(one, number="1.500,5") | row(other, "delayed", "Er is vertraging.") | row(empty, report="", sentence="")

    page = signed_in(speaker.user).post(address, values, follow=True).content.decode()

    assert "2 toezeggingen zijn bijgewerkt" in page
    found = {update.commitment: (update.report, update.sentence, update.number) for update in ProgressUpdate.objects.all()}
    assert found == {one: ("on_track", "Het loopt.", 1500.5), other: ("delayed", "Er is vertraging.", None)}


def test_errors_stand_with_their_row_and_nothing_typed_is_lost(signed_in, speaker, promises, address):
    good, half, wrong = promises
    values = row(good, sentence="Dit is goed.") | row(half, report="", sentence="Geen keuze gemaakt.") | row(wrong, number="veel", sentence="Verkeerd getal.")

    answer = signed_in(speaker.user).post(address, values)

    page = answer.content.decode()
    assert (answer.status_code, ProgressUpdate.objects.count()) == (422, 0)
    assert [f'href="#rij-{promise.pk}"' in page for promise in promises] == [False, True, True]
    assert all(typed in page for typed in ("Dit is goed.", "Geen keuze gemaakt.", "Verkeerd getal.", 'value="veel"'))
    assert "Kies een van de drie" in page[page.index(f'id="rij-{half.pk}"') :]


def test_a_row_that_is_refused_by_the_rules_keeps_all_others_back(signed_in, speaker, promises, address):
    one, other, _empty = promises
    ApprovalRuleFactory(commitment=one)
    SubmissionFactory(commitment=one)

    answer = signed_in(speaker.user).post(address, row(one, sentence="Eerste.") | row(other, sentence="Tweede."))

    page = answer.content.decode()
    assert (answer.status_code, Submission.objects.count()) == (422, 1)
    assert "die nog op akkoord wacht" in page
    assert "Eerste." in page
    assert "Tweede." in page


def test_nothing_filled_in_says_what_to_do(signed_in, speaker, promises, address):
    answer = signed_in(speaker.user).post(address, row(promises[0], report="", sentence=""))

    assert answer.status_code == 422
    assert "Er is nog niets ingevuld" in answer.content.decode()


def test_only_running_promises_of_the_own_organisation_stand_there(signed_in, speaker, promises, programme, address):
    others = [CommitmentFactory(in_programme=programme, started=True), CommitmentFactory(in_programme=programme, organisation=speaker.organisation, kept=True)]

    page = signed_in(speaker.user).get(address).content.decode()

    assert all(promise.what in page for promise in promises)
    assert not any(promise.what in page for promise in others)


def test_a_promise_of_another_organisation_cannot_be_slipped_in(signed_in, speaker, promises, programme, address):
    other = CommitmentFactory(in_programme=programme, started=True)

    signed_in(speaker.user).post(address, row(promises[0]) | row(other))

    assert [update.commitment for update in ProgressUpdate.objects.all()] == [promises[0]]


def test_where_a_second_person_has_to_agree_the_rows_are_sent_in(signed_in, speaker, promises, address):
    ApprovalRuleFactory(commitment=promises[0])

    page = signed_in(speaker.user).post(address, row(promises[0]) | row(promises[1]), follow=True).content.decode()

    assert "2 standen van zaken zijn ingestuurd" in page
    assert page.count("wacht op akkoord") == 2
    assert not ProgressUpdate.objects.exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_takes_constant_queries(signed_in, speaker, programme, address, rows, django_assert_num_queries):
    made = CommitmentFactory.create_batch(rows, in_programme=programme, organisation=speaker.organisation, started=True)
    browser = signed_in(speaker.user)

    with django_assert_num_queries(8):
        page = browser.get(address).content.decode()

    assert sum(promise.what in page for promise in made) == min(rows, 20)


def test_rows_of_a_later_page_are_stored_wherever_they_stand_by_then(signed_in, speaker, programme, address):
    made = CommitmentFactory.create_batch(25, in_programme=programme, organisation=speaker.organisation, started=True)

    signed_in(speaker.user).post(address + "?page=2", row(made[0]) | row(made[24]))

    assert set(ProgressUpdate.objects.values_list("commitment", flat=True)) == {made[0].pk, made[24].pk}


def test_the_page_works_on_a_phone_without_javascript(open_page, sign_in, speaker, promises, address):
    page = sign_in(open_page(390, javascript=False), speaker.user)
    page.goto(address)
    first = page.locator(f"#rij-{promises[0].pk}")

    first.get_by_label("op schema").check()
    first.get_by_label("In één zin").fill("Het loopt goed.")
    page.get_by_role("button", name="Opslaan wat is ingevuld").click()

    assert page.get_by_text("1 toezegging is bijgewerkt").is_visible()
