import re
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijkaanpak.indicators import own_figures, years
from wijkaanpak.indicators.choices import Direction, OwnKind
from wijkaanpak.indicators.formats import own, periods
from wijkaanpak.indicators.formats.cells import EXPONENT, NUMBER
from wijkaanpak.indicators.own_figures import NewIndicator
from wijkaanpak.neighbourhoods.models import Theme

CODE, NAME, PERIOD, BASE, MARGIN, NEW, UNUSED = "code", "name", "period", "base", "margin", "new", "unused"
ONCE = {CODE: gettext_lazy("the code of the area"), NAME: gettext_lazy("the name of the area"), PERIOD: gettext_lazy("the period")}
HINTS = {
    NAME: r"naam|wijk ?naam|buurt ?naam|gebied", PERIOD: r"jaar|periode|peiljaar", BASE: r"n|respons|respondenten|aantal respondenten|.*\bn\b",
    MARGIN: r".*marge.*",
}  # fmt: skip
ORIGIN = re.compile(r"herkomst|migratie|allochto|westers|geboorteland|nationaliteit|etni[cs]")
SHOWN = 4  # cells of a column as an example


class ColumnsForm(forms.Form):
    """What each column of a file is. A field per question and column: `role_3` is the role of the fourth column."""

    year = forms.IntegerField(
        label=gettext_lazy("Of which year are the figures?"), required=False, min_value=years.FIRST,
        help_text=gettext_lazy("Only when no column says it."), widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    comma = forms.TypedChoiceField(
        label=gettext_lazy("How are decimals written?"),
        choices=[("yes", gettext_lazy("with a comma: 7,5")), ("no", gettext_lazy("with a point: 7.5"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    use_required_attribute = False  # of a column that is no new figure the questions are out of sight

    def __init__(self, *args, grid, before=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.headings = [heading for heading in grid.headings if heading]
        self.cells = grid.cells(self.headings).head(own.SAMPLE)
        self.before = before
        self.slugs = {}
        roles, themes = self.role_choices(), [("", "–"), *Theme.objects.order_by("order").values_list("pk", "name")]
        for number, heading in enumerate(self.headings):
            self.add_column(number, heading, roles, themes)
        self.guess(grid)

    def role_choices(self):
        indicators = sorted(own_figures.fillable(), key=lambda indicator: str(indicator.theme or ""))
        groups = [
            (theme or _("Background"), [(f"is:{indicator.slug}", indicator.name) for indicator in rows])
            for theme, rows in groupby(indicators, key=lambda indicator: str(indicator.theme or ""))
        ]
        self.slugs = {indicator.name.casefold(): indicator.slug for indicator in indicators}
        return [
            (UNUSED, _("not used")), (CODE, _("code of the area")), (NAME, _("name of the area")), (PERIOD, _("year or month")),
            (NEW, _("a new figure")), (BASE, _("how many people answered, or another number the figure is of")), (MARGIN, _("margin (95%) of the figure")), *groups,
        ]  # fmt: skip

    def add_column(self, number, heading, roles, themes):
        """Add the questions about a column; those about a new figure must be answered when it is one."""
        needed = {
            "required": not self.is_bound or self.data.get(f"role_{number}") == NEW,
            "error_messages": {"required": _("Fill this in: it will stand with the figure.")},
        }
        self.fields |= {
            f"role_{number}": forms.ChoiceField(label=_("What is this column?"), choices=roles),
            f"title_{number}": forms.CharField(label=_("Name of the figure"), max_length=120, initial=heading[:120], **needed),
            f"kind_{number}": forms.ChoiceField(label=_("What kind of figure is it?"), choices=[("", "–"), *OwnKind.choices], **needed),
            f"unit_{number}": forms.CharField(label=_("Unit, as it is written behind the number"), max_length=60, help_text=_("For example: % of the residents."), **needed),
            f"direction_{number}": forms.TypedChoiceField(label=_("What is better?"), choices=Direction.choices, coerce=int, initial=Direction.CONTEXT.value, **needed),
            f"theme_{number}": forms.TypedChoiceField(label=_("Theme"), choices=themes, coerce=int, required=False, empty_value=None),
            f"definition_{number}": forms.CharField(
                label=_("What does the figure say?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=600,
                help_text=_("In one sentence: who was counted or asked, and what."), **needed,
            ),
        }  # fmt: skip

    def columns(self):
        """Yield per column what the page shows: heading, examples, and its fields."""
        for number, heading in enumerate(self.headings):
            names = ["title", "kind", "unit", "direction", "theme", "definition"]
            examples = [str(cell).strip() for cell in self.cells[heading].head(SHOWN) if str(cell).strip() not in ("", "None", "nan")]
            yield {
                "heading": heading,
                "examples": " · ".join(examples)[:120],
                "role": self[f"role_{number}"],
                "new": [self[f"{name}_{number}"] for name in names],
            }

    def guess(self, grid):
        """Fill in what was chosen for the same headings before, or else what the headings and cells look like."""
        known = own.Columns(**self.before.columns) if self.before else None
        code = known.code if known else own.code_column(grid)
        for number, heading in enumerate(self.headings):
            self.fields[f"role_{number}"].initial = self.remembered(heading, known) if known else self.likely(heading, code)
        self.fields["comma"].initial = "yes" if (known.comma if known else self.has_commas()) else "no"

    def remembered(self, heading, known):
        places = {known.code: CODE, known.name: NAME, known.period: PERIOD} | dict.fromkeys(known.bases.values(), BASE)
        places |= dict.fromkeys(known.margins.values(), MARGIN) | {column: f"is:{slug}" for column, slug in known.figures.items()}
        return places.get(heading, UNUSED)

    def likely(self, heading, code):
        text = heading.strip().casefold()
        if heading == code:
            return CODE
        if slug := self.slugs.get(text):
            return f"is:{slug}"
        return next(
            (role for role, pattern in HINTS.items() if re.fullmatch(pattern, text) and (role != PERIOD or self.holds_periods(heading))),
            UNUSED,
        )

    def holds_periods(self, heading):
        return all(periods.read(cell).number for cell in self.cells[heading])

    def has_commas(self):
        texts = [str(cell).strip() for heading in self.headings for cell in self.cells[heading]]
        commas = sum(bool(NUMBER.match(text.replace(",", "."))) and "," in text for text in texts)
        return commas > sum(bool(NUMBER.match(text) or EXPONENT.match(text)) and "." in text for text in texts)

    def clean_year(self):
        year = self.cleaned_data["year"]
        if year and year > timezone.localdate().year + 1:
            raise ValidationError(_("That year is still to come."), code="future")
        return year

    def clean(self):
        values = super().clean()
        roles = [values.get(f"role_{number}", UNUSED) for number in range(len(self.headings))]
        self.check_once(roles)
        if not any(is_figure(role) for role in roles):
            self.add_error(None, ValidationError(_("Choose at least one column that holds a figure."), code="no_figure"))
        if PERIOD not in roles and not values.get("year") and "year" not in self.errors:
            self.add_error("year", ValidationError(_("Fill in the year, or choose the column that says it."), code="no_year"))
        return values

    def check_once(self, roles):
        for role, text in ONCE.items():
            places = [number for number, chosen in enumerate(roles) if chosen == role]
            for number in places[1:]:
                self.add_error(f"role_{number}", ValidationError(_("Only one column can be %(what)s.") % {"what": text}, code="twice"))
            if role == CODE and not places:
                self.add_error(None, ValidationError(_("Choose the column with the codes of the areas."), code="no_code"))
        for number, role in enumerate(roles):
            if is_figure(role) and self.is_about_origin(number):
                self.add_error(f"role_{number}", ValidationError(_("Figures about origin are not used here."), code="origin"))
            elif is_figure(role) and role != NEW and role in roles[:number]:
                self.add_error(f"role_{number}", ValidationError(_("Another column is this figure already."), code="twice"))

    def is_about_origin(self, number):
        return any(ORIGIN.search(text.casefold()) for text in (self.headings[number], self.cleaned_data.get(f"title_{number}", "")))

    def chosen(self):
        """Return the columns, and by heading the indicators to add; bases and margins of new ones stand under their heading.

        A number of people or a margin belongs to the figure before it; before the first figure, to all.
        """
        values, found, new = self.cleaned_data, own.Columns(code="", figures={}), {}
        figures, latest = [number for number in range(len(self.headings)) if is_figure(values[f"role_{number}"])], None
        for number, heading in enumerate(self.headings):
            role = values[f"role_{number}"]
            latest = number if is_figure(role) else latest
            if role in (CODE, NAME, PERIOD):
                setattr(found, role, heading)
            elif role == NEW:
                new[heading] = self.described(number)
            elif is_figure(role):
                found.figures[heading] = role.removeprefix("is:")
            elif role in (BASE, MARGIN):
                beside = found.bases if role == BASE else found.margins
                beside |= {self.key(figure): heading for figure in ([latest] if latest is not None else figures)}
        found.year, found.comma = (None if found.period else values["year"]), values["comma"]
        found.fingerprint = own.fingerprint(self.headings)
        return found, new

    def key(self, number):
        role = self.cleaned_data[f"role_{number}"]
        return self.headings[number] if role == NEW else role.removeprefix("is:")

    def described(self, number):
        values = {name: self.cleaned_data[f"{name}_{number}"] for name in ("title", "unit", "kind", "direction", "definition", "theme")}
        return NewIndicator(
            name=values["title"], unit=values["unit"], kind=values["kind"], direction=values["direction"],
            definition=values["definition"], theme_id=values["theme"],
        )  # fmt: skip


def is_figure(role):
    return role == NEW or role.startswith("is:")
