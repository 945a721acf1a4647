import re

import django_filters
from django import forms
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext_lazy as _

from actors.models import Organisation, Representative
from ambitions.choices import CommitmentState, Level, Report, Signal, Stance, Strength
from ambitions.measures import name_of
from ambitions.models import Ambition, Commitment, Goal, Lesson, Measure, Milestone
from wijkaanpak.neighbourhoods.models import Area, Theme

DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}


WITH_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")


class ReadsThousands:
    """A number as people write it: where a comma marks the decimals, 1.500 is fifteen hundred and not one and a half."""

    def to_python(self, value):
        if isinstance(value, str) and get_format("DECIMAL_SEPARATOR") == "," and WITH_THOUSANDS.fullmatch(value.strip()):
            value = value.replace(".", "")
        return super().to_python(value)


class WrittenDecimal(ReadsThousands, forms.DecimalField):
    pass


class WrittenFloat(ReadsThousands, forms.FloatField):
    pass


def lines(rows):
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def day(**attrs):
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


class AmbitionForm(forms.ModelForm):
    class Meta:
        model = Ambition
        fields = ["theme", "sentence", "why", "areas"]
        widgets = {"sentence": lines(2), "why": lines(6), "areas": forms.CheckboxSelectMultiple}
        help_texts = {
            "sentence": _("One plain sentence that a resident understands, about what will be different."),
            "why": _("What is going on now, and for whom?"),
            "areas": _("Nothing chosen: the whole programme."),
        }

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].empty_label = _("– choose a theme –")
        self.fields["areas"].queryset = Area.objects.without_boundary().filter(programmes=programme)


class ConsultationForm(forms.Form):
    closes_on = forms.DateField(
        label=_("Answer before"), widget=day(), help_text=_("Every partner gets a mail now and can give its support until this day.")
    )

    def clean_closes_on(self):
        closes_on = self.cleaned_data["closes_on"]
        if closes_on < timezone.localdate():
            raise forms.ValidationError(_("Choose a closing date that has not passed."))
        return closes_on


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=lines(3))


class SupportForm(forms.Form):
    stance = forms.ChoiceField(label=_("Our organisation"), choices=Stance, widget=forms.RadioSelect(attrs={"class": "cards"}))
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=lines(3),
        help_text=_("Needed with a reservation or without support: the others then know what to solve."),
    )

    def clean(self):
        data = super().clean()
        if data.get("stance") in {Stance.RESERVATION, Stance.AGAINST} and not data.get("reason"):
            self.add_error("reason", _("Say why, so that the others know what to solve."))
        return data


class GroupedByOrganisation(forms.models.ModelChoiceIterator):
    """People under the name of the organisation they speak for."""

    def __iter__(self):
        yield "", self.field.empty_label
        groups = {}
        for person in self.queryset:
            groups.setdefault(person.organisation.name, []).append(self.choice(person))
        yield from groups.items()


class PersonField(forms.ModelChoiceField):
    iterator = GroupedByOrganisation

    def label_from_instance(self, person):
        return str(person.user)


