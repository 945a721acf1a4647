"""The two speeds as a drawing: three by three, with what cannot be judged apart from it. Styled by classes only."""

from collections.abc import Sequence
from textwrap import wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dashboards import matrix
from dashboards.matrix import Dot

LABELS, COLUMN, APART, TOP, PER_DOT, PAD = 120, 146, 18, 84, 40, 12
WIDTH = LABELS + 4 * COLUMN + APART
LEFTS = [LABELS, LABELS + COLUMN, LABELS + 2 * COLUMN, LABELS + 3 * COLUMN + APART]


def draw(dots: Sequence[Dot]) -> SafeString:
    """Return the drawing; empty without dots. The list beside it says the same."""
    if not dots:
        return SafeString("")
    tops, heights = _rows(dots)
    cells = [(LEFTS[column], tops[row], COLUMN - 6, heights[row] - 6, _kind(row, column)) for row in range(4) for column in range(4)]
    parts = [
        format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}" rx="6" class="matrix__cell{}"/>', cells),
        *(_words(str(name.label), LEFTS[place] + COLUMN / 2 - 3, 24, 13, "middle") for place, name in enumerate(matrix.COLUMNS)),
        *(_words(matrix.course_label(name), 0, tops[place] + 24, 11, "start") for place, name in enumerate(matrix.ROWS)),
        *_dots(dots, tops),
    ]  # fmt: skip
    label = _("The ambitions by how their promises were kept and where the neighbourhood goes. The list below says the same.")
    inside = format_html_join("", "{}", ((part,) for part in parts))
    return format_html('<svg class="matrix" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>', WIDTH, tops[3] + heights[3], label, inside)


def _rows(dots: Sequence[Dot]) -> tuple[list[int], list[int]]:
    """Return where each row begins and how high it is: as high as its fullest cell."""
    most = [max((sum(dot.course == row and dot.keeping == column for dot in dots) for column in matrix.COLUMNS), default=0) for row in matrix.ROWS]
    heights = [max(2, number) * PER_DOT + 2 * PAD for number in most]
    tops = [TOP + sum(heights[:place]) + (APART if place == 3 else 0) for place in range(4)]
    return tops, heights


def _kind(row: int, column: int) -> str:
    return " matrix__cell--apart" if row == 3 or column == 3 else ""


def _words(text: str, x: float, y: float, width: int, anchor: str) -> SafeString:
    lines = wrap(text, width, break_long_words=False)
    rows = format_html_join("", '<tspan x="{}" dy="{}">{}</tspan>', ((x, 24 if number else 0, line) for number, line in enumerate(lines)))
    return format_html('<text class="matrix__label" x="{}" y="{}" text-anchor="{}">{}</text>', x, y, anchor, rows)


def _dots(dots: Sequence[Dot], tops: Sequence[int]) -> list[SafeString]:
    seen: dict[tuple[int, int], int] = {}
    found = []
    for dot in dots:
        cell = matrix.ROWS.index(dot.course), matrix.COLUMNS.index(dot.keeping)
        place = seen[cell] = seen.get(cell, -1) + 1
        found.append(_dot(dot, LEFTS[cell[1]] + 22, tops[cell[0]] + PAD + place * PER_DOT + 17))
    return found


def _dot(dot: Dot, x: int, y: int) -> SafeString:
    lines = wrap(dot.name, 14, max_lines=2, placeholder="…")
    first = y + 5 - 8 * (len(lines) - 1)
    name = format_html_join("", '<tspan x="{}" y="{}">{}</tspan>', ((x + 22, first + 17 * number, line) for number, line in enumerate(lines)))
    return format_html(
        '<g><title>{}</title><circle class="matrix__dot" cx="{}" cy="{}" r="16"/><text class="matrix__number" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text class="matrix__name">{}</text></g>',
        dot.sentence, x, y, x, y + 6, dot.number, name,
    )  # fmt: skip
