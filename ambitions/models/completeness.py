from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Organisation
from wijkaanpak.neighbourhoods.models import Programme


class Excuse(models.Model):
    """An organisation need not report on a quarter, with the reason the coordinator gave."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="excuses")
    organisation = models.ForeignKey(Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="excuses")
    quarter = models.DateField(_("quarter"), help_text=_("Its first day."))
    reason = models.CharField(_("reason"), max_length=300)
    excused_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("excused by"), on_delete=models.PROTECT, related_name="+")
    excused_at = models.DateTimeField(_("excused on"), default=timezone.now)

    class Meta:
        verbose_name = _("excuse")
        verbose_name_plural = _("excuses")
        constraints = [
            models.UniqueConstraint(fields=["programme", "organisation", "quarter"], name="excuse_once_per_quarter"),
            models.CheckConstraint(condition=~Q(reason=""), name="excuse_has_reason"),
            models.CheckConstraint(condition=Q(quarter__day=1, quarter__month__in=[1, 4, 7, 10]), name="excuse_begins_a_quarter"),
        ]

    def __str__(self):
        return f"{self.organisation_id} {self.quarter}"
