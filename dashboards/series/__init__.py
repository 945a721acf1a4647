"""From stored rows to what a page shows: cards, sentences, charts and maps as plain data. No database, no HTML.

A missing value is None everywhere, never zero. Periods are years (2020) or months (202005).
"""

from dashboards.series.cards import Difference, IndicatorCard, TableRow, ThemeSentence, finding, indicator_cards, theme_sentences
from dashboards.series.charts import CommitmentChart, LineChart, ThemeIndex, commitment_chart, counted, happened, line_chart, theme_indexes
from dashboards.series.maps import Choropleth, choropleth
from dashboards.series.openness import FEW, KNOWN, Told, told, told_of_areas
from dashboards.series.rows import (
    AreaValue,
    CommitmentCount,
    FigureRow,
    Freshness,
    GoalRow,
    Mark,
    Place,
    ProgrammeState,
    PromiseRow,
    ScoreRow,
    Surroundings,
)
from dashboards.series.sheets import as_text, sheet

__all__ = [
    "FEW", "KNOWN", "AreaValue", "Choropleth", "CommitmentChart", "CommitmentCount", "Difference", "FigureRow", "Freshness", "GoalRow",
    "IndicatorCard", "LineChart", "Mark", "Place", "ProgrammeState", "PromiseRow", "ScoreRow", "Surroundings", "TableRow", "ThemeIndex", "ThemeSentence", "Told",
    "as_text", "choropleth", "commitment_chart", "counted", "finding", "happened", "indicator_cards", "line_chart", "sheet", "theme_indexes", "theme_sentences",
    "told", "told_of_areas",
]  # fmt: skip
