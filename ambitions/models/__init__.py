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
from ambitions.models.lessons import Lesson
from ambitions.models.measures import Measure
from ambitions.models.register import RegisterUpload

__all__ = [
    "QUIET",
    "SILENT_AFTER",
    "Ambition",
    "AmbitionVersion",
    "Commitment",
    "CommitmentQuerySet",
    "DueDate",
    "Goal",
    "Lesson",
    "Measure",
    "Milestone",
    "ProgressUpdate",
    "RegisterUpload",
    "Reminder",
    "Support",
]