class CommitmentForm(forms.ModelForm):
    """A promise with the person who answers for it; the organisation follows from the person."""

    person = PersonField(
        Representative.objects.none(), label=_("Responsible person"), empty_label=_("– choose a person –"),
        help_text=_("Gets the reminders, and answers for the promise on behalf of the organisation."),
    )

    class Meta:
        model = Commitment
        fields = ["ambition", "what", "quantity", "unit", "starts_on", "due_on", "explanation", "formal_basis", "euro", "hours", "visibility"]
        localized_fields = ["quantity", "euro", "hours"]
        field_classes = {"quantity": WrittenDecimal, "euro": WrittenDecimal, "hours": WrittenDecimal}
        widgets = {
            "what": lines(2),
            "explanation": lines(4),
            "starts_on": day(),
            "due_on": day(),
            "quantity": forms.TextInput(attrs=DECIMAL),
            "euro": forms.TextInput(attrs=DECIMAL),
            "hours": forms.TextInput(attrs=DECIMAL),
        }
        help_texts = {
            "what": _("One promise that anybody can check afterwards."),
            "quantity": _("How much, if it can be counted: a number and what it counts."),
            "formal_basis": _("In which agreement or budget it is laid down."),
        }

    field_order = ["ambition", "what", "person", "quantity", "unit", "starts_on", "due_on"]
    NOT_AFTER_AGREEMENT = ("ambition", "what", "quantity", "unit", "starts_on", "due_on")

    def __init__(self, *args, programme, organisations=None, **kwargs):
        """`organisations` limits the people to those of some organisations; None is everybody in the programme."""
        super().__init__(*args, **kwargs)
        people = Representative.objects.active().filter(
            organisation__in=Organisation.objects.in_programme(programme), user__is_active=True
        )
        if organisations is not None:
            people = people.filter(organisation__in=organisations)
        if self.instance.pk:
            self._limit_to_present(people)
        else:
            self.fields["ambition"].queryset = Ambition.objects.filter(programme=programme).exclude(state="closed")
            self.fields["ambition"].empty_label = _("– choose an ambition –")
        people = people if not self.instance.is_agreed_or_ended else people.filter(organisation=self.instance.organisation_id)
        self.fields["person"].queryset = people.select_related("organisation", "user").order_by("organisation__name", "user__name")

    def _limit_to_present(self, people):
        """Once written the ambition stays; once agreed, what was promised stays too."""
        del self.fields["ambition"]
        self.initial["person"] = people.filter(organisation=self.instance.organisation_id, user=self.instance.owner_id).first()
        if self.instance.is_agreed_or_ended:
            for field in self.NOT_AFTER_AGREEMENT:
                self.fields.pop(field, None)
        if self.instance.escalations.open().filter(level=Level.REPRESENTATIVE).exists():
            self.fields["restarts_term"] = forms.BooleanField(
                label=_("Give a new responsible person the whole term again"), required=False,
                help_text=_("An answer is asked about this commitment. It is asked of the new person from now on; without a tick within the same term."),
            )

    def clean(self):
        data = super().clean()
        starts_on, due_on = data.get("starts_on"), data.get("due_on")
        if starts_on and due_on and due_on < starts_on:
            self.add_error("due_on", _("Choose a date after the start."))
        if "unit" in self.fields and (data.get("quantity") is None) != (data.get("unit", "") == ""):
            self.add_error("unit", _("Give a quantity together with its unit, or neither."))
        return data

    @property
    def values(self):
        """What the domain functions take: the person becomes owner and organisation."""
        values = {key: value for key, value in self.cleaned_data.items() if key not in {"person", "ambition"}}
        person = self.cleaned_data["person"]
        return values | {"owner": person.user, "organisation": person.organisation}


