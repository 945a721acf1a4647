"""SVG made on the server: small, without script, styled by classes only. Plain data in, safe mark-up out.

Every drawing has a text alternative; the page sets the sentence and the table beside it.
"""

from collections.abc import Collection, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dashboards import wording
from dashboards.series import Choropleth, LineChart
from dashboards.series.maps import MapRow

Points = Sequence[tuple[float, float | None]]
LEFT, RIGHT, TOP, BOTTOM, WIDTH, HEIGHT = 52, 20, 12, 30, 480, 230  # small, so that its text can be read on a phone


def sparkline(
    points: Points, label: str, width: int = 120, height: int = 32, *, breaks: Collection[float] = (), scale: tuple[float, float] | None = None
) -> SafeString:
    """A line without axes that ends in a dot; gaps and breaks stay open. Empty when nothing is known.

    `breaks` are the moments before which the line is interrupted; `scale` is (low, high) where several lines must be comparable.
    """
    known = [value for _moment, value in points if value is not None]
    if not known:
        return SafeString("")
    x, y = _scales(points, scale or (min(known), max(known)), (3, width - 4), (height - 4, 4))
    last = next(place for place in reversed(points) if place[1] is not None)
    dot = format_html('<circle cx="{}" cy="{}" r="3"/>', x(last[0]), y(last[1] or 0))
    return format_html(
        '<svg class="sparkline" viewBox="0 0 {} {}" role="img" aria-label="{}"><path d="{}"/>{}</svg>', width, height, label, _path(points, x, y, breaks), dot
    )


def _scales(points: Points, values: tuple[float, float], across: tuple[float, float], upward: tuple[float, float]):
    """Return two functions from moment and value to whole units of the drawing."""
    first, last = min(moment for moment, _v in points), max(moment for moment, _v in points)
    low, high = values

    def x(moment: float) -> int:
        share = (moment - first) / (last - first) if last > first else 1
        return round(across[0] + share * (across[1] - across[0]))

    def y(value: float) -> int:
        share = (value - low) / (high - low) if high > low else 0.5
        return round(upward[0] + share * (upward[1] - upward[0]))

    return x, y


def _path(points: Points, x, y, breaks: Collection[float] = ()) -> str:
    """Return the line through the known points; a gap or a break starts a new piece. A point alone gives a short dash."""
    steps, is_open = [], False
    for moment, value in points:
        if value is None:
            is_open = False
            continue
        is_open = is_open and moment not in breaks
        steps.append(f"{'L' if is_open else 'M'}{x(moment)} {y(value)}" + ("" if is_open else "h1"))
        is_open = True
    return "".join(steps)


def line_chart(chart: LineChart, label: str, own_name: str) -> SafeString:
    """Lines of the own area, municipality and country, named in the list below; baseline to target when there is a goal."""
    lines = _lines(chart, own_name)
    known = [value for _kind, _name, points in lines for _moment, value in points if value is not None]
    if not known:
        return SafeString("")
    ticks = round_ticks(min(0, *known) if min(known) >= 0 else min(known), max(known))
    every = [point for _kind, _name, points in lines for point in points]
    x, y = _scales(every, (ticks[0], ticks[-1]), (LEFT, WIDTH - RIGHT), (HEIGHT - BOTTOM, TOP))
    breaks = {moment for moment, period in zip(chart.moments, chart.periods, strict=True) if period in chart.breaks}
    parts = [
        _grid(ticks, y, chart.decimals), _moments(chart, x), *(_break(chart, moment, x) for moment in sorted(breaks)),
        *(format_html('<path class="series series--{}" d="{}"/>', kind, _path(points, x, y, breaks)) for kind, _name, points in lines),
    ]  # fmt: skip
    inside = format_html_join("", "{}", ((part,) for part in parts))
    drawing = format_html('<svg class="line-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>', WIDTH, HEIGHT, label, inside)
    return format_html("{}{}", drawing, _names(lines))


def _lines(chart: LineChart, own_name: str) -> list[tuple[str, str, Points]]:
    named = [
        ("country", _("the Netherlands"), chart.country),
        ("municipality", chart.municipality_name, chart.municipality),
        ("own", own_name, chart.own),
    ]
    found: list[tuple[str, str, Points]] = [
        (kind, name, list(zip(chart.moments, values, strict=True))) for kind, name, values in named if any(value is not None for value in values)
    ]
    if chart.baseline and chart.target:
        found.append(("target", _("target"), [chart.baseline, chart.target]))
    return found


