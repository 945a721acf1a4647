from django import forms
from django.utils.translation import gettext_lazy as _

from ambitions.forms.promises import UpdateForm


class RowUpdateForm(UpdateForm):
    """One row of many: left empty it says nothing."""

    def __init__(self, *args, commitment, **kwargs):
        super().__init__(*args, commitment=commitment, prefix=str(commitment.pk), empty_permitted=True, use_required_attribute=False, **kwargs)
        del self.fields["proof"]
        self.commitment = commitment
        self.fields["sentence"].help_text = ""
        self.fields["sentence"].widget.attrs["rows"] = 1

    @property
    def is_filled(self):
        return self.is_bound and self.has_changed()


class ApprovalRuleForm(forms.Form):
    is_required = forms.BooleanField(label=_("A second person agrees with every word before it counts"), required=False)
