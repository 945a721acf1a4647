"""What this app hears from the apps below it; connected when the application starts."""

from django.utils.translation import gettext_lazy as _

from dashboards import asking, references
from wijkaanpak.indicators.signals import figures_changed
from wijkaanpak.journal import sentences
from wijkaanpak.journal.wording import name_jobs
from wijkaanpak.neighbourhoods.signals import areas_changed, areas_linked

SENTENCES = {
    "recomputation.asked": _("%(who)s asked to compute the figures again"),
    "references.asked": _("%(who)s asked for new reference values of the theme index: %(new_reason)s"),
    "references.made": _("Version %(subject)s of the reference values of the theme index is ready."),
    "references.in_force": _("%(who)s put version %(subject)s of the reference values in force, instead of %(old_version)s."),
}


def connect():
    figures_changed.connect(recompute_changed, dispatch_uid="dashboards.recompute_changed")
    areas_linked.connect(recompute_linked, dispatch_uid="dashboards.recompute_linked")
    areas_changed.connect(recompute_programme, dispatch_uid="dashboards.recompute_programme")
    sentences.register(SENTENCES, {"recomputation": _("computing again")})
    name_jobs({asking.KIND: _("Compute the figures"), references.KIND: _("Make reference values")})


def recompute_changed(sender, indicator_ids, periods, **kwargs):
    """Store the job in the transaction of the import: either both happen or neither.

    Without indicators boundaries came in: then only the maps are drawn anew.
    """
    asking.changed(indicator_ids, periods)


def recompute_programme(sender, programme, **kwargs):
    asking.areas_of(programme)


def recompute_linked(sender, area_ids, **kwargs):
    asking.linked(area_ids)
