import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Area

MUNICIPALITY = re.compile(r"^GM\d{4}$", re.ASCII)


class FeedForm(forms.Form):
    """How a service is used: on or off, of which municipality, from which year, and whether a person confirms."""

    is_on = forms.BooleanField(label=_("Fetch from this service by itself, every night"), required=False)
    municipality = forms.CharField(
        label=_("Municipality"), max_length=120, required=False, help_text=_("Its name, or its code such as GM0202. Leave empty for the whole country.")
    )
    since = forms.IntegerField(
        label=_("Figures from which year on?"), min_value=2010, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    reads_in_by_itself = forms.BooleanField(
        label=_("Read in by itself when nothing stands out"),
        required=False,
        help_text=_("Off: every delivery waits for somebody to look at it and confirm the year."),
    )

    def __init__(self, *args, needs_municipality=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].required = needs_municipality
        if needs_municipality:
            self.fields["municipality"].help_text = _("Its name, or its code such as GM0202. This service is too large for the whole country.")

    def clean_municipality(self):
        """Return the code; a name is looked up among the municipalities that are here."""
        text = self.cleaned_data["municipality"].strip()
        if not text or MUNICIPALITY.match(text.upper()):
            return text.upper()
        found = Area.objects.filter(kind=AreaKind.MUNICIPALITY, name__iexact=text).order_by("-division__year").values_list("code", flat=True)
        if not found:
            raise ValidationError(_("We do not know a municipality with this name. Fill in its code: GM and four digits."), code="unknown")
        return found[0]

    def clean_since(self):
        since = self.cleaned_data["since"]
        if since > timezone.localdate().year:
            raise ValidationError(_("That year is still to come."), code="future")
        return since
