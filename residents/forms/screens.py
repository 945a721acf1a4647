"""The public form: three screens whose answers travel in the page itself, so nothing is lost and nothing is kept before sending."""

import time
import uuid

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from residents import places
from residents.choices import InputKind

OPENING_SALT = "residents.opening"
TRAP = "website"
WHOLE = "whole"
RADIOS_UP_TO = 9
KINDS = [
    (InputKind.IDEA, _("An idea: this can be better, or this is missing")),
    (InputKind.CONCERN, _("A concern: this is not going well")),
    (InputKind.QUESTION, _("A question: I want to know this")),
    (InputKind.COMPLIMENT, _("A compliment: keep this")),
]


class PlainTextField(forms.CharField):
    """Lines end in one sign, so that the length is what the writer sees."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class WhatForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("What do you want to tell us?"), choices=KINDS, widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you want to tell us.")},
    )
    text = PlainTextField(
        label=_("Tell it in your own words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
        help_text=_("Please leave out names and telephone numbers. Others will read this."),
        error_messages={"required": _("Write down what you want to tell us.")},
    )


class WhereForm(forms.Form):
    where = forms.ChoiceField(
        label=_("In which part of the neighbourhood?"), widget=forms.RadioSelect, error_messages={"required": _("Choose where it is, or the whole neighbourhood.")}
    )
    place = forms.CharField(
        label=_("Which street or place?"), required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("For example: Parkstraat near the school, or a postcode with a house number."),
    )

    def __init__(self, *args, areas=(), **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(WHOLE, _("The whole neighbourhood")), *[(str(area.pk), label) for area, label in places.labelled(areas)]]
        if len(choices) > RADIOS_UP_TO:
            self.fields["where"].widget = forms.Select()
            choices.insert(0, ("", _("Choose a place")))
        self.fields["where"].choices = choices
        self.areas = {str(area.pk): area for area in areas}

    @property
    def area(self):
        """The chosen area; None stands for the whole neighbourhood."""
        return self.areas.get(self.cleaned_data["where"])


class SenderForm(forms.Form):
    email = forms.EmailField(
        label=_("Your mail address"), required=False,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"}),
        help_text=_("Others never see it."),
    )
    wants_updates = forms.BooleanField(label=_("Mail me what is done with it"), required=False)
    may_be_asked = forms.BooleanField(label=_("You may mail me a question about it"), required=False)

    def clean(self):
        given = super().clean()
        agreed = given.get("wants_updates") or given.get("may_be_asked")
        if agreed and not given.get("email") and "email" not in self.errors:
            self.add_error("email", forms.ValidationError(_("Fill in your mail address, or untick the boxes."), code="no_email"))
        if given.get("email") and not agreed:
            problem = _("Tick what we may use your mail address for, or leave the address empty.")
            self.add_error("wants_updates", forms.ValidationError(problem, code="no_consent"))
        return given


class Screens:
    """The answers given so far, and the way from one screen to the next."""

    FORMS = {"what": WhatForm, "where": WhereForm, "preview": SenderForm}
    ORDER = list(FORMS)
    SEND = "send"

    def __init__(self, areas, data=None):
        self.areas = areas
        self.data = data or {}
        self.form_key, self.opened_for = read_opening(self.data.get("opening", ""))
        self.opening = self.data.get("opening") if self.opened_for is not None else new_opening(self.form_key)
        self.checked = {}

    @property
    def current(self):
        """The screen the answers come from."""
        return self.data["screen"] if self.data.get("screen") in self.ORDER else self.ORDER[0]

    @property
    def target(self):
        """Where the pressed button leads; without a button, the screen after this one."""
        following = [*self.ORDER, self.SEND][self.ORDER.index(self.current) + 1]
        return self.data.get("to") if self.data.get("to") in [*self.ORDER, self.SEND] else following

    @property
    def trap(self):
        return self.data.get(TRAP, "")

    def first_unfinished(self, target):
        """Return the first screen before the target whose answers are not right, or None."""
        end = len(self.ORDER) if target == self.SEND else self.ORDER.index(target)
        return next((name for name in self.ORDER[:end] if not self.check(name).is_valid()), None)

    def goes_back(self):
        return self.target in self.ORDER and self.ORDER.index(self.target) <= self.ORDER.index(self.current)

    def check(self, name):
        """Return the form of a screen with its answers, to be validated."""
        if name not in self.checked:
            self.checked[name] = self._form(name, data=self.data)
        return self.checked[name]

    def fresh(self, name):
        """Return the form of a screen with what was filled in before, without complaints."""
        fields = self.FORMS[name].base_fields
        given = {key: field.widget.value_from_datadict(self.data, {}, key) for key, field in fields.items()}
        return self._form(name, initial={key: value for key, value in given.items() if value is not None})

    def _form(self, name, **kwargs):
        if name != "where":
            return self.FORMS[name](**kwargs)
        whole = WhereForm(**kwargs)  # the whole neighbourhood needs no list of areas
        return whole if whole.is_valid() else WhereForm(**kwargs, areas=self.areas())

    def carried(self, shown):
        """Return name and value of every answer that the shown screen does not ask for."""
        asked = set(self.FORMS[shown].base_fields)
        known = [name for form in self.FORMS.values() for name in form.base_fields]
        trap = [TRAP] if shown != self.ORDER[0] else []
        return [(name, self.data[name]) for name in [*known, *trap] if name not in asked and self.data.get(name)]

    def key(self):
        """Return the key under which these answers are stored: the same form with other words is another input."""
        return uuid.uuid5(self.form_key, "\x1f".join(self.data.get(name, "") for name in ("kind", "text", "where", "place")))


def new_opening(form_key):
    """Return the signed moment at which a form was opened."""
    return signing.dumps([form_key.hex, int(time.time())], salt=OPENING_SALT)


def read_opening(value):
    """Return the key of the form and for how many seconds it has been open; None when it was never opened by us."""
    try:
        key, moment = signing.loads(value, salt=OPENING_SALT)
    except signing.BadSignature:
        return uuid.uuid4(), None
    return uuid.UUID(key), time.time() - moment
