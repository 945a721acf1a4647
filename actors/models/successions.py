from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.choices import SuccessionKind
from actors.models.organisations import Organisation
from wijkaanpak.neighbourhoods.models import OfProgrammeQuerySet, Programme


class Succession(models.Model):
    """In a programme one organisation went on as another, whole (a merger) or in part (a split). What it did before stays under its name."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="successions")
    kind = models.CharField(_("kind"), max_length=8, choices=SuccessionKind)
    predecessor = models.ForeignKey(Organisation, verbose_name=_("before"), on_delete=models.PROTECT, related_name="successors")
    successor = models.ForeignKey(Organisation, verbose_name=_("after"), on_delete=models.PROTECT, related_name="predecessors")
    on = models.DateField(_("since"), default=timezone.localdate)
    reason = models.TextField(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")

    objects = OfProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SuccessionKind.values), name="succession_kind_known"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another"),
            models.CheckConstraint(condition=~Q(reason=""), name="succession_has_reason"),
        ]

    def __str__(self):
        return f"{self.predecessor_id} → {self.successor_id}"
