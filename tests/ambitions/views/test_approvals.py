"""Pages on which a second person agrees, and who sees what waits."""

import pytest
from django.urls import reverse

from ambitions.models import ApprovalRule, ProgressUpdate, Submission
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import ApprovalRuleFactory, CommitmentFactory, SubmissionFactory

pytestmark = pytest.mark.django_db
SECRET = "De steigers staan."


@pytest.fixture
def promise(programme):
    made = CommitmentFactory(in_programme=programme, agreed=True)
    ApprovalRuleFactory(commitment=made)
    return made


@pytest.fixture
def speaker(programme, promise):
    """Make somebody who speaks for the organisation: `speaker()`."""
    return lambda: RepresentativeFactory(in_programme=programme, organisation=promise.organisation).user


@pytest.fixture
def waiting(programme):
    return reverse("ambitions:approval_list", args=[programme.slug])


def of(name, promise, *args):
    return reverse(f"ambitions:{name}", args=[promise.ambition.programme.slug, *args])


def test_a_word_is_sent_in_and_then_agreed_with(signed_in, speaker, promise, waiting):
    sender, colleague = signed_in(speaker()), signed_in(speaker())
    filled = {"report": "done", "sentence": "Alles is klaar."}

    sent = sender.post(of("commitment_update", promise, promise.pk), filled, follow=True).content.decode()
    agreed = colleague.post(waiting, {"word": Submission.objects.get().pk})

    assert "Het telt zodra een collega akkoord is" in sent
    page = agreed.content.decode()
    assert "Zojuist akkoord" in page
    assert "nagekomen" in page
    assert promise.what in page


@pytest.mark.parametrize("rows", [1, 3])
def test_agreeing_shows_the_new_state_in_the_same_answer_within_twenty_queries(signed_in, speaker, promise, waiting, rows, django_assert_max_num_queries):
    for _number in range(rows - 1):
        SubmissionFactory(commitment=CommitmentFactory(ambition=promise.ambition, organisation=promise.organisation, started=True))
    sent, browser = SubmissionFactory(commitment=promise), signed_in(speaker())

    with django_assert_max_num_queries(20):
        page = browser.post(waiting, {"word": sent.pk}).content.decode()

    assert "op schema" in page[page.index("Zojuist akkoord") :]


@pytest.mark.parametrize(("kind", "expected"), {"stranger": 404, "reader": 403, "coordinator": 200, "administrator": 403, "representative": 200}.items())
def test_who_sees_that_something_waits(person, signed_in, promise, waiting, kind, expected):
    SubmissionFactory(commitment=promise)

    answer = signed_in(person(kind)).get(waiting)

    assert answer.status_code == expected
    assert SECRET not in answer.content.decode()
    assert (promise.what in answer.content.decode()) == (kind == "coordinator")


def test_colleagues_read_the_words_on_the_page_of_the_promise_and_others_do_not(person, signed_in, speaker, coordinator, promise):
    SubmissionFactory(commitment=promise)
    address = of("commitment_detail", promise, promise.pk)

    pages = [signed_in(user).get(address).content.decode() for user in (speaker(), coordinator, person("reader"))]

    assert [SECRET in page for page in pages] == [True, False, False]
    assert ["akkoord" in page[page.index("<main") : page.index("</main>")] for page in pages] == [True, True, False]


def test_who_sent_it_in_finds_no_button_to_agree(signed_in, speaker, promise, waiting):
    user = speaker()
    sent = SubmissionFactory(commitment=promise, by=user)

    page = signed_in(user).get(waiting).content.decode()
    answer = signed_in(user).post(waiting, {"word": sent.pk})

    assert 'type="checkbox"' not in page
    assert (answer.status_code, ProgressUpdate.objects.count()) == (422, 0)


def test_agreeing_with_nothing_says_what_to_do(signed_in, speaker, promise, waiting):
    answer = signed_in(speaker()).post(waiting, {"word": "onzin"})

    assert answer.status_code == 422
    assert "Kies ten minste één" in answer.content.decode()


def test_it_is_sent_back_with_a_reason_and_the_sender_finds_it_filled_in(signed_in, speaker, promise):
    sender = speaker()
    sent, colleague = SubmissionFactory(commitment=promise, by=sender), signed_in(speaker())
    address = of("submission_return", promise, sent.pk)

    empty = colleague.post(address, {"reason": ""})
    colleague.post(address, {"reason": "Noem de straat."})

    page = signed_in(sender).get(of("commitment_update", promise, promise.pk)).content.decode()
    assert empty.status_code == 422
    assert "Noem de straat." in page
    assert SECRET in page[page.index("<textarea") :]


def test_what_was_sent_in_by_another_organisation_is_not_found(person, signed_in, promise):
    sent = SubmissionFactory(commitment=promise)

    assert signed_in(person("representative")).get(of("submission_return", promise, sent.pk)).status_code == 404


def test_the_sender_takes_it_back(signed_in, speaker, promise):
    user = speaker()
    sent = SubmissionFactory(commitment=promise, by=user)

    signed_in(user).post(of("submission_withdraw", promise, sent.pk))

    assert not Submission.objects.open().exists()


def test_an_organisation_switches_it_on_and_off(signed_in, speaker, promise):
    speaker()
    ApprovalRule.objects.all().delete()
    address, browser = of("approval_rule", promise, promise.organisation_id), signed_in(speaker())

    found = []
    for values in ({"is_required": "on"}, {}):
        browser.post(address, values)
        found.append(ApprovalRule.objects.exists())

    assert found == [True, False]


def test_it_cannot_be_switched_on_for_one_person(signed_in, coordinator, promise):
    ApprovalRule.objects.all().delete()

    answer = signed_in(coordinator).post(of("approval_rule", promise, promise.organisation_id), {"is_required": "on"})

    assert answer.status_code == 422
    assert "Voeg eerst een tweede persoon toe" in answer.content.decode()
