from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambitions.choices import Influence, Stage
from ambitions.models.ambitions import Ambition


class Involvement(models.Model):
    """Who could take part in an ambition, when and how much, and what was done with it: groups, never persons."""

    ambition = models.ForeignKey(Ambition, verbose_name=_("ambition"), on_delete=models.PROTECT, related_name="involvements")
    stage = models.CharField(_("phase"), max_length=12, choices=Stage)
    who = models.CharField(_("who could take part"), max_length=300)
    influence = models.CharField(_("how much say"), max_length=10, choices=Influence)
    starts_on = models.DateField(_("date, or first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    fixed = models.TextField(_("what was fixed"), max_length=1000)
    free = models.TextField(_("what was open"), max_length=1000)
    outcome = models.TextField(_("what was done with it"), max_length=1000, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written on"), default=timezone.now)

    class Meta:
        verbose_name = _("entry of the participation log")
        verbose_name_plural = _("participation log")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="involvement_stage_known"),
            models.CheckConstraint(condition=Q(influence__in=Influence.values), name="involvement_influence_known"),
            models.CheckConstraint(condition=~Q(who="") & ~Q(fixed="") & ~Q(free=""), name="involvement_says_who_and_about_what"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="involvement_ends_after_start"),
        ]

    def __str__(self):
        return self.who
