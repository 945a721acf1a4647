from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dashboards import interpretations
from dashboards.choices import Audience, Explanation
from residents import guard

TWO_WEEKS = timedelta(days=14)


class FigureFilter(forms.Form):
    """What the figures page shows; lives in the address bar, so a link shows the same to somebody else."""

    thema = forms.ChoiceField(label=_("Theme"), required=False)
    cijfer = forms.ChoiceField(label=_("Figure"), required=False)
    jaar = forms.TypedChoiceField(label=_("Period"), required=False, coerce=int, empty_value=None)
    gebied = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, data, *, themes, indicators, periods, areas):
        """Each argument is a list of (value in the address, text)."""
        super().__init__(data)
        self.themes = [*themes, ("alle", _("all themes"))]
        self.offer("thema", self.themes)
        self.offer("cijfer", [("", _("all indicators")), *indicators])
        self.offer("jaar", [("", _("the latest")), *periods])
        self.offer("gebied", [("", _("the whole programme")), *areas])

    def offer(self, name, choices):
        self.fields[name].choices = choices

    def chosen(self, name):
        """Return the chosen value; empty when it is absent or unknown, so an old link still opens the page."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""

    def lists(self):
        """Yield (address name, label, choices) of each field, ready to write: a choice is (value, text, whether it is chosen).

        Django's own widgets make a template per choice, which cost more than the rest of this form's page.
        """
        for name, field in self.fields.items():
            chosen = str(self.chosen(name))
            yield name, field.label, [(value, text, str(value) == chosen) for value, text in field.choices]

    def shown_theme(self):
        return dict(self.themes).get(self.chosen("thema"), "")


class QuestionForm(forms.Form):
    """Who is asked about a contradiction, and by when."""

    asked_of = forms.ModelChoiceField(label=_("Ask"), queryset=None, empty_label=_("– choose a person –"))
    due_on = forms.DateField(label=_("Answer before"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

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


class InterpretationForm(forms.Form):
    """The story behind a figure or a theme. What looks like personal data is pointed out once; then the writer decides."""

    subject = forms.ChoiceField(label=_("About"))
    text = forms.CharField(
        label=_("The story behind the figures"), max_length=1500, widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
        help_text=_("At most 150 words: what is going on, and what do you see yourself? No names of residents."),
    )
    function = forms.CharField(label=_("Your function"), max_length=80, help_text=_("It stands below the text, with your organisation; your name does not."))
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None, empty_label=_("– choose an organisation –"))
    audience = forms.ChoiceField(label=_("Who may read it"), choices=Audience, widget=forms.RadioSelect, initial=Audience.INTERNAL)
    looked = forms.BooleanField(label=_("I looked: this names no person"), required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, subjects, organisations, initial):
        super().__init__(data, initial=initial)
        self.fields["subject"].choices = [("", _("– choose a figure or a theme –")), *subjects]
        self.fields["organisation"].queryset = organisations
        self.findings = []

    def clean_text(self):
        interpretations.check(self.cleaned_data["text"])
        return self.cleaned_data["text"]

    def clean(self):
        data = super().clean()
        self.findings = guard.find(data.get("text", ""))
        if self.findings:
            self.fields["looked"].widget = forms.CheckboxInput()
            if not data.get("looked"):
                self.add_error("looked", _("Look at the text again: it seems to name a person. Then tick this, or change the text."))
        return data


class RecognitionForm(forms.Form):
    """One sentence of a resident about a figure; it is read by a person before it is published."""

    sentence = forms.CharField(
        label=_("What do you see in the street?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("One sentence is enough. Please write no names, addresses or telephone numbers."),
        error_messages={"required": _("Write one sentence, or go back to the figures.")},
    )
    is_concern = forms.BooleanField(label=_("I am worried about this"), required=False)
