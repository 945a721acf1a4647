"""A second person of the organisation agrees with a word, or sends it back; only then does anything change."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.permissions import speaks_for
from ambitions import updates
from ambitions.choices import SubmissionState
from ambitions.models import Commitment, ProgressUpdate, Submission
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events, mails


@transaction.atomic
def approve(submission: Submission, *, by: User) -> ProgressUpdate:
    """Agree: the word becomes the latest update of its sender, and the state of the promise follows.

    Raises ValidationError (codes "decided", "own", "not_theirs", "not_in_force").
    """
    return _approve(submission, by)


def _approve(submission: Submission, by: User) -> ProgressUpdate:
    commitment, locked = _locked(submission, by)
    if not commitment.is_in_force:
        raise ValidationError(_("“%(what)s” has ended. Send the word back, or let the sender take it back."), code="not_in_force", params={"what": commitment.what})
    update = updates.store(commitment, by=locked.by, through_link=locked.through_link, approved_by=by, **locked.words)
    _decide(locked, SubmissionState.APPROVED, by, update=update)
    events.record("submission.approved", about=locked, by=by, programme=commitment.ambition.programme_id)
    return update


@transaction.atomic
def approve_all(submissions: Iterable[Submission], *, by: User) -> list[ProgressUpdate]:
    """Agree with many at once, or with none when one of them is refused: each as `approve` does it."""
    return [_approve(submission, by) for submission in sorted(submissions, key=lambda row: row.commitment_id)]


@transaction.atomic
def give_back(submission: Submission, *, reason: str, by: User) -> Submission:
    """Send a word back to its sender, who hears why by mail. Raises ValidationError (codes of `approve`, "no_reason")."""
    commitment, locked = _locked(submission, by)
    if not reason.strip():
        raise ValidationError(_("Say what has to be different."), code="no_reason")
    _decide(locked, SubmissionState.RETURNED, by, reason=reason.strip())
    programme = commitment.ambition.programme
    events.record("submission.returned", about=locked, by=by, programme=programme)
    mails.post(
        key=f"returned:{locked.pk}", to=locked.by.email, to_name=locked.by.name, template="ambitions/mail/returned.txt", purpose="submission.returned",
        about=locked, programme=programme,
        context={
            "programme": programme, "submission": locked, "commitment": commitment, "person": locked.by, "decider": by,
            "path": reverse("ambitions:commitment_update", args=[programme.slug, commitment.pk]),
        },
    )  # fmt: skip
    return locked


def _locked(submission: Submission, by: User) -> tuple[Commitment, Submission]:
    """Lock the promise and then the word, in the order in which a report does."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("ambition__programme", "organisation")
    commitment = rows.get(pk=submission.commitment_id)
    locked = Submission.objects.select_for_update(of=("self",)).select_related("by").get(pk=submission.pk)
    locked.commitment = commitment
    if not locked.is_open:
        raise ValidationError(_("Somebody has decided about “%(what)s” already."), code="decided", params={"what": commitment.what})
    if locked.by_id == by.pk:
        raise ValidationError(_("You sent this in yourself. A colleague has to agree with it."), code="own")
    if not speaks_for(by, locked.by_organisation_id):
        raise ValidationError(_("Only people of the organisation itself can decide about this."), code="not_theirs")
    return commitment, locked


def _decide(submission: Submission, state: SubmissionState, by: User, *, update: ProgressUpdate | None = None, reason: str = "") -> None:
    submission.state, submission.decided_by, submission.decided_at = state, by, timezone.now()
    submission.update, submission.reason = update, reason
    submission.save(update_fields=["state", "decided_by", "decided_at", "update", "reason"])
