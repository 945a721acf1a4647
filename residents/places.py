"""Where an input plays, without a map."""

from django.db.models import Q

from wijkaanpak.neighbourhoods.models import Area, Programme


def areas_of(programme: Programme) -> list[Area]:
    """Return the areas a resident can choose: those of the programme and their parts, in order of name.

    A programme of one area is that area: only its parts are left to choose.
    """
    inside = Q(programmes=programme) | Q(parent__programmes=programme)
    areas = list(Area.objects.filter(inside).without_boundary().distinct().order_by("name"))
    whole = {area.parent_id for area in areas}
    own = [area for area in areas if area.parent_id not in {other.pk for other in areas}]
    return [area for area in areas if len(own) > 1 or area.pk not in whole]
