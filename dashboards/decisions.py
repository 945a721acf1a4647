"""Decisions: written down once, never changed, looked back on when that was agreed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dashboards import meetings
from dashboards.choices import Outcome
from dashboards.models import AgendaItem, Decision, DecisionReview, Meeting
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme


@transaction.atomic
def decide(
    meeting: Meeting, *, what: str, reason: str, by: User, alternatives: str = "", review_on: date | None = None, item: AgendaItem | None = None
) -> Decision:
    """Write down what a meeting decided. Raises ValidationError (codes "closed", "review")."""
    found = meetings.locked(meeting)
    if review_on and review_on <= found.held_on:
        raise ValidationError(_("Look back on a day after the meeting."), code="review")
    Programme.objects.select_for_update(of=("self",)).get(pk=found.programme_id)
    number = (Decision.objects.filter(programme=found.programme_id).aggregate(last=Max("number"))["last"] or 0) + 1
    decision = Decision.objects.create(
        programme=found.programme, number=number, meeting=found, item=item, body=found.body, decided_on=found.held_on, what=what.strip(),
        reason=reason.strip(), alternatives=alternatives.strip(), review_on=review_on, recorded_by=by,
    )
    new = {"number": number, "what": decision.what, "reason": decision.reason}
    events.record("decision.made", about=decision, by=by, programme=found.programme_id, new=new)
    return decision


@transaction.atomic
def look_back(decision: Decision, *, outcome: str, text: str, by: User, next_on: date | None = None) -> DecisionReview:
    """Say whether a decision stays. Raises ValidationError (codes "stopped", "ends")."""
    found = Decision.objects.with_review().select_for_update(of=("self",)).get(pk=decision.pk)
    if found.last_outcome == Outcome.STOP:
        raise ValidationError(_("This decision was stopped already."), code="stopped")
    if outcome == Outcome.STOP and next_on:
        raise ValidationError(_("A decision that stops is not looked back on again."), code="ends")
    review = DecisionReview.objects.create(decision=found, outcome=outcome, text=text.strip(), next_on=next_on, by=by)
    new = {"outcome": str(Outcome(outcome).label), "text": review.text}
    events.record("decision.reviewed", about=found, by=by, programme=found.programme_id, new=new)
    return review
