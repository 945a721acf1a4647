from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from actors.models import Organisation
from ambitions import ambitions, consultations, differences, reactions
from ambitions.forms import AdoptForm, MoreTimeForm, ReactionAnswerForm, ReactionsForm
from ambitions.models import Reaction
from ambitions.permissions import can_edit_ambition, can_react
from ambitions.views.ambitions import SECTION, attempt, find_ambition, find_ambition_to_edit, find_programme
from wijkaanpak.refusals import status_of


@require_GET
def consultation(request, slug, number):
    """The text part by part with what the partners say of it, who said nothing, and what was done with it."""
    programme = find_programme(request, slug)
    ambition = find_ambition(request, programme, number)
    rounds = list(ambition.consultations.select_related("opened_by"))
    asked = rounds[0] if rounds else None
    said = list(Reaction.objects.filter(consultation__in=rounds).select_related("organisation", "given_by", "answered_by"))
    return render(request, "ambitions/consultation.html", {
        "programme": programme, "section": SECTION, "ambition": ambition, "asked": asked,
        "parts": by_part(asked, said) if asked else [], "earlier": earlier_rounds(rounds[1:], said),
        "partners": partners(request.user, ambition, asked, said) if asked else [],
        "unanswered": reactions.count_unanswered(ambition, asked.version) if asked and not asked.ended_at else 0,
        "may_answer": can_edit_ambition(request.user, ambition) and ambition.state != "closed",
    })


def by_part(asked, said):
    """Each part of the text with the reactions that count."""
    rows = [row for row in said if row.consultation_id == asked.pk and not row.replaced_at]
    return [{"part": part, "reactions": [row for row in rows if row.position == part.position]} for part in consultations.parts(asked)]


def earlier_rounds(rounds, said):
    found = [{"consultation": one, "reactions": [row for row in said if row.consultation_id == one.pk and not row.replaced_at]} for one in rounds]
    return [each for each in found if each["reactions"]]


def partners(user, ambition, asked, said):
    """Every partner: reacted, asked again because the text changed, gave only its view, or nothing yet."""
    now = {row.organisation_id for row in said if row.consultation_id == asked.pk}
    before = {row.organisation_id for row in said} - now
    silent = {organisation.pk for organisation in consultations.silent(asked)}
    return [
        {
            "organisation": one, "has_reacted": one.pk in now, "is_asked_again": one.pk in before and one.pk in silent, "is_silent": one.pk in silent,
            "may_react": can_react(user, ambition, one.pk) and not asked.is_closed,
        }
        for one in Organisation.objects.in_programme(ambition.programme)
    ]


def reaction_give(request, slug, number, organisation_pk):
    programme = find_programme(request, slug)
    ambition = find_ambition(request, programme, number)
    organisation = get_object_or_404(Organisation.objects.in_programme(programme), pk=organisation_pk)
    if not can_react(request.user, ambition, organisation.pk):
        raise PermissionDenied
    asked = ambition.consultations.open().first()
    parts = consultations.parts(asked) if asked else []
    earlier = {row.position: row for row in asked.reactions.current().filter(organisation=organisation)} if asked else {}
    form = ReactionsForm(request.POST or None, parts=parts, earlier=earlier)
    if form.is_valid() and attempt(request, form, reactions.give, ambition, organisation=organisation, said=form.said):
        messages.success(request, _("Thank you. The reaction of %(organisation)s is on record.") % {"organisation": organisation})
        return redirect("ambitions:consultation", slug, number)
    return render(request, "ambitions/reaction_give.html", {
        "programme": programme, "section": SECTION, "ambition": ambition, "organisation": organisation, "asked": asked, "form": form, "has_reacted": bool(earlier),
    }, status=status_of(form))


def reaction_answer(request, slug, number, pk):
    ambition = find_ambition_to_edit(request, slug, number)
    rows = Reaction.objects.current().filter(consultation__ambition=ambition).select_related("organisation", "given_by", "consultation")
    reaction = get_object_or_404(rows, pk=pk)
    form = ReactionAnswerForm(request.POST or None, initial={"outcome": reaction.outcome, "answer": reaction.answer})
    if form.is_valid() and attempt(request, form, reactions.answer, reaction, **form.cleaned_data):
        messages.success(request, _("What was done with it is on record."))
        return redirect("ambitions:consultation", slug, number)
    return render(request, "ambitions/reaction_answer.html", {
        "programme": ambition.programme, "section": SECTION, "ambition": ambition, "reaction": reaction, "form": form,
    }, status=status_of(form))


def consultation_extend(request, slug, number):
    ambition = find_ambition_to_edit(request, slug, number)
    form = MoreTimeForm(request.POST or None)
    if form.is_valid() and attempt(request, form, consultations.extend, ambition, **form.cleaned_data):
        messages.success(request, _("The partners have more time, and hear of it by mail."))
        return redirect("ambitions:consultation", slug, number)
    return render(request, "ambitions/consultation_extend.html", {
        "programme": ambition.programme, "section": SECTION, "ambition": ambition, "form": form,
    }, status=status_of(form))


def ambition_adopt(request, slug, number):
    """Ask for the adoption with what is still open beside it, or adopt."""
    ambition = find_ambition_to_edit(request, slug, number)
    unanswered = reactions.count_unanswered(ambition, ambition.text_version()) if ambition.is_in_consultation else 0
    form = AdoptForm(request.POST if request.method == "POST" else None, unanswered=unanswered)
    may_answer_in_form = form if unanswered else None
    if form.is_valid() and attempt(request, may_answer_in_form, ambitions.adopt, ambition, **form.cleaned_data):
        messages.success(request, _("The ambition is adopted. This text is kept as it is."))
        return redirect("ambitions:ambition_detail", slug, number)
    if not ambition.is_in_consultation:
        return redirect("ambitions:ambition_detail", slug, number)
    asked = ambition.consultations.open().first()
    return render(request, "ambitions/ambition_adopt.html", {
        "programme": ambition.programme, "section": SECTION, "ambition": ambition, "form": form, "unanswered": unanswered,
        "silent": consultations.silent(asked) if asked else [],
    }, status=status_of(form))


@require_GET
def ambition_compare(request, slug, number):
    """Two texts of an ambition beside each other; by itself the last two."""
    programme = find_programme(request, slug)
    ambition = find_ambition(request, programme, number)
    wordings = differences.wordings(ambition)
    known = {wording.key: wording for wording in wordings}
    new = known.get(request.GET.get("naar"), wordings[-1])
    old = known.get(request.GET.get("van"), before(new, wordings))
    return render(request, "ambitions/ambition_compare.html", {
        "programme": programme, "section": SECTION, "ambition": ambition, "wordings": wordings, "old": old, "new": new,
        "sentence": differences.pair(old.sentence, new.sentence), "why": differences.pair(old.why, new.why),
        "goals": differences.of_goals(old.goals, new.goals),
    })


def before(new, wordings):
    """The last adopted text before this one, or else the one before it."""
    earlier = wordings[: wordings.index(new)]
    adopted = [wording for wording in earlier if wording.key.startswith("v")]
    return (adopted or earlier or [new])[-1]
