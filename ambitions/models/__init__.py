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
)

__all__ = [
    "QUIET",
    "SILENT_AFTER",
    "Ambition",
    "AmbitionVersion",
    "Commitment",
    "CommitmentQuerySet",
    "DueDate",
    "Goal",
    "Milestone",
    "ProgressUpdate",
    "Reminder",
    "Support",
]
