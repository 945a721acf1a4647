"""What waits for a second person: agreeing with one or many at once, sending back, taking back; and whether an organisation wants it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.models import Organisation
from actors.permissions import speaks_for
from ambitions import approvals, submissions
from ambitions.forms import ApprovalRuleForm, ReasonForm
from ambitions.models import Commitment, Submission
from ambitions.permissions import can_decide_submission, can_see_approvals, can_set_approval
from ambitions.views.ambitions import attempt, find_programme
from ambitions.views.commitments import SECTION
from wijkaanpak.neighbourhoods.permissions import can_coordinate_programme
from wijkaanpak.refusals import status_of


def find_waiting(request, slug):
    """The programme and what waits in it: with words for the own organisation, without for the coordinator."""
    programme = find_programme(request, slug)
    if not can_see_approvals(request.user, programme):
        raise PermissionDenied
    visible = Submission.objects.open().filter(commitment__in=Commitment.objects.visible_to(request.user).filter(ambition__programme=programme))
    rows = visible if can_coordinate_programme(request.user, programme) else visible.readable_by(request.user)
    return programme, rows.select_related("commitment", "by", "by_organisation").order_by("at", "pk")


def approval_list(request, slug):
    """Everything that waits; agreeing shows the new states in the same answer."""
    programme, waiting = find_waiting(request, slug)
    agreed, problems = agree(request, waiting) if request.method == "POST" else ([], [])
    rows = [
        {"submission": row, "may_read": speaks_for(request.user, row.by_organisation_id), "may_decide": can_decide_submission(request.user, row)}
        for row in waiting.all()
    ]  # fmt: skip
    return render(request, "ambitions/approval_list.html", {
        "programme": programme, "section": SECTION, "rows": rows, "agreed": agreed, "problems": problems, "chosen": set(request.POST.getlist("word")),
        "may_decide": any(row["may_decide"] for row in rows),
    }, status=422 if problems else 200)


def agree(request, waiting):
    """Agree with what was chosen; return the promises as they stand now and what went wrong."""
    chosen = {key for key in request.POST.getlist("word") if key.isdecimal()}
    found = [row for row in waiting.all() if str(row.pk) in chosen]
    if not found:
        return [], [_("Choose at least one word that still waits.")]
    try:
        approvals.approve_all(found, by=request.user)
    except ValidationError as error:
        return [], error.messages
    return list(Commitment.objects.filter(pk__in=[row.commitment_id for row in found]).with_signal()), []


def find_submission(request, slug, pk):
    programme = find_programme(request, slug)
    own = Submission.objects.readable_by(request.user).in_programme(programme).select_related("commitment", "by")
    return programme, get_object_or_404(own, pk=pk)


def submission_return(request, slug, pk):
    programme, submission = find_submission(request, slug, pk)
    if not can_decide_submission(request.user, submission):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(request, form, approvals.give_back, submission, **form.cleaned_data):
        messages.success(request, _("It is sent back. %(person)s gets your reason by mail.") % {"person": submission.by})
        return redirect("ambitions:approval_list", slug)
    return render(request, "ambitions/submission_return.html", {
        "programme": programme, "section": SECTION, "submission": submission, "form": form,
    }, status=status_of(form))


@require_POST
def submission_withdraw(request, slug, pk):
    programme, submission = find_submission(request, slug, pk)
    if attempt(request, None, submissions.withdraw, submission):
        messages.success(request, _("You took it back. Nothing has changed."))
    return redirect("ambitions:commitment_detail", programme.slug, submission.commitment_id)


def approval_rule(request, slug, pk):
    """Whether an organisation wants a second person."""
    programme = find_programme(request, slug)
    organisation = get_object_or_404(Organisation.objects.in_programme(programme), pk=pk)
    if not can_set_approval(request.user, programme, organisation.pk):
        raise PermissionDenied
    form = ApprovalRuleForm(request.POST if request.method == "POST" else None, initial={"is_required": submissions.is_required(programme.pk, organisation.pk)})
    if form.is_valid():
        action = submissions.require if form.cleaned_data["is_required"] else submissions.require_no_more
        if attempt(request, form, action, programme, organisation=organisation):
            messages.success(request, _("It is set."))
            return redirect("ambitions:partner_commitments", slug, pk)
    return render(request, "ambitions/approval_rule.html", {
        "programme": programme, "section": "partners", "organisation": organisation, "form": form, "speakers": submissions.speakers(organisation),
    }, status=status_of(form))
