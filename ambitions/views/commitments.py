from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from actors.permissions import organisation_ids
from ambitions import commitments, dependencies, links, milestones, sheets, submissions, timeline, touching, updates
from ambitions.forms import CommitmentFilter, CommitmentForm, EndForm, MilestoneForm, PostponeForm, ReasonForm, UpdateForm
from ambitions.models import Commitment, Dependency
from ambitions.permissions import (
    can_add_commitment,
    can_answer_step,
    can_decide_submission,
    can_edit_commitment,
    can_let_wait,
    can_link_commitment,
    can_steer_commitment,
    can_update_commitment,
    can_update_own,
    can_upload_register,
)
from ambitions.views.ambitions import attempt, find_programme
from wijkaanpak.neighbourhoods.permissions import can_coordinate_programme
from wijkaanpak.refusals import status_of

SECTION = "commitments"
PER_PAGE = 50


def find_commitment(request, slug, pk, *, may=None):
    """Fetch a commitment the user may see; `may` is the permission the page needs on top."""
    programme = find_programme(request, slug)
    visible = Commitment.objects.visible_to(request.user).filter(ambition__programme=programme).with_signal()
    commitment = get_object_or_404(visible.select_related("ambition__programme", "ambition__theme", "organisation", "owner"), pk=pk)
    if may and not may(request.user, commitment):
        raise PermissionDenied
    return commitment


def to_detail(commitment):
    return redirect("ambitions:commitment_detail", commitment.ambition.programme.slug, commitment.pk)


def answer(request, form, programme, *, title, commitment=None, template="ambitions/commitment_form.html", **context):
    return render(request, template, {
        "programme": programme, "section": SECTION, "form": form, "title": title, "commitment": commitment, **context,
    }, status=status_of(form))


def find_chosen(request, programme):
    """The commitments the user may see, narrowed as the address says."""
    visible = Commitment.objects.visible_to(request.user).filter(ambition__programme=programme).with_signal().ended_last()
    return CommitmentFilter(request.GET, visible.select_related("ambition__theme", "organisation", "owner"), programme=programme)


def commitment_sheet(request, slug):
    programme = find_programme(request, slug)
    return HttpResponse(sheets.commitments(find_chosen(request, programme).qs), headers={
        "Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "Content-Disposition": f'attachment; filename="toezeggingen-{programme.slug}.xlsx"',
    })


def commitment_list(request, slug):
    programme = find_programme(request, slug)
    chosen = find_chosen(request, programme)
    page = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "ambitions/commitment_list.html", {
        "programme": programme, "section": SECTION, "filter": chosen, "page": page,
        "chosen_query": request.GET.urlencode(), "is_narrowed": any(request.GET.get(name) for name in chosen.filters),
        "may_add": can_add_commitment(request.user, programme),
        "may_upload": can_upload_register(request.user, programme), "may_update_own": can_update_own(request.user, programme),
    })


def commitment_add(request, slug):
    programme = find_programme(request, slug)
    if not can_add_commitment(request.user, programme):
        raise PermissionDenied
    organisations = None if can_coordinate_programme(request.user, programme) else organisation_ids(request.user)
    initial = {"ambition": programme.ambitions.filter(number=request.GET.get("ambitie") or 0).first()}
    form = CommitmentForm(request.POST or None, initial=initial, programme=programme, organisations=organisations)
    if form.is_valid():
        try:
            commitment = commitments.propose(form.cleaned_data["ambition"], by=request.user, **form.values)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The proposal is saved. It counts once the coordinator has agreed it."))
            return redirect("ambitions:commitment_detail", slug, commitment.pk)
    return answer(request, form, programme, title=_("New commitment"))


def commitment_detail(request, slug, pk):
    commitment = find_commitment(request, slug, pk)
    user = request.user
    may_steer = can_steer_commitment(user, commitment)
    return render(request, "ambitions/commitment_detail.html", {
        "programme": commitment.ambition.programme, "section": SECTION, "commitment": commitment,
        "lines": timeline.lines(commitment), "due_dates": commitment.due_dates.select_related("set_by"),
        "milestones": commitment.milestones.all(), "planned_years": commitment.planned_years.all(), "may_steer": may_steer,
        "measures": commitment.measures.with_effect().select_related("goal__indicator", "goal__area"),
        "may_link": commitment.ambition.state != "closed" and can_link_commitment(user, commitment),
        "may_update": commitment.is_in_force and can_update_commitment(user, commitment),
        "may_add_step": not commitment.is_ended and can_update_commitment(user, commitment),
        "may_edit": can_edit_commitment(user, commitment),
        "open_links": links.count_usable(commitment) if may_steer else 0, **asked_step(user, commitment),
        **tied_to(user, commitment), **sent_in(user, commitment),
    })


def sent_in(user, commitment):
    """A word that waits for agreement or came back: its words for the own organisation, that it waits for the coordinator."""
    found = submissions.latest(commitment, user)
    waits = found or (commitment.submissions.open().select_related("by").first() if can_steer_commitment(user, commitment) else None)
    return {"submission": found, "waits": waits, "may_decide": found is not None and can_decide_submission(user, found)}


