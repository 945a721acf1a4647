"""How one figure was computed: a page and a file, for who works on a programme and for everybody when it is public."""

import csv

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from dashboards import calculation, queries, reckoning
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.models import Programme


@require_GET
def figure_calculation(request, slug, indicator, period):
    return _page(request, Programme.objects.visible_to(request.user), slug, indicator, period, public=False)


@login_not_required
@require_GET
def public_calculation(request, slug, indicator, period):
    return _page(request, Programme.objects.public(), slug, indicator, period, public=True)


@require_GET
def figure_calculation_csv(request, slug, indicator, period):
    return _file(request, Programme.objects.visible_to(request.user), slug, indicator, period, public=False)


@login_not_required
@require_GET
def public_calculation_csv(request, slug, indicator, period):
    return _file(request, Programme.objects.public(), slug, indicator, period, public=True)


def _found(request, programmes, slug, indicator, period):
    """Return programme, area, indicator, stored figure and its calculation; 404 for a figure that is not there."""
    programme = get_object_or_404(programmes.select_related("municipality").defer("municipality__boundary"), slug=slug)
    chosen = get_object_or_404(Indicator.objects.select_related("numerator", "denominator"), slug=indicator)
    area = next((place for place in queries.surroundings(programme).places if place.code == request.GET.get("gebied")), None)
    row = queries.figure(programme, area.area if area else None, chosen.pk, period)
    if row is None:
        raise Http404
    return programme, area, chosen, row, calculation.of(programme, row, area.area if area else None)


def _names(indicator):
    return {"top": indicator.numerator.name if indicator.numerator else indicator.name, "base": indicator.denominator.name if indicator.denominator else ""}


def _page(request, programmes, slug, indicator, period, *, public):
    programme, area, chosen, row, made = _found(request, programmes, slug, indicator, period)
    names = _names(chosen)
    return render(request, "dashboards/calculation/public.html" if public else "dashboards/calculation/page.html", {
        "programme": programme, "section": "figures", "area": area, "indicator": chosen, "row": row, "names": names,
        "reckoning": reckoning.of(made, row, names, public=public), "kept": f"?gebied={area.code}" if area else "",
    })  # fmt: skip


def _file(request, programmes, slug, indicator, period, *, public):
    programme, _area, chosen, row, made = _found(request, programmes, slug, indicator, period)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{programme.slug}-{chosen.slug}-{row.period}-berekening.csv"'
    response.write("\ufeff")  # Excel takes it for UTF-8 then
    csv.writer(response, delimiter=";").writerows(reckoning.sheet(made, row, _names(chosen), public=public))
    return response
