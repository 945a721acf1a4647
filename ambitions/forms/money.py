from django import forms
from django.utils.translation import gettext_lazy as _

from ambitions.forms.promises import DECIMAL, WrittenDecimal
from ambitions.money import EURO, HOURS, Amounts

DIGITS = {EURO: 12, HOURS: 9}


class SpreadForm(forms.Form):
    """The total of a commitment and what of it is meant for each year."""

    field_of = {"euro_differs": "total_euro", "hours_differs": "total_hours"}

    def __init__(self, *args, commitment, **kwargs):
        planned = {row.year: row for row in commitment.planned_years.all()}
        self.years = sorted({*range(commitment.starts_on.year, commitment.due_on.year + 1), *planned})
        super().__init__(*args, **kwargs)
        self._add("total", commitment, labels={EURO: _("Euro in total"), HOURS: _("Hours in total")})
        for year in self.years:
            self._add(str(year), planned.get(year), labels={EURO: _("Euro in %(year)s") % {"year": year}, HOURS: _("Hours in %(year)s") % {"year": year}})

    def _add(self, part, present, *, labels):
        for name, label in labels.items():
            self.fields[f"{part}_{name}"] = WrittenDecimal(
                label=label, max_digits=DIGITS[name], decimal_places=2, min_value=0, required=False, localize=True,
                initial=getattr(present, name, None), widget=forms.TextInput(attrs=DECIMAL),
            )  # fmt: skip

    def _amounts(self, part):
        return Amounts(*(self.cleaned_data[f"{part}_{name}"] for name in (EURO, HOURS)))

    @property
    def values(self):
        """What the domain function takes."""
        return {"total": self._amounts("total"), "years": {year: self._amounts(str(year)) for year in self.years}}
