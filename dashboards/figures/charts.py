"""Plotly figures for the dashboards: plain data in, figure out. The page carries them as JSON.

Colours are those of the style sheet's tokens (compared by a test); dashes, markers and patterns say the
same as the colours.
"""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go
from django.utils.translation import gettext as _

from ambitions.choices import CommitmentState
from dashboards import wording
from dashboards.series import CommitmentChart, LineChart, ThemeIndex

OWN, MUNICIPALITY, COUNTRY, TARGET, GRID = "#1b59a6", "#b3570b", "#5c5c5c", "#17612d", "#d9d9d9"
TEXT, PAPER = "#1b1b1b", "rgba(0,0,0,0)"
STATES = {  # state: colour and pattern
    CommitmentState.PROPOSED: ("#bdd7e7", ""),
    CommitmentState.AGREED: ("#6baed6", "/"),
    CommitmentState.IN_PROGRESS: ("#1b59a6", ""),
    CommitmentState.KEPT: ("#17612d", ""),
    CommitmentState.PARTLY_KEPT: ("#3f9156", "x"),
    CommitmentState.NOT_KEPT: ("#a80d15", "\\"),
    CommitmentState.DROPPED: ("#767676", "."),
}


def _layout(**own: Any) -> dict[str, Any]:
    """The one template of all figures: no frame, light lines, Dutch separators, room for the labels."""
    axis = {"gridcolor": GRID, "zeroline": False, "fixedrange": True, "automargin": True}
    base = {
        "template": "none", "separators": ",.", "paper_bgcolor": PAPER, "plot_bgcolor": PAPER, "height": 288,
        "font": {"family": "Source Sans 3, Segoe UI, system-ui, sans-serif", "size": 15, "color": TEXT},
        "margin": {"l": 44, "r": 12, "t": 8, "b": 32}, "hovermode": "x unified", "dragmode": False,
        "legend": {"orientation": "h", "x": 0, "y": -0.18, "yanchor": "top"},
    }  # fmt: skip
    own["xaxis"], own["yaxis"] = axis | own.get("xaxis", {}), axis | own.get("yaxis", {})
    return base | own


def of_indicator(chart: LineChart, name: str) -> go.Figure:
    """Lines over the years; bars when there is one year only, because one year is not a line."""
    return trend(chart, name) if chart.known_periods > 1 else comparison(chart, name)


def comparison(chart: LineChart, name: str) -> go.Figure:
    """Own area, municipality and country beside each other in the only year there is; the own area on top."""
    places = [(name, chart.own, OWN), (chart.municipality_name, chart.municipality, MUNICIPALITY), (_("the Netherlands"), chart.country, COUNTRY)]
    known = [(_wrapped(label), value, colour) for label, values, colour in places for value in values if value is not None]
    labels, numbers, colours = zip(*known, strict=True) if known else ((), (), ())
    bar = go.Bar(
        y=labels, x=numbers, orientation="h", marker={"color": colours}, text=[wording.number(value, chart.decimals) for value in numbers],
        textposition="outside", cliponaxis=False, hovertemplate="%{y}: %{text}<extra></extra>",
    )  # fmt: skip
    figure = go.Figure(data=[bar])
    figure.layout = _layout(
        showlegend=False, hovermode="closest", bargap=0.45, height=60 + 56 * len(known), margin={"l": 44, "r": 48, "t": 8, "b": 32},
        xaxis={"rangemode": "tozero", "nticks": 4}, yaxis={"autorange": "reversed", "showgrid": False},
    )  # fmt: skip
    return figure


def _pattern(shape: Any) -> dict[str, Any]:
    return {"shape": shape, "fillmode": "overlay", "fgcolor": "#ffffff", "fgopacity": 0.7, "size": 6}


def _wrapped(name: str) -> str:
    return "<br>".join(wrap(name, 22, max_lines=2, placeholder="…"))


