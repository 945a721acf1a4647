from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from ambitions import involvements
from ambitions.forms import InvolvementForm
from ambitions.permissions import can_log_participation
from ambitions.views.ambitions import answer, attempt, find_ambition, find_programme


def find_to_log(request, slug, number):
    ambition = find_ambition(request, find_programme(request, slug), number)
    if not can_log_participation(request.user, ambition):
        raise PermissionDenied
    return ambition


def involvement_add(request, slug, number):
    ambition = find_to_log(request, slug, number)
    form = InvolvementForm(request.POST or None)
    if form.is_valid() and attempt(request, form, involvements.write, ambition, **form.cleaned_data):
        messages.success(request, _("It is in the participation log."))
        return redirect("ambitions:ambition_detail", slug, number)
    return answer(request, form, ambition.programme, title=_("Who could take part?"), back=ambition)


def involvement_edit(request, slug, number, pk):
    ambition = find_to_log(request, slug, number)
    entry = get_object_or_404(ambition.involvements, pk=pk)
    form = InvolvementForm(request.POST or None, instance=entry)
    if form.is_valid() and attempt(request, form, involvements.change, entry, **form.cleaned_data):
        messages.success(request, _("The participation log is changed."))
        return redirect("ambitions:ambition_detail", slug, number)
    return answer(request, form, ambition.programme, title=_("Change what stands in the participation log"), back=ambition)
