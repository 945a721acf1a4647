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
from ambitions.models.reconfirmations import Confirmation, Reconfirmation, ReconfirmationRequest

__all__ = [
    "QUIET",
    "SILENT_AFTER",
    "Ambition",
    "AmbitionVersion",
    "Commitment",
    "CommitmentQuerySet",
    "Confirmation",
    "DueDate",
    "Escalation",
    "EscalationTerms",
    "Excuse",
    "Goal",
    "Milestone",
    "ProgressUpdate",
    "Reconfirmation",
    "ReconfirmationRequest",
    "Reminder",
    "Support",
    "days_between",
]
