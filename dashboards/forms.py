from django import forms
from django.utils.translation import gettext_lazy as _


class FigureFilter(forms.Form):
    """What the figures page shows; lives in the address bar, so a link shows the same to somebody else."""

    thema = forms.ChoiceField(label=_("Theme"), required=False)
    cijfer = forms.ChoiceField(label=_("Figure"), required=False)
    jaar = forms.TypedChoiceField(label=_("Period"), required=False, coerce=int, empty_value=None)
    gebied = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, data, *, themes, indicators, periods, areas):
        """Each argument is a list of (value in the address, text)."""
        super().__init__(data)
        self.themes = [*themes, ("alle", _("all themes"))]
        self.offer("thema", self.themes)
        self.offer("cijfer", [("", _("all indicators")), *indicators])
        self.offer("jaar", [("", _("the latest")), *periods])
        self.offer("gebied", [("", _("the whole programme")), *areas])

    def offer(self, name, choices):
        self.fields[name].choices = choices

    def chosen(self, name):
        """Return the chosen value; empty when it is absent or unknown, so an old link still opens the page."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""

    def lists(self):
        """Yield (address name, label, choices) of each field, ready to write: a choice is (value, text, whether it is chosen).

        Django's own widgets make a template per choice, which cost more than the rest of this form's page.
        """
        for name, field in self.fields.items():
            chosen = str(self.chosen(name))
            yield name, field.label, [(value, text, str(value) == chosen) for value, text in field.choices]

    def shown_theme(self):
        return dict(self.themes).get(self.chosen("thema"), "")


class ReferenceForm(forms.Form):
    """Why new reference values are made, and from which year at the latest."""

    reason = forms.CharField(label=_("Why a new version?"), max_length=300, help_text=_("For instance: three new indicators came in, and the base year is five years old."))
    last_year = forms.IntegerField(
        label=_("Base year at the latest"), required=False, min_value=1995, max_value=2100, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Leave it empty for the newest year with national figures."),
    )
