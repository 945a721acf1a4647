from ambitions.forms.following import ExcuseForm, StepAnswerForm, TermsForm
from ambitions.forms.promises import (
    AmbitionForm,
    CommitmentFilter,
    CommitmentForm,
    ConsultationForm,
    EndForm,
    GoalForm,
    MilestoneForm,
    PostponeForm,
    ReasonForm,
    SupportForm,
    UpdateForm,
)

__all__ = [
    "AmbitionForm",
    "CommitmentFilter",
    "CommitmentForm",
    "ConsultationForm",
    "EndForm",
    "ExcuseForm",
    "GoalForm",
    "MilestoneForm",
    "PostponeForm",
    "ReasonForm",
    "StepAnswerForm",
    "SupportForm",
    "TermsForm",
    "UpdateForm",
]
