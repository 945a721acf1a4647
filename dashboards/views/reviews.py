"""The review half-way a period, and the next period with what continues."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambitions import reviews
from ambitions.forms import NextPeriodForm, VerdictForm
from ambitions.models import Review
from ambitions.views.ambitions import attempt
from dashboards import review as composing
from wijkaanpak.neighbourhoods.models import Programme
from wijkaanpak.neighbourhoods.permissions import can_coordinate_programme
from wijkaanpak.refusals import status_of

SECTION = "ambitions"
USUAL = timedelta(days=4 * 365)


def coordinated(request, slug):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not can_coordinate_programme(request.user, programme):
        raise PermissionDenied
    return programme


def find_period(request, slug, pk):
    return get_object_or_404(coordinated(request, slug).periods.select_related("programme"), pk=pk)


def find_review(period):
    return get_object_or_404(Review.objects.select_related("period__programme"), period=period)


@require_GET
def review_list(request, slug):
    programme = coordinated(request, slug)
    return render(request, "dashboards/reviews/review_list.html", {
        "programme": programme, "section": SECTION, "periods": programme.periods.select_related("review").order_by("-starts_on"),
    })  # fmt: skip


@require_GET
def review(request, slug, pk):
    """All ambitions of a period with figures and promises beside each; a closed review shows what it showed then."""
    period = find_period(request, slug, pk)
    found = Review.objects.filter(period=period).select_related("opened_by", "closed_by").first()
    rows = found.document["ambitions"] if found and found.closed_at else composing.compose(period, found)
    return render(request, "dashboards/reviews/review.html", {
        "programme": period.programme, "section": SECTION, "period": period, "review": found, "rows": composing.with_dates(rows, parse_date),
        "undecided": sum(row["verdict"] is None and not row["is_closed"] for row in rows), "sentence_of_proof": settings.SENTENCE_OF_PROOF,
    })  # fmt: skip


@require_POST
def review_open(request, slug, pk):
    period = find_period(request, slug, pk)
    if attempt(request, None, reviews.open_review, period):
        messages.success(request, _("The review is open. Say of every ambition what becomes of it."))
    return redirect("dashboards:review", slug, pk)


@require_POST
def review_close(request, slug, pk):
    period = find_period(request, slug, pk)
    found = find_review(period)
    try:
        reviews.close(found, document={"ambitions": composing.compose(period, found)}, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The review is closed. This page stays as it is now."))
    return redirect("dashboards:review", slug, pk)


def review_decide(request, slug, pk, number):
    period = find_period(request, slug, pk)
    found = find_review(period)
    ambition = get_object_or_404(reviews.of_period(period), number=number)
    present = found.verdicts.filter(ambition=ambition).first()
    form = VerdictForm(request.POST or None, initial={"course": present.course, "reason": present.reason} if present else None)
    if form.is_valid() and attempt(request, form, reviews.decide, found, ambition=ambition, **form.cleaned_data):
        messages.success(request, _("What becomes of the ambition is on record."))
        return redirect("dashboards:review", slug, pk)
    return render(request, "dashboards/reviews/review_decide.html", {
        "programme": period.programme, "section": SECTION, "period": period, "ambition": ambition, "form": form,
    }, status=status_of(form))  # fmt: skip


def period_next(request, slug, pk):
    """Start the period after this one; what runs and is not stopped is ticked."""
    period = find_period(request, slug, pk)
    continuing = reviews.continuing(period)
    starts = period.ends_on + timedelta(days=1)
    initial = {"starts_on": starts, "ends_on": starts + USUAL, "review_on": starts + USUAL / 2, "ambitions": continuing}
    form = NextPeriodForm(request.POST or None, initial=initial, continuing=continuing)
    if form.is_valid() and attempt(request, form, reviews.start_next, period, **form.cleaned_data):
        messages.success(request, _("The next period is there, with the ambitions that continue."))
        return redirect("dashboards:review_list", slug)
    return render(request, "dashboards/reviews/period_next.html", {
        "programme": period.programme, "section": SECTION, "period": period, "form": form,
    }, status=status_of(form))  # fmt: skip
