import datetime

import pytest
from django.utils import timezone

from ambitions import commitments, updates
from ambitions.choices import Report, Visibility
from residents import answers, codes, contacts, inputs
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory
from tests.ambitions.factories import CommitmentFactory
from tests.residents.factories import ContactFactory, InputLinkFactory, ResidentInputFactory
from wijkaanpak.journal.models import Mail
from wijkaanpak.neighbourhoods.models import Programme

pytestmark = pytest.mark.django_db


def linked_commitment(**values):
    contact = ContactFactory(input=ResidentInputFactory(published=True, language=values.pop("language", "nl")))
    commitment = CommitmentFactory(
        started=True, in_programme=contact.input.programme, **{"visibility": Visibility.PUBLIC, **values}
    )
    InputLinkFactory(input=contact.input, commitment=commitment)
    return contact, commitment


def report(commitment, sentence="De bank is besteld."):
    return updates.report(commitment, report=Report.ON_TRACK, sentence=sentence, by=commitment.owner)


def test_the_sender_hears_of_every_step():
    contact = ContactFactory()
    organisation = OrganisationFactory(in_programme=contact.input.programme)
    inputs.publish(contact.input, public_text="Een bank.", by=UserFactory())
    answers.give(contact.input, end_state="will_do", reason="In maart.", organisation=organisation, by=UserFactory())

    assert [mail.purpose for mail in Mail.objects.order_by("pk")] == ["residents.published", "residents.answered"]
    assert all(codes.code_of(contact.input) in mail.text for mail in Mail.objects.all())


def test_mails_to_a_sender_can_be_stopped_and_the_one_that_asks_for_proof_cannot():
    resident_input = ResidentInputFactory()
    contact = contacts.keep(resident_input, email="bewoner@voorbeeld.example", wants_updates=True, may_be_asked=False)
    contacts.verify(contact, token=codes.verification_token(resident_input.form_key, contact.email))
    inputs.publish(resident_input, public_text="Een bank.", by=UserFactory())

    stops = dict(Mail.objects.values_list("purpose", "unsubscribe_url"))
    assert stops["residents.received"] == ""
    assert stops["residents.published"].endswith(f"/volg/{codes.code_of(resident_input)}/afmelden/")


def test_a_refusal_names_the_house_rule_to_the_sender():
    contact = ContactFactory()

    inputs.refuse(contact.input, house_rule="advertising", note="Geen reclame graag.", by=UserFactory())

    assert "Geen reclame graag." in Mail.objects.get().text


def test_a_subject_begins_with_the_neighbourhood():
    contact = ContactFactory()
    Programme.objects.filter(pk=contact.input.programme_id).update(name="'t Voorbeeld & omstreken")

    inputs.publish(contact.input, public_text="Een bank.", by=UserFactory())

    assert Mail.objects.get().subject.startswith("'t Voorbeeld & omstreken: ")


def test_a_public_word_on_a_linked_commitment_reaches_the_sender_once():
    contact, commitment = linked_commitment()

    for _press in range(2):
        report(commitment)

    mail = Mail.objects.get()
    assert (mail.to, mail.is_personal) == (contact.email, True)
    assert "De bank is besteld." in mail.text


@pytest.mark.parametrize("values", [{"visibility": Visibility.PARTNERS}, {"visibility": Visibility.INTERNAL}])
def test_a_word_that_is_not_public_stays_inside(values):
    _contact, commitment = linked_commitment(**values)

    report(commitment)

    assert not Mail.objects.filter(is_personal=True).exists()


def test_the_sender_hears_that_a_date_moved_and_that_a_promise_was_not_kept():
    _contact, commitment = linked_commitment()

    commitments.postpone(commitment, due_on=commitment.due_on + datetime.timedelta(days=30), reason="Levertijd.", by=commitment.owner)
    commitments.end(commitment, state="not_kept", reason="Geen geld.", by=commitment.owner)

    assert Mail.objects.filter(purpose="residents.changed").count() == 2
    assert "Geen geld." in Mail.objects.first().text


def test_a_mail_is_in_the_language_of_the_form():
    _contact, commitment = linked_commitment(language="en")

    report(commitment)

    assert "news about what you told us" in Mail.objects.get().subject


def test_nobody_is_mailed_about_an_input_that_was_withdrawn():
    contact, commitment = linked_commitment()
    inputs.refuse(contact.input, house_rule="personal", by=UserFactory())
    Mail.objects.all().delete()

    report(commitment)

    assert not Mail.objects.exists()


def test_the_term_of_erasing_is_counted_from_today():
    contact = ContactFactory()
    inputs.refuse(contact.input, house_rule="unclear", by=UserFactory())

    contact.refresh_from_db()
    assert contact.erase_on > timezone.localdate() + datetime.timedelta(days=360)


def test_a_mail_in_arabic_begins_at_the_right_and_leaves_dutch_lines_alone():
    _contact, commitment = linked_commitment(language="ar")

    report(commitment)

    mail = Mail.objects.get()
    assert mail.subject.startswith("\u200f\u2068")  # a mark of direction, then the name of the programme set apart
    assert [line[:1] for line in mail.text.splitlines() if "خبر" in line or "أنت قلت" in line] == ["\u200f"]
    assert "\n“De bank is besteld.”\n" in mail.text
