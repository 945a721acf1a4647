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
from dashboards.models.handovers import Handover
from dashboards.models.interpretations import Interpretation
from dashboards.models.meetings import Action, AgendaItem, Decision, DecisionReview, Meeting, Paper, Snooze
from dashboards.models.questions import Question
from dashboards.models.reports import Report

__all__ = [
    "Action",
    "AgendaItem",
    "AreaFigure",
    "Decision",
    "DecisionReview",
    "Handover",
    "Interpretation",
    "Meeting",
    "NationalScores",
    "Paper",
    "ProgrammeFigure",
    "ProgrammeMap",
    "Question",
    "Reference",
    "ReferenceVersion",
    "Report",
    "Snooze",
    "StoredFigure",
    "ThemeScore",
    "TrendRule",
]
