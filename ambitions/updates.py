"""A dated word on a commitment, by name and organisation."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation
from actors.permissions import organisation_ids, speaks_for
from ambitions import escalations, submissions
from ambitions.choices import CommitmentState, Report, StepEnd
from ambitions.models import Commitment, ProgressUpdate, Submission
from ambitions.signals import commitment_changed, commitment_reported
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events

TWICE = timedelta(minutes=10)


@transaction.atomic
def report(
    commitment: Commitment, *, report: str, sentence: str, by: User, number: Decimal | None = None, proof: str = "",
    through_link: bool = False,
) -> ProgressUpdate | Submission:
    """Store a word of the owner, or keep it until a second person agrees where the organisation wants that.
    The same words by the same person within ten minutes are a button pressed twice, and stored once.
    Raises ValidationError (codes "not_in_force", "waits").
    """
    query = Commitment.objects.select_for_update(of=("self",)).select_related("ambition__programme", "organisation")
    locked = query.get(pk=commitment.pk)
    if said := _said_just_now(locked, report, sentence, by):
        return said
    if not locked.is_in_force:
        raise ValidationError(_("This commitment is not in progress, so there is nothing to report."), code="not_in_force")
    keep = submissions.submit if submissions.waits_for_agreement(locked, by) else store
    return keep(locked, report=report, sentence=sentence, number=number, proof=proof, by=by, through_link=through_link)


def store(commitment: Commitment, *, report: str, sentence: str, by: User, through_link: bool, approved_by: User | None = None, **more: Any) -> ProgressUpdate:
    """Let a word count: the first one starts the work, "done" marks the promise as kept at once, and any ends the step that waits for one.

    Runs in the transaction of its caller, with the commitment locked.
    """
    update = ProgressUpdate.objects.create(
        commitment=commitment, report=report, sentence=sentence, by=by, by_organisation=_organisation(by, commitment), through_link=through_link, **more
    )
    _move_on(commitment, report, by)
    escalations.settle(commitment, StepEnd.WORD)
    agreed = {"approved_by": str(approved_by)} if approved_by else {}
    events.record(
        "commitment.reported", about=commitment, by=by, programme=commitment.ambition.programme_id,
        new={"report": report, "sentence": sentence, "through_link": through_link, **agreed},
    )
    commitment_reported.send(sender=Commitment, commitment=commitment, update=update)
    return update


@transaction.atomic
def report_all(words: dict[Commitment, dict[str, Any]], *, by: User) -> list[ProgressUpdate | Submission]:
    """Report on many commitments, each as `report` does it, or on none when one of them is refused.

    Raises ValidationError with the refusals by the number of the commitment.
    """
    made, refused = [], {}
    for commitment in sorted(words, key=lambda row: row.pk):
        try:
            made.append(report(commitment, by=by, **words[commitment]))
        except ValidationError as error:
            refused[str(commitment.pk)] = error
    if refused:
        raise ValidationError(refused)
    return made


def _move_on(commitment: Commitment, report: str, by: User) -> None:
    """Agreed becomes in progress with the first word; "done" ends it, self-reported, by whom is in the log."""
    old = commitment.state
    if report == Report.DONE:
        commitment.state, commitment.ended_at = CommitmentState.KEPT, timezone.now()
    else:
        commitment.state = CommitmentState.IN_PROGRESS
    commitment.save(update_fields=["state", "ended_at"])
    if report == Report.DONE:
        events.record(
            "commitment.kept", about=commitment, by=by, programme=commitment.ambition.programme_id,
            old={"state": old}, new={"state": CommitmentState.KEPT.value, "self_reported": True},
        )
        commitment_changed.send(sender=Commitment, commitment=commitment, what="ended")


def _said_just_now(commitment: Commitment, report: str, sentence: str, by: User) -> ProgressUpdate | Submission | None:
    if waiting := submissions.sent_just_now(commitment, report=report, sentence=sentence, by=by, within=TWICE):
        return waiting
    last = commitment.updates.order_by("-at", "-pk").first()
    if last is None or last.at < timezone.now() - TWICE:
        return None
    return last if (last.report, last.sentence, last.by_id) == (report, sentence, by.pk) else None


def _organisation(by: User, commitment: Commitment) -> Organisation:
    """The organisation the word is given for: the owner's, unless a coordinator speaks for a partner of their own."""
    if speaks_for(by, commitment.organisation_id):
        return commitment.organisation
    own = Organisation.objects.filter(pk__in=organisation_ids(by)).in_programme(commitment.ambition.programme_id)
    return own.first() or commitment.organisation
