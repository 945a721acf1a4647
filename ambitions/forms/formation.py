"""What an ambition is formed with: goals, reactions to a text and what was done with them, participation, the review half-way."""

from django import forms
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from ambitions.choices import Course, Criterion, Followed, Judgement, View
from ambitions.forms.promises import DECIMAL, WrittenFloat, day, lines
from ambitions.models import Goal, Involvement
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.models import Area, Period


class MoreTimeForm(forms.Form):
    field_of = {"not_later": "closes_on", "in_the_past": "closes_on", "no_reason": "reason"}

    closes_on = forms.DateField(
        label=_("New closing date"), widget=day(), help_text=_("Every partner hears of it by mail."), error_messages={"required": _("Choose a day.")}
    )
    reason = forms.CharField(
        label=_("Why do they get more time?"), max_length=1000, widget=lines(3), help_text=_("Everybody in the programme can read it."),
        error_messages={"required": _("Say why the partners get more time.")},
    )


class AdoptForm(forms.Form):
    field_of = {"unanswered": "reason"}

    reason = forms.CharField(
        label=_("Why do these reactions stay unanswered?"), max_length=1000, widget=lines(3), help_text=_("Everybody in the programme can read it."),
        error_messages={"required": _("Answer the reactions first, or say why they stay unanswered.")},
    )

    def __init__(self, *args, unanswered, **kwargs):
        super().__init__(*args, **kwargs)
        if not unanswered:
            del self.fields["reason"]


