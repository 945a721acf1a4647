from ambitions.models.ambitions import Ambition, AmbitionVersion, Goal, Support
from ambitions.models.commitments import SILENT_AFTER, Commitment, DueDate, Milestone, ProgressUpdate, Reminder

__all__ = [
    "SILENT_AFTER",
    "Ambition",
    "AmbitionVersion",
    "Commitment",
    "DueDate",
    "Goal",
    "Milestone",
    "ProgressUpdate",
    "Reminder",
    "Support",
]
