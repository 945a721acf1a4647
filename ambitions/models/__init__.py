from ambitions.models.ambitions import Ambition, AmbitionVersion, Goal, Support
from ambitions.models.commitments import (
    QUIET,
    SILENT_AFTER,
    Commitment,
    CommitmentQuerySet,
    DueDate,
    Milestone,
    ProgressUpdate,
    Reminder,
    days_between,
)
from ambitions.models.completeness import Excuse
from ambitions.models.escalations import Escalation, EscalationTerms

__all__ = [
    "QUIET",
    "SILENT_AFTER",
    "Ambition",
    "AmbitionVersion",
    "Commitment",
    "CommitmentQuerySet",
    "DueDate",
    "Escalation",
    "EscalationTerms",
    "Excuse",
    "Goal",
    "Milestone",
    "ProgressUpdate",
    "Reminder",
    "Support",
    "days_between",
]
