import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkaanpak.indicators import sources, years
from wijkaanpak.indicators.choices import Status
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Area

MUNICIPALITY = re.compile(r"^GM\d{4}$", re.ASCII)


class UploadForm(forms.Form):
    file = forms.FileField(label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.json,.geojson"}))

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            sources.check_size(file.size)
        except FileRefused as refusal:
            raise ValidationError(refusal.text(), code="refused") from None
        return file


class ConfirmForm(forms.Form):
    """The year of a delivery, which the file does not say; a doubtful year asks to be confirmed once more."""

    year = forms.IntegerField(
        label=_("Of which year are these figures?"), min_value=years.FIRST, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    status = forms.TypedChoiceField(
        label=_("Status of the figures"),
        choices=[(Status.FINAL.value, Status.FINAL.label), (Status.PROVISIONAL.value, Status.PROVISIONAL.label)],
        coerce=int,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, preview, **kwargs):
        super().__init__(*args, **kwargs)
        self.preview = preview
        self.fields["year"].initial = preview.get("year")
        self.fields["year"].help_text = self.year_help()
        self.fields["status"].initial = preview.get("status", Status.FINAL.value)
        if not preview.get("indicators"):
            del self.fields["status"]
            self.fields["year"].label = _("For the division of which year?")
        if self.is_bound:
            self.fields["sure"] = forms.BooleanField(label=_("I have checked it: this is the right year"), required=False)
            self.order_fields(["year", "sure"])

    def year_help(self):
        if not self.preview.get("year"):
            return _("The file does not say it. Look at the page you downloaded it from.")
        return _("Our guess is %(year)s: %(reason)s. Is that right?") % {
            "year": self.preview["year"], "reason": self.preview["year_reason"],
        }  # fmt: skip

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year > timezone.localdate().year + 1:
            raise ValidationError(_("That year is still to come."), code="future")
        return year

    def clean(self):
        values = super().clean()
        if values.get("year") and not values.get("sure"):
            for doubt in years.doubts(self.preview, values["year"]):
                self.add_error("year", ValidationError(doubt, code="doubt"))
        if not any(error.code == "doubt" for error in self.errors.as_data().get("year", [])):
            del self.fields["sure"]
        return values


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
