from django.shortcuts import render
from django.views.decorators.http import require_GET

from actors.permissions import can_name_tension
from ambitions import coverage as covering
from ambitions.permissions import can_add_commitment, can_follow_up
from ambitions.views.ambitions import find_programme


@require_GET
def coverage(request, slug):
    """Which partner has to do with which theme, and where nobody or only one promised something."""
    programme = find_programme(request, slug)
    known = covering.read(programme, request.user)
    return render(request, "ambitions/coverage.html", {
        "programme": programme, "section": "partners", "themes": known.themes, "rows": covering.matrix(known), "totals": covering.totals(known),
        "gaps": covering.gaps(known), "tensions": covering.watched(known), "has_ambitions": bool(known.ambitions),
        "may_promise": can_add_commitment(request.user, programme), "may_follow_up": can_follow_up(request.user, programme), "may_name": can_name_tension(request.user, programme),
    })  # fmt: skip
