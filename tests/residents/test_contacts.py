import datetime
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from residents import codes, contacts, inputs, tasks
from residents.models import Contact, ResidentInput
from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import ProgrammeFactory
from tests.residents.factories import ContactFactory, ResidentInputFactory
from wijkaanpak.journal.choices import MailState
from wijkaanpak.journal.models import Event, Mail

pytestmark = pytest.mark.django_db
ADDRESS = "bewoner@voorbeeld.example"


def receive_with_mail():
    stored, _code = inputs.receive(
        programme=ProgrammeFactory(is_public=True, name="Voorbeeldwijk"), kind="idea", text="Een bank.", form_key=uuid.uuid4(),
        email=ADDRESS, wants_updates=True,
    )
    return stored.contact, codes.verification_token(stored.form_key, ADDRESS)


def test_before_the_proof_one_mail_goes_out_and_no_other():
    contact, token = receive_with_mail()
    inputs.publish(contact.input, public_text="Een bank.", by=UserFactory())

    mail = Mail.objects.get()
    assert (mail.to, mail.purpose, mail.is_personal) == (ADDRESS, "residents.received", True)
    assert token in mail.text


def test_the_proof_brings_the_news_that_was_missed():
    contact, token = receive_with_mail()
    inputs.publish(contact.input, public_text="Een bank.", by=UserFactory())

    contacts.verify(contact, token=token)

    assert [mail.purpose for mail in Mail.objects.order_by("pk")] == ["residents.received", "residents.published"]


def test_another_token_proves_nothing():
    contact, _token = receive_with_mail()

    with pytest.raises(ValidationError) as refusal:
        contacts.verify(contact, token="0" * 32)

    assert refusal.value.code == "wrong_token"
    assert Contact.objects.get().verified_at is None


def test_proving_twice_is_no_harm():
    contact, token = receive_with_mail()

    moments = {contacts.verify(contact, token=token).verified_at for _time in range(2)}

    assert len(moments) == 1
    assert Event.objects.filter(kind="contact.verified").count() == 1


def test_who_stopped_the_mails_hears_nothing_more():
    contact = ContactFactory(input=ResidentInputFactory())
    contacts.unsubscribe(contact)

    inputs.publish(contact.input, public_text="Een bank.", by=UserFactory())

    assert not Mail.objects.exists()


def test_erasing_takes_the_address_and_the_mails_and_leaves_the_input():
    contact, _token = receive_with_mail()

    assert contacts.erase(contact.input)

    mail = Mail.objects.get()
    assert (mail.to, mail.subject, mail.text, mail.state) == ("", "", "", MailState.FAILED)
    assert not Contact.objects.exists()
    assert ResidentInput.objects.get().text == "Een bank."


def test_erasing_is_written_down_without_the_address():
    contact, _token = receive_with_mail()
    contacts.erase(contact.input)

    assert Event.objects.filter(kind="contact.erased").get().new == {"why": "asked"}
    assert ADDRESS not in str(list(Event.objects.values()))


def test_erasing_twice_says_there_was_nothing():
    contact, _token = receive_with_mail()

    assert [contacts.erase(contact.input), contacts.erase(contact.input)] == [True, False]


def test_the_nightly_task_erases_what_is_past_its_date_and_nothing_else():
    today = timezone.localdate()
    ContactFactory(erase_on=today)
    kept = ContactFactory(erase_on=today + datetime.timedelta(days=1))

    tasks.erase_expired_contacts()

    assert Contact.objects.get() == kept
    assert Event.objects.get().new == {"why": "term"}


def test_an_address_nobody_proves_goes_after_thirty_days():
    contact, _token = receive_with_mail()

    assert contact.erase_on == timezone.localdate() + datetime.timedelta(days=30)


@pytest.mark.parametrize(("day", "later"), [("2027-03-01", "2028-03-01"), ("2028-02-29", "2029-02-28")])
def test_a_year_after(day, later):
    assert contacts.a_year_after(datetime.date.fromisoformat(day)).isoformat() == later
