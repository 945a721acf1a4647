"""The review half-way a period: keep, change or stop each ambition; and the next period with what continues."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ambitions import ambitions
from ambitions.choices import AmbitionState, CommitmentState, Course
from ambitions.models import Ambition, InPeriod, Review, ReviewVerdict
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods import programmes
from wijkaanpak.neighbourhoods.models import Period, Programme


def of_period(period: Period) -> QuerySet[Ambition]:
    """The ambitions of a period, closed ones included."""
    return Ambition.objects.filter(in_periods__period=period).select_related("theme").order_by("number")


@transaction.atomic
def open_review(period: Period, *, by: User) -> Review:
    """Begin the review of a period; ambitions that belong to no period yet belong to this one from now on.

    Raises ValidationError (code "opened").
    """
    Programme.objects.select_for_update(of=("self",)).get(pk=period.programme_id)
    if Review.objects.filter(period=period).exists():
        raise ValidationError(_("The review of this period was opened already."), code="opened")
    _take_in(period, Ambition.objects.filter(programme=period.programme_id, in_periods=None).exclude(state=AmbitionState.CLOSED))
    review = Review.objects.create(period=period, opened_by=by)
    events.record("review.opened", about=period, by=by, programme=period.programme_id)
    return review


def _take_in(period: Period, rows: Iterable[Ambition]) -> None:
    InPeriod.objects.bulk_create([InPeriod(ambition=row, period=period) for row in rows], ignore_conflicts=True)


@transaction.atomic
def decide(review: Review, *, ambition: Ambition, course: str, reason: str, by: User) -> ReviewVerdict:
    """Say what becomes of one ambition; saying it again puts it right until the review is closed.

    Raises ValidationError (codes "closed", "other_period", "no_reason").
    """
    _locked_open(review)
    if not of_period(review.period).exclude(state=AmbitionState.CLOSED).filter(pk=ambition.pk).exists():
        raise ValidationError(_("This ambition does not run in the period under review."), code="other_period")
    if not reason.strip():
        raise ValidationError(_("Give the reason."), code="no_reason")
    values = {"course": Course(course), "reason": reason.strip(), "decided_by": by, "decided_at": timezone.now()}
    verdict, _made = ReviewVerdict.objects.update_or_create(review=review, ambition=ambition, defaults=values)
    events.record(
        "review.decided", about=ambition, by=by, programme=ambition.programme_id, new={"course": str(Course(course).label), "reason": verdict.reason}
    )
    return verdict


def undecided(review: Review) -> QuerySet[Ambition]:
    """Running ambitions of the period without a verdict."""
    return of_period(review.period).exclude(state=AmbitionState.CLOSED).exclude(verdicts__review=review)


@transaction.atomic
def close(review: Review, *, document: dict[str, Any], by: User) -> Review:
    """Freeze what the review showed and do what it decided: a new draft text for "change", an end for "stop".

    What still has open commitments is not ended here: those end first, and then the coordinator closes it.
    Raises ValidationError (codes "closed", "undecided").
    """
    locked = _locked_open(review)
    if left := list(undecided(locked)):
        texts = {"ambitions": ", ".join(str(row.number) for row in left)}
        raise ValidationError(_("Say of every ambition what becomes of it. Still open: %(ambitions)s."), code="undecided", params=texts)
    locked.document, locked.closed_by, locked.closed_at = document, by, timezone.now()
    locked.save(update_fields=["document", "closed_by", "closed_at"])
    events.record("review.closed", about=locked.period, by=by, programme=locked.period.programme_id)
    for verdict in locked.verdicts.select_related("ambition"):
        _follow(verdict, by)
    return locked


def _follow(verdict: ReviewVerdict, by: User) -> None:
    ambition = verdict.ambition
    if verdict.course == Course.CHANGE and ambition.state == AmbitionState.ADOPTED and not ambition.is_being_revised:
        ambitions.revise(ambition, sentence=ambition.sentence, why=ambition.why, by=by)
    if verdict.course == Course.STOP and not ambition.commitments.exclude(state__in=CommitmentState.ended()).exists():
        ambitions.close(ambition, reason=verdict.reason, by=by)


def _locked_open(review: Review) -> Review:
    locked = Review.objects.select_for_update(of=("self",)).select_related("period").get(pk=review.pk)
    if locked.closed_at:
        raise ValidationError(_("This review is closed and stays as it was."), code="closed")
    return locked


def continuing(period: Period) -> QuerySet[Ambition]:
    """Ambitions of the programme that run, but for those a review of the period stops."""
    running = Ambition.objects.filter(programme=period.programme_id).exclude(state=AmbitionState.CLOSED)
    stopped = ReviewVerdict.objects.filter(review__period=period, course=Course.STOP)
    return running.exclude(pk__in=stopped.values("ambition")).order_by("number")


@transaction.atomic
def start_next(
    period: Period, *, name: str, starts_on: date, ends_on: date, by: User, ambitions: Collection[Ambition], review_on: date | None = None
) -> Period:
    """Begin the period after this one with the ambitions that continue; the others stay with the period that ends.

    Raises ValidationError (code "overlaps").
    """
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=period.programme_id)
    if programme.periods.filter(ends_on__gte=starts_on).exists():
        raise ValidationError(_("The next period must start after the last one ends."), code="overlaps")
    _take_in(period, [row for row in continuing(period) if not row.in_periods.exists()])
    made = programmes.add_period(programme, name=name, starts_on=starts_on, ends_on=ends_on, review_on=review_on, by=by)
    _take_in(made, ambitions)
    numbers = [f"{row.number}" for row in ambitions]
    events.record("period.ambitions_taken", about=made, by=by, programme=programme, new={"period": period.name, "ambitions": numbers})
    return made
