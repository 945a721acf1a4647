"""The papers of a meeting: made once, read as PDF or Word."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dashboards.forms import PapersForm
from dashboards.models import Paper
from dashboards.papers import making, pdf, word
from dashboards.views.meetings import find_meeting, find_programme, form_page
from wijkaanpak.refusals import attempt

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"pdf": ("application/pdf", pdf.render), "docx": (WORD, word.render)}


def papers_make(request, slug, pk):
    meeting = find_meeting(request, slug, pk)
    form = PapersForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(form, making.make, meeting, by=request.user, **form.cleaned_data):
        messages.success(request, _("The papers are ready, as PDF and for Word."))
        return redirect("dashboards:meeting_detail", slug, pk)
    lead = _("Two pages: what is asked first, then what changed, what is late, what does not agree, and what residents said.")
    return form_page(request, meeting.programme, form, title=_("Make the papers"), button=_("Make the papers"), meeting=meeting, lead=lead)


@require_GET
def papers_file(request, slug, pk, number, form):
    programme = find_programme(request, slug, to_hold=False)
    if form not in FORMS:
        raise Http404
    paper = get_object_or_404(Paper.objects.select_related("meeting"), meeting__programme=programme, meeting=pk, number=number)
    media_type, render = FORMS[form]
    response = HttpResponse(render(paper), content_type=media_type)
    response["Content-Disposition"] = f'inline; filename="stukken-{paper.meeting.held_on}-{number}.{form}"'
    return response
