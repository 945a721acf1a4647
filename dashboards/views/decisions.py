"""The register of decisions, looking back on one, and saying what came of an action."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dashboards import actions, decisions
from dashboards.forms import FinishForm, LookBackForm
from dashboards.models import Action, Decision
from dashboards.permissions import can_finish_action, can_hold_meeting
from dashboards.views.meetings import SECTION, find_programme
from wijkaanpak.refusals import attempt, status_of


@require_GET
def decision_list(request, slug):
    programme = find_programme(request, slug, to_hold=False)
    return render(request, "dashboards/meetings/decisions.html", {
        "programme": programme, "section": SECTION, "decisions": list(Decision.objects.in_full().filter(programme=programme)),
        "may_hold": can_hold_meeting(request.user, programme), "today": timezone.localdate(),
    })  # fmt: skip


def decision_look_back(request, slug, number):
    programme = find_programme(request, slug)
    decision = get_object_or_404(Decision.objects.in_full(), programme=programme, number=number)
    form = LookBackForm(request.POST or None)
    if form.is_valid() and attempt(form, decisions.look_back, decision, by=request.user, **form.cleaned_data):
        messages.success(request, _("It stands with the decision."))
        return redirect("dashboards:decision_list", slug)
    return render(request, "dashboards/meetings/look_back.html", {
        "programme": programme, "section": SECTION, "decision": decision, "form": form,
    }, status=status_of(form))  # fmt: skip


def action_finish(request, slug, pk):
    action = get_object_or_404(Action.objects.visible_to(request.user).with_people(), programme__slug=slug, pk=pk)
    if not can_finish_action(request.user, action):
        raise PermissionDenied
    form = FinishForm(request.POST or None)
    if form.is_valid() and attempt(form, actions.finish, action, by=request.user, **form.cleaned_data):
        messages.success(request, _("Thank you. It stands with the meeting."))
        return redirect("dashboards:my_work")
    return render(request, "dashboards/meetings/finish.html", {
        "programme": action.programme, "section": SECTION, "action": action, "form": form,
    }, status=status_of(form))  # fmt: skip
