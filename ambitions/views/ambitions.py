from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.models import Organisation
from ambitions import ambitions, consultations, involvements, quality, reactions, support
from ambitions.forms import AmbitionForm, ConsultationForm, ReasonForm, SupportForm
from ambitions.models import Ambition, Commitment, Goal, Support
from ambitions.permissions import (
    can_add_commitment,
    can_edit_ambition,
    can_give_support,
    can_judge_goal,
    can_log_participation,
    can_write_lesson,
)
from wijkaanpak import refusals
from wijkaanpak.journal import sentences
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.models import Programme
from wijkaanpak.neighbourhoods.permissions import can_coordinate_programme
from wijkaanpak.refusals import status_of

SECTION = "ambitions"
SHOWN = 12  # commitments of an ambition; the rest is in the list


def find_programme(request, slug):
    return get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)


def find_ambition(request, programme, number):
    visible = Ambition.objects.visible_to(request.user).filter(programme=programme).select_related("theme", "programme")
    return get_object_or_404(visible, number=number)


def find_ambition_to_edit(request, slug, number):
    ambition = find_ambition(request, find_programme(request, slug), number)
    if not can_edit_ambition(request.user, ambition):
        raise PermissionDenied
    return ambition


def ambition_list(request, slug):
    programme = find_programme(request, slug)
    visible = Commitment.objects.visible_to(request.user)
    promised = visible.with_signal().ended_last().select_related("organisation")[:SHOWN]
    tree = Ambition.objects.visible_to(request.user).filter(programme=programme).select_related("theme").prefetch_related(
        Prefetch("goals", Goal.objects.select_related("indicator", "area")), Prefetch("commitments", promised, to_attr="first_commitments")
    ).with_number_of(visible)
    return render(request, "ambitions/ambition_list.html", {
        "programme": programme, "section": SECTION, "ambitions": tree, "shown": SHOWN,
        "may_add": can_coordinate_programme(request.user, programme),
    })


def ambition_add(request, slug):
    programme = find_programme(request, slug)
    if not can_coordinate_programme(request.user, programme):
        raise PermissionDenied
    form = AmbitionForm(request.POST or None, programme=programme)
    if form.is_valid():
        ambition = ambitions.draft(programme, by=request.user, **form.cleaned_data)
        messages.success(request, _("The draft is saved. Add goals, or put it to the partners."))
        return redirect("ambitions:ambition_detail", programme.slug, ambition.number)
    return answer(request, form, programme, title=_("New ambition"), back=None)


def ambition_detail(request, slug, number):
    programme = find_programme(request, slug)
    ambition = find_ambition(request, programme, number)
    may_edit = can_edit_ambition(request.user, ambition)
    views = stances(request.user, ambition)
    asked = consultations.present(ambition)
    goals = ambition.goals.select_related("indicator", "area").prefetch_related("checks")
    promised = Commitment.objects.visible_to(request.user).filter(ambition=ambition)
    return render(request, "ambitions/ambition_detail.html", {
        "programme": programme, "section": SECTION, "ambition": ambition,
        "areas": ambition.areas.without_boundary(),
        "goals": [{"goal": goal, "judged": quality.of_goal(goal), "is_judged": bool(goal.checks.all())} for goal in goals], "stages": involvements.by_stage(ambition),
        "commitments": promised.with_signal().ended_last().select_related("organisation")[:SHOWN], "promised": promised.count(), "shown": SHOWN,
        "stances": views, "answered": sum(row["support"] is not None and not row["is_outdated"] for row in views),
        "versions": ambition.versions.select_related("adopted_by"),
        "asked": asked, "unanswered": reactions.count_unanswered(ambition, asked.version) if asked and may_edit and ambition.is_in_consultation else 0,
        "lessons": ambition.lessons.select_related("written_by", "by_organisation"),
        "entries": sentences.timeline(Event.objects.about(ambition)),
        "may_edit": may_edit, "may_change_goals": may_edit and ambition.is_open_to_change,
        "may_log": can_log_participation(request.user, ambition), "may_judge": can_judge_goal(request.user, ambition),
        "may_learn": can_write_lesson(request.user, ambition),
        "may_add_commitment": can_add_commitment(request.user, programme) and ambition.state != "closed",
    })


