from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkaanpak.indicators import locks, sources, wording, years
from wijkaanpak.indicators.choices import Status
from wijkaanpak.indicators.problems import FileRefused


class UploadForm(forms.Form):
    file = forms.FileField(label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.json,.geojson,.gpkg,.xml,.gz"}))

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
        if not preview.get("indicators") or preview.get("periods"):
            self.fields["year"].label = _("For the division of which year?")
        if self.is_bound:
            self.fields["sure"] = forms.BooleanField(label=_("I have checked it: this is the right year"), required=False)
            self.order_fields(["year", "sure"])

    def year_help(self):
        if self.preview.get("periods"):
            return _("The figures are of %(periods)s; that stands in the file. Their areas are those of one year: our guess is the last.") % {
                "periods": wording.span(self.preview["periods"])
            }  # fmt: skip
        if not self.preview.get("year"):
            return _("The file does not say it. Look at the page you downloaded it from.")
        return _("Our guess is %(year)s: %(reason)s. Is that right?") % {
            "year": self.preview["year"], "reason": self.preview["year_reason"],
        }  # fmt: skip

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year > timezone.localdate().year + 1:
            raise ValidationError(_("That year is still to come."), code="future")
        if self.preview.get("indicators") and (closed := locks.why_closed(self.preview.get("periods") or [year])):
            raise ValidationError(closed, code="locked")
        return year

    def clean(self):
        values = super().clean()
        if values.get("year") and not values.get("sure"):
            for doubt in years.doubts(self.preview, values["year"]):
                self.add_error("year", ValidationError(doubt, code="doubt"))
        if not any(error.code == "doubt" for error in self.errors.as_data().get("year", [])):
            del self.fields["sure"]
        return values
