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
from ambitions.models.consultations import Consultation, Reaction
from ambitions.models.dependencies import Dependency, DependencyQuerySet
from ambitions.models.escalations import Escalation, EscalationTerms
from ambitions.models.goals import GoalCheck, GoalPoint
from ambitions.models.involvements import Involvement
from ambitions.models.lessons import Lesson
from ambitions.models.measures import Measure
from ambitions.models.money import PlannedYear
from ambitions.models.reconfirmations import ChangeSettled, Confirmation, Reconfirmation, ReconfirmationRequest
from ambitions.models.register import RegisterUpload
from ambitions.models.reviews import InPeriod, Review, ReviewVerdict

__all__ = [
    "QUIET",
    "SILENT_AFTER",
    "Ambition",
    "AmbitionVersion",
    "ApprovalRule",
    "ChangeSettled",
    "Commitment",
    "CommitmentQuerySet",
    "Confirmation",
    "Consultation",
    "Dependency",
    "DependencyQuerySet",
    "DueDate",
    "Escalation",
    "EscalationTerms",
    "Excuse",
    "Goal",
    "GoalCheck",
    "GoalPoint",
    "InPeriod",
    "Involvement",
    "Lesson",
    "Measure",
    "Milestone",
    "PlannedYear",
    "ProgressUpdate",
    "Reaction",
    "Reconfirmation",
    "ReconfirmationRequest",
    "RegisterUpload",
    "Reminder",
    "Review",
    "ReviewVerdict",
    "Submission",
    "SubmissionQuerySet",
    "Support",
    "days_between",
]
