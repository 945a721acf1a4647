"""A change that was asked for at the yearly confirmation waits until the commitment changed or somebody says what was done."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from ambitions import change_requests, commitments
from ambitions.choices import CommitmentState
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import CommitmentFactory, WishFactory, in_days
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="voorbeeldwijk")


@pytest.fixture
def wish(programme):
    return WishFactory(commitment__in_programme=programme)


def waits(wish):
    return change_requests.of_programme(wish.commitment.ambition.programme).filter(pk=wish.pk).exists()


@pytest.mark.parametrize("change", [
    lambda row: commitments.edit(row, explanation="Tien woningen.", by=row.owner),
    lambda row: commitments.postpone(row, due_on=in_days(400), reason="Later.", by=row.owner),
    lambda row: commitments.end(row, state=CommitmentState.KEPT, by=row.owner),
])  # fmt: skip
def test_a_wish_waits_until_the_commitment_is_changed(wish, change):
    before = waits(wish)

    change(wish.commitment)

    assert (before, waits(wish)) == (True, False)


def test_another_responsible_person_is_no_answer_to_a_wish(wish):
    successor = RepresentativeFactory(organisation=wish.commitment.organisation).user

    commitments.edit(wish.commitment, owner=successor, by=successor)
    commitments.edit(wish.commitment, explanation=wish.commitment.explanation, by=successor)

    assert waits(wish)


def test_a_wish_of_another_commitment_goes_on_waiting(programme, wish):
    commitments.edit(CommitmentFactory(in_programme=programme, started=True), explanation="Anders.", by=wish.by)

    assert waits(wish)


def test_the_coordinator_says_once_what_was_done_with_it(wish):
    change_requests.settle(wish, how="Besproken: het blijft twaalf.", by=wish.by)

    with pytest.raises(ValidationError) as refusal:
        change_requests.settle(wish, how="Nog eens.", by=wish.by)
    assert (refusal.value.code, waits(wish)) == ("settled", False)
    assert Event.objects.get(kind="commitment.change_settled").new == {"text": "Besproken: het blijft twaalf."}


def test_settling_without_a_word_is_refused(wish):
    with pytest.raises(ValidationError) as refusal:
        change_requests.settle(wish, how="  ", by=wish.by)
    assert (refusal.value.code, waits(wish)) == ("no_reason", True)


def test_the_page_shows_the_wish_and_settles_it(client, programme, wish):
    client.force_login(MembershipFactory(programme=programme, role=Role.COORDINATOR).user)
    address = reverse("ambitions:change_settle", args=[programme.slug, wish.pk])
    page = client.get(address).content.decode()
    empty = client.post(address, {"how": ""}).status_code

    answer = client.post(address, {"how": "Besproken."})

    assert wish.text in page
    assert (empty, answer.status_code, waits(wish)) == (422, 302, False)
