from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wijkaanpak.indicators import years


class LockForm(forms.Form):
    """A whole year, or the months of it from one to another."""

    year = forms.IntegerField(label=_("Which year do you lock?"), min_value=years.FIRST, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    first_month = forms.IntegerField(label=_("From month"), min_value=1, max_value=12, required=False, help_text=_("1 to 12. Leave both months empty for the whole year."))
    last_month = forms.IntegerField(label=_("Up to month"), min_value=1, max_value=12, required=False)
    reason = forms.CharField(label=_("Why?"), max_length=300, help_text=_("For instance: the progress report of 2024 rests on these figures."))

    def clean(self):
        values = super().clean()
        first, last = values.get("first_month") or 1, values.get("last_month") or 12
        if first > last:
            raise ValidationError(_("The first month comes after the last."), code="order")
        if values.get("year"):
            values["span"] = {"first": values["year"] * 100 + first, "last": values["year"] * 100 + last}
        return values


class UnlockForm(forms.Form):
    reason = forms.CharField(label=_("Why do you open these figures?"), max_length=300)
