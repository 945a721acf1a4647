import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from residents import codes, inputs, spam, terms
from residents.choices import InputState
from residents.models import Contact, ResidentInput
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.neighbourhoods.factories import ProgrammeFactory
from tests.residents.factories import ContactFactory, ResidentInputFactory
from wijkaanpak.journal.models import Event, Mail

pytestmark = pytest.mark.django_db


def receive(**values):
    given = {"kind": "idea", "text": "Een bank bij de vijver.", "form_key": uuid.uuid4(), **values}
    return inputs.receive(programme=given.pop("programme", None) or ProgrammeFactory(is_public=True), **given)


def code_of_refusal(function, *args, **kwargs):
    with pytest.raises(ValidationError) as refusal:
        function(*args, **kwargs)
    return refusal.value.code


def test_an_input_waits_for_moderation_with_a_term_in_working_days():
    stored, code = receive(programme=ProgrammeFactory(is_public=True, answer_term_days=10))

    assert stored.state == InputState.AWAITING
    assert stored.answer_due_on == terms.after(timezone.localdate(), 10)
    assert ResidentInput.objects.behind_code(codes.fingerprints(code)).get() == stored


def test_the_code_itself_is_nowhere_in_the_table():
    stored, code = receive()

    row = ResidentInput.objects.filter(pk=stored.pk).values().get()
    assert code not in str(row)
    assert codes.normalised(code) not in str(row)


def test_sending_twice_stores_once_and_gives_the_same_code():
    key, programme = uuid.uuid4(), ProgrammeFactory(is_public=True)
    first, second = receive(form_key=key, programme=programme), receive(form_key=key, programme=programme)

    assert first == second
    assert ResidentInput.objects.count() == 1


def test_a_mail_address_added_when_sending_again_is_kept():
    key, programme = uuid.uuid4(), ProgrammeFactory(is_public=True)
    receive(form_key=key, programme=programme)
    receive(form_key=key, programme=programme, email="bewoner@voorbeeld.example", wants_updates=True)

    assert Contact.objects.get().email == "bewoner@voorbeeld.example"


def test_what_looks_like_spam_is_held_with_its_reasons():
    stored, _code = receive(verdict=spam.Verdict(5, ["trap"]))

    assert (stored.state, stored.spam_score, stored.spam_reasons) == (InputState.HELD, 5, ["trap"])


def test_the_log_knows_nothing_of_the_sender():
    receive(text="Ik ben Bewoner Voorbeeld", email="bewoner@voorbeeld.example", wants_updates=True)

    assert [event.kind for event in Event.objects.all()] == ["input.received"]
    assert not any(word in str(row) for row in Event.objects.values() for word in ("Voorbeeld", "@"))


def test_publishing_keeps_the_original_beside_a_shortened_text():
    resident_input, user = ResidentInputFactory(text="Mevrouw Voorbeeld wil een bank."), UserFactory()

    published = inputs.publish(resident_input, public_text="Zet er een bank.", by=user)

    assert (published.text, published.public_text) == ("Mevrouw Voorbeeld wil een bank.", "Zet er een bank.")
    assert published.was_shortened
    assert Event.objects.about(published).get().kind == "input.shortened"


@pytest.mark.parametrize(("state", "text", "code"), [("awaiting", "  ", "no_text"), ("published", None, "already_published")])
def test_publishing_is_refused(state, text, code):
    resident_input = ResidentInputFactory(**{state: True})

    assert code_of_refusal(inputs.publish, resident_input, public_text=text or resident_input.text, by=UserFactory()) == code


@pytest.mark.parametrize("state", ["held", "spam", "refused"])
def test_what_was_put_away_can_still_be_published(state):
    resident_input = ResidentInputFactory(**{state: True})

    assert inputs.publish(resident_input, public_text=resident_input.text, by=UserFactory()).is_published


def test_a_refusal_names_the_house_rule():
    refused = inputs.refuse(ResidentInputFactory(), house_rule="offensive", note="Zonder schelden mag het.", by=UserFactory())

    assert (refused.state, refused.house_rule, refused.moderation_note) == ("not_published", "offensive", "Zonder schelden mag het.")


@pytest.mark.parametrize(("state", "rule", "code"), [("awaiting", "", "no_rule"), ("refused", "unclear", "already_refused")])
def test_refusing_is_refused(state, rule, code):
    assert code_of_refusal(inputs.refuse, ResidentInputFactory(**{state: True}), house_rule=rule, by=UserFactory()) == code


def test_spam_is_put_away_and_never_deleted():
    inputs.mark_spam(ResidentInputFactory(held=True), by=UserFactory())

    assert ResidentInput.objects.get().state == InputState.SPAM


def test_a_published_input_cannot_be_called_spam():
    assert code_of_refusal(inputs.mark_spam, ResidentInputFactory(published=True), by=UserFactory()) == "published"


def test_handing_over_starts_the_term_of_the_organisation_and_tells_its_people():
    resident_input = ResidentInputFactory(published=True)
    organisation = OrganisationFactory(in_programme=resident_input.programme, answer_term_days=5)
    person = RepresentativeFactory(organisation=organisation).user

    routed = inputs.route(resident_input, organisation=organisation, by=UserFactory())

    assert routed.answer_due_on == terms.after(timezone.localdate(), 5)
    assert [mail.to for mail in Mail.objects.all()] == [person.email]


def test_taking_an_input_back_restores_the_term_of_the_programme():
    resident_input = ResidentInputFactory(handed_over=True)

    routed = inputs.route(resident_input, organisation=None, by=UserFactory())

    day = timezone.localtime(resident_input.received_at).date()
    assert (routed.handed_over_at, routed.answer_due_on) == (None, terms.after(day, resident_input.programme.answer_term_days))


def test_only_a_published_input_is_handed_over():
    assert code_of_refusal(inputs.route, ResidentInputFactory(), organisation=None, by=UserFactory()) == "not_published"


def test_an_organisation_outside_the_programme_gets_no_input():
    resident_input = ResidentInputFactory(published=True)

    assert code_of_refusal(inputs.route, resident_input, organisation=OrganisationFactory(), by=UserFactory()) == "not_taking_part"


def test_withdrawing_what_was_published_takes_it_off_the_site():
    resident_input = ResidentInputFactory(answered=True)
    ContactFactory(input=resident_input)

    inputs.refuse(resident_input, house_rule="personal", by=UserFactory())

    assert not ResidentInput.objects.public().exists()
