"""The reference values of the theme index: which version is in force, the earlier ones, and how a new one is made."""

import csv

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dashboards import references
from dashboards.forms import ReferenceForm
from dashboards.models import Reference, ReferenceVersion
from wijkaanpak.neighbourhoods.permissions import is_analyst


def analysts_only(user):
    if not is_analyst(user):
        raise PermissionDenied


def reference_list(request):
    """All versions; an analyst asks for a new one here."""
    form = ReferenceForm(request.POST or None)
    if request.method == "POST":
        analysts_only(request.user)
        if form.is_valid():
            job = references.ask(**form.cleaned_data, by=request.user)
            messages.success(request, _("The new version is being made. It is not in force by itself: look at it first."))
            return redirect("journal:job_detail", pk=job.pk)
    versions = ReferenceVersion.objects.select_related("made_by")
    return render(request, "dashboards/references/list.html", {
        "versions": versions, "form": form, "may_make": is_analyst(request.user), "without": references.without(references.in_force()),
    }, status=422 if form.errors else 200)  # fmt: skip


@login_not_required
@require_GET
def reference_version(request, number):
    version = get_object_or_404(ReferenceVersion, number=number)
    rows = Reference.objects.of_version(number).select_related("indicator__theme").order_by("indicator__theme__order", "indicator__order", "kind")
    return render(request, "dashboards/references/version.html", {"version": version, "rows": rows})


@login_not_required
@require_GET
def reference_csv(request, number):
    version = get_object_or_404(ReferenceVersion, number=number)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ijking-themascore-{version.number}.csv"'
    response.write("\ufeff")  # Excel takes it for UTF-8 then
    csv.writer(response, delimiter=";").writerows(references.sheet(version.number))
    return response


@require_POST
def reference_use(request, number):
    analysts_only(request.user)
    version = get_object_or_404(ReferenceVersion, number=number)
    try:
        references.put_in_force(version, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Version %(number)s is in force. All scores are computed again.") % {"number": number})
    return redirect("dashboards:reference_list")
