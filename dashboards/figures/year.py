"""The coming twelve months as a ring: a mark for each moment, numbered as in the list on the page, which says the same.

The present month stands on top; styled by classes only.
"""

from collections.abc import Sequence
from datetime import date
from math import cos, pi, sin

from django.utils.dates import MONTHS_3
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wijkaanpak.neighbourhoods.year_clock import Occurrence

SIZE, RING, MARK, NAMES, INWARDS = 420, 150, 14, 190, 31  # a mark that would lie on another one moves inwards
APART = 2.2 * MARK


def draw(found: Sequence[Occurrence], today: date) -> SafeString:
    """Return the drawing; empty without moments."""
    if not found:
        return SafeString("")
    label = _("The coming twelve months as a ring, with the numbers of the list below.")
    parts = [format_html('<circle class="ring__line" cx="{0}" cy="{0}" r="{1}"/>', SIZE // 2, RING), *_months(today), *_marks(found, today)]
    mark_up = '<svg class="ring" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">{2}</svg>'
    return format_html(mark_up, SIZE, label, format_html_join("", "{}", ((part,) for part in parts)))


def _months(today: date) -> list[SafeString]:
    """The names of the months, each in the middle of its part, and a line where it begins."""
    found = []
    for place in range(12):
        number = (today.month - 1 + place) % 12 + 1
        x, y = _at((place + 0.5) / 12, NAMES)
        inner, outer = _at(place / 12, RING - 8), _at(place / 12, RING + 8)
        now = " ring__month--now" if place == 0 else ""
        found.append(format_html('<path class="ring__tick" d="M{} {}L{} {}"/>', *inner, *outer))
        found.append(format_html('<text class="ring__month{}" x="{}" y="{}">{}</text>', now, x, y + 5, str(MONTHS_3[number])))
    return found


def _marks(found: Sequence[Occurrence], today: date) -> list[SafeString]:
    places: list[tuple[float, float]] = []
    marks = []
    for number, row in enumerate(found, start=1):
        x, y = _free(_share(row.on, today), places)
        places.append((x, y))
        kind = "done" if row.done else "near" if row.is_near(today) else "later"
        mark_up = '<g><title>{}. {}, {}</title><circle class="ring__mark ring__mark--{}" cx="{}" cy="{}" r="{}"/><text class="ring__number ring__number--{}" x="{}" y="{}">{}</text></g>'
        marks.append(format_html(mark_up, number, row.moment.what, row.day_text, kind, x, y, MARK, kind, x, y + 5, number))
    return marks


def _share(on: date, today: date) -> float:
    """Return how far round the ring a day lies: 0 at the first of the present month."""
    months = (on.year - today.year) * 12 + on.month - today.month
    return (months + (on.day - 1) / 31) / 12


def _free(share: float, places: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the outermost place that no other mark takes."""
    for depth in range(4):
        x, y = _at(share, RING - depth * INWARDS)
        if all((x - other) ** 2 + (y - beside) ** 2 >= APART**2 for other, beside in places):
            break
    return x, y


def _at(share: float, radius: float) -> tuple[float, float]:
    turn = 2 * pi * share - pi / 2
    return round(SIZE / 2 + radius * cos(turn), 1), round(SIZE / 2 + radius * sin(turn), 1)
