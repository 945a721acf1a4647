"""Which commitment waits for which."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ambitions import dependencies
from ambitions.forms import DependencyForm
from ambitions.models import Dependency
from ambitions.permissions import can_let_wait
from ambitions.views.ambitions import attempt, find_programme
from ambitions.views.commitments import SECTION, find_commitment, to_detail
from wijkaanpak.refusals import status_of


@require_GET
def dependency_list(request, slug):
    """Who waits for whom, what holds up longest first."""
    programme = find_programme(request, slug)
    rows = dependencies.waits(Dependency.objects.visible_to(request.user).in_programme(programme).running())
    return render(request, "ambitions/dependency_list.html", {
        "programme": programme, "section": SECTION, "held_up": [row for row in rows if row.hold.holds_up],
        "others": [row for row in rows if not row.hold.holds_up],
    })


def commitment_wait(request, slug, pk):
    commitment = find_commitment(request, slug, pk, may=can_let_wait)
    choice = dependencies.possible(commitment, request.user)
    form = DependencyForm(request.POST or None, commitments=choice)
    if form.is_valid() and attempt(request, form, dependencies.add, commitment, **form.cleaned_data):
        messages.success(request, _("It is written down on both commitments."))
        return to_detail(commitment)
    return render(request, "ambitions/dependency_form.html", {
        "programme": commitment.ambition.programme, "section": SECTION, "commitment": commitment, "form": form, "has_choice": choice.exists(),
    }, status=status_of(form))


@require_POST
def dependency_remove(request, slug, pk, dependency_pk):
    commitment = find_commitment(request, slug, pk, may=can_let_wait)
    found = get_object_or_404(Dependency.objects.visible_to(request.user).filter(commitment=commitment), pk=dependency_pk)
    dependencies.remove(found, by=request.user)
    messages.success(request, _("It no longer waits for that commitment."))
    return to_detail(commitment)
