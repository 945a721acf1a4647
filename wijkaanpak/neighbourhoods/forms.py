from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from wijkaanpak.accounts.models import User
from wijkaanpak.neighbourhoods.choices import AreaKind, Role
from wijkaanpak.neighbourhoods.models import Area, Programme


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
