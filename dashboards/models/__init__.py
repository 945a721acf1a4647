from dashboards.models.figures import (
    AreaFigure,
    AreaScore,
    ProgrammeFigure,
    ProgrammeMap,
    Reference,
    StoredFigure,
    ThemeScore,
    TrendRule,
)
from dashboards.models.interpretations import Interpretation
from dashboards.models.questions import Question

__all__ = [
    "AreaFigure",
    "AreaScore",
    "Interpretation",
    "ProgrammeFigure",
    "ProgrammeMap",
    "Question",
    "Reference",
    "StoredFigure",
    "ThemeScore",
    "TrendRule",
]
