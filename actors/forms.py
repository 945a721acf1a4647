from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors import agreements, comparison, documents
from actors.choices import Degree, JointData
from actors.models import PARTS, Agreement, Organisation, PerspectiveDraft, SharedPoint, Tension
from wijkaanpak.accounts.models import User
from wijkaanpak.neighbourhoods import members
from wijkaanpak.neighbourhoods.forms import date_input


class OrganisationForm(forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ["name", "kind", "part_of", "description", "answer_term_days"]
        help_texts = {
            "description": _("One sentence that a resident understands."),
            "answer_term_days": _("Within how many working days residents hear back from this organisation."),
        }


class JoinForm(forms.Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        taking_part = Organisation.objects.in_programme(programme)
        self.fields["organisation"].queryset = Organisation.objects.exclude(pk__in=taking_part)


class RepresentativeForm(forms.Form):
    """Somebody who is in the programme already, or somebody new who gets an invitation by mail."""

    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Somebody in the programme"), required=False, empty_label=_("– somebody new –")
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False, help_text=_("Only for somebody new."))
    email = forms.EmailField(
        label=_("Work mail address"), required=False, help_text=_("Only for somebody new: an invitation is sent to this address."),
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    is_deputy = forms.BooleanField(label=_("Deputy"), required=False, help_text=_("Steps in when the first person is away."))
    is_signatory = forms.BooleanField(
        label=_("May sign"), required=False, help_text=_("May confirm what the organisation promises.")
    )

    def __init__(self, *args, programme, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        people = User.objects.filter(memberships__programme=programme, memberships__ended_at=None, is_active=True)
        spoken_for = organisation.representatives.active().values("user")
        self.fields["person"].queryset = people.exclude(pk__in=spoken_for).distinct().order_by("name")

    def clean(self):
        data = super().clean()
        if not data.get("person"):
            for field in ["name", "email"]:
                if not data.get(field) and field not in self.errors:
                    self.add_error(field, _("Choose somebody from the list, or fill in a name and a mail address."))
        return data


class AwayForm(forms.Form):
    until = forms.DateField(
        label=_("Away until"), required=False, widget=date_input(),
        help_text=_("The first day back. Until then mails go to the deputy, or to a colleague. Empty: back already."),
    )


class PerspectiveForm(forms.ModelForm):
    """The words of a draft, and which draft the writer began with: 0 for none yet."""

    edit = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PerspectiveDraft
        fields = PARTS
        widgets = {part: forms.Textarea(attrs={"rows": 4}) for part in PARTS}
        help_texts = {
            "goals": _("What should be different in four years, seen from your organisation?"),
            "interests": _("What do you have to watch over, for example your tenants, your budget or your legal task?"),
            "means": _("People, money, buildings, knowledge."),
            "limits": _("What is outside your task or not possible now."),
            "concerns": _("What could go wrong, or what do you need from others?"),
        }

    def clean_edit(self):
        return self.cleaned_data["edit"] or 0

    def seen(self, edit):
        """Let the next save count as made after seeing that draft."""
        self.data = self.data.copy()
        self.data["edit"] = str(edit)


class ReleaseForm(forms.Form):
    """Which draft somebody read before releasing it."""

    edit = forms.IntegerField(widget=forms.HiddenInput)


class ComparisonForm(forms.Form):
    """Whom to put side by side; read from the address."""

    organisatie = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Organisations"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose two to six. The choice stands in the address, so that you can send it to somebody."),
        error_messages={"required": _("Choose at least two organisations."), "invalid_choice": _("This organisation does not take part in the programme.")},
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisatie"].queryset = Organisation.objects.in_programme(programme)

    def clean_organisatie(self):
        chosen = list(self.cleaned_data["organisatie"])
        if len(chosen) < comparison.FEWEST:
            raise forms.ValidationError(_("Choose at least two organisations."))
        if len(chosen) > comparison.MOST:
            raise forms.ValidationError(_("Choose at most six organisations; more do not fit side by side."))
        return chosen


class SharedPointForm(forms.ModelForm):
    class Meta:
        model = SharedPoint
        fields = ["theme", "organisations", "sentence"]
        widgets = {"organisations": forms.CheckboxSelectMultiple, "sentence": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "organisations": _("Who of them sees it this way? At least two."),
            "sentence": _("One short sentence in which all of them recognise themselves."),
        }

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = Organisation.objects.in_programme(programme)
        if "theme" in self.fields:
            self.fields["theme"].empty_label = _("– choose a theme –")

    def clean_organisations(self):
        chosen = self.cleaned_data["organisations"]
        if len(chosen) < comparison.FEWEST:
            raise forms.ValidationError(_("Choose at least two organisations."))
        return list(chosen)


class TensionForm(SharedPointForm):
    class Meta(SharedPointForm.Meta):
        model = Tension
        fields = ["theme", "organisations", "sentence", "owner", "review_on"]
        widgets = SharedPointForm.Meta.widgets | {"review_on": date_input()}
        help_texts = {
            "organisations": _("Between whom is it? At least two."),
            "sentence": _("Name both interests, without blame: “A wants …, B wants …”. No personal data of residents."),
            "owner": _("Who sees to it that an agreement is made? This need not be one of the organisations."),
            "review_on": _("On this day it comes back, agreed or not."),
        }

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, programme=programme, **kwargs)
        self.fields["owner"].queryset = members.taking_part(programme)
        self.fields["owner"].empty_label = _("– choose a person –")


class TensionChangeForm(TensionForm):
    """Words, organisations and owner; the owner alone once there is an agreement."""

    class Meta(TensionForm.Meta):
        fields = ["organisations", "sentence", "owner"]

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, programme=programme, **kwargs)
        known = Q(pk__in=Organisation.objects.in_programme(programme)) | Q(tensions=self.instance)
        self.fields["organisations"].queryset = Organisation.objects.filter(known).distinct()
        if not self.instance.is_open:
            del self.fields["organisations"], self.fields["sentence"]


