"""Asking the partners about a text until a day, asking again when it changes, and reminding who has not reacted."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors import speakers
from actors.models import Organisation, Representative
from ambitions import support, texts
from ambitions.models import Ambition, Consultation, Support
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events, jobs, mails
from wijkaanpak.journal.models import Job, Mail

JOB = "ambitions.remind_consulted"
REMIND_BEFORE = timedelta(days=7)  # so long before the closing day, who has not reacted is reminded
SETTLED = timedelta(days=2)  # nobody is reminded of what was asked so recently


def present(ambition: Ambition) -> Consultation | None:
    """The text the partners are asked about now, or the last one they were asked about; None when they never were. One query."""
    return ambition.consultations.order_by("-opened_at", "-pk").first()


def parts(consultation: Consultation) -> list[texts.Part]:
    return texts.parts(sentence=consultation.sentence, why=consultation.why, goals=consultation.goals)


def put(ambition: Ambition, *, by: User) -> Consultation:
    """Keep the present text as the one the partners are asked about, until the closing day of the ambition; needs the locked row.

    An earlier text that nobody reacted to is replaced; one with reactions ends and stays readable.
    """
    values = {
        "version": ambition.text_version(), "sentence": ambition.revised_sentence or ambition.sentence,
        "why": ambition.revised_why if ambition.is_being_revised else ambition.why, "goals": texts.frozen_goals(ambition),
        "closes_on": ambition.consultation_closes_on,
    }  # fmt: skip
    asked = ambition.consultations.open().first()
    if asked and not asked.reactions.exists():
        ambition.consultations.filter(pk=asked.pk).update(**values)
        return asked
    end(ambition)
    return Consultation.objects.create(ambition=ambition, opened_by=by, **values)


def text_changed(ambition: Ambition, *, by: User) -> None:
    """What the partners are asked about became something else: they are asked again, and earlier support was about other words."""
    if ambition.is_in_consultation:
        support.set_aside(ambition)
        put(ambition, by=by)


def end(ambition: Ambition, *, left_unanswered: str = "") -> None:
    ambition.consultations.open().update(ended_at=timezone.now(), left_unanswered=left_unanswered.strip())


@transaction.atomic
def extend(ambition: Ambition, *, closes_on: date, reason: str, by: User) -> Ambition:
    """Give the partners more time, with the reason; they hear of it by mail.

    Raises ValidationError (codes "not_in_consultation", "not_later", "in_the_past", "no_reason").
    """
    locked = Ambition.objects.select_for_update(of=("self",)).get(pk=ambition.pk)
    before = locked.consultation_closes_on
    if not locked.is_in_consultation or before is None:
        raise ValidationError(_("The partners are not asked about this ambition now."), code="not_in_consultation")
    if closes_on <= before:
        raise ValidationError(_("Choose a day after the present closing date."), code="not_later")
    if closes_on < timezone.localdate():
        raise ValidationError(_("Choose a closing date that has not passed."), code="in_the_past")
    if not reason.strip():
        raise ValidationError(_("Say why the partners get more time."), code="no_reason")
    locked.consultation_closes_on = closes_on
    locked.save(update_fields=["consultation_closes_on"])
    locked.consultations.open().update(closes_on=closes_on)
    support.ask(locked)
    events.record(
        "ambition.consultation_extended", about=locked, by=by, programme=locked.programme_id,
        old={"closes_on": before.isoformat()}, new={"closes_on": closes_on.isoformat(), "reason": reason.strip()},
    )
    return locked


def silent(consultation: Consultation) -> list[Organisation]:
    """Partners that neither reacted to this text nor gave their view on it: never taken for agreement. One query."""
    spoke = Support.objects.current().filter(ambition=consultation.ambition_id, version=consultation.version)
    partners = Organisation.objects.in_programme(consultation.ambition.programme_id)
    return list(partners.exclude(pk__in=consultation.reactions.values("organisation")).exclude(pk__in=spoke.values("organisation")))


def plan(today: date | None = None) -> Job:
    """Put the round of a day in the job list."""
    return jobs.round_of(JOB, today)


@jobs.handles(JOB)
def remind(run: jobs.Run) -> None:
    """Remind every partner that has not reacted, once for each text, a week before the closing day."""
    sent = sum(remind_silent(row) for row in run.through(list(closing(run.day)), _("Writing reminders")))
    with run.finishing(mails=sent):
        pass


def closing(today: date) -> Sequence[Consultation]:
    """Texts whose closing day comes near, and that were not put to the partners just now."""
    near = Consultation.objects.open().filter(closes_on__gte=today, closes_on__lte=today + REMIND_BEFORE, opened_at__date__lte=today - SETTLED)
    return near.select_related("ambition__programme").order_by("pk")


@transaction.atomic
def remind_silent(consultation: Consultation) -> int:
    """Mail who speaks for each partner that has not reacted; return how many mails were written."""
    return sum(_mail(consultation, people[0]) for people in speakers.in_order(silent(consultation)).values())


def _mail(consultation: Consultation, person: Representative) -> bool:
    """Write the one reminder an organisation gets about a text; tell whether it is new."""
    key = f"consultation-reminder:{consultation.pk}:{person.organisation_id}"
    if Mail.objects.filter(key=key).exists():
        return False
    ambition = consultation.ambition
    mails.post(
        key=key, to=person.user.email, to_name=person.user.name, template="ambitions/mail/consultation_reminder.txt",
        purpose="consultation.reminder", about=ambition, programme=ambition.programme,
        context={
            "programme": ambition.programme, "sentence": consultation.sentence, "person": person.user, "organisation": person.organisation,
            "closes_on": consultation.closes_on,
            "path": reverse("ambitions:reaction_give", args=[ambition.programme.slug, ambition.number, person.organisation_id]),
        },
    )  # fmt: skip
    return True
