"""Plotly figures for the dashboards: plain data in, figure out, in the JSON form that the script draws.

They are written as plain dicts: building and checking Plotly's own objects cost more than all the rest
of a page. The tests build each of them with Plotly, which refuses what is not in its schema. Colours are
those of the style sheet's tokens (compared by a test); dashes, markers and patterns say the same.
"""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ambitions.choices import CommitmentState
from dashboards import wording
from dashboards.series import CommitmentChart, LineChart, ThemeIndex

Figure = dict[str, Any]
OWN, MUNICIPALITY, COUNTRY, TARGET, GRID = "#1b59a6", "#b3570b", "#5c5c5c", "#17612d", "#d9d9d9"
TEXT, NOTHING, WHITE = "#1b1b1b", "rgba(0,0,0,0)", "#ffffff"
FONT = {"family": "Source Sans 3, Segoe UI, system-ui, sans-serif", "size": 15, "color": TEXT}
AXIS = {"gridcolor": GRID, "zeroline": False, "fixedrange": True, "automargin": True}
STATES = {  # state: colour and pattern
    CommitmentState.PROPOSED: ("#bdd7e7", ""),
    CommitmentState.AGREED: ("#6baed6", "/"),
    CommitmentState.IN_PROGRESS: ("#1b59a6", ""),
    CommitmentState.KEPT: ("#17612d", ""),
    CommitmentState.PARTLY_KEPT: ("#3f9156", "x"),
    CommitmentState.NOT_KEPT: ("#a80d15", "\\"),
    CommitmentState.DROPPED: ("#767676", "."),
}
MARKS = {  # what happened: sign and colour
    "adopted": ("star", TEXT),
    CommitmentState.AGREED: ("circle", OWN),
    CommitmentState.KEPT: ("square", TARGET),
    CommitmentState.PARTLY_KEPT: ("diamond", MUNICIPALITY),
    CommitmentState.NOT_KEPT: ("x", "#a80d15"),
    CommitmentState.DROPPED: ("circle-open", COUNTRY),
}
MARK_AXIS = {"overlaying": "y", "range": [0, 1], "visible": False, "fixedrange": True}


def _figure(traces: list[dict[str, Any]], *, x: dict[str, Any], y: dict[str, Any], **own: Any) -> Figure:
    """The one template of all figures: no frame, light lines, decimal comma, room for the labels."""
    layout = {
        "separators": ",.", "paper_bgcolor": NOTHING, "plot_bgcolor": NOTHING, "height": 288, "font": FONT, "dragmode": False,
        "margin": {"l": 44, "r": 12, "t": 8, "b": 32}, "hovermode": "closest", "xaxis": AXIS | x, "yaxis": AXIS | y,
        "legend": {"orientation": "h", "x": 0, "y": -0.18, "yanchor": "top"},
    }  # fmt: skip
    return {"data": traces, "layout": layout | own}


def of_indicator(chart: LineChart, name: str) -> Figure:
    """Lines over the years; bars when there is one year only, because one year is not a line."""
    return trend(chart, name) if chart.known_periods > 1 else comparison(chart, name)


def comparison(chart: LineChart, name: str) -> Figure:
    """Own area, municipality and country beside each other in the only year there is; the own area on top."""
    places = [(name, chart.own, OWN), (chart.municipality_name, chart.municipality, MUNICIPALITY), (_("the Netherlands"), chart.country, COUNTRY)]
    known = [(label, value, colour) for label, values, colour in places for value in values if value is not None]
    labels, numbers, colours = zip(*known, strict=True) if known else ((), (), ())
    bars = _bars(labels, numbers, marker={"color": list(colours)}, text=[wording.number(value, chart.decimals) for value in numbers])
    bars |= {"textposition": "outside", "cliponaxis": False, "hovertemplate": "%{customdata}: %{text}<extra></extra>"}
    height, margin = 60 + 56 * len(known), {"l": 44, "r": 48, "t": 8, "b": 32}
    return _figure([bars], x={"rangemode": "tozero", "nticks": 4}, y=_names(labels), showlegend=False, bargap=0.45, height=height, margin=margin)


