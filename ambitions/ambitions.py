"""What happens to an ambition: drafted, put to the partners, adopted as a frozen version, revised, closed."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ambitions import consultations, reactions, support
from ambitions.choices import AmbitionState, CommitmentState
from ambitions.models import Ambition, AmbitionVersion
from ambitions.texts import frozen_goals
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Area, Programme, Theme


@transaction.atomic
def draft(programme: Programme, *, theme: Theme, sentence: str, why: str, by: User, areas: Iterable[Area] = ()) -> Ambition:
    """Write a first text; it gets the next number of the programme."""
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    number = (programme.ambitions.aggregate(last=Max("number"))["last"] or 0) + 1
    ambition = Ambition.objects.create(
        programme=programme, number=number, theme=theme, sentence=sentence, why=why, created_by=by
    )
    ambition.areas.set(areas)
    events.record("ambition.drafted", about=ambition, by=by, programme=programme, new={"sentence": sentence})
    return ambition


@transaction.atomic
def revise(
    ambition: Ambition, *, sentence: str, why: str, by: User, theme: Theme | None = None, areas: Iterable[Area] | None = None
) -> Ambition:
    """Change the text. Of an adopted ambition the text in force stays until the revision is adopted.

    A text that changes while the partners are asked about it is put to them again.
    Raises ValidationError (code "closed").
    """
    locked = _locked(ambition)
    _refuse_closed(locked)
    old = {"sentence": locked.sentence, "why": locked.why}
    changed = _write_text(locked, sentence=sentence, why=why)
    if theme is not None:
        locked.theme = theme
    if areas is not None:
        locked.areas.set(areas)
    locked.save()
    if changed:
        consultations.text_changed(locked, by=by)
    events.record(
        "ambition.revised", about=locked, by=by, programme=locked.programme_id, old=old, new={"sentence": sentence, "why": why}
    )
    return locked


def _write_text(ambition: Ambition, *, sentence: str, why: str) -> bool:
    """Put the text where it belongs, and tell whether the text the partners see became another one."""
    fields = ("revised_sentence", "revised_why") if ambition.state == AmbitionState.ADOPTED else ("sentence", "why")
    before = [getattr(ambition, field) for field in fields]
    for field, value in zip(fields, [sentence, why], strict=True):
        setattr(ambition, field, value)
    return before != [sentence, why]


@transaction.atomic
def drop_revision(ambition: Ambition, *, by: User) -> Ambition:
    """Leave a revision; the adopted text stays as it was."""
    locked = _locked(ambition)
    if not locked.is_being_revised:
        raise ValidationError(_("This ambition is not being revised."), code="not_revised")
    old = {"sentence": locked.revised_sentence}
    if locked.is_in_consultation:
        support.set_aside(locked)
    locked.revised_sentence = locked.revised_why = ""
    locked.consultation_closes_on = None
    locked.save()
    consultations.end(locked)
    events.record("ambition.revision_dropped", about=locked, by=by, programme=locked.programme_id, old=old)
    return locked


@transaction.atomic
def open_consultation(ambition: Ambition, *, closes_on: date, by: User) -> Ambition:
    """Ask the partners what they think of the draft or the revision. More time is given by `consultations.extend`.

    Raises ValidationError (codes "asked_already", "not_open_to_change", "in_the_past").
    """
    locked = _locked(ambition)
    if locked.is_in_consultation:
        raise ValidationError(_("The partners are asked already. Give them more time instead."), code="asked_already")
    if not locked.is_open_to_change:
        raise ValidationError(_("Revise the ambition first; there is no new text to ask about."), code="not_open_to_change")
    if closes_on < timezone.localdate():
        raise ValidationError(_("Choose a closing date that has not passed."), code="in_the_past")
    if locked.state == AmbitionState.DRAFT:
        locked.state = AmbitionState.CONSULTATION
    locked.consultation_closes_on = closes_on
    locked.save()
    consultations.put(locked, by=by)
    support.ask(locked)
    events.record(
        "ambition.consultation_opened", about=locked, by=by, programme=locked.programme_id,
        new={"closes_on": closes_on.isoformat(), "version": locked.text_version()},
    )
    return locked


@transaction.atomic
def adopt(ambition: Ambition, *, by: User, reason: str = "") -> AmbitionVersion:
    """Adopt the text the partners were asked about, as the next frozen version.

    Every reaction was answered, or the reason says why not.
    Raises ValidationError (codes "not_in_consultation", "unanswered").
    """
    locked = _locked(ambition)
    if not locked.is_in_consultation:
        raise ValidationError(_("Only an ambition in consultation can be adopted."), code="not_in_consultation")
    number = locked.text_version()
    unanswered = reactions.count_unanswered(locked, number)
    if unanswered and not reason.strip():
        raise ValidationError(_("Answer the reactions first, or say why they stay unanswered."), code="unanswered")
    _leave_unanswered(locked, unanswered, reason, by)
    if locked.is_being_revised:
        locked.sentence, locked.why = locked.revised_sentence, locked.revised_why
    locked.revised_sentence = locked.revised_why = ""
    locked.state, locked.consultation_closes_on = AmbitionState.ADOPTED, None
    locked.save()
    version = AmbitionVersion.objects.create(
        ambition=locked, number=number, sentence=locked.sentence, why=locked.why, goals=frozen_goals(locked), adopted_by=by
    )
    events.record("ambition.adopted", about=locked, by=by, programme=locked.programme_id, new={"version": number})
    return version


def _leave_unanswered(ambition: Ambition, number: int, reason: str, by: User) -> None:
    """End the consultation; record why reactions stay unanswered, if any do."""
    consultations.end(ambition, left_unanswered=reason if number else "")
    if number:
        new = {"reactions": number, "reason": reason.strip()}
        events.record("ambition.reactions_left", about=ambition, by=by, programme=ambition.programme_id, new=new)


@transaction.atomic
def close(ambition: Ambition, *, reason: str, by: User) -> Ambition:
    """End an ambition, with the reason. What was promised for it must have ended first.

    Raises ValidationError (codes "closed", "no_reason", "open_commitments").
    """
    locked = _locked(ambition)
    _refuse_closed(locked)
    if not reason.strip():
        raise ValidationError(_("Say why the ambition is closed."), code="no_reason")
    if locked.commitments.exclude(state__in=CommitmentState.ended()).exists():
        raise ValidationError(_("End the commitments of this ambition first."), code="open_commitments")
    locked.state, locked.closed_reason = AmbitionState.CLOSED, reason
    locked.revised_sentence = locked.revised_why = ""
    locked.consultation_closes_on = None
    locked.save()
    consultations.end(locked)
    events.record("ambition.closed", about=locked, by=by, programme=locked.programme_id, new={"reason": reason})
    return locked


@transaction.atomic
def reopen(ambition: Ambition, *, reason: str, by: User) -> Ambition:
    """Take a closed ambition up again: adopted when it once was, and a draft otherwise. The log keeps why it was closed.

    Raises ValidationError (codes "not_closed", "no_reason").
    """
    locked = _locked(ambition)
    if locked.state != AmbitionState.CLOSED:
        raise ValidationError(_("This ambition is not closed."), code="not_closed")
    if not reason.strip():
        raise ValidationError(_("Say why the ambition is taken up again."), code="no_reason")
    old = {"reason": locked.closed_reason}
    locked.state = AmbitionState.ADOPTED if locked.versions.exists() else AmbitionState.DRAFT
    locked.closed_reason = ""
    locked.save(update_fields=["state", "closed_reason"])
    events.record("ambition.reopened", about=locked, by=by, programme=locked.programme_id, old=old, new={"reason": reason.strip()})
    return locked


def _locked(ambition: Ambition) -> Ambition:
    return Ambition.objects.select_for_update(of=("self",)).get(pk=ambition.pk)


def _refuse_closed(ambition: Ambition) -> None:
    if ambition.state == AmbitionState.CLOSED:
        raise ValidationError(_("This ambition is closed."), code="closed")
