"""The inbox of a programme: reading, entering for somebody."""

import datetime
import uuid

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from actors.models import Organisation
from residents import codes, inbox, inputs, places
from residents.forms.handling import EnterForm, InboxFilterForm
from residents.models import ResidentInput
from residents.permissions import can_open_inbox, can_see_inbox
from residents.views import visitors
from wijkaanpak.neighbourhoods.models import Programme

PER_PAGE = 30
SECTION = "residents"


def programme_or_404(request, slug):
    return get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)


def input_list(request, slug):
    programme = programme_or_404(request, slug)
    if not can_open_inbox(request.user, programme):
        raise PermissionDenied
    form = InboxFilterForm(request.GET, organisations=Organisation.objects.in_programme(programme))
    visible = form.narrow(ResidentInput.objects.visible_to(request.user).filter(programme=programme))
    moderates = can_see_inbox(request.user, programme) or request.user.is_administrator
    tabs = inbox.tabs(visible, moderates=moderates)
    tab = inbox.chosen(tabs, request.GET.get("lijst", ""))
    page = Paginator(inbox.rows(visible, tab), PER_PAGE)
    page.count = tab.count  # counted with the lists
    context = {
        "programme": programme, "section": SECTION, "tabs": tabs, "tab": tab, "page": page.get_page(request.GET.get("page")),
        "form": form, "can_enter": can_see_inbox(request.user, programme), "kept": form.kept(),
    }
    return render(request, "residents/inbox.html", context)


def input_enter(request, slug):
    """Entered for somebody who does not use the form; the answer holds a code to hand over."""
    programme = programme_or_404(request, slug)
    if not can_see_inbox(request.user, programme):
        raise PermissionDenied
    form = EnterForm(request.POST or None, areas=places.areas_of(programme), initial={"form_key": uuid.uuid4()})
    if form.is_valid():
        given = form.cleaned_data
        _enter(programme, form, by=request.user)
        return redirect("residents:input_entered", programme.slug, codes.receipt(given["form_key"]))
    context = {"programme": programme, "section": SECTION, "form": form}
    return render(request, "residents/input_enter.html", context, status=422 if form.is_bound else 200)


def _enter(programme, form, *, by):
    given = form.cleaned_data
    inputs.receive(
        programme=programme, kind=given["kind"], text=given["text"], form_key=given["form_key"], area=form.area, place=given["place"],
        language=given["language"], channel=given["channel"], received_at=_moment(given["received_on"]), by=by,
    )


def _moment(day):
    """The present moment for today, noon for a day before."""
    if day == timezone.localdate():
        return timezone.now()
    return datetime.datetime.combine(day, datetime.time(12), tzinfo=timezone.get_current_timezone())


def input_entered(request, slug, receipt):
    """The code to hand over on paper or read out."""
    programme = programme_or_404(request, slug)
    if not can_see_inbox(request.user, programme):
        raise PermissionDenied
    code = codes.code_on_receipt(receipt, max_age=24 * 3600)
    if not code:
        return redirect("residents:inbox", programme.slug)
    context = {"programme": programme, "section": SECTION, "code": code, "address": visitors.where_to_fill_in(request)}
    return visitors.keep_private(render(request, "residents/input_entered.html", context))
