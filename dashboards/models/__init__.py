from dashboards.models.figures import (
    AreaFigure,
    NationalScores,
    ProgrammeFigure,
    ProgrammeMap,
    Reference,
    ReferenceVersion,
    StoredFigure,
    ThemeScore,
    TrendRule,
)
from dashboards.models.interpretations import Interpretation
from dashboards.models.questions import Question
from dashboards.models.reports import Report

__all__ = [
    "AreaFigure",
    "Interpretation",
    "NationalScores",
    "ProgrammeFigure",
    "ProgrammeMap",
    "Question",
    "Reference",
    "ReferenceVersion",
    "Report",
    "StoredFigure",
    "ThemeScore",
    "TrendRule",
]