class UpdateForm(forms.Form):
    """Three choices and a sentence: done in under a minute, on a phone."""

    report = forms.ChoiceField(
        label=_("How is it going?"), choices=Report, widget=forms.RadioSelect(attrs={"class": "cards"}),
        error_messages={"required": _("Choose one of the three.")},
    )
    sentence = forms.CharField(
        label=_("In one sentence"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("What was done, or what holds it up? No names of residents."),
        error_messages={"required": _("Write one sentence.")},
    )
    number = WrittenDecimal(
        label=_("Number so far"), max_digits=12, decimal_places=2, required=False, min_value=0, localize=True,
        widget=forms.TextInput(attrs=DECIMAL),
    )
    proof = forms.CharField(
        label=_("Where it can be seen"), max_length=300, required=False, help_text=_("For example a street, a report or a web address.")
    )

    def __init__(self, *args, commitment, **kwargs):
        super().__init__(*args, **kwargs)
        if commitment.unit:
            self.fields["number"].label = _("Number so far (%(unit)s)") % {"unit": commitment.unit}


class PostponeForm(forms.Form):
    field_of = {"not_later": "due_on"}

    due_on = forms.DateField(label=_("New date"), widget=day())
    reason = forms.CharField(
        label=_("Why the date moves"), max_length=1000, widget=lines(3), help_text=_("The earlier dates stay visible.")
    )

    def __init__(self, *args, commitment, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = _("Now it is %(on)s.") % {"on": date_format(commitment.due_on, "j F Y")}


class EndForm(forms.Form):
    state = forms.ChoiceField(label=_("How it ended"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, required=False, widget=lines(3), help_text=_("Needed for everything but “kept”.")
    )

    def __init__(self, *args, commitment, **kwargs):
        super().__init__(*args, **kwargs)
        states = CommitmentState.ended() if commitment.agreed_at else [CommitmentState.DROPPED]
        self.fields["state"].choices = [(state.value, state.label) for state in states]

    def clean(self):
        data = super().clean()
        if data.get("state") and data["state"] != CommitmentState.KEPT and not data.get("reason"):
            self.add_error("reason", _("Give the reason."))
        return data


class MilestoneForm(forms.ModelForm):
    class Meta:
        model = Milestone
        fields = ["what", "due_on"]
        widgets = {"due_on": day()}


class GoalField(forms.ModelChoiceField):
    def label_from_instance(self, goal):
        return name_of(goal)


class PromiseField(forms.ModelChoiceField):
    def label_from_instance(self, commitment):
        return f"{commitment.what} ({commitment.organisation})"


class MeasureForm(forms.ModelForm):
    """What a commitment should do for a goal; `goals` or `commitments` are what there is to choose from, once linked neither."""

    field_of = {"linked_already": None, "too_soon": "visible_from", "too_late": "visible_from", "no_mechanism": "mechanism"}
    goal = GoalField(Goal.objects.none(), label=_("Goal"), empty_label=_("– choose a goal –"))
    commitment = PromiseField(Commitment.objects.none(), label=_("Commitment"), empty_label=_("– choose a commitment –"))

    class Meta:
        model = Measure
        fields = ["strength", "mechanism", "visible_from"]
        widgets = {"strength": forms.RadioSelect, "mechanism": lines(2), "visible_from": day()}
        help_texts = {
            "strength": _("To talk about together; nothing is computed with it."),
            "mechanism": _("One sentence: how does this lead to that? For example: whoever sees better in the evening goes out more easily."),
            "visible_from": _("Optional: before this day nobody expects to see it in the figure. Empty: the day of the goal counts."),
        }

    field_order = ["goal", "commitment"]

    def __init__(self, *args, goals=None, commitments=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["strength"].choices = Strength.choices
        for name, rows in {"goal": goals, "commitment": commitments}.items():
            if rows is None:
                del self.fields[name]
            else:
                self.fields[name].queryset = rows


class LessonForm(forms.ModelForm):
    class Meta:
        model = Lesson
        fields = ["assumed", "saw", "changes"]
        widgets = {"assumed": lines(3), "saw": lines(3), "changes": lines(3)}
        labels = {"assumed": _("What did we assume?"), "saw": _("What did we see?"), "changes": _("What do we change?")}
        help_texts = {
            "assumed": _("What we thought would happen, and why. Everybody can read the learning log of an adopted ambition, without your name."),
            "saw": _("What happened, and where that can be seen. No names of residents."),
            "changes": _("What we do differently from now on. If nothing changes, say so."),
        }


class RegisterForm(forms.Form):
    file = forms.FileField(
        label=_("Excel file"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("The register you downloaded here, with your changes; at most 1,000 rows."),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Download the register again and fill in that file.")},
    )


class CommitmentFilter(django_filters.FilterSet):
    """Narrows the list of commitments; the queryset comes with `with_signal()`."""

    theme = django_filters.ModelChoiceFilter(
        field_name="ambition__theme", queryset=Theme.objects.all(), to_field_name="slug", label=_("Theme"), empty_label=_("All themes")
    )
    ambition = django_filters.ModelChoiceFilter(
        queryset=Ambition.objects.none(), to_field_name="number", label=_("Ambition"), empty_label=_("All ambitions")
    )
    organisation = django_filters.ModelChoiceFilter(
        queryset=Organisation.objects.none(), label=_("Organisation"), empty_label=_("All organisations")
    )
    state = django_filters.ChoiceFilter(choices=CommitmentState, label=_("State"), empty_label=_("All states"))
    signal = django_filters.ChoiceFilter(choices=Signal, label=_("Signal"), empty_label=_("All signals"))

    class Meta:
        model = Commitment
        fields = ["theme", "ambition", "organisation", "state", "signal"]

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["ambition"].queryset = Ambition.objects.filter(programme=programme)
        self.filters["organisation"].queryset = Organisation.objects.filter(participations__programme=programme)
