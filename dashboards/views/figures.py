"""The figures of a programme: charts, theme index, map, and the same as a file."""

import csv
from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dashboards import asking, queries, series
from dashboards.forms import FigureFilter
from dashboards.permissions import can_recompute_figures, sees
from dashboards.views import keeping, overview
from wijkaanpak.neighbourhoods.models import Programme


def programme_dashboard(request, slug):
    visible = Programme.objects.visible_to(request.user).select_related("map", "municipality").defer("municipality__boundary")
    programme = get_object_or_404(visible, slug=slug)
    query = {name: request.GET[name] for name in FigureFilter.base_fields if name in request.GET}
    state = queries.state_of(programme)
    mark = keeping.mark(state, sees(request.user, programme), sorted(query.items()))
    context = {
        "programme": programme,
        "section": "figures",
        "drawn": keeping.kept(f"figures:{mark}", partial(draw, programme, query, request.user, state.freshness)),
        "may_recompute": can_recompute_figures(request.user, programme),
    }
    return render(request, "dashboards/figures/dashboard.html", context)


def draw(programme, query, user, freshness):
    """Return the name of the area that is shown, if one is, and the page below its heading."""
    page = overview.build(programme, query, user, freshness)
    area = page.area.name if page.area else ""
    return {"area": area, "content": render_to_string("dashboards/figures/_dashboard.html", {"programme": programme, "page": page})}


@require_POST
def recompute(request, slug):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    if not can_recompute_figures(request.user, programme):
        raise PermissionDenied
    job = asking.of_programme(programme, by=request.user)
    messages.success(request, _("The figures are being computed again. That takes a few seconds."))
    return redirect("journal:job_detail", pk=job.pk)


def programme_figures_csv(request, slug):
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    return _file(programme, public=False)


@login_not_required
def figures_csv(request, slug):
    """Open data: the figures of a public programme, without counts under 5."""
    return _file(get_object_or_404(Programme.objects.public(), slug=slug), public=True)


@login_not_required
def areas_geojson(request, slug):
    """Open data: the areas of a public programme with their boundaries."""
    programme = get_object_or_404(Programme.objects.public(), slug=slug)
    response = JsonResponse(queries.areas_as_geojson(programme), content_type="application/geo+json")
    response["Content-Disposition"] = f'attachment; filename="{programme.slug}-gebieden.geojson"'
    return response


def _file(programme, *, public):
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{programme.slug}-cijfers.csv"'
    response.write("\ufeff")  # Excel takes it for UTF-8 then
    writer = csv.writer(response, delimiter=";")
    writer.writerows(series.sheet(queries.programme_figures(programme), public=public))
    return response
