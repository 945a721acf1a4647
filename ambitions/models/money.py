from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambitions.models.commitments import Commitment


class PlannedYear(models.Model):
    """What of a commitment's money and hours is meant for one year; the years add up to its total (trigger)."""

    commitment = models.ForeignKey(Commitment, verbose_name=_("commitment"), on_delete=models.CASCADE, related_name="planned_years")
    year = models.PositiveSmallIntegerField(_("year"))
    euro = models.DecimalField(_("euro"), max_digits=12, decimal_places=2, null=True, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=9, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("planned year")
        verbose_name_plural = _("planned years")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "year"], name="planned_year_once"),
            models.CheckConstraint(condition=Q(year__range=(1990, 2100)), name="planned_year_is_a_year"),
            models.CheckConstraint(condition=Q(euro__isnull=False) | Q(hours__isnull=False), name="planned_year_says_something"),
            models.CheckConstraint(
                condition=(Q(euro=None) | Q(euro__gte=0)) & (Q(hours=None) | Q(hours__gte=0)), name="planned_year_not_below_zero"
            ),
        ]

    def __str__(self):
        return str(self.year)
