"""The steps up: who must answer, the answer, and how long each level has."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ambitions import escalations
from ambitions.choices import Level
from ambitions.forms import StepAnswerForm, TermsForm
from ambitions.models import Escalation
from ambitions.permissions import can_answer_step, can_follow_up
from ambitions.views.ambitions import attempt, find_programme
from ambitions.views.commitments import SECTION, answer, find_commitment, to_detail
from wijkaanpak.refusals import status_of

LATEST = 10


def find_followed(request, slug):
    """Fetch a programme whose promises the user follows up."""
    programme = find_programme(request, slug)
    if not can_follow_up(request.user, programme):
        raise PermissionDenied
    return programme


def commitment_answer(request, slug, pk):
    commitment = find_commitment(request, slug, pk)
    step = commitment.escalations.open().select_related("person").first()
    if step is None:
        messages.info(request, _("Nobody waits for an answer about this commitment."))
        return to_detail(commitment)
    step.commitment = commitment
    if not can_answer_step(request.user, step):
        raise PermissionDenied
    form = StepAnswerForm(request.POST or None)
    if form.is_valid() and attempt(request, form, escalations.answer, step, **form.cleaned_data):
        messages.success(request, _("Thank you. The answer stands with the commitment, and the question goes no further up."))
        return to_detail(commitment)
    return render(request, "ambitions/commitment_answer.html", {
        "programme": commitment.ambition.programme, "section": SECTION, "form": form, "commitment": commitment, "step": step,
    }, status=status_of(form))


def escalation_list(request, slug):
    programme = find_followed(request, slug)
    steps = Escalation.objects.filter(commitment__ambition__programme=programme)
    steps = steps.select_related("commitment__organisation", "commitment__owner", "person", "answered_by")
    terms = escalations.terms_of(programme)
    return render(request, "ambitions/escalation_list.html", {
        "programme": programme, "section": SECTION, "today": timezone.localdate(), "terms": terms,
        "levels": [{"level": level, "days": terms.days_of(level)} for level in Level],
        "steps": steps.open().order_by("answer_due_on", "pk"), "answered": steps.answered().order_by("-ended_at")[:LATEST],
    })


def escalation_terms(request, slug):
    programme = find_followed(request, slug)
    form = TermsForm(request.POST or None, instance=escalations.terms_of(programme))
    if form.is_valid() and attempt(request, form, escalations.set_terms, programme, **form.cleaned_data):
        messages.success(request, _("The terms are saved. They hold for every next step."))
        return redirect("ambitions:escalation_list", slug)
    return answer(request, form, programme, title=_("How long each level has"), template="ambitions/escalation_terms.html")