class LookAgainForm(forms.Form):
    review_on = forms.DateField(label=_("Look at it again on"), widget=date_input())


class AgreementForm(LookAgainForm):
    agreement = forms.CharField(
        label=_("What was agreed"), max_length=1200, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Who does what from now on, so that everybody can see whether it is kept."),
    )
    field_order = ["agreement", "review_on"]


class ReopenForm(LookAgainForm):
    reason = forms.CharField(
        label=_("Why the agreement no longer holds"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The agreement stays readable in the log."),
    )
    field_order = ["reason", "review_on"]


class ReviewForm(LookAgainForm):
    sentence = forms.CharField(label=_("How it stands, in one sentence"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ["sentence", "review_on"]


def lines(rows):
    return forms.Textarea(attrs={"rows": rows})


class SignedAgreementForm(forms.ModelForm):
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Parties"), widget=forms.CheckboxSelectMultiple, help_text=_("Who signed? At least two."),
        error_messages={"required": _("Choose at least two organisations.")},
    )

    class Meta:
        model = Agreement
        fields = [
            "title", "about", "organisations", "signed_on", "starts_on", "ends_on", "notice_months", "on_exit", "on_merger", "joint_data",
            "data_responsible",
        ]
        widgets = {
            "about": lines(3), "signed_on": date_input(), "starts_on": date_input(), "ends_on": date_input(), "on_exit": lines(3),
            "on_merger": lines(3), "joint_data": forms.RadioSelect, "data_responsible": lines(2),
            "notice_months": forms.TextInput(attrs={"inputmode": "numeric"}),
        }
        labels = {
            "about": _("What it is about"), "on_exit": _("What happens when a party leaves?"),
            "on_merger": _("What happens when parties merge or split?"), "joint_data": _("Do the parties answer together for personal data?"),
            "data_responsible": _("Who answers for the personal data?"), "notice_months": _("Months of notice"),
        }
        help_texts = {
            "title": _("As it stands on the paper, for example “Convenant wijkaanpak”."),
            "about": _("In one or two sentences. The text itself you add afterwards, as a document."),
            "ends_on": _("Leave empty when it has no end."),
            "notice_months": _("How long before the end somebody who wants to stop must say so. Leave empty when nothing was agreed about it."),
            "on_exit": _("Who takes over what, and who is told?"),
            "on_merger": _("Does the new organisation become a party by itself? Leave empty when nothing was agreed about it."),
            "joint_data": _("It is about the data the parties share with each other, article 26 of the GDPR."),
            "data_responsible": _("For example: “The municipality answers requests; each party reports its own leaks.”"),
        }

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        known = Q(pk__in=Organisation.objects.in_programme(programme))
        if self.instance.pk:
            present = self.instance.parties.present().values("organisation")
            known |= Q(pk__in=present)
            self.initial["organisations"] = list(Organisation.objects.filter(pk__in=present))
        self.fields["organisations"].queryset = Organisation.objects.filter(known).order_by("name")
        self.fields["joint_data"].choices = JointData.choices

    def clean_organisations(self):
        chosen = list(self.cleaned_data["organisations"])
        if len(chosen) < agreements.FEWEST:
            raise forms.ValidationError(_("Choose at least two organisations."))
        return chosen

    def clean(self):
        data = super().clean()
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The end lies before the start."))
        if data.get("joint_data") == JointData.YES and not data.get("data_responsible"):
            self.add_error("data_responsible", _("Say who answers for the personal data."))
        return data


class SignedAgreementEndForm(forms.Form):
    ended_on = forms.DateField(label=_("Last day"), widget=date_input(), help_text=_("With notice this is a day to come. Does it end as agreed, then fill in that day."))
    reason = forms.CharField(label=_("Why it ends, and what comes after it"), max_length=1000, widget=lines(3))


class SignedAgreementResumeForm(forms.Form):
    reason = forms.CharField(label=_("Why it goes on"), max_length=500, widget=lines(3))


class DocumentForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("For example “Signed text” or “Annex 2: personal data”."))
    file = forms.FileField(
        label=_("PDF or Word file"), required=False, widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.docx"}),
        help_text=_("At most 20 MB. Only people of this programme can open it."),
        error_messages={"empty": _("The file is empty. Choose another one.")},
    )
    link = forms.URLField(
        label=_("Or the address where it stands"), required=False, max_length=500, assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )

    def clean_file(self):
        if file := self.cleaned_data["file"]:
            documents.form_of(file)
        return file


class PlacementForm(forms.Form):
    """One row per organisation with two choices: both, or neither."""

    def __init__(self, *args, organisations, own, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisations = organisations
        for organisation in organisations:
            placed = own.get(organisation.pk)
            for axis, label in AXES.items():
                self.fields[f"{axis}_{organisation.pk}"] = forms.TypedChoiceField(
                    label=label % {"name": organisation}, required=False, coerce=int, empty_value=None, choices=[("", "–"), *Degree.choices],
                    initial=getattr(placed, axis, None), widget=forms.Select(attrs={"aria-label": label % {"name": organisation}}),
                )  # fmt: skip

    def rows(self):
        """Each organisation with its two fields."""
        return [(organisation, [self[f"{axis}_{organisation.pk}"] for axis in AXES]) for organisation in self.organisations]

    def clean(self):
        data = super().clean()
        for organisation in self.organisations:
            chosen = {axis: data.get(f"{axis}_{organisation.pk}") for axis in AXES}
            missing = [axis for axis, value in chosen.items() if value is None]
            if len(missing) == 1:
                self.add_error(f"{missing[0]}_{organisation.pk}", _("Choose both, or leave both empty."))
        return data

    def placed(self):
        """Return {organisation: (influence, interest)} of the rows that are filled in."""
        found = {each: tuple(self.cleaned_data[f"{axis}_{each.pk}"] for axis in AXES) for each in self.organisations}
        return {each: values for each, values in found.items() if None not in values}


AXES = {"influence": _("%(name)s: influence"), "interest": _("%(name)s: interest")}
