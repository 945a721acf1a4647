"""Mails are stored with their cause and go out once."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from tests.journal.factories import MailFactory
from tests.neighbourhoods.factories import ProgrammeFactory
from wijkaanpak.journal import mails
from wijkaanpak.journal.choices import MailState
from wijkaanpak.journal.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _letter(settings, tmp_path):
    (tmp_path / "letter.txt").write_text("Subject: {{ place }}:   a word\n\nDear {{ name }},\n{{ base_url }}/x/\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    settings.BASE_URL = "https://wijk.example/"


def post(**changes):
    values = {"key": "k", "to": "ada@voorbeeld.example", "template": "letter.txt", "purpose": "test", "context": {"place": "Oost", "name": "d'Arc & Co"}}
    return mails.post(**values | changes)


class Refusing(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused({})


def test_a_mail_is_plain_text_with_its_subject_first():
    mail = post(to_name="Ada")

    assert (mail.subject, mail.text) == ("Oost: a word", "Dear d'Arc & Co,\nhttps://wijk.example/x/\n")
    assert mail.state == MailState.QUEUED


def test_the_same_key_is_stored_once():
    assert post() == post(to="bob@voorbeeld.example")
    assert Mail.objects.count() == 1


def test_a_mail_disappears_with_the_change_that_caused_it():
    with transaction.atomic():
        post()
        transaction.set_rollback(True)

    assert not Mail.objects.exists()


def test_a_mail_knows_what_it_is_about():
    programme = ProgrammeFactory()
    mail = post(about=programme, programme=programme)

    assert (mail.subject_type, mail.subject_id, mail.programme_id) == ("neighbourhoods.programme", programme.pk, programme.pk)


def test_a_mail_goes_out_once():
    mail = post()

    mails.deliver(mail.pk)
    mails.deliver(mail.pk)

    sent = outbox.outbox
    assert [(message.to, message.subject) for message in sent] == [(["ada@voorbeeld.example"], "Oost: a word")]
    mail.refresh_from_db()
    assert (mail.state, mail.error) == (MailState.SENT, "")


def test_a_mail_being_sent_belongs_to_its_sender():
    mail = MailFactory(state=MailState.SENDING, claimed_at=timezone.now())

    mails.deliver(mail.pk)

    assert outbox.outbox == []


def test_a_mail_of_a_killed_sender_goes_out_later():
    MailFactory(state=MailState.SENDING, claimed_at=timezone.now() - timedelta(minutes=6))

    mails.deliver_waiting()

    assert len(outbox.outbox) == 1


def test_a_mail_waits_for_its_moment():
    MailFactory(send_after=timezone.now() + timedelta(hours=1))

    mails.deliver_waiting()

    assert outbox.outbox == []


def test_waiting_mails_go_out_oldest_first():
    MailFactory(subject="first")
    MailFactory(subject="second")

    mails.deliver_waiting()

    assert [message.subject for message in outbox.outbox] == ["first", "second"]


def test_a_refused_mail_is_tried_again_later(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    mail = MailFactory()

    mails.deliver(mail.pk)

    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 1)
    assert timezone.now() + timedelta(minutes=1) < mail.send_after < timezone.now() + timedelta(minutes=3)


def test_a_mail_refused_five_times_is_given_up(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    mail = MailFactory(attempts=mails.ATTEMPTS - 1)

    mails.deliver(mail.pk)

    mail.refresh_from_db()
    assert mail.state == MailState.FAILED


def test_another_attempt_carries_the_same_message_id():
    mail = MailFactory()
    mails.deliver(mail.pk)
    Mail.objects.filter(pk=mail.pk).update(state=MailState.QUEUED, sent_at=None)
    mails.deliver(mail.pk)

    first, second = (message.extra_headers["Message-ID"] for message in outbox.outbox)
    assert first == second


def test_a_mail_can_be_stopped_with_one_press_in_the_mail_program():
    mails.deliver(post(unsubscribe_path="/stop/" + "x" * 90 + "/").pk)

    sent = outbox.outbox[0].message()
    assert sent["List-Unsubscribe"] == "<https://wijk.example/stop/" + "x" * 90 + "/>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_that_cannot_be_stopped_offers_no_button():
    mails.deliver(post().pk)

    assert not {"List-Unsubscribe", "List-Unsubscribe-Post"} & set(outbox.outbox[0].extra_headers)
