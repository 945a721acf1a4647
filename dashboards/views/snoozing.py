"""Putting something of the cockpit off with a reason, and taking that back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dashboards import agenda, snoozing
from dashboards.forms import SnoozeForm
from dashboards.models import Snooze
from dashboards.permissions import can_see_cockpit
from wijkaanpak.neighbourhoods.models import Programme
from wijkaanpak.refusals import attempt, status_of


def find_programme(request, slug):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not can_see_cockpit(request.user, programme):
        raise PermissionDenied
    return programme


def attention_put_off(request, slug):
    """The alarm is named in the address by its kind and where something is done about it."""
    programme = find_programme(request, slug)
    wanted = request.GET.get("soort"), request.GET.get("wat")
    alarm = next((row for row in agenda.everything(programme, timezone.localdate()) if row.key == wanted), None)
    if alarm is None:
        messages.info(request, _("This no longer asks for attention."))
        return redirect("dashboards:cockpit", slug)
    form = SnoozeForm(request.POST or None)
    if form.is_valid() and attempt(form, snoozing.put_off, programme, alarm, by=request.user, **form.cleaned_data):
        messages.success(request, _("It comes back by itself on that day."))
        return redirect("dashboards:cockpit", slug)
    return render(request, "dashboards/cockpit/put_off.html", {
        "programme": programme, "section": "cockpit", "alarm": alarm, "form": form,
    }, status=status_of(form))  # fmt: skip


@require_POST
def attention_take_back(request, slug, pk):
    programme = find_programme(request, slug)
    snoozing.take_back(get_object_or_404(Snooze, programme=programme, pk=pk), by=request.user)
    messages.success(request, _("It asks for attention again."))
    return redirect("dashboards:cockpit", slug)
