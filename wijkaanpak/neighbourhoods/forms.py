from calendar import monthrange

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _

from wijkaanpak.accounts.models import User
from wijkaanpak.neighbourhoods import linking
from wijkaanpak.neighbourhoods.choices import AreaKind, Fact, MomentKind, Role
from wijkaanpak.neighbourhoods.models import Area, Division, Programme


def date_input():
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class ProgrammeForm(forms.ModelForm):
    class Meta:
        model = Programme
        fields = ["name", "summary", "is_public", "shows_theme_index", "answer_term_days", "contact_name", "contact_email"]
        widgets = {"summary": forms.Textarea({"rows": 3})}
        labels = {"is_public": _("Everybody may see the neighbourhood page"), "shows_theme_index": _("Show the theme index")}
        help_texts = {
            "answer_term_days": _("Within so many working days residents hear back."),
            "contact_email": _("Shown on the public page."),
        }


class NewProgrammeForm(forms.ModelForm):
    coordinator_name = forms.CharField(label=_("Name of the coordinator"), max_length=120)
    coordinator_email = forms.EmailField(label=_("Mail address of the coordinator"))

    class Meta:
        model = Programme
        fields = ["name", "summary"]
        widgets = {"summary": forms.Textarea({"rows": 3})}

    def clean(self):
        self.cleaned_data["slug"] = slug = slugify(self.cleaned_data.get("name", ""))[:60]
        if slug and Programme.objects.filter(slug=slug).exists():
            raise ValidationError({"name": ValidationError(_("There is a programme with this name already."), code="taken")})


class MunicipalityForm(forms.Form):
    """Which municipality the areas are chosen from; the newest division that knows it counts."""

    gemeente = forms.ModelChoiceField(
        label=_("Municipality"),
        queryset=Area.objects.none(),
        help_text=_("Choose the municipality first; then its districts and neighbourhoods appear."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gemeente"].queryset = Area.objects.municipalities_to_choose()
        self.fields["gemeente"].label_from_instance = lambda area: f"{area.name} ({area.division.year})"


class AreasForm(forms.Form):
    areas = forms.ModelMultipleChoiceField(
        label=_("Areas"),
        queryset=Area.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A district stands for all its neighbourhoods: choose the district or some of its neighbourhoods, not both."),
    )

    def __init__(self, *args, municipality, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = Area.objects.inside(municipality).without_boundary()
        self.fields["areas"].label_from_instance = _area_label


def _area_label(area):
    kind = "" if area.kind == AreaKind.NEIGHBOURHOOD else f" ({area.get_kind_display()})"
    return f"{area.name or area.code}{kind}"


class PeriodForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("For instance 2024–2028."))
    starts_on = forms.DateField(label=_("Starts on"), widget=date_input())
    ends_on = forms.DateField(label=_("Ends on"), widget=date_input())
    review_on = forms.DateField(label=_("Review on"), widget=date_input(), required=False, help_text=_("Usually half-way."))

    def clean(self):
        starts, ends, review = (self.cleaned_data.get(name) for name in ("starts_on", "ends_on", "review_on"))
        if starts and ends and ends <= starts:
            self.add_error("ends_on", ValidationError(_("The period ends before it starts."), code="order"))
        elif starts and ends and review and not starts <= review <= ends:
            self.add_error("review_on", ValidationError(_("The review lies outside the period."), code="outside"))


class MomentForm(forms.Form):
    """A day of the year clock; `cleaned_data` are the arguments of the action."""

    what = forms.CharField(label=_("What"), max_length=120)
    kind = forms.ChoiceField(label=_("What it belongs to"), choices=[(kind.value, capfirst(kind.label)) for kind in MomentKind], initial=MomentKind.OWN)
    day = forms.IntegerField(label=_("Day"), min_value=1, max_value=31, widget=forms.NumberInput({"class": "narrow"}))
    month = forms.TypedChoiceField(label=_("Month"), coerce=int, choices=[(number, name) for number, name in MONTHS.items()])
    is_before = forms.BooleanField(label=_("It must be done before this day"), required=False)
    only_in = forms.IntegerField(
        label=_("Only in the year"), required=False, min_value=2000, max_value=2100, widget=forms.NumberInput({"class": "narrow"}),
        help_text=_("Leave this empty when it comes back every year."),
    )
    weeks_ahead = forms.IntegerField(
        label=_("Weeks ahead in the cockpit"), min_value=0, max_value=26, widget=forms.NumberInput({"class": "narrow"}),
        help_text=_("So many weeks before the day it appears in the cockpit."),
    )
    owner = forms.ModelChoiceField(label=_("Who sees to it"), queryset=User.objects.none(), empty_label=_("– choose a person –"))
    explanation = forms.CharField(label=_("Explanation"), max_length=300, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data, *, people, initial):
        super().__init__(data, initial=initial)
        self.fields["owner"].queryset = people

    @staticmethod
    def initial_of(moment):
        fields = ("what", "kind", "day", "month", "is_before", "only_in", "weeks_ahead", "explanation")
        return {**{name: getattr(moment, name) for name in fields}, "owner": moment.owner_id}

    def clean(self):
        data = super().clean()
        if {"day", "month"} <= data.keys() and data["day"] > monthrange(2024, data["month"])[1]:
            self.add_error("day", ValidationError(_("This day does not exist. Choose a day of that month."), code="no_such_day"))
        return data


class PhaseForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    starts_on = forms.DateField(label=_("Planned from"), widget=date_input(), required=False)
    ends_on = forms.DateField(label=_("Planned until"), widget=date_input(), required=False)

    def clean(self):
        starts, ends = (self.cleaned_data.get(name) for name in ("starts_on", "ends_on"))
        if starts and ends and ends < starts:
            self.add_error("ends_on", ValidationError(_("The phase ends before it starts."), code="order"))


class StepForm(forms.Form):
    what = forms.CharField(label=_("Step"), max_length=200, widget=forms.Textarea({"rows": 2}), error_messages={"required": _("Say what the step is.")})
    fact = forms.ChoiceField(
        label=_("What is shown beside it"), required=False, choices=[("", _("nothing")), *Fact.choices],
        help_text=_("What the system knows by itself. It never ticks the step: people do that."),
    )


ROLES = [
    (Role.COORDINATOR, _("Coordinator: steers the programme, sees and arranges everything in it")),
    (Role.REPRESENTATIVE, _("Representative: keeps the promises of the own organisation up to date")),
    (Role.SIGNATORY, _("Signatory: endorses and confirms for the own organisation")),
    (Role.READER, _("Reader: reads along, changes nothing")),
    (Role.COMMUNITY_WORKER, _("Community worker: enters what residents say")),
    (Role.ANALYST, _("Analyst: imports and explains figures")),
]


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("Mail address"), widget=forms.EmailInput({"autocomplete": "off"}))
    name = forms.CharField(label=_("Name"), max_length=120)
    job_title = forms.CharField(label=_("Job title"), max_length=120, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=ROLES, widget=forms.RadioSelect)


class AccountFilter(forms.Form):
    q = forms.CharField(label=_("Name or mail address"), required=False)
    only = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[("", _("everybody")), ("administrators", _("administrators")), ("closed", _("closed accounts")), ("invited", _("not come in yet"))],
    )

    def found(self):
        """Return the accounts that fit, with their active roles read along."""
        people = User.objects.order_by("name", "pk")
        if not self.is_valid():
            return people
        if words := self.cleaned_data["q"]:
            people = people.matching(words)
        return people.only_kind(self.cleaned_data["only"])


