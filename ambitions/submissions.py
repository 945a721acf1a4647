"""Words that wait for a second person of the organisation, where the organisation wants that."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation, Representative
from actors.permissions import speaks_for
from ambitions.choices import SubmissionState
from ambitions.models import ApprovalRule, Commitment, Submission
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events, mails
from wijkaanpak.neighbourhoods.models import Programme

ENOUGH = 2  # one who sends in, one who agrees


@transaction.atomic
def require(programme: Programme, *, organisation: Organisation, by: User) -> None:
    """From now on a second person agrees with every word; a second press changes nothing.

    Raises ValidationError (code "alone") when nobody else speaks for the organisation.
    """
    if speakers(organisation).count() < ENOUGH:
        raise ValidationError(_("Only one person speaks for this organisation. Add a second person first; otherwise nobody can agree."), code="alone")
    _made, is_new = ApprovalRule.objects.get_or_create(programme=programme, organisation=organisation, defaults={"set_by": by})
    if is_new:
        events.record("organisation.second_person_required", about=organisation, by=by, programme=programme)


@transaction.atomic
def require_no_more(programme: Programme, *, organisation: Organisation, by: User) -> None:
    """Words count at once again; what was sent in before still waits."""
    deleted, _rows = ApprovalRule.objects.filter(programme=programme, organisation=organisation).delete()
    if deleted:
        events.record("organisation.second_person_not_required", about=organisation, by=by, programme=programme)


def is_required(programme_id: int, organisation_id: int) -> bool:
    return ApprovalRule.objects.filter(programme=programme_id, organisation=organisation_id).exists()


def waits_for_agreement(commitment: Commitment, by: User) -> bool:
    """Whether a word of this person must be agreed first: people of the organisation itself, where it wants that. Needs the ambition."""
    return speaks_for(by, commitment.organisation_id) and is_required(commitment.ambition.programme_id, commitment.organisation_id)


def speakers(organisation: Organisation) -> QuerySet[Representative]:
    return Representative.objects.active().filter(organisation=organisation, user__is_active=True).select_related("user").order_by("pk")


def submit(commitment: Commitment, *, by: User, through_link: bool, **words: Any) -> Submission:
    """Keep a word until a second person agrees; a later one of the same person takes the place of the earlier.

    Runs in the transaction of the report, with the commitment locked. Raises ValidationError (code "waits").
    """
    present = commitment.submissions.open().select_related("by").first()
    if present and present.by_id != by.pk:
        raise ValidationError(
            _("%(person)s sent in a word that still waits for agreement. Agree with it or send it back first."), code="waits", params={"person": present.by}
        )
    if present:
        _lay_aside(present)
    made = Submission.objects.create(commitment=commitment, by=by, by_organisation=commitment.organisation, through_link=through_link, **words)
    events.record("submission.sent_in", about=made, by=by, programme=commitment.ambition.programme_id)
    _tell_colleagues(made, commitment.ambition.programme)
    return made


def sent_just_now(commitment: Commitment, *, report: str, sentence: str, by: User, within: timedelta) -> Submission | None:
    """The same words of the same person that wait already: a button pressed twice."""
    since = timezone.now() - within
    return commitment.submissions.open().filter(report=report, sentence=sentence, by=by, at__gte=since).first()


def _tell_colleagues(made: Submission, programme: Programme) -> None:
    """One mail a day to everybody who may agree."""
    path = reverse("ambitions:approval_list", args=[programme.slug])
    for speaker in speakers(made.by_organisation).exclude(user=made.by_id):
        mails.post(
            key=f"agreement:{programme.pk}:{made.by_organisation_id}:{speaker.user_id}:{timezone.localdate()}", to=speaker.user.email, to_name=speaker.user.name,
            template="ambitions/mail/agreement.txt", purpose="submission.sent_in", about=made, programme=programme,
            context={"programme": programme, "person": speaker.user, "sender": made.by, "path": path},
        )  # fmt: skip


@transaction.atomic
def withdraw(submission: Submission, *, by: User) -> None:
    """Take back what one sent in oneself. Raises ValidationError (codes "decided", "not_own")."""
    locked = Submission.objects.select_for_update(of=("self",)).select_related("commitment__ambition").get(pk=submission.pk)
    if not locked.is_open:
        raise ValidationError(_("Somebody has decided about this word already."), code="decided")
    if locked.by_id != by.pk:
        raise ValidationError(_("Only who sent it in can take it back. Send it back with a reason instead."), code="not_own")
    _lay_aside(locked)
    events.record("submission.withdrawn", about=locked, by=by, programme=locked.commitment.ambition.programme_id)


def _lay_aside(submission: Submission) -> None:
    submission.state, submission.decided_at = SubmissionState.WITHDRAWN, timezone.now()
    submission.save(update_fields=["state", "decided_at"])


def latest(commitment: Commitment, user: User) -> Submission | None:
    """The last word that was sent in, when the user may read it and it waits or was sent back to this user. One query."""
    found = commitment.submissions.readable_by(user).select_related("by", "decided_by").order_by("-at", "-pk").first()
    if found is None or not (found.is_open or (found.is_returned and found.by_id == user.pk)):
        return None
    return found
