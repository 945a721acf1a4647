"""Any area of the country: find it, read its figures, lay it beside others, see its municipality on the map."""

import csv
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Greatest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dashboards import maps, profiles, series
from dashboards.figures import areas as drawn
from dashboards.forms import AreaSearch, MapFilter
from wijkaanpak.indicators.models import Edition
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Area, Theme

MOST = 4  # areas side by side
FOUND = 30


def area_list(request):
    form = AreaSearch(request.GET)
    text = form.text()
    found = _known(request).named(text).newest()[: FOUND + 1] if text else []
    municipalities = [] if text else Area.objects.municipalities_to_choose()
    context = {"form": form, "text": text, "found": found[:FOUND], "is_more": len(found) > FOUND, "municipalities": municipalities}
    return render(request, "dashboards/areas/list.html", context)


@login_not_required
@require_safe
def area_detail(request, code):
    areas = _chosen(request, code)
    themes = list(Theme.objects.all())
    theme = _theme(request.GET.get("thema"), themes)
    municipality = areas[0].municipality
    per_area = drawn.of_theme(areas, theme, municipality.name if municipality else "", public=_is_visitor(request))
    form = AreaSearch(request.GET)
    return render(request, "dashboards/areas/detail.html", {
        "area": areas[0], "areas": areas, "municipality": municipality, "form": form, "base": _base(request), "is_visitor": _is_visitor(request),
        "cards": drawn.alone(per_area[0]) if len(areas) == 1 else [], "rows": drawn.beside(areas, per_area) if len(areas) > 1 else [],
        "themes": _themes(themes, theme, code, areas), "theme": theme, "others": _others(areas, theme),
        "found": _to_add(request, form.text(), areas, theme), "parts": _parts(areas),
    })  # fmt: skip


@login_not_required
@require_safe
def area_map(request, code):
    area = _chosen(request, code)[0]
    municipality = _drawn_municipality(area)
    indicators = profiles.with_figures()
    form = MapFilter(request.GET, indicators=drawn.by_theme(indicators), kind=area.kind)
    parts = list(Area.objects.inside(municipality).of_kind(form.kind()).without_boundary().select_related("division"))
    indicator = next((each for each in indicators if each.slug == form.slug()), None)
    if not (parts and indicator):
        raise Http404
    drawing = maps.kept(Area.objects.filter(pk__in=[part.pk for part in parts], boundary__isnull=False), _mark(municipality, form.kind()))
    context = {"area": area, "municipality": municipality, "form": form, "base": _base(request), "indicator": indicator}
    context["map"] = drawn.choropleth(
        parts, drawing, indicator, href=_linked(request), chosen=area.code, public=_is_visitor(request)
    )  # fmt: skip
    return render(request, "dashboards/areas/map.html", context)


@login_not_required
@require_safe
def area_csv(request, code):
    area = _chosen(request, code)[0]
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{area.code}-cijfers.csv"'
    response.write("\ufeff")  # Excel takes it for UTF-8 then
    csv.writer(response, delimiter=";").writerows(series.sheet(profiles.complete(area), public=_is_visitor(request)))
    return response


def _is_visitor(request):
    return not request.user.is_authenticated


def _base(request):
    return "base_public.html" if _is_visitor(request) else "base.html"


def _known(request):
    return Area.objects.visible_to(request.user).with_parents()


def _chosen(request, code):
    """Return the area and those beside it, which the visitor may see; an unknown one beside it is left out."""
    codes = list(dict.fromkeys([code, *request.GET.getlist("met")]))[:MOST]
    found = {area.code: area for area in _known(request).filter(code__in=codes).newest()}
    if code not in found:
        raise Http404
    return [found[each] for each in codes if each in found]


def _theme(wanted, themes):
    known = [theme.slug for theme in themes] + [drawn.BACKGROUND]
    return wanted if wanted in known else known[0]


def _address(codes, **query):
    pairs = [(name, value) for name, value in query.items() if value] + [("met", code) for code in codes[1:]]
    return reverse("dashboards:area_detail", args=codes[:1]) + (f"?{urlencode(pairs)}" if pairs else "")


def _themes(themes, chosen, code, areas):
    codes = [code, *(area.code for area in areas[1:])]
    names = [(theme.slug, theme.name) for theme in themes] + [(drawn.BACKGROUND, None)]
    return [{"url": _address(codes, thema=slug), "name": name, "is_current": slug == chosen} for slug, name in names]


def _others(areas, theme):
    """Each area beside the first with the address of the page without it."""
    codes = [area.code for area in areas]
    return [{"area": area, "without": _address([code for code in codes if code != area.code], thema=theme)} for area in areas[1:]]


def _to_add(request, text, areas, theme):
    """Return what was searched for, each with the address of the page that has it beside the others."""
    codes = [area.code for area in areas]
    if not text or len(codes) == MOST:
        return []
    found = _known(request).named(text).exclude(code__in=codes).newest()[:FOUND]
    return [{"area": area, "url": _address([*codes, area.code], thema=theme)} for area in found]


def _parts(areas):
    return Area.objects.filter(parent=areas[0]).without_boundary().order_by("code") if len(areas) == 1 else []


def _drawn_municipality(area):
    """Return the municipality in the newest division that has boundaries of its parts, else in the newest."""
    code = area.code if area.kind == AreaKind.MUNICIPALITY else profiles.municipality_code(area)
    parts = Area.objects.filter(parent=OuterRef("pk"), boundary__isnull=False)
    rows = Area.objects.filter(code=code).annotate(is_drawn=Exists(parts)).without_boundary().select_related("division")
    return get_object_or_404(rows.order_by("-is_drawn", "-division__year")[:1])


def _mark(municipality, kind):
    """Name a drawing so that boundaries that come in, or are taken back, give another."""
    newest = Edition.objects.aggregate(moment=Greatest(Max("loaded_at"), Max("undone_at")))["moment"]
    return f"{municipality.pk}:{kind}:{newest.timestamp() if newest else 0}"


def _linked(request):
    """Signed-in people can open every area; visitors only some, so their map has no links."""
    if _is_visitor(request):
        return lambda place: ""
    return lambda place: reverse("dashboards:area_detail", args=[place.code])
