import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from residents import answers
from residents.models import Answer, InputLink
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory
from tests.ambitions.factories import AmbitionFactory
from tests.residents.factories import ContactFactory, ResidentInputFactory
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


def give(resident_input, **values):
    given = {"end_state": "will_do", "reason": "In maart zetten we hem neer.", "by": UserFactory(), **values}
    given.setdefault("organisation", OrganisationFactory(in_programme=resident_input.programme))
    return answers.give(resident_input, **given)


def test_an_answer_closes_the_input_with_state_reason_and_organisation():
    resident_input = ResidentInputFactory(published=True)

    answer = give(resident_input)

    resident_input.refresh_from_db()
    assert resident_input.answered_at == answer.given_at
    assert Event.objects.about(resident_input).get().kind == "input.answered"


def test_a_later_answer_replaces_the_earlier_which_stays_readable():
    resident_input = ResidentInputFactory(published=True)
    first, second = give(resident_input), give(resident_input, end_state="done", reason="Hij staat er.")

    assert Answer.objects.current().get() == second
    first.refresh_from_db()
    assert first.replaced_at is not None


def test_the_first_answer_counts_for_the_term():
    resident_input = ResidentInputFactory(published=True)
    first = give(resident_input)
    give(resident_input, reason="Toch later.")

    resident_input.refresh_from_db()
    assert resident_input.answered_at == first.given_at


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"end_state": "maybe"}, "unknown_end_state"),
        ({"reason": "  "}, "no_reason"),
        ({"organisation": None}, "no_organisation"),
        ({"end_state": "part_of"}, "no_ambition"),
        ({"end_state": "elsewhere"}, "no_receiver"),
    ],
)
def test_nothing_closes_without_what_an_answer_needs(values, code):
    resident_input = ResidentInputFactory(published=True)

    with pytest.raises(ValidationError) as refusal:
        give(resident_input, **values)

    assert refusal.value.code == code
    resident_input.refresh_from_db()
    assert resident_input.answered_at is None


def test_an_input_is_published_before_it_is_answered():
    with pytest.raises(ValidationError) as refusal:
        give(ResidentInputFactory())

    assert refusal.value.code == "not_published"


def test_only_a_partner_of_the_programme_answers():
    with pytest.raises(ValidationError) as refusal:
        give(ResidentInputFactory(published=True), organisation=OrganisationFactory())

    assert refusal.value.code == "not_taking_part"


def test_an_ambition_of_another_programme_is_refused():
    with pytest.raises(ValidationError) as refusal:
        give(ResidentInputFactory(published=True), end_state="part_of", ambition=AmbitionFactory(adopted=True))

    assert refusal.value.code == "other_programme"


def test_an_answer_with_an_ambition_links_the_input_to_it():
    resident_input = ResidentInputFactory(published=True)
    ambition = AmbitionFactory(adopted=True, programme=resident_input.programme)

    give(resident_input, end_state="part_of", ambition=ambition)

    assert InputLink.objects.get().ambition == ambition


def test_contact_data_go_a_year_after_the_answer():
    contact = ContactFactory(input=ResidentInputFactory(published=True))

    give(contact.input)

    contact.refresh_from_db()
    assert 364 <= (contact.erase_on - timezone.localdate()).days <= 366
