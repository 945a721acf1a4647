from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ambitions import goals
from ambitions.forms import GoalForm
from ambitions.views.ambitions import answer, attempt, find_ambition_to_edit


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
