from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.permissions import organisation_ids
from ambitions import measures
from ambitions.choices import CommitmentState
from ambitions.forms import MeasureForm
from ambitions.models import Commitment, Goal
from ambitions.permissions import can_add_commitment, can_link_commitment
from ambitions.views.ambitions import attempt
from ambitions.views.commitments import SECTION, find_commitment, to_detail
from ambitions.views.goals import find_goal
from wijkaanpak.neighbourhoods.permissions import can_coordinate_programme
from wijkaanpak.refusals import status_of


def answer(request, form, programme, **context):
    """Show the form; `choices` says whether there is anything to choose from."""
    return render(request, "ambitions/measure_form.html", {"programme": programme, "form": form, **context}, status=status_of(form))


def commitment_link(request, slug, pk):
    """Link a commitment to one of the goals of its ambition."""
    commitment = find_commitment(request, slug, pk, may=can_link_commitment)
    goals = Goal.objects.filter(ambition=commitment.ambition).exclude(measures__commitment=commitment).select_related("indicator", "area")
    form = MeasureForm(request.POST or None, goals=goals)
    if form.is_valid() and attempt(request, form, measures.link, commitment, **form.cleaned_data):
        messages.success(request, _("The commitment is linked to the goal."))
        return to_detail(commitment)
    return answer(
        request, form, commitment.ambition.programme, section=SECTION, title=_("Link to a goal"), commitment=commitment, has_choice=goals.exists()
    )


def goal_link(request, slug, number, pk):
    """Link one of the commitments of the ambition to a goal: coordinators any, others those of their own organisation."""
    goal = find_goal(request, slug, number, pk)
    if not can_add_commitment(request.user, goal.ambition.programme):
        raise PermissionDenied
    promised = linkable(request.user, goal)
    form = MeasureForm(request.POST or None, commitments=promised)
    if form.is_valid():
        values = form.cleaned_data | {"goal": goal}
        if attempt(request, form, measures.link, values.pop("commitment"), **values):
            messages.success(request, _("The commitment is linked to the goal."))
            return redirect("ambitions:goal_detail", slug, number, pk)
    return answer(
        request, form, goal.ambition.programme, section="ambitions", title=_("Link a commitment"), goal=goal, ambition=goal.ambition,
        has_choice=promised.exists(),
    )


def linkable(user, goal):
    """The commitments the user may link to a goal: of its ambition, not linked yet, not dropped."""
    rows = Commitment.objects.visible_to(user).filter(ambition=goal.ambition).exclude(state=CommitmentState.DROPPED)
    if not can_coordinate_programme(user, goal.ambition.programme):
        rows = rows.filter(organisation__in=organisation_ids(user))
    return rows.exclude(measures__goal=goal).select_related("organisation")


def find_measure(request, slug, pk, measure_pk):
    """Fetch a link with its commitment as `with_signal()` has it; only for who may change it."""
    commitment = find_commitment(request, slug, pk, may=can_link_commitment)
    return commitment, get_object_or_404(commitment.measures.select_related("goal__indicator", "goal__area"), pk=measure_pk)


def measure_edit(request, slug, pk, measure_pk):
    commitment, measure = find_measure(request, slug, pk, measure_pk)
    form = MeasureForm(request.POST or None, instance=measure)
    if form.is_valid() and attempt(request, form, measures.change, measure, **form.cleaned_data):
        messages.success(request, _("The link to the goal is changed."))
        return to_detail(commitment)
    return answer(
        request, form, commitment.ambition.programme, section=SECTION, title=_("Change the link to the goal"), commitment=commitment,
        measure=measure, has_choice=True,
    )


@require_POST
def measure_remove(request, slug, pk, measure_pk):
    commitment, measure = find_measure(request, slug, pk, measure_pk)
    if attempt(request, None, measures.remove, measure):
        messages.success(request, _("The link to the goal is taken away."))
    return to_detail(commitment)
