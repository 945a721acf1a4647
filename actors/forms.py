from django import forms
from django.utils.translation import gettext_lazy as _

from actors.models import Organisation, Perspective
from actors.perspectives import PARTS
from wijkaanpak.accounts.models import User


class OrganisationForm(forms.ModelForm):
    class Meta:
        model = Organisation
        fields = ["name", "kind", "description", "answer_term_days"]
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


class LeaveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the organisation leaves"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody in the programme can read this. What was promised and said stays on record."),
    )


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


class PerspectiveForm(forms.ModelForm):
    class Meta:
        model = Perspective
        fields = PARTS
        widgets = {part: forms.Textarea(attrs={"rows": 4}) for part in PARTS}
        help_texts = {
            "goals": _("What should be different in four years, seen from your organisation?"),
            "interests": _("What do you have to watch over, for example your tenants, your budget or your legal task?"),
            "means": _("People, money, buildings, knowledge."),
            "limits": _("What is outside your task or not possible now."),
            "concerns": _("What could go wrong, or what do you need from others?"),
        }

    def clean(self):
        data = super().clean()
        if not any(data.get(part, "").strip() for part in PARTS) and not self.errors:
            self.add_error(None, _("Write at least one part."))
        return data
