import django_filters
from django import forms
from django.apps import apps
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from wijkaanpak.journal.choices import JobState, MailState
from wijkaanpak.journal.models import Event, Job, Mail
from wijkaanpak.journal.sentences import SENTENCES, WORDS


def subjects():
    """Return the kinds of subject that sentences exist for, as choices: (noun, its name in the reader's language)."""
    nouns = {kind.split(".")[0] for kind in SENTENCES}
    names = {model._meta.model_name: capfirst(model._meta.verbose_name) for model in apps.get_models()}
    return sorted(
        ((noun, str(names.get(noun.replace("_", "")) or capfirst(WORDS.get(noun, noun)))) for noun in nouns), key=lambda choice: choice[1]
    )


class EventFilter(django_filters.FilterSet):
    about = django_filters.ChoiceFilter(label=_("About"), choices=subjects, method="filter_about", empty_label=_("everything"))
    who = django_filters.CharFilter(label=_("By whom"), field_name="actor_name", lookup_expr="icontains")
    since = django_filters.DateFilter(
        label=_("From"), field_name="at", lookup_expr="date__gte", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = django_filters.DateFilter(
        label=_("Up to and including"),
        field_name="at",
        lookup_expr="date__lte",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = Event
        fields = []

    def filter_about(self, queryset, name, value):
        return queryset.filter(kind__startswith=f"{value}.")


class JobFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=JobState, empty_label=_("all"))

    class Meta:
        model = Job
        fields = ["state"]


class MailFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=MailState, empty_label=_("all"))
    to = django_filters.CharFilter(label=_("To"), lookup_expr="icontains")

    class Meta:
        model = Mail
        fields = ["state", "to"]