class DivisionFilter(forms.Form):
    """Which division is looked at; the newest unless another is chosen."""

    jaar = forms.ModelChoiceField(label=_("Year"), queryset=Division.objects.all(), to_field_name="year", required=False, empty_label=_("the newest"))

    def year(self):
        chosen = self.cleaned_data.get("jaar") if self.is_valid() else None
        return chosen.year if chosen else Division.objects.values_list("year", flat=True).first()


class LinkForm(forms.Form):
    """What each recoded area was before: a choice per area, and whether that is certain; or every proposal at once."""

    everything = forms.BooleanField(required=False)

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            name = linking.named(question.area)
            self.fields[f"candidate_{question.area.pk}"] = forms.TypedChoiceField(
                label=_("What was %(area)s before?") % {"area": name}, required=False, coerce=int, empty_value=None,
                choices=[("", _("choose"))] + [(one.pk, linking.named(one)) for one in question.candidates],
                initial=question.proposal.candidate.pk if question.proposal else None,
            )  # fmt: skip
            self.fields[f"sure_{question.area.pk}"] = forms.BooleanField(label=_("confirm %(area)s") % {"area": name}, required=False)

    def rows(self):
        return [(question, self[f"candidate_{question.area.pk}"], self[f"sure_{question.area.pk}"]) for question in self.questions]

    def pairs(self):
        """Return the areas that were confirmed with their predecessors."""
        found = []
        for question in self.questions:
            known = {candidate.pk: candidate for candidate in question.candidates}
            chosen = known.get(self.cleaned_data[f"candidate_{question.area.pk}"])
            sure = self.cleaned_data[f"sure_{question.area.pk}"] or (self.cleaned_data["everything"] and question.proposal)
            if chosen and sure:
                found.append((question.area, chosen))
        return found

    def clean(self):
        for question in self.questions:
            if self.cleaned_data.get(f"sure_{question.area.pk}") and not self.cleaned_data.get(f"candidate_{question.area.pk}"):
                self.add_error(f"candidate_{question.area.pk}", ValidationError(_("Choose which area it was."), code="required"))
        return self.cleaned_data
