from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from dashboards import attention, briefing, matrix
from dashboards.figures import matrix as drawing
from wijkaanpak.neighbourhoods.models import Programme


@require_GET
def two_speeds(request, slug):
    """Promises kept or not, beside the neighbourhood better or not; about what the reader may see."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    promises = attention.promises(programme).visible_to(request.user)
    dots = matrix.dots(briefing.ambitions_of(programme), promises, attention.goals_with_figure(programme), slug=slug)
    return render(request, "dashboards/figures/two_speeds.html", {
        "programme": programme, "section": "overview", "dots": dots, "svg": drawing.draw(dots), "sentence_of_proof": settings.SENTENCE_OF_PROOF,
    })  # fmt: skip
