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
from ambitions.models.consultations import Consultation, Reaction
from ambitions.models.escalations import Escalation, EscalationTerms
from ambitions.models.lessons import Lesson
from ambitions.models.measures import Measure
from ambitions.models.reconfirmations import Confirmation, Reconfirmation, ReconfirmationRequest
from ambitions.models.register import RegisterUpload

__all__ = [
    "QUIET",
    "SILENT_AFTER",
    "Ambition",
    "AmbitionVersion",
    "Commitment",
    "CommitmentQuerySet",
    "Confirmation",
    "Consultation",
    "DueDate",
    "Escalation",
    "EscalationTerms",
    "Excuse",
    "Goal",
    "Lesson",
    "Measure",
    "Milestone",
    "ProgressUpdate",
    "Reaction",
    "Reconfirmation",
    "ReconfirmationRequest",
    "RegisterUpload",
    "Reminder",
    "Support",
    "days_between",
]
