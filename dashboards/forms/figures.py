"""Forms about figures, their stories and reports."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambitions.forms import day
from dashboards import interpretations
from dashboards.choices import Audience, Readers
from dashboards.models import Report
from residents import guard
from wijkaanpak.neighbourhoods.choices import AreaKind


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


def last_half_year(today):
    """Return first and last day of the half-year that ended last, or of the running one from its second month."""
    first = date(today.year, 1 if today.month < 7 else 7, 1)
    if today.month - first.month >= 1:
        return first, today
    return (date(today.year - 1, 7, 1), date(today.year - 1, 12, 31)) if first.month == 1 else (date(today.year, 1, 1), date(today.year, 6, 30))


class ReportForm(forms.Form):
    """What a coordinator asks for; `cleaned_data` are the arguments of `signing.ask`."""

    starts_on = forms.DateField(label=_("From"), widget=day())
    ends_on = forms.DateField(label=_("Up to and including"), widget=day())
    audience = forms.ChoiceField(label=_("Who is it for?"), choices=Readers, widget=forms.RadioSelect)
    decisions = forms.CharField(
        label=_("Which decisions does it ask?"), widget=forms.Textarea({"rows": 4}), required=False, max_length=2000,
        help_text=_("One decision on each line. In a report for partners, texts and promises that wait for a decision come along by themselves."),
    )
    replaces = forms.ModelChoiceField(
        label=_("Does it come in the place of an earlier report?"), queryset=Report.objects.none(), required=False, empty_label=_("no"),
        help_text=_("The earlier report stays readable, with a note that leads to this one."),
    )
    because = forms.CharField(label=_("What was wrong in the earlier report?"), required=False, max_length=300)

    def __init__(self, *args, programme, **kwargs):
        starts_on, ends_on = last_half_year(timezone.localdate())
        kwargs["initial"] = {"starts_on": starts_on, "ends_on": ends_on, "audience": Readers.PARTNERS}
        super().__init__(*args, **kwargs)
        earlier = Report.objects.signed().filter(programme=programme).exclude(replacements__state="signed").defer("document")
        self.fields["replaces"].queryset = earlier
        self.fields["replaces"].label_from_instance = lambda report: _("Progress report %(number)s") % {"number": report.number}

    def clean_decisions(self):
        return [line.strip() for line in self.cleaned_data["decisions"].splitlines() if line.strip()]

    def clean(self):
        if self.cleaned_data.get("replaces") and not self.cleaned_data.get("because"):
            self.add_error("because", ValidationError(_("Say what was wrong in the earlier report."), code="no_reason"))


class ReferenceForm(forms.Form):
    """Why new reference values are made, and from which year at the latest."""

    reason = forms.CharField(label=_("Why a new version?"), max_length=300, help_text=_("For instance: three new indicators came in, and the base year is five years old."))
    last_year = forms.IntegerField(
        label=_("Base year at the latest"), required=False, min_value=1995, max_value=2100, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Leave it empty for the newest year with national figures."),
    )


class AreaSearch(forms.Form):
    """An area by its name or its code."""

    zoek = forms.CharField(label=_("Name or code of a municipality, district or neighbourhood"), required=False, max_length=80)

    def text(self):
        return self.cleaned_data["zoek"].strip() if self.is_valid() else ""


class MapFilter(forms.Form):
    """Which figure the map of a municipality shows, and for which parts."""

    cijfer = forms.ChoiceField(label=_("Figure on the map"), required=False)
    delen = forms.ChoiceField(label=_("Parts"), required=False, choices=[("wijken", _("districts")), ("buurten", _("neighbourhoods"))])

    def __init__(self, data, *, indicators, kind):
        """`indicators` is a list of (theme, indicators); `kind` is that of the area the map is opened from."""
        self.default = {"cijfer": next((each.slug for _theme, group in indicators for each in group), ""), "delen": "buurten" if kind == AreaKind.NEIGHBOURHOOD else "wijken"}
        super().__init__({name: data.get(name) or value for name, value in self.default.items()})
        self.fields["cijfer"].choices = [(theme, [(each.slug, each.name) for each in group]) for theme, group in indicators]

    def slug(self):
        return self._chosen("cijfer")

    def kind(self):
        return AreaKind.NEIGHBOURHOOD if self._chosen("delen") == "buurten" else AreaKind.DISTRICT

    def _chosen(self, name):
        """Return the choice; what is unknown counts as not chosen, so an old link still opens the page."""
        self.is_valid()
        return self.cleaned_data.get(name) or self.default[name]
