from ambitions.models.ambitions import Ambition, AmbitionVersion, Goal, Support
from ambitions.models.approvals import ApprovalRule, Submission, SubmissionQuerySet
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
from ambitions.models.dependencies import Dependency, DependencyQuerySet
from ambitions.models.escalations import Escalation, EscalationTerms
from ambitions.models.lessons import Lesson
from ambitions.models.measures import Measure
from ambitions.models.money import PlannedYear
from ambitions.models.reconfirmations import Confirmation, Reconfirmation, ReconfirmationRequest
from ambitions.models.register import RegisterUpload

__all__ = [
    "QUIET",
    "SILENT_AFTER",
    "Ambition",
    "AmbitionVersion",
    "ApprovalRule",
    "Commitment",
    "CommitmentQuerySet",
    "Confirmation",
    "Dependency",
    "DependencyQuerySet",
    "DueDate",
    "Escalation",
    "EscalationTerms",
    "Excuse",
    "Goal",
    "Lesson",
    "Measure",
    "Milestone",
    "PlannedYear",
    "ProgressUpdate",
    "Reconfirmation",
    "ReconfirmationRequest",
    "RegisterUpload",
    "Reminder",
    "Submission",
    "SubmissionQuerySet",
    "Support",
    "days_between",
]
