from itertools import groupby

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from ambitions.choices import Strength
from ambitions.models import Ambition, Measure
from dashboards import attention
from dashboards import network as ties
from dashboards.figures import network as drawing
from wijkaanpak.neighbourhoods.models import Programme


@require_GET
def network(request, slug):
    """Goals and efforts as a drawing and as a list, and what is missing; about what the reader may see."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), slug=slug)
    ambitions = Ambition.objects.visible_to(request.user).filter(programme=programme).exclude(state="closed")
    goals = list(attention.goals_at_work(programme))
    efforts = attention.efforts(programme).visible_to(request.user)
    measures = Measure.objects.visible_to(request.user).filter(ambition__programme=programme).with_effect()
    blocks = ties.blocks(ambitions, goals, efforts, measures, slug=slug)
    found = ties.findings(blocks, goals, today=timezone.localdate())
    return render(request, "dashboards/network/network.html", {
        "programme": programme, "section": "ambitions", "blocks": [{"block": block, "svg": drawing.draw(block)} for block in blocks],
        "is_empty": not goals and not any(block.efforts for block in blocks),
        "groups": [(gap, list(rows)) for gap, rows in groupby(found, key=lambda finding: finding.gap)],
        "strengths": list(Strength), "sentence_of_proof": settings.SENTENCE_OF_PROOF,
    })  # fmt: skip
