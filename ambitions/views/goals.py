from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambitions import goals, quality
from ambitions.forms import GoalCheckForm, GoalForm
from ambitions.models import Measure
from ambitions.permissions import can_add_commitment, can_edit_ambition, can_judge_goal, can_link_commitment
from ambitions.views.ambitions import SECTION, answer, attempt, find_ambition, find_ambition_to_edit, find_programme
from wijkaanpak.refusals import status_of


def find_goal(request, slug, number, pk):
    """Fetch a goal of an ambition the user may see, with its ambition, indicator and area."""
    ambition = find_ambition(request, find_programme(request, slug), number)
    return get_object_or_404(ambition.goals.select_related("ambition__programme", "ambition__theme", "indicator", "area"), pk=pk)


def goal_detail(request, slug, number, pk):
    goal = find_goal(request, slug, number, pk)
    ambition, user = goal.ambition, request.user
    rows = Measure.objects.visible_to(user).filter(goal=goal).with_effect()
    found = list(rows.select_related("commitment__ambition", "commitment__organisation").order_by("-strength", "pk"))
    return render(request, "ambitions/goal_detail.html", {
        "programme": ambition.programme, "section": SECTION, "ambition": ambition, "goal": goal,
        "measures": [{"measure": row, "may_change": can_link_commitment(user, row.commitment)} for row in found],
        "judged": quality.of_goal(goal), "points": goal.points.all(), "may_judge": can_judge_goal(user, ambition),
        "may_link": can_add_commitment(user, ambition.programme) and ambition.state != "closed",
        "may_edit": can_edit_ambition(user, ambition) and ambition.is_open_to_change,
    })


def goal_check(request, slug, number, pk):
    """Judge a goal on the four criteria, each with a reason."""
    goal = find_goal(request, slug, number, pk)
    if not can_judge_goal(request.user, goal.ambition):
        raise PermissionDenied
    form = GoalCheckForm(request.POST or None, judged=quality.of_goal(goal))
    if form.is_valid() and attempt(request, form, quality.judge, goal, verdicts=form.verdicts):
        messages.success(request, _("The judgement is on record."))
        return redirect("ambitions:goal_detail", slug, number, pk)
    return render(request, "ambitions/goal_check.html", {
        "programme": goal.ambition.programme, "section": SECTION, "ambition": goal.ambition, "goal": goal, "form": form,
    }, status=status_of(form))


def goal_add(request, slug, number):
    ambition = find_ambition_to_edit(request, slug, number)
    form = GoalForm(request.POST or None, programme=ambition.programme)
    if form.is_valid() and attempt(request, form, goals.add, ambition, **form.cleaned_data):
        messages.success(request, _("The goal is added."))
        return redirect("ambitions:ambition_detail", slug, number)
    return answer(request, form, ambition.programme, title=_("New goal"), back=ambition)


def goal_edit(request, slug, number, pk):
    ambition = find_ambition_to_edit(request, slug, number)
    goal = get_object_or_404(ambition.goals.select_related("ambition", "indicator", "area"), pk=pk)
    form = GoalForm(request.POST or None, instance=goal, programme=ambition.programme)
    if form.is_valid():
        fresh = ambition.goals.select_related("ambition", "indicator", "area").get(pk=pk)
        if attempt(request, form, goals.change, fresh, **form.cleaned_data):
            messages.success(request, _("The goal is changed."))
            return redirect("ambitions:ambition_detail", slug, number)
    return answer(request, form, ambition.programme, title=_("Change goal"), back=ambition)


@require_POST
def goal_delete(request, slug, number, pk):
    ambition = find_ambition_to_edit(request, slug, number)
    goal = get_object_or_404(ambition.goals.select_related("ambition", "indicator", "area"), pk=pk)
    try:
        goals.remove(goal, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The goal is removed."))
    return redirect("ambitions:ambition_detail", slug, number)
