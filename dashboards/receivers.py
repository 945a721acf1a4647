"""What this app hears from the apps below it; connected when the application starts."""

from django.utils.translation import gettext_lazy as _

from dashboards import asking
from wijkaanpak.indicators.signals import figures_changed
from wijkaanpak.journal import sentences

SENTENCES = {
    "recomputation.asked": _("%(who)s asked to compute the figures again"),
}


def connect():
    figures_changed.connect(recompute_changed, dispatch_uid="dashboards.recompute_changed")
    sentences.register(SENTENCES)


def recompute_changed(sender, indicator_ids, periods, **kwargs):
    """Store the job in the transaction of the import: either both happen or neither."""
    if indicator_ids and periods:
        asking.changed(indicator_ids, periods)
