"""The phases of a programme as a checklist, with what the system knows beside each step."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dashboards import phase_facts
from dashboards.views.year_clock import SECTION, find_programme
from wijkaanpak.neighbourhoods import phases
from wijkaanpak.neighbourhoods.forms import PhaseForm, StepForm
from wijkaanpak.neighbourhoods.models import PhaseStep
from wijkaanpak.neighbourhoods.permissions import can_coordinate_programme
from wijkaanpak.refusals import attempt, status_of


def find_step(programme, pk):
    return get_object_or_404(PhaseStep.objects.select_related("phase"), phase__programme=programme, pk=pk)


@require_GET
def phase_list(request, slug):
    programme, today = find_programme(request, slug, to_change=False), timezone.localdate()
    found = list(phases.of_programme(programme))
    facts = phase_facts.known(programme, {step.fact for phase in found for step in phase.steps.all()})
    now = phases.current(found, today)
    return render(request, "dashboards/phases/list.html", {
        "programme": programme, "section": SECTION, "now": now, "phases": [_row(phase, facts, today, is_now=phase == now) for phase in found],
        "may_change": can_coordinate_programme(request.user, programme),
    })  # fmt: skip


def _row(phase, facts, today, *, is_now):
    steps = [{"step": step, "fact": facts.get(step.fact, "")} for step in phase.steps.all()]
    done = sum(row["step"].done_on is not None for row in steps)
    is_late = phase.ends_on is not None and phase.ends_on < today and done < len(steps)
    return {"phase": phase, "steps": steps, "done": done, "is_whole": bool(steps) and done == len(steps), "is_now": is_now, "is_late": is_late}


@require_POST
def phases_propose(request, slug):
    programme = find_programme(request, slug)
    try:
        phases.propose(programme, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The five phases stand there. Change what is different with you, and plan them."))
    return redirect("dashboards:phase_list", slug)


def phase_edit(request, slug, pk):
    programme = find_programme(request, slug)
    phase = get_object_or_404(programme.phases, pk=pk)
    initial = {"name": phase.name, "starts_on": phase.starts_on, "ends_on": phase.ends_on}
    form = PhaseForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(form, phases.change, phase, by=request.user, **form.cleaned_data):
        messages.success(request, _("The phase is saved."))
        return redirect("dashboards:phase_list", slug)
    return _form_page(request, programme, form, title=_("Plan the phase"))


def phase_step_add(request, slug, pk):
    programme = find_programme(request, slug)
    phase = get_object_or_404(programme.phases, pk=pk)
    form = StepForm(request.POST or None)
    if form.is_valid() and attempt(form, phases.add_step, phase, by=request.user, **form.cleaned_data):
        messages.success(request, _("The step is added."))
        return redirect("dashboards:phase_list", slug)
    return _form_page(request, programme, form, title=_("Add a step"))


def step_edit(request, slug, pk):
    programme = find_programme(request, slug)
    step = find_step(programme, pk)
    form = StepForm(request.POST or None, initial={"what": step.what, "fact": step.fact})
    if form.is_valid() and attempt(form, phases.change_step, step, by=request.user, **form.cleaned_data):
        messages.success(request, _("The step is saved."))
        return redirect("dashboards:phase_list", slug)
    return _form_page(request, programme, form, title=_("Change the step"), step=step)


def _form_page(request, programme, form, *, title, step=None):
    return render(request, "dashboards/phases/form.html", {
        "programme": programme, "section": SECTION, "form": form, "title": title, "step": step,
    }, status=status_of(form))  # fmt: skip


@require_POST
def step_change(request, slug, pk, action):
    programme = find_programme(request, slug)
    ACTIONS[action](find_step(programme, pk), by=request.user)
    messages.success(request, {"tick": _("Ticked as done."), "untick": _("The tick is taken back."), "remove": _("The step is removed.")}[action])
    return redirect("dashboards:phase_list", slug)


ACTIONS = {"tick": phases.tick, "untick": phases.untick, "remove": phases.remove_step}
