from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkaanpak.indicators import locks, sources, years
from wijkaanpak.indicators.choices import Status
from wijkaanpak.indicators.problems import FileRefused


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
        initial=Status.FINAL.value,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, preview, **kwargs):
        super().__init__(*args, **kwargs)
        self.preview = preview
        self.fields["year"].initial = preview.get("year")
        self.fields["year"].help_text = self.year_help()
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
