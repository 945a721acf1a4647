"""What moderators and answering organisations fill in."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from actors.models import Organisation
from ambitions.choices import AmbitionState, CommitmentState
from ambitions.models import Ambition, Commitment
from residents.choices import Channel, EndState, HouseRule, InputKind
from residents.forms.screens import PlainTextField, WhereForm
from wijkaanpak.neighbourhoods.models import Theme


class PublishForm(forms.Form):
    public_text = PlainTextField(
        label=_("Text as published"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("Leave out what points at a person. The original is kept; readers see that the text was shortened."),
    )


class RefuseForm(forms.Form):
    house_rule = forms.ChoiceField(
        label=_("House rule"), choices=[(value, capfirst(label)) for value, label in HouseRule.choices], widget=forms.RadioSelect,
        error_messages={"required": _("Choose the house rule that is the reason.")},
    )
    note = forms.CharField(
        label=_("Note to the sender"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sender reads it on the page of the input."),
    )


class RouteForm(forms.Form):
    theme = forms.ModelChoiceField(label=_("Theme"), queryset=Theme.objects.all(), required=False, empty_label=_("No theme yet"))
    organisation = forms.ModelChoiceField(
        label=_("Organisation that answers"), queryset=Organisation.objects.none(), required=False,
        empty_label=_("The coordinator answers"),
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.in_programme(programme)


class AnswerForm(forms.Form):
    field_of = {"no_ambition": "ambition", "no_receiver": "passed_on_to"}

    end_state = forms.ChoiceField(
        label=_("How does it end?"), choices=[(value, capfirst(label)) for value, label in EndState.choices], widget=forms.RadioSelect,
        error_messages={"required": _("Choose how this ends.")},
    )
    reason = PlainTextField(
        label=_("Reason, in plain words"), max_length=1500, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Say what happens, when, and why. Everybody can read this."),
        error_messages={"required": _("Give the reason in plain words.")},
    )
    organisation = forms.ModelChoiceField(
        label=_("On behalf of"), queryset=Organisation.objects.none(), empty_label=_("Choose an organisation"),
        error_messages={"required": _("Name the organisation that answers.")},
    )
    ambition = forms.ModelChoiceField(
        label=_("Part of the ambition"), queryset=Ambition.objects.none(), required=False, empty_label=_("No ambition"),
        help_text=_("Needed for “part of an ambition”."),
    )
    passed_on_to = forms.CharField(
        label=_("Passed on to"), max_length=160, required=False, help_text=_("Needed for “not ours: passed on”.")
    )

    def __init__(self, *args, programme, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.fields["ambition"].queryset = programme.ambitions.filter(state=AmbitionState.ADOPTED)


class CommitmentField(forms.ModelChoiceField):
    """Commitments by organisation: "Woningcorporatie: twaalf woningen opknappen"."""

    def label_from_instance(self, obj):
        return f"{obj.organisation.name}: {obj.what}"


class LinkForm(forms.Form):
    ambition = forms.ModelChoiceField(
        label=_("Ambition"), queryset=Ambition.objects.none(), required=False, empty_label=_("No ambition")
    )
    commitment = CommitmentField(
        label=_("Commitment"), queryset=Commitment.objects.none(), required=False, empty_label=_("No commitment"),
        help_text=_("The sender gets a mail at each update of a commitment that everybody may see."),
    )

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ambition"].queryset = programme.ambitions.exclude(state__in=[AmbitionState.DRAFT, AmbitionState.CLOSED])
        commitments = Commitment.objects.filter(ambition__programme=programme).exclude(state=CommitmentState.DROPPED)
        self.fields["commitment"].queryset = commitments.select_related("organisation", "ambition").order_by("organisation__name", "what")

    def clean(self):
        given = super().clean()
        if bool(given.get("ambition")) == bool(given.get("commitment")):
            raise forms.ValidationError(_("Choose one of the two: an ambition or a commitment."), code="one_thing")
        return given


class EnterForm(WhereForm):
    """Entered for somebody: by telephone, in the street, at the door, on paper."""

    field_order = ["channel", "received_on", "kind", "language", "text", "where", "place"]

    channel = forms.ChoiceField(label=_("How did it reach you?"), choices=[choice for choice in Channel.choices if choice[0] != Channel.FORM])
    received_on = forms.DateField(label=_("When?"), initial=timezone.localdate, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=InputKind.choices, widget=forms.RadioSelect, error_messages={"required": _("Choose what it is.")}
    )
    text = PlainTextField(
        label=_("What did the person say?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        help_text=_("In the person’s own words, without names and telephone numbers."),
        error_messages={"required": _("Write down what the person said.")},
    )
    language = forms.ChoiceField(
        label=_("In which language do you write it down?"), choices=settings.LANGUAGES, initial=settings.LANGUAGE_CODE, required=False,
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_language(self):
        return self.cleaned_data["language"] or settings.LANGUAGE_CODE

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is not in the future."), code="in_the_future")
        return day


class InboxFilterForm(forms.Form):
    """Narrows the lists of the inbox; what is not understood narrows nothing."""

    organisatie = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False, empty_label=_("All organisations")
    )
    thema = forms.ModelChoiceField(label=_("Theme"), queryset=Theme.objects.all(), required=False, empty_label=_("All themes"))

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisatie"].queryset = organisations

    def narrow(self, inputs):
        self.full_clean()
        given = self.cleaned_data
        inputs = inputs.filter(organisation=given["organisatie"]) if given.get("organisatie") else inputs
        return inputs.filter(theme=given["thema"]) if given.get("thema") else inputs

    def kept(self):
        """Return the chosen filters as a query string, for the links to the other lists."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})