def trend(chart: LineChart, name: str) -> go.Figure:
    """Lines of the own area, municipality and country with baseline and target; a break is a gap with a dotted line.

    x in years (2020.33 is May 2020), y in the unit of the indicator.
    """
    lines = [
        (name, chart.own, OWN, "solid", "lines+markers", 3),
        (chart.municipality_name, chart.municipality, MUNICIPALITY, "dash", "lines", 2),
        (_("the Netherlands"), chart.country, COUNTRY, "dot", "lines", 2),
    ]
    traces = [_line(chart, *line) for line in lines if any(value is not None for value in line[1])]
    if chart.target and chart.baseline:
        traces.append(_target(chart.baseline, chart.target))
    figure = go.Figure(data=traces)
    figure.layout = _layout(
        xaxis={"tickmode": "array", "tickvals": _some(chart.moments), "ticktext": _some([wording.period(p) for p in chart.periods]), "tickangle": 0, "showgrid": False},
        yaxis={"rangemode": "tozero" if _lowest(chart) >= 0 else "normal", "nticks": 5},
        shapes=[_break_line(chart, period) for period in sorted(chart.breaks)],
    )
    return figure


def _line(chart: LineChart, name: str, values: Sequence[float | None], colour: str, dash: str, mode: str, width: int) -> go.Scatter:
    x: list[float] = []
    y: list[float | None] = []
    for period, moment, value in zip(chart.periods, chart.moments, values, strict=True):
        if period in chart.breaks and x:
            x.append((x[-1] + moment) / 2)
            y.append(None)
        x.append(moment)
        y.append(value)
    template = f"%{{y:,.{chart.decimals}f}}<extra>{name}</extra>"
    return go.Scatter(
        x=x, y=y, name=name, mode=mode, line={"color": colour, "dash": dash, "width": width}, marker={"size": 8}, connectgaps=False,
        hovertemplate=template,
    )  # fmt: skip


def _target(baseline: tuple[float, float], target: tuple[float, float]) -> go.Scatter:
    """The path from the baseline to the target."""
    x, y = zip(baseline, target, strict=True)
    return go.Scatter(
        x=x, y=y, name=_("baseline to target"), mode="lines+markers", line={"color": TARGET, "dash": "longdash", "width": 2},
        marker={"symbol": ["circle-open", "star"], "size": 11}, hovertemplate="%{y}<extra>" + _("baseline to target") + "</extra>",
    )  # fmt: skip


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


def theme_index(indexes: Sequence[ThemeIndex]) -> go.Figure:
    """A bar per theme from 100 (the average area) to its score; the first theme on top. Themes without score are left out."""
    known = [item for item in indexes if item.score is not None]
    scores = [item.score or 100 for item in known]
    bar = go.Bar(
        y=[item.name for item in known], x=[score - 100 for score in scores], base=100, orientation="h", marker={"color": OWN},
        text=[item.text for item in known], textposition="auto", insidetextanchor="end", hovertemplate="%{y}: %{text}<extra></extra>", cliponaxis=False,
    )  # fmt: skip
    figure = go.Figure(data=[bar])
    reach = max([10, *(abs(score - 100) for score in scores)]) * 1.3
    figure.layout = _layout(
        height=72 + 44 * len(known), showlegend=False, hovermode="closest", xaxis={"range": [100 - reach, 100 + reach]},
        yaxis={"autorange": "reversed", "showgrid": False}, bargap=0.4,
        shapes=[{"type": "line", "x0": 100, "x1": 100, "yref": "paper", "y0": 0, "y1": 1, "line": {"color": TEXT, "width": 2}}],
    )  # fmt: skip
    return figure


def commitments(chart: CommitmentChart) -> go.Figure:
    """Stacked bars: one row per organisation, one colour and pattern per state."""
    names = [_wrapped(name) for name in chart.organisations]
    traces = []
    for column, (state, label) in enumerate(zip(chart.states, chart.state_labels, strict=True)):
        colour, pattern = STATES[CommitmentState(state)]
        marker = {"color": colour, "pattern": _pattern(pattern), "line": {"color": "#ffffff", "width": 1}}
        numbers = [row[column] for row in chart.counts]
        template = "%{x}<extra>" + label + "</extra>"
        traces.append(go.Bar(y=names, x=numbers, name=label, orientation="h", marker=marker, hovertemplate=template))
    figure = go.Figure(data=traces)
    figure.layout = _layout(
        barmode="stack", height=180 + 44 * len(chart.organisations), hovermode="y unified", bargap=0.35,
        xaxis={"dtick": max(1, max(map(sum, chart.counts)) // 8)}, yaxis={"autorange": "reversed", "showgrid": False},
        legend={"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top", "traceorder": "normal"},
    )  # fmt: skip
    return figure


def as_json(figure: go.Figure) -> dict[str, Any]:
    """Return the figure as what `json_script` writes: data and layout only."""
    plain = figure.to_plotly_json()
    return {"data": plain["data"], "layout": plain["layout"]}
