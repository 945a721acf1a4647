"""What a coordinator arranges: the programme itself, its areas and its periods."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wijkaanpak.neighbourhoods import programmes
from wijkaanpak.neighbourhoods.forms import AreasForm, MunicipalityForm, PeriodForm, ProgrammeForm
from wijkaanpak.neighbourhoods.models import Period, Programme
from wijkaanpak.neighbourhoods.permissions import can_manage_programme


def managed_programme(request, slug):
    """Return the programme, or refuse: 404 for strangers, 403 for members who do not steer it."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not can_manage_programme(request.user, programme):
        raise PermissionDenied
    return programme


def page(request, template, programme, tab, form=None, **context):
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, template, {"programme": programme, "section": "settings", "tab": tab, "form": form, **context}, status=status)


def programme_settings(request, slug):
    programme = managed_programme(request, slug)
    form = ProgrammeForm(request.POST or None, instance=programme)
    if form.is_valid():
        programmes.change(programme, by=request.user, **form.cleaned_data)
        messages.success(request, _("The settings are saved."))
        return redirect("neighbourhoods:programme_settings", slug=slug)
    return page(
        request,
        "neighbourhoods/programme_settings.html",
        programme,
        "general",
        form,
        areas=programme.areas.without_boundary().select_related("division"),
        periods=programme.periods.all(),
    )


def programme_areas(request, slug):
    """Two steps in one address: the municipality by GET, its areas by POST."""
    programme = managed_programme(request, slug)
    start = {"gemeente": request.GET.get("gemeente") or programme.municipality_id}
    choice = MunicipalityForm(start if start["gemeente"] else None)
    if not (choice.is_bound and choice.is_valid()):
        return page(request, "neighbourhoods/programme_areas.html", programme, "general", choice=choice)
    municipality = choice.cleaned_data["gemeente"]
    form = AreasForm(request.POST or None, municipality=municipality, initial={"areas": programme.areas.values_list("pk", flat=True)})
    if request.method == "POST" and form.is_valid() and _choose(request, programme, municipality, form):
        return redirect("neighbourhoods:programme_settings", slug=slug)
    return page(request, "neighbourhoods/programme_areas.html", programme, "general", form, choice=choice, municipality=municipality)


def _choose(request, programme, municipality, form):
    try:
        programmes.choose_areas(programme, municipality=municipality, areas=form.cleaned_data["areas"], by=request.user)
    except ValidationError as error:
        form.add_error("areas", error)
        return False
    messages.success(request, _("The areas are saved. The figures are computed anew."))
    return True


def period_add(request, slug):
    programme = managed_programme(request, slug)
    form = PeriodForm(request.POST or None)
    if form.is_valid():
        programmes.add_period(programme, by=request.user, **form.cleaned_data)
        messages.success(request, _("The period is added."))
        return redirect("neighbourhoods:programme_settings", slug=slug)
    return page(request, "neighbourhoods/period_form.html", programme, "general", form)


def period_edit(request, slug, pk):
    programme = managed_programme(request, slug)
    period = get_object_or_404(programme.periods, pk=pk)
    form = PeriodForm(request.POST or None, initial=Period.objects.filter(pk=pk).values("name", "starts_on", "ends_on", "review_on").get())
    if form.is_valid():
        programmes.change_period(period, by=request.user, **form.cleaned_data)
        messages.success(request, _("The period is saved."))
        return redirect("neighbourhoods:programme_settings", slug=slug)
    return page(request, "neighbourhoods/period_form.html", programme, "general", form, period=period)


@require_POST
def period_remove(request, slug, pk):
    programme = managed_programme(request, slug)
    try:
        programmes.remove_period(get_object_or_404(programme.periods, pk=pk), by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The period is removed."))
    return redirect("neighbourhoods:programme_settings", slug=slug)
