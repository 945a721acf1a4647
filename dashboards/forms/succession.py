"""Forms for when people and organisations leave, merge or split."""


from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from actors.choices import OrganisationKind
from actors.models import Agreement, Organisation
from ambitions import succession
from ambitions.forms import day, lines
from dashboards.departures import Choice
from wijkaanpak.accounts.models import User

ONE_BY_ONE = 100  # commitments with a choice of their own


class SuccessorForm(forms.Form):
    """Which organisation goes on: one that is known, or a new one with a name and a kind."""

    successor = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Goes on as"), required=False, empty_label=_("– a new organisation –"),
    )  # fmt: skip
    name = forms.CharField(label=_("Name of the new organisation"), max_length=120, required=False, help_text=_("Only for a new one."))
    kind = forms.ChoiceField(label=_("Kind of the new organisation"), required=False, choices=[("", _("– choose a kind –")), *OrganisationKind.choices])
    reason = forms.CharField(label=_("Why, and from when"), max_length=500, widget=lines(2), help_text=_("Everybody in the programme can read this."))

    def clean(self):
        data = super().clean()
        if data.get("successor") or "successor" in self.errors:
            return data
        for field, words in {"name": _("Choose an organisation above, or give the name of the new one."), "kind": _("Choose the kind of the new organisation.")}.items():
            if not data.get(field):
                self.add_error(field, words)
        if data.get("name") and Organisation.objects.filter(name=data["name"]).exists():
            self.add_error("name", _("There is an organisation of this name already. Choose it from the list above."))
        return data


class MergerForm(SuccessorForm):
    chosen = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Who merge?"), widget=forms.CheckboxSelectMultiple,
        help_text=_("Also mark the one that goes on, when it is one of them."), error_messages={"required": _("Choose at least one organisation.")},
    )
    field_order = ["chosen", "successor", "name", "kind", "reason"]

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = Organisation.objects.in_programme(programme)