def round_ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """Return about `wanted` round numbers from at or below `low` to at or above `high`."""
    span = (high - low) or abs(high) or 1
    power = 10.0 ** (len(str(int(span / wanted))) - 1) if span >= wanted else 0.0001
    while power * 10 <= span / wanted:
        power *= 10
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor * wanted >= span * 0.999)
    first = low // step
    count = -((low - high) // step) if high > low else 1
    ticks = [round((first + number) * step, 6) for number in range(int(count) + 2)]
    return [tick for number, tick in enumerate(ticks) if number < 2 or ticks[number - 1] < high]


def _grid(ticks: Sequence[float], y, decimals: int) -> SafeString:
    step = ticks[1] - ticks[0]
    digits = max(decimals if step < 1 else 0, 1 if step % 1 else 0)
    lines = "".join(f"M{LEFT} {y(tick)}H{WIDTH - RIGHT}" for tick in ticks)
    labels = format_html_join("", '<text x="{}" y="{}">{}</text>', ((LEFT - 8, y(tick) + 5, wording.number(tick, digits)) for tick in ticks))
    return format_html('<path class="chart-grid" d="{}"/><g text-anchor="end">{}</g>', lines, labels)


def _moments(chart: LineChart, x) -> SafeString:
    places = list(zip(chart.moments, chart.periods, strict=True))
    step = -(-len(places) // 6)
    shown = places[::-1][::step]
    rows = [(x(moment), HEIGHT - 8, wording.period(period)) for moment, period in reversed(shown)]
    return format_html('<g text-anchor="middle">{}</g>', format_html_join("", '<text x="{}" y="{}">{}</text>', rows))


def _break(chart: LineChart, moment: float, x) -> SafeString:
    place = chart.moments.index(moment)
    middle = round((x(chart.moments[place - 1]) + x(moment)) / 2) if place else x(moment)
    title = _("Here the boundaries or the definition changed.")
    return format_html('<path class="chart-break" d="M{} {}V{}"><title>{}</title></path>', middle, TOP, HEIGHT - BOTTOM, title)


def _names(lines: Sequence[tuple[str, str, Points]]) -> SafeString:
    """Say below the drawing which line is whose, the own area first: names beside the lines would not fit on a phone."""
    mark_up = '<li><span class="legend__line legend__line--{}"></span>{}</li>'
    entries = format_html_join("", mark_up, ((kind, name) for kind, name, _points in sorted(lines, key=lambda line: line[0] != "own")))
    return format_html('<ul class="legend">{}</ul>', entries)


def bar_chart(rows: Sequence[tuple[str, float, str]], label: str) -> SafeString:
    """Horizontal bars from zero: (name, value, written value); the first row on top."""
    if not rows:
        return SafeString("")
    longest = max(abs(value) for _name, value, _text in rows) or 1
    cells = []
    for number, (name, value, text) in enumerate(rows):
        top, size = 44 * number, round(abs(value) / longest * 480)
        cells.append((top + 14, name, top + 20, max(size, 1), size + 8, top + 34, text))
    mark_up = '<text y="{0}">{1}</text><rect class="bar" y="{2}" width="{3}" height="18"/><text x="{4}" y="{5}">{6}</text>'
    inside = format_html_join("", mark_up, cells)
    return format_html('<svg class="bar-chart" viewBox="0 0 640 {}" role="img" aria-label="{}">{}</svg>', 44 * len(rows), label, inside)


def choropleth(map_: Choropleth, label: str) -> SafeString:
    """The areas as shapes with a class for their level, a title and a link; areas without figure are hatched."""
    drawn = [row for row in map_.rows if row.path]
    if not drawn:
        return SafeString("")
    shapes = format_html_join("", "{}", ((_shape(row),) for row in drawn))
    head = format_html(
        '<svg class="choropleth" viewBox="-4 -4 {} {}" role="group" aria-label="{}">', map_.width + 8, map_.height + 8, label
    )  # fmt: skip
    return format_html("{}{}{}</svg>", head, HATCH if map_.has_missing else "", shapes)


HATCH = SafeString(
    '<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="class-missing" width="8" height="8"/><path class="hatch" d="M0 0V8"/></pattern></defs>'
)


def _shape(row: MapRow) -> SafeString:
    title = _("%(area)s: %(figure)s") % {"area": row.name, "figure": row.figure or row.reason}
    fill = format_html('class="class-{}"', row.level) if row.level else SafeString('fill="url(#hatch)"')
    chosen = SafeString(' data-chosen=""') if row.is_chosen else ""
    path = format_html('<path {}{} d="{}"><title>{}</title></path>', fill, chosen, row.path, title)
    return format_html('<a href="{}" aria-label="{}">{}</a>', row.href, title, path) if row.href else path
