"""Forms of questions, meetings and what is decided there."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambitions.forms import day, lines
from dashboards.choices import Explanation, Outcome
from dashboards.models import Decision, Meeting

TWO_WEEKS = timedelta(days=14)


class QuestionForm(forms.Form):
    """Who is asked about a contradiction, and by when."""

    asked_of = forms.ModelChoiceField(label=_("Ask"), queryset=None, empty_label=_("– choose a person –"))
    due_on = forms.DateField(label=_("Answer before"), widget=day())

    def __init__(self, data, *, people):
        super().__init__(data, initial={"due_on": timezone.localdate() + TWO_WEEKS})
        self.fields["asked_of"].queryset = people
        self.fields["asked_of"].label_from_instance = self.named

    @staticmethod
    def named(person):
        return f"{person} – {person.organisation_name or person.job_title}"


class AnswerForm(forms.Form):
    """One of four answers, and one sentence."""

    answer = forms.ChoiceField(
        label=_("What is behind it?"), choices=Explanation, widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": _("Choose one of the four.")},
    )
    sentence = forms.CharField(
        label=_("In one sentence"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("What should the others know? No names of residents."), error_messages={"required": _("Write one sentence.")},
    )


class SnoozeForm(forms.Form):
    """Until when something is left alone, and why."""

    until = forms.DateField(label=_("Until"), widget=day(), help_text=_("At most sixty days. Then it stands here again."))
    reason = forms.CharField(label=_("Why can it wait?"), max_length=300, widget=lines(2), error_messages={"required": _("Say why it can wait.")})


class MeetingForm(forms.ModelForm):
    class Meta:
        model = Meeting
        fields = ["body", "subject", "held_on", "starts_at", "place"]
        widgets = {
            "body": forms.RadioSelect, "held_on": day(), "starts_at": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "place": forms.TextInput(attrs={"autocomplete": "off"}),
        }  # fmt: skip


class ItemForm(forms.Form):
    """A point of one's own."""

    what = forms.CharField(label=_("A point of your own"), max_length=300, error_messages={"required": _("Say what it is about.")})


class SaidForm(forms.Form):
    said = forms.CharField(
        label=_("What was said?"), max_length=1000, required=False, widget=lines(4), help_text=_("In a few sentences. No names of residents.")
    )


class PapersForm(forms.Form):
    own = forms.CharField(
        label=_("Your own text"), max_length=2000, required=False, widget=lines(5),
        help_text=_("It stands at the top, marked as your own. Everything else comes from what was recorded."),
    )


class DecisionForm(forms.ModelForm):
    class Meta:
        model = Decision
        fields = ["what", "reason", "alternatives", "review_on"]
        widgets = {"what": lines(2), "reason": lines(3), "alternatives": lines(2), "review_on": day()}
        help_texts = {
            "what": _("So that somebody who was not there understands it."),
            "alternatives": _("What was weighed and not chosen, and why not."),
            "review_on": _("On that day it comes back on the agenda by itself."),
        }  # fmt: skip


class LookBackForm(forms.Form):
    """Whether a decision stays."""

    outcome = forms.ChoiceField(label=_("What do you conclude?"), choices=Outcome, widget=forms.RadioSelect, error_messages={"required": _("Choose one of the three.")})
    text = forms.CharField(label=_("What did you see?"), max_length=1000, widget=lines(4), error_messages={"required": _("Say what you saw.")})
    next_on = forms.DateField(label=_("Look back again on"), required=False, widget=day())


class ActionForm(forms.Form):
    """Who does what before when."""

    what = forms.CharField(label=_("What"), max_length=300, widget=lines(2), error_messages={"required": _("Say what is to be done.")})
    owner = forms.ModelChoiceField(label=_("Who does it"), queryset=None, empty_label=_("– choose a person –"))
    due_on = forms.DateField(label=_("To be done before"), widget=day())

    def __init__(self, data, *, people, initial):
        super().__init__(data, initial=initial)
        self.fields["owner"].queryset = people
        self.fields["owner"].label_from_instance = QuestionForm.named


class FinishForm(forms.Form):
    result = forms.CharField(
        label=_("What came of it?"), max_length=300, widget=lines(2), error_messages={"required": _("Say in one sentence what came of it.")}
    )
