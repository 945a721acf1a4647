"""Contradictions: what does not agree, who is asked about it, and what was answered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dashboards import attention, contradictions, questions
from dashboards.forms import AnswerForm, QuestionForm
from dashboards.models import Question
from dashboards.permissions import can_answer_question, can_ask_question
from wijkaanpak.neighbourhoods.models import Programme
from wijkaanpak.refusals import attempt, status_of

SECTION = "cockpit"


def find_programme(request, slug):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not can_ask_question(request.user, programme):
        raise PermissionDenied
    return programme


@require_GET
def contradiction_list(request, slug):
    programme = find_programme(request, slug)
    reading = attention.reading(programme, timezone.localdate())
    rows = [
        {
            "found": found, "question": contradictions.open_question(found, reading.questions),
            "is_explained": contradictions.is_explained(found, reading.questions),
        }
        for found in contradictions.look(reading)
    ]  # fmt: skip
    return render(request, "dashboards/questions/contradiction_list.html", {
        "programme": programme, "section": SECTION, "rows": rows, "questions": reading.questions,
    })


def question_ask(request, slug, kind, subject):
    programme = find_programme(request, slug)
    found = contradictions.of_subject(contradictions.look(attention.reading(programme, timezone.localdate())), kind, subject)
    if found is None:
        messages.info(request, _("This contradiction is no longer there."))
        return redirect("dashboards:contradiction_list", slug)
    form = QuestionForm(request.POST or None, people=questions.people(programme))
    if form.is_valid() and attempt(form, questions.ask, programme, found, by=request.user, **form.cleaned_data):
        messages.success(request, _("The question is asked, by mail and on the page “My work”."))
        return redirect("dashboards:contradiction_list", slug)
    return render(request, "dashboards/questions/question_ask.html", {
        "programme": programme, "section": SECTION, "found": found, "form": form,
    }, status=status_of(form))


def question_detail(request, slug, pk):
    """The question, for who was asked and for coordinators; who was asked answers here."""
    found = Question.objects.visible_to(request.user).select_related("ambition", "theme", "asked_of", "asked_by", "programme")
    question = get_object_or_404(found, programme__slug=slug, pk=pk)
    form = AnswerForm(request.POST or None) if can_answer_question(request.user, question) else None
    if form and form.is_valid() and attempt(form, questions.answer, question, by=request.user, **form.cleaned_data):
        messages.success(request, _("Thank you. Your answer is kept with the question."))
        return redirect("dashboards:my_work")
    return render(request, "dashboards/questions/question_detail.html", {
        "programme": question.programme, "section": "work", "question": question, "form": form,
        "may_ask": can_ask_question(request.user, question.programme),
    }, status=status_of(form) if form else 200)
