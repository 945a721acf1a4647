from ambitions.forms.following import ConfirmationForm, ExcuseForm, ReconfirmForm, StepAnswerForm, TermsForm
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
    "ConfirmationForm",
    "ConsultationForm",
    "EndForm",
    "ExcuseForm",
    "GoalForm",
    "MilestoneForm",
    "PostponeForm",
    "ReasonForm",
    "ReconfirmForm",
    "StepAnswerForm",
    "SupportForm",
    "TermsForm",
    "UpdateForm",
]
