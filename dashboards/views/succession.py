"""Organisations that merge or split: fill in, see what will move, confirm. Three steps of one page, without anything kept in between."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from actors.models import Organisation
from actors.permissions import can_manage_actors
from dashboards import succession
from dashboards.forms import MergerForm, SplitForm
from wijkaanpak.neighbourhoods.models import Programme

ASKED_ANEW = {"csrfmiddlewaretoken", "seen", "back"}


def find_programme(request, slug):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not can_manage_actors(request.user, programme):
        raise PermissionDenied
    return programme


def merger(request, slug):
    programme = find_programme(request, slug)
    form = MergerForm(request.POST or None, programme=programme, initial={"chosen": request.GET.getlist("organisatie")})
    return answer(
        request, programme, form, partial(succession.merge, programme, by=request.user), title=_("Organisations merge"),
        lead=_("What is open goes on with the organisation that remains. What was said and done stays readable under the old names."),
    )


def split(request, slug, pk):
    programme = find_programme(request, slug)
    organisation = get_object_or_404(Organisation.objects.in_programme(programme), pk=pk)
    form = SplitForm(request.POST or None, programme=programme, organisation=organisation)
    return answer(
        request, programme, form, partial(succession.split, programme, organisation=organisation, by=request.user),
        title=_("A part of %(name)s goes on by itself") % {"name": organisation}, organisation=organisation,
        lead=_("Choose for each open commitment who goes on with it. Nothing is left without somebody who answers for it."),
    )


def answer(request, programme, form, action, *, title, lead, organisation=None):
    """Show the form, or what it would do, or do it; what came back with an error is a 422."""
    page = {"programme": programme, "section": "partners", "form": form, "title": title, "lead": lead, "organisation": organisation}
    if form.is_valid() and "back" not in request.POST:
        try:
            if "seen" in request.POST:
                return done(request, programme, action(**form.cleaned_data, seen=request.POST["seen"]))
            return preview(request, page, action)
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "dashboards/succession/form.html", page, status=422 if form.errors else 200)


def preview(request, page, action):
    found = succession.look(partial(action, **page["form"].cleaned_data))
    kept = [(name, value) for name, values in request.POST.lists() if name not in ASKED_ANEW for value in values]
    return render(request, "dashboards/succession/preview.html", {
        **page, "sections": found, "seen": succession.fingerprint(found), "kept": kept, "reason": page["form"].cleaned_data["reason"],
    })


def done(request, programme, sections):
    total = sum(len(section.lines) for section in sections)
    messages.success(request, _("Done. %(number)s things passed on; the log tells which.") % {"number": total})
    return redirect("actors:partner_list", programme.slug)