class ReactionsForm(forms.Form):
    """A choice and some words for each part of a text; what is left open says nothing."""

    REST = "rest"  # the button that agrees with whatever was left open

    def __init__(self, *args, parts, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            said = earlier.get(part.position)
            view = forms.ChoiceField(choices=View, required=False, label=_("Our reaction"), widget=forms.RadioSelect(attrs={"class": "beside"}), initial=said and said.view)
            words = forms.CharField(
                max_length=1000, required=False, label=_("Explanation"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short"}), initial=said and said.words
            )
            self.fields |= {f"view_{part.position}": view, f"words_{part.position}": words}

    def rows(self):
        """Each part with its two fields."""
        return [(part, self[f"view_{part.position}"], self[f"words_{part.position}"]) for part in self.parts]

    def clean(self):
        data = super().clean()
        for part in self.parts:
            self._check(part.position, data.get(f"view_{part.position}"), data.get(f"words_{part.position}"))
        if not self.errors and not self.said:
            raise forms.ValidationError(_("Choose what you think of at least one sentence or goal."))
        return data

    def _check(self, position, view, words):
        if words and not view:
            self.add_error(f"view_{position}", _("Choose what you think of it; your words stay here."))
        if view and view != View.AGREE and not words:
            self.add_error(f"words_{position}", _("Say in a few words what you mean."))

    @property
    def said(self):
        """What was filled in, by place in the text."""
        given = {part.position: (self.cleaned_data.get(f"view_{part.position}"), self.cleaned_data.get(f"words_{part.position}", "")) for part in self.parts}
        rest = View.AGREE if self.REST in self.data else ""
        return {position: (view or rest, words) for position, (view, words) in given.items() if view or rest}


class ReactionAnswerForm(forms.Form):
    field_of = {"no_reason": "answer"}

    outcome = forms.ChoiceField(
        label=_("What did you do with it?"), choices=Followed, widget=forms.RadioSelect, error_messages={"required": _("Choose what you did with it.")}
    )
    answer = forms.CharField(
        label=_("Because"), max_length=1000, required=False, widget=lines(3), help_text=_("Needed unless it was taken over. Everybody in the programme reads it."),
    )

    def clean(self):
        data = super().clean()
        if data.get("outcome") not in {None, Followed.TAKEN_OVER} and not data.get("answer"):
            self.add_error("answer", _("Say why, so that the organisation knows what happened with it."))
        return data


class PointsField(forms.CharField):
    """Dates with values, a line each; becomes a list of (date, number)."""

    @staticmethod
    def written(points):
        return "\n".join(f"{date_format(point.on, 'j-n-Y')}: {number_format(point.value)}" for point in points)

    def clean(self, value):
        rows = [row for row in super().clean(value).splitlines() if row.strip()]
        return [self._point(row) for row in rows]

    def _point(self, row):
        day, _colon, number = row.partition(":")
        try:
            return forms.DateField().clean(day.strip()), WrittenFloat(localize=True).clean(number.strip())
        except forms.ValidationError:
            message = _("Write “%(row)s” as a date, a colon and a value, for example 31-12-2027: 74,5")
            raise forms.ValidationError(message, code="unreadable", params={"row": row.strip()[:40]}) from None


class GoalForm(forms.ModelForm):
    field_of = {
        "not_measurable": "indicator", "no_change": "target", "too_soon": "target_on", "no_definition": "definition",
        "point_outside": "points", "point_twice": "points",
    }
    points = PointsField(
        label=_("Points between"), required=False, widget=lines(3),
        help_text=_("The way to the target, one point per line: the date, a colon and the value. For example 31-12-2027: 74,5"),
    )
    field_order = ["indicator", "definition", "area", "baseline", "baseline_period", "target", "target_on", "points"]

    class Meta:
        model = Goal
        fields = ["indicator", "definition", "area", "baseline", "baseline_period", "target", "target_on", "visible_from", "is_headline"]
        localized_fields = ["baseline", "target"]
        field_classes = {"baseline": WrittenFloat, "target": WrittenFloat}
        widgets = {
            "definition": lines(2),
            "baseline": forms.TextInput(attrs=DECIMAL),
            "target": forms.TextInput(attrs=DECIMAL),
            "baseline_period": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            "target_on": day(),
            "visible_from": day(),
        }
        help_texts = {
            "indicator": _("Only measured figures with a good and a bad side; an estimate cannot be a target."),
            "definition": _("What is counted or asked, of whom, in a sentence or two."),
            "baseline": _("The known value in the period below. You find it under Figures; write it with the same decimals."),
            "baseline_period": _("The year of that value, for example 2020."),
            "target": _("The value you want to reach together, in the same unit."),
            "visible_from": _("Optional: before this day you expect no effect in the figure yet, and nobody is asked why it is not there."),
            "is_headline": _("Shown with the ambition; at most three."),
        }

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["points"] = PointsField.written(self.instance.points.all())
        self.fields["indicator"].queryset = Indicator.objects.judged().filter(is_modelled=False).order_by("name")
        self.fields["indicator"].empty_label = _("– choose a figure –")
        self.fields["area"].queryset = Area.objects.without_boundary().filter(programmes=programme)
        self.fields["area"].empty_label = _("the whole programme")

    def clean(self):
        data = super().clean()
        if data.get("target") is not None and data.get("target") == data.get("baseline"):
            self.add_error("target", _("The target must differ from the baseline."))
        return data

    def clean_baseline_period(self):
        period = self.cleaned_data["baseline_period"]
        if not (1990 <= period <= 2100 or 199001 <= period <= 210012):
            raise forms.ValidationError(_("Fill in a year, for example 2020."))
        return period


class GoalCheckForm(forms.Form):
    """A judgement and a short reason for each of the four criteria."""

    def __init__(self, *args, judged, **kwargs):
        super().__init__(*args, **kwargs)
        self.judged = judged
        for each in judged:
            choice = forms.ChoiceField(
                label=each.criterion.question, choices=Judgement, initial=each.judgement, widget=forms.RadioSelect(attrs={"class": "beside"})
            )
            reason = forms.CharField(label=_("Because"), max_length=300, required=False, initial=each.check.reason if each.check else "")
            self.fields |= {f"judgement_{each.criterion}": choice, f"reason_{each.criterion}": reason}

    def rows(self):
        return [(each.criterion, self[f"judgement_{each.criterion}"], self[f"reason_{each.criterion}"]) for each in self.judged]

    def clean(self):
        data = super().clean()
        for criterion in Criterion:
            if data.get(f"judgement_{criterion}") in Judgement.given() and not data.get(f"reason_{criterion}"):
                self.add_error(f"reason_{criterion}", _("Give a short reason with each yes or no."))
        return data

    @property
    def verdicts(self):
        data = self.cleaned_data
        return {criterion.value: (data[f"judgement_{criterion}"], data[f"reason_{criterion}"]) for criterion in Criterion}


class InvolvementForm(forms.ModelForm):
    field_of = {"ends_early": "ends_on"}

    class Meta:
        model = Involvement
        fields = ["stage", "who", "influence", "starts_on", "ends_on", "fixed", "free", "outcome"]
        widgets = {
            "stage": forms.RadioSelect, "influence": forms.RadioSelect, "who": lines(2), "starts_on": day(), "ends_on": day(),
            "fixed": lines(3), "free": lines(3), "outcome": lines(3),
        }  # fmt: skip
        help_texts = {
            "who": _("Groups, for example: residents of the flats, shopkeepers, the youth council. No names of persons: it stands on the public page."),
            "ends_on": _("Only when it took more than a day."),
            "fixed": _("What could not change any more, and why."),
            "free": _("What people could still have a say about."),
            "outcome": _("You can fill this in later. Until then it says that it is not known yet."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("stage", "influence"):
            self.fields[name].choices = self.fields[name].choices[1:]  # without the empty one

    def clean(self):
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day is before the first."))
        return data


class VerdictForm(forms.Form):
    field_of = {"no_reason": "reason"}

    course = forms.ChoiceField(
        label=_("What do we do with it?"), choices=Course, widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": _("Choose one of the three.")},
    )
    reason = forms.CharField(
        label=_("Because"), max_length=1000, widget=lines(4), help_text=_("It stays on record with your name and today's date."),
        error_messages={"required": _("Give the reason.")},
    )


class NextPeriodForm(forms.ModelForm):
    """The next period with the ambitions that go along."""

    field_of = {"overlaps": "starts_on"}
    ambitions = forms.ModelMultipleChoiceField(
        queryset=None, label=_("Ambitions that continue"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What you leave out stays with the period that ends."),
    )

    class Meta:
        model = Period
        fields = ["name", "starts_on", "ends_on", "review_on"]
        widgets = {"starts_on": day(), "ends_on": day(), "review_on": day()}

    def __init__(self, *args, continuing, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ambitions"].queryset = continuing

    def clean(self):
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] <= data["starts_on"]:
            self.add_error("ends_on", _("The period must end after it starts."))
        review = data.get("review_on")
        if review and data.get("starts_on") and data.get("ends_on") and not data["starts_on"] <= review <= data["ends_on"]:
            self.add_error("review_on", _("The review must lie within the period."))
        return data
