import datetime
import json
import re
from dataclasses import replace
from pathlib import Path

import plotly.graph_objects as go
import pytest
from django.conf import settings
from django.utils import translation

from dashboards import series
from dashboards.figures import charts, drawings
from dashboards.series import AreaValue, CommitmentCount, Place
from dashboards.series.charts import LineChart, ThemeIndex, TimeMark
from tests.dashboards.test_series import ROW

TOKENS = (Path(settings.BASE_DIR) / "static/css/themes/default.css").read_text(encoding="utf-8")
LINE = LineChart(
    periods=(2018, 2019, 2020), own=(12.0, None, 9.0), municipality=(10.0, 10.0, 10.0), country=(8.0, 8.0, None), breaks=frozenset({2020}),
    unit="%", decimals=1, municipality_name="Arnhem", baseline=(2018, 12.0), target=(2024.5, 6.0),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


class Drawn:
    """What the stored map of a programme gives."""

    width, height, source = 600, 300, "CBS, Kadaster"
    shapes = ({"area": 1, "path": "M0 0l9 0 0 9z"}, {"area": 2, "path": "M9 0l9 0 0 9z"})


def square_map(**options):
    places = [Place(1, "WK1", "Noord <&>", 900), Place(2, "WK2", "Zuid", 900)]
    return series.choropleth(places, [AreaValue(1, 12.0, 80, "")], ROW, Drawn(), href=lambda place: f"?gebied={place.code}", **options)


# --- Plotly


def test_a_trend_has_a_line_per_place_and_the_path_to_the_target():
    figure = go.Figure(charts.trend(LINE, "Presikhaaf"))

    assert [trace.name for trace in figure.data] == ["Presikhaaf", "Arnhem", "the Netherlands", "baseline to target"]
    assert figure.data[3].y == (12.0, 6.0)


def test_a_break_is_a_gap_with_a_dotted_line():
    figure = go.Figure(charts.trend(LINE, "Presikhaaf"))

    assert (figure.data[1].x, figure.data[1].y) == ((2018, 2019, 2019.5, 2020), (10.0, 10.0, None, 10.0))
    assert figure.layout.shapes[0].x0 == 2019.5
    assert figure.data[0].connectgaps is False


def test_the_range_of_chance_is_a_band_that_stops_at_a_break():
    chart = replace(LINE, intervals=((10.0, 14.0), (9.0, 13.0), (8.0, 10.0)))

    band = go.Figure(charts.trend(chart, "Presikhaaf")).data[0]

    assert band.x == (2018, 2019, 2019, 2018, None, 2020, 2020, None)
    assert band.y == (10.0, 9.0, 13.0, 14.0, None, 8.0, 10.0, None)


def test_decisions_and_promises_stand_on_the_same_time_line_with_a_sign_each():
    marks = [TimeMark(2019.5, datetime.date(2019, 7, 2), kind, kind, "Iets") for kind in ("adopted", "agreed", "kept", "not_kept")]

    figure = go.Figure(charts.trend(replace(LINE, marks=tuple(marks)), "Presikhaaf"))

    signs = figure.data[-1]
    assert (signs.x, signs.yaxis, len(set(signs.marker.symbol))) == ((2019.5,) * 4, "y2", 4)
    assert signs.customdata[0] == "2 Jul 2019 – adopted: Iets"


def test_one_year_is_shown_as_bars():
    chart = LineChart((2020,), (9.0,), (10.0,), (None,), frozenset(), "%", 0, "Arnhem")

    figure = go.Figure(charts.of_indicator(chart, "Presikhaaf"))

    assert [(bar.type, bar.x) for bar in figure.data] == [("bar", (9.0, 10.0))]


def test_the_index_bars_start_at_the_average_area():
    index = ThemeIndex("safety", "Veiligheid", 94.0, "94", "", 2020, 3, 3, 1, "", ())

    bar = go.Figure(charts.theme_index([index])).data[0]

    assert (bar.base, bar.x, bar.customdata) == (100, (-6.0,), ("Veiligheid",))


def test_commitments_are_stacked_by_state_with_a_pattern_beside_the_colour():
    chart = series.commitment_chart([CommitmentCount("Woning", "kept", 2), CommitmentCount("Zorg", "not_kept", 1)])

    figure = go.Figure(charts.commitments(chart))

    assert [(trace.name, trace.x) for trace in figure.data] == [("kept", (2, 0)), ("not kept", (0, 1))]
    assert figure.data[1].marker.pattern.shape == "\\"


def test_organisations_with_names_that_shorten_to_the_same_keep_their_own_row():
    names = ["Gemeente Voorbeeldstad, afdeling Wonen en Ruimte", "Gemeente Voorbeeldstad, afdeling Werk en Inkomen"]
    chart = series.commitment_chart([CommitmentCount(name, "kept", 1) for name in names])

    figure = go.Figure(charts.commitments(chart))

    assert figure.data[0].y == (0, 1)
    assert len(figure.layout.yaxis.ticktext) == 2


def test_a_figure_travels_without_plotly_s_own_template():
    figure = charts.trend(LINE, "Presikhaaf")

    assert set(figure) == {"data", "layout"}
    assert "template" not in figure["layout"]
    assert len(json.dumps(figure)) < 3000


@pytest.mark.parametrize(
    ("colour", "token"),
    [
        (charts.OWN, "--wp-chart-own"), (charts.MUNICIPALITY, "--wp-chart-municipality"), (charts.COUNTRY, "--wp-chart-country"),
        (charts.TARGET, "--wp-chart-target"), (charts.GRID, "--wp-chart-grid"), (charts.TEXT, "--basis-color-default-color-document"),
    ],
)  # fmt: skip
def test_the_colours_are_those_of_the_style_sheet(colour, token):
    assert re.search(rf"{token}: ({colour});", TOKENS)


# --- SVG


def test_a_sparkline_is_small_and_has_a_name():
    svg = drawings.sparkline([(year, year % 7) for year in range(2013, 2025)], label="Inbraken: beter")

    assert len(svg) < 330
    assert 'role="img" aria-label="Inbraken: beter"' in svg
    assert svg.count("M") == 1


def test_a_sparkline_breaks_where_the_figures_may_not_be_compared():
    whole, broken = (drawings.sparkline([(1, 2.0), (2, 3.0), (3, 4.0)], label="x", breaks=breaks) for breaks in ((), {3}))

    assert (whole.count("M"), broken.count("M")) == (1, 2)


def test_a_sparkline_with_a_gap_is_two_pieces_and_nothing_known_is_nothing():
    svg = drawings.sparkline([(1, 2.0), (2, None), (3, 4.0), (4, 5.0)], label="x")

    assert re.search('d="([^"]+)"', svg).group(1).count("M") == 2
    assert drawings.sparkline([(1, None)], label="x") == ""


def test_a_line_chart_names_each_line_below_it_and_shows_the_break():
    svg = drawings.line_chart(LINE, label="Van 12 naar 9", own_name="Presikhaaf")

    assert re.findall(r"</span>([^<]+)</li>", svg) == ["Presikhaaf", "the Netherlands", "Arnhem", "target"]
    assert svg.count('class="chart-break"') == 1
    assert svg.count("<path class=\"series ") == 4


@pytest.mark.parametrize(("low", "high"), [(0, 100), (0, 0.3), (-0.2, 0.4), (3, 3), (0, 17_407_585), (95, 105)])
def test_ticks_are_round_and_hold_the_values(low, high):
    ticks = drawings.round_ticks(low, high)

    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 2 <= len(ticks) <= 7


def test_a_bar_chart_draws_the_longest_bar_widest():
    svg = drawings.bar_chart([("Noord", 5.0, "5"), ("Zuid", 10.0, "10")], label="Gevallen")

    assert re.findall(r'class="bar" y="\d+" width="(\d+)"', svg) == ["240", "480"]


def test_a_map_links_every_area_and_hatches_what_is_not_known():
    svg = drawings.choropleth(square_map(chosen=1), "Inbraken, 2020")

    assert svg.count("<a ") == 2
    assert 'href="?gebied=WK1"' in svg
    assert "<title>Noord &lt;&amp;&gt;: 12.0 per 1.000 woningen</title>" in svg
    assert 'fill="url(#hatch)"' in svg
    assert svg.count("data-chosen") == 1


def test_no_drawing_carries_inline_style_or_script():
    drawn = [
        drawings.choropleth(square_map(), "x"), drawings.line_chart(LINE, "x", "y"), drawings.sparkline([(1, 2.0)], "x"),
        drawings.bar_chart([("a", 1.0, "1")], "x"),
    ]  # fmt: skip

    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", "".join(drawn))


def test_a_map_without_boundaries_is_only_a_list():
    map_ = series.choropleth([Place(1, "WK1", "Noord", 900)], [], ROW)

    assert drawings.choropleth(map_, "x") == ""
    assert map_.finding == "There are no figures per area."
