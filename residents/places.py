"""Where an input plays, without a map."""

from collections import Counter
from collections.abc import Sequence

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


def labelled(areas: Sequence[Area]) -> list[tuple[Area, str]]:
    """Return the areas with what to call them: a district and a neighbourhood of one name say which they are."""
    times = Counter(area.name for area in areas)
    return [(area, f"{area} ({area.get_kind_display()})" if times[area.name] > 1 else str(area)) for area in areas]
