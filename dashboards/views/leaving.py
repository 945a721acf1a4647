"""What would be lost if an organisation left; looking changes nothing."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from actors.models import Organisation
from dashboards import leaving
from dashboards.forms import LeavingForm
from dashboards.permissions import can_simulate_exit
from wijkaanpak.neighbourhoods.models import Programme


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
