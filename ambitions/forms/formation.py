"""What an ambition is formed with: reactions to a text, what was done with them, and more time."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ambitions.choices import Followed, View
from ambitions.forms.promises import day, lines


class MoreTimeForm(forms.Form):
    field_of = {"not_later": "closes_on", "in_the_past": "closes_on", "no_reason": "reason"}

    closes_on = forms.DateField(
        label=_("New closing date"), widget=day(), help_text=_("Every partner hears of it by mail."), error_messages={"required": _("Choose a day.")}
    )
    reason = forms.CharField(
        label=_("Why do they get more time?"), max_length=1000, widget=lines(3), help_text=_("Everybody in the programme can read it."),
        error_messages={"required": _("Say why the partners get more time.")},
    )


class AdoptForm(forms.Form):
    field_of = {"unanswered": "reason"}

    reason = forms.CharField(
        label=_("Why do these reactions stay unanswered?"), max_length=1000, widget=lines(3), help_text=_("Everybody in the programme can read it."),
        error_messages={"required": _("Answer the reactions first, or say why they stay unanswered.")},
    )

    def __init__(self, *args, unanswered, **kwargs):
        super().__init__(*args, **kwargs)
        if not unanswered:
            del self.fields["reason"]


class ReactionsForm(forms.Form):
    """A choice and some words for each part of a text; what is left open says nothing."""

    REST = "rest"  # the button that agrees with whatever was left open

    def __init__(self, *args, parts, earlier, **kwargs):
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            said = earlier.get(part.position)
            view = forms.ChoiceField(choices=View, required=False, label=_("Our reaction"), widget=forms.RadioSelect(attrs={"class": "beside"}), initial=said and said.view)
            words = forms.CharField(
                max_length=1000, required=False, label=_("Explanation"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto", "class": "short"}), initial=said and said.words
            )
            self.fields |= {f"view_{part.position}": view, f"words_{part.position}": words}

    def rows(self):
        """Each part with its two fields."""
        return [(part, self[f"view_{part.position}"], self[f"words_{part.position}"]) for part in self.parts]

    def clean(self):
        data = super().clean()
        for part in self.parts:
            self._check(part.position, data.get(f"view_{part.position}"), data.get(f"words_{part.position}"))
        if not self.errors and not self.said:
            raise forms.ValidationError(_("Choose what you think of at least one sentence or goal."))
        return data

    def _check(self, position, view, words):
        if words and not view and self.REST not in self.data:
            self.add_error(f"view_{position}", _("Choose what you think of it; your words stay here."))
        if view and view != View.AGREE and not words:
            self.add_error(f"words_{position}", _("Say in a few words what you mean."))

    @property
    def said(self):
        """What was filled in, by place in the text."""
        given = {part.position: (self.cleaned_data.get(f"view_{part.position}"), self.cleaned_data.get(f"words_{part.position}", "")) for part in self.parts}
        rest = View.AGREE if self.REST in self.data else ""
        return {position: (view or rest, words) for position, (view, words) in given.items() if view or rest}


class ReactionAnswerForm(forms.Form):
    field_of = {"no_reason": "answer"}

    outcome = forms.ChoiceField(
        label=_("What did you do with it?"), choices=Followed, widget=forms.RadioSelect, error_messages={"required": _("Choose what you did with it.")}
    )
    answer = forms.CharField(
        label=_("Because"), max_length=1000, required=False, widget=lines(3), help_text=_("Needed unless it was taken over. Everybody in the programme reads it."),
    )

    def clean(self):
        data = super().clean()
        if data.get("outcome") not in {None, Followed.TAKEN_OVER} and not data.get("answer"):
            self.add_error("answer", _("Say why, so that the organisation knows what happened with it."))
        return data
