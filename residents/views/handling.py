"""One input: moderating, handing over, answering, linking."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from actors.models import Organisation
from actors.permissions import organisation_ids
from residents import answers, guard, inbox, inputs, links
from residents.forms.handling import AnswerForm, LinkForm, PublishForm, RefuseForm, RouteForm
from residents.models import InputLink, ResidentInput
from residents.permissions import can_answer_input, can_ask_sender, can_link_input, can_moderate_input
from residents.spam import REASONS
from residents.views.inbox import SECTION, programme_or_404
from wijkaanpak.journal.models import Event
from wijkaanpak.journal.sentences import timeline
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.permissions import has_role


def find(request, slug, pk):
    programme = programme_or_404(request, slug)
    visible = ResidentInput.objects.visible_to(request.user).filter(programme=programme).select_related(
        "programme", "theme", "organisation", "contact", "area", "moderated_by", "entered_by"
    )
    return get_object_or_404(visible.defer("area__boundary"), pk=pk)


def input_detail(request, slug, pk):
    return _page(request, find(request, slug, pk))


@require_POST
def input_moderate(request, slug, pk):
    """Publish, refuse or put away; the pressed button says which."""
    resident_input = find(request, slug, pk)
    if not can_moderate_input(request.user, resident_input):
        raise PermissionDenied
    decision = request.POST.get("decision")
    if decision == "spam":
        return _spam(request, resident_input)
    if decision == "refuse":
        form, action, thanks = RefuseForm(request.POST), inputs.refuse, _("The input is not published. The sender can read why.")
    else:
        form, action, thanks = PublishForm(request.POST), inputs.publish, _("The input is published.")
    return _act(request, resident_input, form, action, thanks, name="refuse" if decision == "refuse" else "publish")


def _spam(request, resident_input):
    try:
        inputs.mark_spam(resident_input, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The input is put away as spam."))
    return _back(resident_input)


@require_POST
def input_route(request, slug, pk):
    resident_input = find(request, slug, pk)
    if not can_moderate_input(request.user, resident_input):
        raise PermissionDenied
    form = RouteForm(request.POST, programme=resident_input.programme)
    return _act(request, resident_input, form, inputs.route, _("Theme and organisation are set."), name="route")


@require_POST
def input_answer(request, slug, pk):
    resident_input = find(request, slug, pk)
    if not can_answer_input(request.user, resident_input):
        raise PermissionDenied
    form = _answer_form(request, resident_input, request.POST)
    return _act(request, resident_input, form, answers.give, _("The answer is public. The sender hears of it."), name="answer")


@require_POST
def input_link(request, slug, pk):
    """Link to an ambition or commitment, or take a link away."""
    resident_input = find(request, slug, pk)
    if not can_link_input(request.user, resident_input):
        raise PermissionDenied
    if request.POST.get("remove", "").isdigit():
        mistaken = get_object_or_404(InputLink.objects.filter(input=resident_input), pk=request.POST["remove"])
        links.unlink(mistaken, by=request.user)
        messages.success(request, _("The link is taken away."))
        return _back(resident_input)
    form = LinkForm(request.POST, programme=resident_input.programme)
    return _act(request, resident_input, form, links.link, _("The input is linked."), name="link")


def _act(request, resident_input, form, action, thanks, *, name):
    """Do what a form asks for and go back; what is wrong is said beside the form, or at the field it names in `field_of`."""
    if form.is_valid():
        try:
            action(resident_input, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(getattr(form, "field_of", {}).get(error.code), error)
        else:
            messages.success(request, thanks)
            return _back(resident_input)
    return _page(request, resident_input, status=422, mistaken=name, **{f"{name}_form": form})


def _back(resident_input):
    return redirect("residents:input_detail", resident_input.programme.slug, resident_input.pk)


def _answer_form(request, resident_input, data=None):
    """Coordinators answer for any partner, others for their own organisation."""
    organisations = Organisation.objects.in_programme(resident_input.programme)
    if not has_role(request.user, resident_input.programme_id, Role.COORDINATOR):
        organisations = organisations.filter(pk__in=organisation_ids(request.user))
    initial = {"organisation": resident_input.organisation_id}
    return AnswerForm(data, programme=resident_input.programme, organisations=organisations, initial=initial)


def _page(request, resident_input, status=200, mistaken="", **bound):
    """Show an input; a form with a mistake in it (`mistaken` is its name) stands open."""
    context = {"programme": resident_input.programme, "section": SECTION, "input": resident_input, "mistaken": mistaken, **_reading(request, resident_input)}
    context |= _forms(request, resident_input) | bound
    return render(request, "residents/input_detail.html", context, status=status)


def _reading(request, resident_input):
    user, contact = request.user, getattr(resident_input, "contact", None)
    given = list(resident_input.answers.select_related("organisation", "ambition", "given_by"))
    return {
        "answer": next((answer for answer in given if answer.replaced_at is None), None),
        "earlier": [answer for answer in given if answer.replaced_at is not None],
        "links": resident_input.links.select_related("ambition", "commitment__organisation"),
        "entries": timeline(Event.objects.about(resident_input)),
        "findings": guard.find(resident_input.text),
        "doubts": [REASONS[reason][1] for reason in resident_input.spam_reasons if reason in REASONS],
        "sender_to_ask": contact if can_ask_sender(user, resident_input, contact) else None,
    }


def _forms(request, resident_input):
    """Return the forms for what may be done now; None for what may not."""
    user, programme = request.user, resident_input.programme
    moderates, is_public = can_moderate_input(user, resident_input), resident_input.is_published
    visible = ResidentInput.objects.visible_to(user).filter(programme=programme)
    routing = {"theme": resident_input.theme_id, "organisation": resident_input.organisation_id}
    return {
        "publish_form": PublishForm(initial={"public_text": resident_input.shown_text}) if moderates else None,
        "refuse_form": RefuseForm() if moderates else None,
        "route_form": RouteForm(programme=programme, initial=routing) if moderates and is_public else None,
        "answer_form": _answer_form(request, resident_input) if is_public and can_answer_input(user, resident_input) else None,
        "link_form": LinkForm(programme=programme) if is_public and can_link_input(user, resident_input) else None,
        "next_input": inbox.next_to_moderate(visible, after=resident_input) if moderates else None,
    }