class SplitForm(SuccessorForm):
    """Who and what goes along; each open commitment asks its own choice."""

    speakers = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Who speaks for the part that goes on by itself?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They go on speaking for the other part as well, until you end that on its page."),
    )
    signed = forms.ModelMultipleChoiceField(
        Agreement.objects.none(), label=_("To which agreements does it become a party too?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, programme, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = Organisation.objects.exclude(pk=organisation.pk)
        speaking = organisation.representatives.active().values("user")
        self.fields["speakers"].queryset = User.objects.filter(pk__in=speaking, is_active=True).order_by("name")
        running = Agreement.objects.in_force().filter(programme=programme, parties__organisation=organisation, parties__until=None, ended_on=None)
        self.fields["signed"].queryset = running
        found = list(succession.open_commitments(programme, [organisation]))
        self.promised = {f"toezegging_{row.pk}": [row] for row in found[:ONE_BY_ONE]}
        words = {name: _("Commitment: %(what)s") % {"what": row.what} for name, [row] in self.promised.items()}
        if rest := found[ONE_BY_ONE:]:
            self.promised["overige"] = rest
            words["overige"] = _("The other %(number)s commitments, with later dates") % {"number": len(rest)}
        choices = [("stays", _("stays with %(name)s") % {"name": organisation}), ("goes", _("goes along"))]
        for name, label in words.items():
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, initial="stays")

    def clean(self):
        data = super().clean()
        data["commitments"] = [row for name, rows in self.promised.items() if data.pop(name, "") == "goes" for row in rows]
        return data


class LeavingForm(forms.Form):
    """Which organisation would leave; lives in the address bar."""

    organisatie = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"), empty_label=_("– choose an organisation –"))

    def __init__(self, *args, partners, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisatie"].queryset = partners


class DepartureForm(forms.Form):
    """Why an organisation leaves, and who takes over each open thing; `values()` are the arguments of `departures.leave`."""

    DROPPED = 0

    reason = forms.CharField(
        label=_("Why the organisation leaves"), max_length=500, widget=lines(3),
        help_text=_("Everybody in the programme can read this. What was promised and said stays on record."),
    )
    everything = forms.TypedChoiceField(
        label=_("Everything to"), required=False, coerce=int, empty_value=None, help_text=_("Counts wherever you choose nothing below."),
    )

    def __init__(self, data, *, things):
        super().__init__(data)
        self.things, self.shown = things, things[:ONE_BY_ONE]
        self.partners = {each.pk: each for thing in things for each in thing.takers}
        named = [(each.pk, each.name) for each in sorted(self.partners.values(), key=lambda each: each.name)]
        self.fields["everything"].choices = [("", _("– choose an organisation –")), *named]
        for thing in self.shown:
            dropped = [(self.DROPPED, thing.kind.dropped)] if thing.kind.dropped else []
            choices = [("", _("as above")), *((each.pk, each.name) for each in thing.takers), *dropped]
            self.fields[thing.key] = forms.TypedChoiceField(label=_("Who takes this over?"), required=False, coerce=int, empty_value=None, choices=choices)
            if dropped:
                self.fields[f"{thing.key}-reason"] = forms.CharField(label=_("Why, when nobody does"), max_length=500, required=False)

    def rows(self):
        return [{"thing": thing, "field": self[thing.key], "why": self[f"{thing.key}-reason"] if thing.kind.dropped else None} for thing in self.shown]

    @property
    def others(self):
        """How many things have no choice of their own: they go where everything goes."""
        return len(self.things) - len(self.shown)

    def chosen(self, thing):
        """The choice for one thing; None when nothing is chosen that it allows."""
        pk = self.cleaned_data.get(thing.key)
        pk = self.cleaned_data.get("everything") if pk is None else pk
        if pk == self.DROPPED:
            return Choice(None, self.cleaned_data.get(f"{thing.key}-reason", ""))
        return Choice(self.partners[pk]) if pk in self.partners else None

    def clean(self):
        if self.others and not self.cleaned_data.get("everything"):
            self.add_error("everything", ValidationError(_("Choose who takes over what has no choice of its own below."), code="no_successor"))
        for thing in self.shown:
            chosen = self.chosen(thing)
            if chosen is None and thing.key not in self.errors:
                text = _("Choose who takes this over: “%(what)s”") if thing.takers else _("Nobody can take this over yet: “%(what)s” Invite somebody first.")
                self.add_error(thing.key, ValidationError(text % {"what": thing.what}, code="no_successor"))
            elif chosen and not chosen.taker and not chosen.reason.strip():
                self.add_error(f"{thing.key}-reason", ValidationError(_("Say why this is dropped: “%(what)s”") % {"what": thing.what}, code="no_reason"))
        return self.cleaned_data

    def values(self):
        return {"reason": self.cleaned_data["reason"], "choices": {thing.key: self.chosen(thing) for thing in self.things}}


class BeginForm(forms.Form):
    """Who leaves, and when."""

    leaver = forms.ModelChoiceField(label=_("Who leaves?"), queryset=None, empty_label=_("– choose a person –"))
    leaves_on = forms.DateField(label=_("Last day"), widget=day(), help_text=_("Everything is handed over when you press the button, not by itself on this day."))

    def __init__(self, data, *, people, initial):
        super().__init__(data, initial=initial)
        self.fields["leaver"].queryset = people


class UnwrittenForm(forms.Form):
    unwritten = forms.CharField(
        label=_("What was agreed without writing it down?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "lang": "nl"}),
        help_text=_("Who always calls whom, what was promised in passing, what the successor should not step into. No names of residents."),
        error_messages={"required": _("Write down at least one thing, or write that there is nothing.")},
    )


class SuccessorsForm(forms.Form):
    """Who takes over each thing: one person for all, and another where that is chosen. `values()` are the arguments of `hand_over`."""

    everyone = forms.TypedChoiceField(
        label=_("Everything to"), required=False, coerce=int, empty_value=None,
        help_text=_("Counts wherever you choose nobody below, for what this person may take over."),
    )
    ends_roles = forms.BooleanField(label=_("End the roles in this programme at once"), required=False, initial=True)

    def __init__(self, data, *, items):
        super().__init__(data)
        self.items = items
        self.people = {person.pk: person for item in items for person in item.takers}
        named = sorted(self.people.values(), key=lambda person: person.name)
        self.fields["everyone"].choices = [("", _("– choose a person –")), *((person.pk, person.name) for person in named)]
        for item in items:
            self.fields[item.key] = forms.TypedChoiceField(
                label=_("Who takes this over?"), required=False, coerce=int, empty_value=None,
                choices=[("", _("as above")), *((person.pk, person.name) for person in item.takers)],
            )  # fmt: skip

    def rows(self):
        return [{"item": item, "field": self[item.key]} for item in self.items]

    def chosen(self, item):
        pk = self.cleaned_data.get(item.key) or self.cleaned_data.get("everyone")
        return next((person for person in item.takers if person.pk == pk), None)

    def clean(self):
        for item in self.items:
            if not self.chosen(item) and item.key not in self.errors:
                text = _("Choose who takes this over: “%(what)s”") if item.takers else _("Nobody can take this over yet: “%(what)s” Invite somebody first.")
                self.add_error(item.key, ValidationError(text % {"what": item.what}, code="no_successor"))
        return self.cleaned_data

    def values(self):
        return {"successors": {item.key: self.chosen(item) for item in self.items}, "ends_roles": self.cleaned_data["ends_roles"]}
