"""Mails written with their cause and sent once, by whichever worker comes first."""

import unicodedata
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.template import Context, Engine
from django.utils import timezone, translation

from wijkaanpak.journal.choices import MailState
from wijkaanpak.journal.models import Mail

ATTEMPTS = 5
FROM_THE_RIGHT = "\u200f"  # a mark without width: plain text has no other way to say in which direction a line runs


def post(
    *, key, to, template, context, purpose, to_name="", about=None, programme=None, language="nl", is_personal=False, send_after=None,
    unsubscribe_path="",
):
    """Render and store a mail; the same `key` is stored once. Returns the row.

    `template` names a text template whose first line is "Subject: …", followed by an empty line and the text.
    `unsubscribe_path` is the page that stops these mails with one POST, without cookie or sign-in.
    """
    base_url = settings.BASE_URL.rstrip("/")
    with translation.override(language):
        # plain text: an apostrophe in a name must not become &#x27;
        words = Context({**context, "base_url": base_url}, autoescape=False)
        rendered = _directed(Engine.get_default().get_template(template).render(words).strip().removeprefix("Subject:").strip())
    first, _, text = rendered.partition("\n")
    mail, _created = Mail.objects.get_or_create(
        key=key,
        defaults={
            "to": to, "to_name": to_name, "purpose": purpose, "language": language, "is_personal": is_personal,
            "subject": " ".join(first.split())[:200], "text": text.strip() + "\n",
            "subject_type": about._meta.label_lower if about else "", "subject_id": about.pk if about else None,
            "programme_id": getattr(programme, "pk", programme), "send_after": send_after or timezone.now(),
            "unsubscribe_url": f"{base_url}{unsubscribe_path}" if unsubscribe_path else "",
        },
    )
    return mail


def _directed(text):
    """Let each line with letters of a right-to-left script begin at the right, also when a Dutch name comes first."""
    return "\n".join(FROM_THE_RIGHT + line if _runs_from_the_right(line) else line for line in text.split("\n"))


def _runs_from_the_right(line):
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in line)


def deliver(pk):
    """Send one mail if nobody else is doing so. A refused mail is tried again later, five times in all."""
    now = timezone.now()
    taken = Mail.objects.to_send().filter(pk=pk).update(
        state=MailState.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    if not taken:
        return
    mail = Mail.objects.get(pk=pk)
    try:
        _send(mail)
    except (SMTPException, OSError) as error:
        _postpone(mail, error)
    else:
        Mail.objects.filter(pk=pk).update(state=MailState.SENT, sent_at=timezone.now(), error="")


def _send(mail):
    message = EmailMultiAlternatives(
        mail.subject, mail.text, settings.DEFAULT_FROM_EMAIL, [mail.to],
        headers={
            "Message-ID": f"<mail-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S}@wijkaanpak>", "Auto-Submitted": "auto-generated", "Content-Language": mail.language,
            **_unsubscribing(mail),
        },
    )
    message.send()


def _unsubscribing(mail):
    """The headers behind the "unsubscribe" button of mail programs (RFC 2369 and RFC 8058)."""
    if not mail.unsubscribe_url:
        return {}
    return {"List-Unsubscribe": f"<{mail.unsubscribe_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _postpone(mail, error):
    state = MailState.FAILED if mail.attempts >= ATTEMPTS else MailState.QUEUED
    wait = timedelta(minutes=2 ** mail.attempts)
    Mail.objects.filter(pk=mail.pk).update(state=state, error=str(error)[:300], send_after=timezone.now() + wait)


def deliver_waiting():
    """Send every mail whose time has come, oldest first."""
    for pk in Mail.objects.to_send().order_by("pk").values_list("pk", flat=True)[:200]:
        deliver(pk)
