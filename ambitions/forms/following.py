"""What a coordinator follows up promises with, and what people answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ambitions.choices import Choice
from ambitions.forms.promises import day
from ambitions.models import EscalationTerms
from ambitions.models.escalations import TERMS
from wijkaanpak.accounts.models import User


class StepAnswerForm(forms.Form):
    field_of = {"not_ahead": "next_on", "too_far": "next_on", "no_answer": "answer"}

    answer = forms.CharField(
        label=_("What do you do about it?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("One or two sentences that the others can hold you to. No names of residents."),
        error_messages={"required": _("Say what you do about it.")},
    )
    next_on = forms.DateField(
        label=_("When does the next word come?"), widget=day(), help_text=_("Within three months. Until that day nobody is asked again."),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day, for example 1-9-2027.")},
    )


class TermsForm(forms.ModelForm):
    class Meta:
        model = EscalationTerms
        fields = [*TERMS, "core_team_contact", "steering_group_contact"]
        help_texts = {"starts_after_days": _("Counted from the date that passed, or from the last word.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        members = User.objects.filter(memberships__programme=self.instance.programme, memberships__ended_at=None, is_active=True)
        for level in ("core_team_contact", "steering_group_contact"):
            self.fields[level].queryset = members.distinct().order_by("name", "pk")
            self.fields[level].empty_label = _("the coordinator")


class ExcuseForm(forms.Form):
    field_of = {"no_reason": "reason"}

    reason = forms.CharField(
        label=_("Why need it not report?"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Everybody who may see this page reads the reason."), error_messages={"required": _("Give the reason.")},
    )


class ReconfirmForm(forms.Form):
    field_of = {"too_soon": "answer_before"}

    answer_before = forms.DateField(
        label=_("Answer before"), widget=day(), help_text=_("Each organisation gets one mail now, with one link to all its running commitments."),
        error_messages={"required": _("Choose a day.")},
    )


class SettleForm(forms.Form):
    field_of = {"no_reason": "how"}

    how = forms.CharField(
        label=_("What was done with it?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Everybody who sees the commitment can read this."), error_messages={"required": _("Say what was done with it, in a sentence.")},
    )


class ConfirmationForm(forms.Form):
    """What the person answers about one promise; the buttons on the page choose what."""

    field_of = {"no_reason": "text"}

    choice = forms.ChoiceField(choices=Choice, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Say why, in a sentence or two.")},
    )

    def __init__(self, *args, choice=Choice.CHANGE, **kwargs):
        super().__init__(*args, initial={"choice": choice}, **kwargs)
        self.fields["text"].required = choice != Choice.CONFIRM
        if choice == Choice.CHANGE:
            self.fields["text"].label = _("What must change, and why?")
            self.fields["text"].help_text = _("The coordinator reads it and agrees the change with you. No names of residents.")
