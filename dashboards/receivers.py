"""What this app hears from the apps below it; connected when the application starts."""

from django.utils.translation import gettext_lazy as _

from dashboards import asking
from wijkaanpak.indicators.signals import figures_changed
from wijkaanpak.journal import sentences
from wijkaanpak.journal.wording import name_jobs
from wijkaanpak.neighbourhoods.signals import areas_changed

SENTENCES = {
    "recomputation.asked": _("%(who)s asked to compute the figures again"),
    "question.asked": _("%(who)s asked %(new_person)s, before %(new_due_on)s: %(new_what)s"),
    "question.answered": _("%(who)s answered: %(new_answer)s. “%(new_sentence)s”"),
    "interpretation.written": _("%(new_function)s of %(new_organisation)s wrote the story behind the figures, version %(new_version)s."),
}
WORDS = {"recomputation": _("computing again"), "person": _("person"), "answer": _("answer"), "what": _("what contradicts")}


def connect():
    figures_changed.connect(recompute_changed, dispatch_uid="dashboards.recompute_changed")
    areas_changed.connect(recompute_programme, dispatch_uid="dashboards.recompute_programme")
    sentences.register(SENTENCES, WORDS)
    name_jobs({asking.KIND: _("Compute the figures")})


def recompute_changed(sender, indicator_ids, periods, **kwargs):
    """Store the job in the transaction of the import: either both happen or neither.

    Without indicators boundaries came in: then only the maps are drawn anew.
    """
    asking.changed(indicator_ids, periods)


def recompute_programme(sender, programme, **kwargs):
    asking.areas_of(programme)
