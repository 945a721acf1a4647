from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambitions.forms import day, lines
from dashboards import interpretations
from dashboards.choices import Audience, Explanation, Outcome, Readers
from dashboards.models import Decision, Meeting, Report
from residents import guard
from wijkaanpak.neighbourhoods.choices import AreaKind

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


class BeginForm(forms.Form):
    """Who leaves, and when."""

    leaver = forms.ModelChoiceField(label=_("Who leaves?"), queryset=None, empty_label=_("– choose a person –"))
    leaves_on = forms.DateField(label=_("Last day"), widget=day(), help_text=_("Everything is handed over when you press the button, not by itself on this day."))

    def __init__(self, data, *, people, initial):
        super().__init__(data, initial=initial)
        self.fields["leaver"].queryset = people


class UnwrittenForm(forms.Form):
    unwritten = forms.CharField(
        label=_("What was agreed without writing it down?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "lang": "nl"}),
        help_text=_("Who always calls whom, what was promised in passing, what the successor should not step into. No names of residents."),
        error_messages={"required": _("Write down at least one thing, or write that there is nothing.")},
    )


class SuccessorsForm(forms.Form):
    """Who takes over each thing: one person for all, and another where that is chosen. `values()` are the arguments of `hand_over`."""

    everyone = forms.TypedChoiceField(
        label=_("Everything to"), required=False, coerce=int, empty_value=None,
        help_text=_("Counts wherever you choose nobody below, for what this person may take over."),
    )
    ends_roles = forms.BooleanField(label=_("End the roles in this programme at once"), required=False, initial=True)

    def __init__(self, data, *, items):
        super().__init__(data)
        self.items = items
        self.people = {person.pk: person for item in items for person in item.takers}
        named = sorted(self.people.values(), key=lambda person: person.name)
        self.fields["everyone"].choices = [("", _("– choose a person –")), *((person.pk, person.name) for person in named)]
        for item in items:
            self.fields[item.key] = forms.TypedChoiceField(
                label=_("Who takes this over?"), required=False, coerce=int, empty_value=None,
                choices=[("", _("as above")), *((person.pk, person.name) for person in item.takers)],
            )  # fmt: skip

    def rows(self):
        return [{"item": item, "field": self[item.key]} for item in self.items]

    def chosen(self, item):
        pk = self.cleaned_data.get(item.key) or self.cleaned_data.get("everyone")
        return next((person for person in item.takers if person.pk == pk), None)

    def clean(self):
        for item in self.items:
            if not self.chosen(item) and item.key not in self.errors:
                text = _("Choose who takes this over: “%(what)s”") if item.takers else _("Nobody can take this over yet: “%(what)s” Invite somebody first.")
                self.add_error(item.key, ValidationError(text % {"what": item.what}, code="no_successor"))
        return self.cleaned_data

    def values(self):
        return {"successors": {item.key: self.chosen(item) for item in self.items}, "ends_roles": self.cleaned_data["ends_roles"]}
