from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ambitions.forms.promises import GroupedByOrganisation
from ambitions.models import Commitment


class AwaitedField(forms.ModelChoiceField):
    iterator = GroupedByOrganisation

    def label_from_instance(self, commitment):
        return _("%(what)s (before %(on)s)") % {"what": commitment.what, "on": date_format(commitment.due_on, "j F Y")}


class DependencyForm(forms.Form):
    """What a commitment waits for; `commitments` are what there is to choose from."""

    field_of = {"itself": "on", "other_programme": "on", "waits_already": "on", "circle": "on"}

    on = AwaitedField(
        Commitment.objects.none(), label=_("It waits for"), empty_label=_("– choose a commitment –"),
        help_text=_("A commitment of your own or of another organisation that has to be done first."),
        error_messages={"required": _("Choose the commitment it waits for."), "invalid_choice": _("This commitment cannot be chosen any more. Choose another one.")},
    )
    why = forms.CharField(
        label=_("Why"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Optional, in one sentence: what can only start when that is done?"),
    )

    def __init__(self, *args, commitments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].queryset = commitments
