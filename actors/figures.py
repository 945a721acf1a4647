"""The field of influence and interest as a drawing: four corners, a numbered dot per organisation. Styled by classes only."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from actors.choices import Approach
from actors.field import Spot

LEFT, TOP, SIDE, RADIUS = 34, 8, 380, 15
HALF = SIDE / 2
CORNERS = [(Approach.CONTENT, 0, 0), (Approach.TOGETHER, 1, 0), (Approach.FOLLOW, 0, 1), (Approach.INFORMED, 1, 1)]


def draw(spots: Sequence[Spot]) -> SafeString:
    """Return the drawing; empty without spots. The list beside it says the same."""
    if not spots:
        return SafeString("")
    corners = [(LEFT + column * HALF, TOP + row * HALF, HALF, HALF) for _approach, column, row in CORNERS]
    names = [(LEFT + column * HALF + 10, TOP + row * HALF + 20, approach.label) for approach, column, row in CORNERS]
    parts = [
        format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}" class="field__corner"/>', corners),
        format_html_join("", '<text x="{}" y="{}" class="field__name">{}</text>', names),
        format_html('<text x="{}" y="{}" class="field__axis" text-anchor="end">{}</text>', LEFT + SIDE, TOP + SIDE + 22, _("more interest →")),
        format_html('<text transform="translate(22 {}) rotate(-90)" class="field__axis" text-anchor="end">{}</text>', TOP, _("more influence →")),
        *(_dot(spot, *place) for spot, place in zip(spots, places(spots), strict=True)),
    ]  # fmt: skip
    label = _("The organisations by their influence and their interest. The list below says the same.")
    inside = format_html_join("", "{}", ((part,) for part in parts))
    return format_html(
        '<svg class="field" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>', LEFT + SIDE + 8, TOP + SIDE + 32, label, inside
    )


def places(spots: Sequence[Spot]) -> list[tuple[int, int]]:
    """Return the middle of each dot; those that would lie on one another move aside, half a dot at a time, without leaving the field."""
    taken: list[tuple[int, int]] = []
    for spot in spots:
        x, y = _scaled(spot.interest), SIDE - _scaled(spot.influence)
        middle = (round(LEFT + x), round(TOP + y))
        taken.append(next(place for place in _around(*middle) if all(_apart(place, other) for other in taken)))
    return taken


def _scaled(value: float) -> float:
    """One to five over the side, with room for a dot at both ends."""
    return 40 + (value - 1) / 4 * (SIDE - 80)


def _around(x: int, y: int):
    """The place itself, then places to its right and left, row after row."""
    yield x, y
    steps = [(column * 2 * RADIUS, row * 2 * RADIUS) for row in range(-12, 13) for column in range(-12, 13)]
    for across, down in sorted(steps, key=lambda step: (abs(step[0]) + abs(step[1]), step)):
        inside = LEFT + RADIUS <= x + across <= LEFT + SIDE - RADIUS and TOP + RADIUS <= y + down <= TOP + SIDE - RADIUS
        if inside:
            yield x + across, y + down


def _apart(place: tuple[int, int], other: tuple[int, int]) -> bool:
    return (place[0] - other[0]) ** 2 + (place[1] - other[1]) ** 2 >= (2 * RADIUS - 2) ** 2


def _dot(spot: Spot, x: int, y: int) -> SafeString:
    apart = " field__dot--differs" if spot.differs else ""
    return format_html(
        '<g><title>{}</title><circle class="field__dot{}" cx="{}" cy="{}" r="{}"/><text class="field__number" x="{}" y="{}" text-anchor="middle">{}</text></g>',
        spot.organisation.name, apart, x, y, RADIUS, x, y + 5, spot.number,
    )  # fmt: skip
