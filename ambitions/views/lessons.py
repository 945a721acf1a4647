from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ambitions import lessons
from ambitions.forms import LessonForm
from ambitions.permissions import can_write_lesson
from ambitions.views.ambitions import answer, attempt, find_ambition, find_programme


def lesson_add(request, slug, number):
    """Add to the learning log; what is written stays."""
    ambition = find_ambition(request, find_programme(request, slug), number)
    if not can_write_lesson(request.user, ambition):
        raise PermissionDenied
    form = LessonForm(request.POST or None)
    if form.is_valid() and attempt(request, form, lessons.write, ambition, **form.cleaned_data):
        messages.success(request, _("Your lesson is in the learning log, with your name and today's date."))
        return redirect("ambitions:ambition_detail", slug, number)
    return answer(request, form, ambition.programme, title=_("Write in the learning log"), back=ambition)
