"""Where an input plays, without a map."""

from wijkaanpak.neighbourhoods.models import Area, Programme


def areas_of(programme: Programme) -> list[Area]:
    """Return the areas a resident can choose: those of the programme and their parts, in order of name.

    A programme of one area is that area: only its parts are left to choose.
    """
    known = Area.objects.without_boundary()
    parts = known.filter(parent__programmes=programme)
    areas = list(known.filter(programmes=programme).union(parts).order_by("name"))  # one OR would read every area of the country
    whole = {area.parent_id for area in areas}
    own = [area for area in areas if area.parent_id not in {other.pk for other in areas}]
    return [area for area in areas if len(own) > 1 or area.pk not in whole]
