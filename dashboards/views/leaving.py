"""An organisation leaves: what would be lost, looking without changing anything, and the leaving itself."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.models import Organisation
from actors.permissions import can_manage_actors
from dashboards import departures, leaving
from dashboards.forms import DepartureForm, LeavingForm
from dashboards.permissions import can_simulate_exit
from wijkaanpak.neighbourhoods.models import Programme
from wijkaanpak.refusals import attempt, status_of


@require_safe
def exit_simulation(request, slug):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not can_simulate_exit(request.user, programme):
        raise PermissionDenied
    form = LeavingForm(request.GET or None, partners=Organisation.objects.in_programme(programme))
    found = leaving.simulate(programme, form.cleaned_data["organisatie"]) if form.is_valid() else None
    return render(request, "dashboards/leaving/exit.html", {
        "programme": programme, "section": "partners", "form": form, "found": found,
    }, status=422 if form.errors else 200)  # fmt: skip


def partner_leave(request, slug, pk):
    """End the participation; everything that is open asks who takes it over."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not can_manage_actors(request.user, programme):
        raise PermissionDenied
    organisation = get_object_or_404(Organisation.objects.in_programme(programme), pk=pk)
    form = DepartureForm(request.POST or None, things=departures.things(programme, organisation))
    if form.is_valid() and attempt(form, departures.leave, programme, organisation=organisation, by=request.user, **form.values()):
        messages.success(request, _("%(name)s no longer takes part. What was open has another owner, or was dropped with a reason.") % {"name": organisation})
        return redirect("actors:partner_list", programme.slug)
    return render(request, "dashboards/leaving/partner_leave.html", {
        "programme": programme, "section": "partners", "form": form, "rows": form.rows(), "organisation": organisation,
        "may_simulate": can_simulate_exit(request.user, programme),
    }, status=status_of(form))  # fmt: skip
