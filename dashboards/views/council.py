"""One page about a year of the programme, for the council."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dashboards import council
from wijkaanpak.neighbourhoods.models import Programme


def _programme(request, slug):
    return get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)


@require_GET
def council_start(request, slug):
    """The year that runs."""
    return redirect("dashboards:council", _programme(request, slug).slug, timezone.localdate().year)


@require_GET
def council_page(request, slug, year):
    programme, today = _programme(request, slug), timezone.localdate()
    years = council.years(programme, today)
    if year not in years:
        raise Http404
    shown = council.Year(year, today)
    promised = list(council.promises(programme))
    return render(request, "dashboards/council/year.html", {
        "programme": programme, "section": "reports", "year": shown, "years": years, "ambitions": council.ambitions(programme, shown),
        "kept": council.kept(promised, shown), "late": council.late(promised, shown), "dropped": council.dropped(promised, shown),
        "decisions": council.decisions(programme, shown), "residents": council.residents(programme, shown),
        "reports": list(council.reports(programme, shown)),
    })  # fmt: skip