def trend(chart: LineChart, name: str) -> Figure:
    """Lines of the own area, municipality and country with baseline and target; a break is a gap with a dotted line.

    x in years (2020.33 is May 2020), y in the unit of the indicator.
    """
    lines = [
        (name, chart.own, OWN, "solid", "lines+markers", 3),
        (chart.municipality_name, chart.municipality, MUNICIPALITY, "dash", "lines", 2),
        (_("the Netherlands"), chart.country, COUNTRY, "dot", "lines", 2),
    ]
    traces = [_band(chart)] if any(chart.intervals) else []
    traces += [_line(chart, *line) for line in lines if any(value is not None for value in line[1])]
    if chart.target and chart.baseline:
        traces.append(_target(chart.baseline, chart.target))
    labels = [wording.period(period) for period in chart.periods]
    x = {"tickmode": "array", "tickvals": _some(chart.moments), "ticktext": _some(labels), "tickangle": 0, "showgrid": False}
    y = {"rangemode": "tozero" if _lowest(chart) >= 0 else "normal", "nticks": 5}
    shapes = [_break_line(chart, period) for period in sorted(chart.breaks)]
    height = 288 + 24 * max(0, len(traces) + bool(chart.marks) - 4)  # room for the names below
    if not chart.marks:
        return _figure(traces, x=x, y=y, hovermode="x unified", shapes=shapes, height=height)
    return _figure([*traces, _marks(chart)], x=x, y=y, hovermode="closest", shapes=shapes, yaxis2=MARK_AXIS, height=height)


def _band(chart: LineChart) -> dict[str, Any]:
    """What the own figure can be by chance, as a closed band for each stretch without gap or break."""
    x: list[float | None] = []
    y: list[float | None] = []
    for stretch in _stretches(chart):
        x += [moment for moment, _low, _high in stretch] + [moment for moment, _low, _high in reversed(stretch)] + [None]
        y += [low for _moment, low, _high in stretch] + [high for _moment, _low, high in reversed(stretch)] + [None]
    return {
        "type": "scatter", "x": x, "y": y, "name": _("range of chance"), "mode": "lines", "line": {"width": 0}, "fill": "toself",
        "fillcolor": _light(OWN), "hoverinfo": "skip",
    }  # fmt: skip


def _stretches(chart: LineChart) -> list[list[tuple[float, float, float]]]:
    found: list[list[tuple[float, float, float]]] = [[]]
    for period, moment, interval in zip(chart.periods, chart.moments, chart.intervals, strict=True):
        if interval is None or period in chart.breaks:
            found.append([])
        if interval is not None:
            found[-1].append((moment, *interval))
    return [stretch for stretch in found if stretch]


