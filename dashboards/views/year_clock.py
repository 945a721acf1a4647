"""The year clock of a programme, and the calendar that a person reads in an agenda of their own."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from dashboards import bid, diary, icalendar
from dashboards.figures import year as ring
from wijkaanpak.accounts import signed_links
from wijkaanpak.neighbourhoods import members, year_clock
from wijkaanpak.neighbourhoods.forms import MomentForm
from wijkaanpak.neighbourhoods.models import Moment, Programme
from wijkaanpak.neighbourhoods.permissions import can_coordinate_programme, can_tick_moment
from wijkaanpak.refusals import attempt, status_of

SECTION = "year"


def find_programme(request, slug, *, to_change=True):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if to_change and not can_coordinate_programme(request.user, programme):
        raise PermissionDenied
    return programme


@require_GET
def year_clock_page(request, slug):
    programme, today = find_programme(request, slug, to_change=False), timezone.localdate()
    found, agreed = list(year_clock.moments(programme)), bid.round_of(today)
    coming = year_clock.coming(found, today)
    of_year = year_clock.occurrences(found, [today.year])
    late = [row for row in year_clock.occurrences(found, [today.year - 1, today.year]) if row.is_past(today) and row.is_near(today)]
    return render(request, "dashboards/year/clock.html", {
        "programme": programme, "section": SECTION, "may_change": can_coordinate_programme(request.user, programme), "today": today,
        "coming": _rows(request.user, coming, today), "late": _rows(request.user, late, today), "has_moments": bool(found),
        "past": _rows(request.user, [row for row in of_year if (row.is_past(today) or row.done) and not row.is_near(today)], today),
        "drawing": ring.draw(coming, today), "round": agreed, "bid_is_over": agreed.is_bid_over(today),
        "wanted": bid.by_organisation(bid.to_bring_in(programme, request.user, agreed.year)),
    })  # fmt: skip


def _rows(user, occurrences, today):
    return [{"row": row, "may_tick": can_tick_moment(user, row.moment) and (row.is_near(today) or row.is_past(today) or row.done), "is_near": row.is_near(today)} for row in occurrences]


@require_POST
def moments_propose(request, slug):
    programme = find_programme(request, slug)
    number = year_clock.propose(programme, by=request.user)
    text = ngettext("%(number)s moment was added; you see to it. Change what is different with you.", "%(number)s moments were added; you see to them. Change what is different with you.", number)
    messages.success(request, text % {"number": number} if number else _("All usual moments stand on the clock already."))
    return redirect("dashboards:year_clock", slug)


def moment_add(request, slug):
    programme = find_programme(request, slug)
    form = MomentForm(request.POST or None, people=members.taking_part(programme), initial={"owner": request.user.pk, "weeks_ahead": 4})
    if form.is_valid() and attempt(form, year_clock.add, programme, by=request.user, **form.cleaned_data):
        messages.success(request, _("The moment stands on the year clock."))
        return redirect("dashboards:year_clock", slug)
    return _form_page(request, programme, form)


def moment_edit(request, slug, pk):
    programme = find_programme(request, slug)
    moment = get_object_or_404(Moment.objects.current(), programme=programme, pk=pk)
    form = MomentForm(request.POST or None, people=members.taking_part(programme), initial=MomentForm.initial_of(moment))
    if form.is_valid() and attempt(form, year_clock.change, moment, by=request.user, **form.cleaned_data):
        messages.success(request, _("The moment is saved."))
        return redirect("dashboards:year_clock", slug)
    return _form_page(request, programme, form, moment)


def _form_page(request, programme, form, moment=None):
    return render(request, "dashboards/year/moment_form.html", {
        "programme": programme, "section": SECTION, "form": form, "moment": moment,
    }, status=status_of(form))  # fmt: skip


@require_POST
def moment_take_off(request, slug, pk):
    programme = find_programme(request, slug)
    year_clock.take_off(get_object_or_404(Moment, programme=programme, pk=pk), by=request.user)
    messages.success(request, _("The moment no longer comes back."))
    return redirect("dashboards:year_clock", slug)


@require_POST
def moment_tick(request, slug, pk, year, done):
    programme = find_programme(request, slug, to_change=False)
    moment = get_object_or_404(Moment.objects.select_related("programme"), programme=programme, pk=pk)
    if not can_tick_moment(request.user, moment):
        raise PermissionDenied
    try:
        (year_clock.tick if done else year_clock.untick)(moment, year=year, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Ticked as done.") if done else _("The tick is taken back."))
    return redirect("dashboards:year_clock", slug)


@require_GET
def calendar(request):
    """Where a person finds the address of the own calendar."""
    link = diary.address_of(request.user)
    path = reverse("dashboards:calendar_feed", args=[signed_links.token(link)]) if link else ""
    return render(request, "dashboards/year/calendar.html", {
        "section": "work", "link": link, "address": settings.BASE_URL.rstrip("/") + path if link else "",
    })  # fmt: skip


@require_POST
def calendar_renew(request):
    diary.renew(request.user)
    messages.success(request, _("This is your address. An address you had before no longer works."))
    return redirect("dashboards:calendar")


@require_POST
def calendar_withdraw(request):
    diary.withdraw(request.user)
    messages.success(request, _("Your address is withdrawn. Nobody can read your calendar with it any more."))
    return redirect("dashboards:calendar")


@login_not_required
@require_GET
def calendar_feed(request, token):
    """The calendar behind a signed address: no session and no cookie; 410 when it was withdrawn, 404 when nobody made it."""
    link = signed_links.resolve(token, purpose=diary.PURPOSE)
    if link is None:
        was_real = signed_links.is_genuine(token, purpose=diary.PURPOSE)
        return HttpResponse(_("This address does not work (any more)."), content_type="text/plain; charset=utf-8", status=410 if was_real else 404)
    signed_links.mark_used(link)
    now = timezone.now()
    content = icalendar.calendar(_("Wijkaanpak"), diary.entries(link.user, timezone.localdate(now)), now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="wijkaanpak.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