def tied_to(user, commitment):
    """What a commitment waits for and what waits for it, as far as the user sees both. One query."""
    ties = Dependency.objects.visible_to(user).filter(Q(commitment=commitment) | Q(on=commitment))
    waits = dependencies.waits(ties)
    waits_for = [wait for wait in waits if wait.dependency.commitment_id == commitment.pk]
    awaited_by = [wait for wait in waits if wait.dependency.on_id == commitment.pk and not wait.dependency.commitment.is_ended]
    return {
        "waits_for": waits_for, "awaited_by": awaited_by, "may_let_wait": can_let_wait(user, commitment),
        "is_held_up": commitment.is_in_force and any(wait.hold.holds_up for wait in waits_for),
        "holds_up": any(wait.hold.holds_up for wait in awaited_by),
    }


def asked_step(user, commitment):
    """The open step of a commitment, and whether the user may answer it."""
    step = commitment.escalations.open().select_related("person").first()
    if step:
        step.commitment = commitment
    return {"step": step, "may_answer": step is not None and can_answer_step(user, step)}


def commitment_edit(request, slug, pk):
    commitment = find_commitment(request, slug, pk, may=can_edit_commitment)
    programme = commitment.ambition.programme
    organisations = None if can_steer_commitment(request.user, commitment) else organisation_ids(request.user)
    form = CommitmentForm(request.POST or None, instance=commitment, programme=programme, organisations=organisations)
    if form.is_valid() and attempt(request, form, commitments.edit, commitment, **form.values):
        messages.success(request, _("The commitment is changed."))
        return to_detail(commitment)
    return answer(request, form, programme, title=_("Change the commitment"), commitment=commitment)


def commitment_update(request, slug, pk):
    commitment = find_commitment(request, slug, pk, may=can_update_commitment)
    sent_in = submissions.latest(commitment, request.user)
    form = UpdateForm(request.POST or None, commitment=commitment, initial=sent_in.words if sent_in and sent_in.by_id == request.user.pk else None)
    if form.is_valid() and attempt(request, form, updates.report, commitment, **form.cleaned_data):
        waits = submissions.waits_for_agreement(commitment, request.user)
        messages.success(request, _("Thank you. It counts once a colleague agrees.") if waits else _("Thank you. Everybody in the programme can read it now."))
        return to_detail(commitment)
    return answer(
        request, form, commitment.ambition.programme, title=_("How is it going?"), commitment=commitment,
        template="ambitions/commitment_update.html", submission=sent_in,
    )


@require_POST
def commitment_agree(request, slug, pk):
    commitment = find_commitment(request, slug, pk, may=can_steer_commitment)
    if attempt(request, None, commitments.agree, commitment):
        messages.success(request, _("The commitment is agreed."))
    return to_detail(commitment)


def commitment_postpone(request, slug, pk):
    commitment = find_commitment(request, slug, pk, may=can_steer_commitment)
    form = PostponeForm(request.POST or None, commitment=commitment)
    if form.is_valid() and attempt(request, form, commitments.postpone, commitment, **form.cleaned_data):
        messages.success(request, _("The date is moved. The earlier date stays visible."))
        return to_detail(commitment)
    return answer(request, form, commitment.ambition.programme, title=_("Move the date"), commitment=commitment)


def commitment_end(request, slug, pk):
    commitment = find_commitment(request, slug, pk, may=can_steer_commitment)
    form = EndForm(request.POST or None, commitment=commitment)
    if form.is_valid() and attempt(request, form, commitments.end, commitment, **form.cleaned_data):
        messages.success(request, _("The commitment has ended."))
        return to_detail(commitment)
    title = _("Correct how it ended") if commitment.is_ended else _("End the commitment")
    return answer(
        request, form, commitment.ambition.programme, title=title, commitment=commitment, template="ambitions/commitment_end.html",
        touched=touching.touched(commitment),
    )


def commitment_reopen(request, slug, pk):
    commitment = find_commitment(request, slug, pk, may=can_steer_commitment)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(request, form, commitments.reopen, commitment, **form.cleaned_data):
        messages.success(request, _("The commitment is in progress again."))
        return to_detail(commitment)
    return answer(request, form, commitment.ambition.programme, title=_("Take the commitment up again"), commitment=commitment)


@require_POST
def commitment_ask(request, slug, pk):
    commitment = find_commitment(request, slug, pk, may=can_steer_commitment)
    if attempt(request, None, links.ask, commitment):
        messages.success(request, _("A mail with a link is on its way to %(person)s.") % {"person": commitment.owner})
    return to_detail(commitment)


@require_POST
def links_withdraw(request, slug, pk):
    commitment = find_commitment(request, slug, pk, may=can_steer_commitment)
    count = links.withdraw(commitment, by=request.user)
    messages.success(request, ngettext(
        "%(count)s link no longer works.", "%(count)s links no longer work.", count
    ) % {"count": count})
    return to_detail(commitment)


def milestone_add(request, slug, pk):
    commitment = find_commitment(request, slug, pk, may=can_update_commitment)
    form = MilestoneForm(request.POST or None)
    if form.is_valid() and attempt(request, form, milestones.add, commitment, **form.cleaned_data):
        messages.success(request, _("The step is added."))
        return to_detail(commitment)
    return answer(request, form, commitment.ambition.programme, title=_("New step"), commitment=commitment)


@require_POST
def milestone_reach(request, slug, pk, milestone_pk):
    commitment = find_commitment(request, slug, pk, may=can_update_commitment)
    milestone = get_object_or_404(commitment.milestones, pk=milestone_pk)
    milestones.reach(milestone, by=request.user)
    messages.success(request, _("The step is done."))
    return to_detail(commitment)