def _light(colour: str) -> str:
    """The colour so thin that lines in front of it stay readable."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.16)"


def _marks(chart: LineChart) -> dict[str, Any]:
    """Decisions and promises as signs along the bottom, higher and lower in turn so that near ones stay apart; the table names them all."""
    symbols, colours = zip(*(MARKS[mark.kind] for mark in chart.marks), strict=True)
    words = [f"{date_format(mark.on, 'j M Y')} – {mark.label}: {_wrapped(mark.what)}" for mark in chart.marks]
    return {
        "type": "scatter", "x": [mark.moment for mark in chart.marks], "y": [(0.05, 0.13)[number % 2] for number in range(len(chart.marks))], "yaxis": "y2", "mode": "markers",
        "name": _("decisions and promises"), "customdata": words, "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"symbol": list(symbols), "color": list(colours), "size": 11, "line": {"color": WHITE, "width": 1}},
    }  # fmt: skip


def _line(chart: LineChart, name: str, values: Sequence[float | None], colour: str, dash: str, mode: str, width: int) -> dict[str, Any]:
    x: list[float] = []
    y: list[float | None] = []
    for period, moment, value in zip(chart.periods, chart.moments, values, strict=True):
        if period in chart.breaks and x:
            x.append((x[-1] + moment) / 2)
            y.append(None)
        x.append(moment)
        y.append(value)
    return {
        "type": "scatter", "x": x, "y": y, "name": name, "mode": mode, "line": {"color": colour, "dash": dash, "width": width},
        "marker": {"size": 8}, "connectgaps": False, "hovertemplate": f"%{{y:,.{chart.decimals}f}}<extra>{name}</extra>",
    }  # fmt: skip


def _target(baseline: tuple[float, float], target: tuple[float, float]) -> dict[str, Any]:
    """The path from the baseline to the target."""
    x, y = zip(baseline, target, strict=True)
    name = _("baseline to target")
    return {
        "type": "scatter", "x": x, "y": y, "name": name, "mode": "lines+markers", "line": {"color": TARGET, "dash": "longdash", "width": 2},
        "marker": {"symbol": ["circle-open", "star"], "size": 11}, "hovertemplate": f"%{{y}}<extra>{name}</extra>",
    }  # fmt: skip


def _break_line(chart: LineChart, period: int) -> dict[str, Any]:
    place = chart.periods.index(period)
    x = (chart.moments[place - 1] + chart.moments[place]) / 2 if place else chart.moments[place]
    return {"type": "line", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1, "line": {"color": COUNTRY, "dash": "dot", "width": 1}}


def _lowest(chart: LineChart) -> float:
    known = [value for values in (chart.own, chart.municipality, chart.country) for value in values if value is not None]
    return min(known, default=0)


def _some(labels: Sequence[Any]) -> list[Any]:
    """Return at most five of the labels, always with the last: they must fit on a phone."""
    step = -(-len(labels) // 5)
    return list(labels[::-1][::step])[::-1]


def theme_index(indexes: Sequence[ThemeIndex]) -> Figure:
    """A bar per theme from 100 (the average area) to its score; the first theme on top. Themes without score are left out."""
    known = [item for item in indexes if item.score is not None]
    lengths = [(item.score or 100) - 100 for item in known]
    bars = _bars([item.name for item in known], lengths, marker={"color": OWN}, text=[item.text for item in known])
    bars |= {"base": 100, "textposition": "auto", "insidetextanchor": "end", "cliponaxis": False, "hovertemplate": "%{customdata}: %{text}<extra></extra>"}
    reach = max([10, *map(abs, lengths)]) * 1.3
    average = {"type": "line", "x0": 100, "x1": 100, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": TEXT, "width": 2}}
    x, height = {"range": [100 - reach, 100 + reach]}, 72 + 44 * len(known)
    names = _names([item.name for item in known])
    return _figure([bars], x=x, y=names, showlegend=False, bargap=0.4, height=height, shapes=[average])


def commitments(chart: CommitmentChart) -> Figure:
    """Stacked bars: one row per organisation, one colour and pattern per state."""
    traces = []
    for column, (state, label) in enumerate(zip(chart.states, chart.state_labels, strict=True)):
        colour, pattern = STATES[CommitmentState(state)]
        marker = {"color": colour, "pattern": _pattern(pattern), "line": {"color": WHITE, "width": 1}}
        bars = _bars(chart.organisations, [row[column] for row in chart.counts], marker=marker)
        traces.append(bars | {"name": label, "hovertemplate": f"%{{customdata}}: %{{x}}<extra>{label}</extra>"})
    return _figure(
        traces, x={"dtick": max(1, max(map(sum, chart.counts)) // 8)}, y=_names(chart.organisations), barmode="stack", bargap=0.35,
        height=180 + 44 * len(chart.organisations), legend={"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top", "traceorder": "normal"},
    )  # fmt: skip


def _bars(names: Sequence[str], numbers: Sequence[float], **own: Any) -> dict[str, Any]:
    """Bars on numbered rows, so that two names that look the same stay two rows."""
    return {"type": "bar", "orientation": "h", "y": list(range(len(names))), "x": list(numbers), "customdata": list(names), **own}


def _names(names: Sequence[str]) -> dict[str, Any]:
    """The axis that names the rows, the first on top."""
    rows = {"tickmode": "array", "tickvals": list(range(len(names))), "ticktext": [_wrapped(name) for name in names]}
    return {"autorange": "reversed", "showgrid": False, **rows}


def _pattern(shape: str) -> dict[str, Any]:
    return {"shape": shape, "fillmode": "overlay", "fgcolor": WHITE, "fgopacity": 0.7, "size": 6}


def _wrapped(name: str) -> str:
    return "<br>".join(wrap(name, 22, max_lines=2, placeholder="…"))
