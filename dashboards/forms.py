from django import forms
from django.utils.translation import gettext_lazy as _

from wijkaanpak.neighbourhoods.choices import AreaKind


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


class AreaSearch(forms.Form):
    """An area by its name or its code."""

    zoek = forms.CharField(label=_("Name or code of a municipality, district or neighbourhood"), required=False, max_length=80)

    def text(self):
        return self.cleaned_data["zoek"].strip() if self.is_valid() else ""


class MapFilter(forms.Form):
    """Which figure the map of a municipality shows, and for which parts."""

    cijfer = forms.ChoiceField(label=_("Figure on the map"), required=False)
    delen = forms.ChoiceField(label=_("Parts"), required=False, choices=[("wijken", _("districts")), ("buurten", _("neighbourhoods"))])

    def __init__(self, data, *, indicators, kind):
        """`indicators` is a list of (theme, indicators); `kind` is that of the area the map is opened from."""
        self.default = {"cijfer": next((each.slug for _theme, group in indicators for each in group), ""), "delen": "buurten" if kind == AreaKind.NEIGHBOURHOOD else "wijken"}
        super().__init__({name: data.get(name) or value for name, value in self.default.items()})
        self.fields["cijfer"].choices = [(theme, [(each.slug, each.name) for each in group]) for theme, group in indicators]

    def slug(self):
        return self._chosen("cijfer")

    def kind(self):
        return AreaKind.NEIGHBOURHOOD if self._chosen("delen") == "buurten" else AreaKind.DISTRICT

    def _chosen(self, name):
        """Return the choice; what is unknown counts as not chosen, so an old link still opens the page."""
        self.is_valid()
        return self.cleaned_data.get(name) or self.default[name]