def stances(user, ambition):
    """Every partner with its latest stance on the ambition, or none yet, whether it was about other words, and whether the user may give it."""
    given = {one.organisation_id: one for one in Support.objects.filter(ambition=ambition).select_related("given_by").order_by("given_at", "pk")}
    version = ambition.text_version()
    rows = []
    for organisation in Organisation.objects.in_programme(ambition.programme):
        stance = given.get(organisation.pk)
        is_outdated = stance is not None and (stance.version != version or stance.replaced_at is not None)
        rows.append({"organisation": organisation, "support": stance, "is_outdated": is_outdated, "may_give": can_give_support(user, ambition, organisation.pk)})
    return rows


def ambition_edit(request, slug, number):
    ambition = find_ambition_to_edit(request, slug, number)
    started = {"sentence": ambition.revised_sentence, "why": ambition.revised_why} if ambition.is_being_revised else None
    form = AmbitionForm(request.POST or None, instance=ambition, initial=started, programme=ambition.programme)
    if form.is_valid() and attempt(request, form, ambitions.revise, ambition, **form.cleaned_data):
        messages.success(request, _("The text is saved."))
        return redirect("ambitions:ambition_detail", slug, number)
    title = _("Revise the ambition") if ambition.state == "adopted" else _("Change the ambition")
    return answer(request, form, ambition.programme, title=title, back=ambition)


def ambition_consult(request, slug, number):
    ambition = find_ambition_to_edit(request, slug, number)
    if ambition.is_in_consultation:
        return redirect("ambitions:consultation_extend", slug, number)
    form = ConsultationForm(request.POST or None)
    if form.is_valid() and attempt(request, form, ambitions.open_consultation, ambition, **form.cleaned_data):
        messages.success(request, _("You asked the partners for their support, by mail."))
        return redirect("ambitions:ambition_detail", slug, number)
    return answer(request, form, ambition.programme, title=_("Put it to the partners"), back=ambition)


def ambition_close(request, slug, number):
    ambition = find_ambition_to_edit(request, slug, number)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(request, form, ambitions.close, ambition, **form.cleaned_data):
        messages.success(request, _("The ambition is closed."))
        return redirect("ambitions:ambition_detail", slug, number)
    return answer(request, form, ambition.programme, title=_("Close the ambition"), back=ambition)


def ambition_reopen(request, slug, number):
    ambition = find_ambition_to_edit(request, slug, number)
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(request, form, ambitions.reopen, ambition, **form.cleaned_data):
        messages.success(request, _("The ambition is taken up again."))
        return redirect("ambitions:ambition_detail", slug, number)
    return answer(request, form, ambition.programme, title=_("Take the ambition up again"), back=ambition)


@require_POST
def revision_drop(request, slug, number):
    ambition = find_ambition_to_edit(request, slug, number)
    if attempt(request, None, ambitions.drop_revision, ambition):
        messages.success(request, _("The new text is left aside."))
    return redirect("ambitions:ambition_detail", slug, number)


def support_give(request, slug, number, organisation_pk):
    programme = find_programme(request, slug)
    ambition = find_ambition(request, programme, number)
    partners = Organisation.objects.in_programme(programme)
    organisation = get_object_or_404(partners, pk=organisation_pk)
    if not can_give_support(request.user, ambition, organisation.pk):
        raise PermissionDenied
    present = Support.objects.current().filter(ambition=ambition, organisation=organisation).first()
    initial = {"stance": present.stance, "reason": present.reason} if present else None
    form = SupportForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(request, form, support.give, ambition, organisation=organisation, **form.cleaned_data):
        messages.success(request, _("Thank you. The view of %(organisation)s is on record.") % {"organisation": organisation})
        return redirect("ambitions:ambition_detail", slug, number)
    return render(request, "ambitions/support_give.html", {
        "programme": programme, "section": SECTION, "ambition": ambition, "organisation": organisation, "form": form,
    }, status=status_of(form))


def attempt(request, form, action, subject, **values):
    """Do a domain action; what it refuses becomes an error of the form, or a message when there is no form."""
    if form is not None:
        return refusals.attempt(form, action, subject, by=request.user, **values)
    try:
        action(subject, by=request.user, **values)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    return True


def answer(request, form, programme, *, title, back):
    """Show a form on a page of its own; `back` is the ambition it belongs to."""
    return render(request, "ambitions/ambition_form.html", {
        "programme": programme, "section": SECTION, "form": form, "title": title, "ambition": back,
    }, status=status_of(form))
