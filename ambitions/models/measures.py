from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambitions.choices import CommitmentState, Strength
from ambitions.models.ambitions import Ambition, Goal
from ambitions.models.commitments import Commitment


class MeasureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the commitments the user may see."""
        return self.filter(commitment__in=Commitment.objects.visible_to(user))

    def at_work(self):
        """Those of commitments that do something for the goal, or did: agreed, and not ended without result."""
        return self.filter(commitment__state__in=CommitmentState.standing())

    def with_effect(self):
        """Add `effect_from`: the day from which an effect may be seen, of the measure itself or else of its goal; None without."""
        return self.annotate(effect_from=Coalesce("visible_from", "goal__visible_from"))


class Measure(models.Model):
    """Which goal a commitment should help, by which assumed mechanism; strength is an aid in conversation and no number to count with."""

    ambition = models.ForeignKey(Ambition, verbose_name=_("ambition"), on_delete=models.CASCADE, related_name="measures")
    commitment = models.ForeignKey(Commitment, verbose_name=_("commitment"), on_delete=models.PROTECT, related_name="measures")
    goal = models.ForeignKey(Goal, verbose_name=_("goal"), on_delete=models.CASCADE, related_name="measures")
    strength = models.PositiveSmallIntegerField(_("expected contribution"), choices=Strength)
    mechanism = models.CharField(_("how it should help"), max_length=300)
    visible_from = models.DateField(_("effect to be seen from"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "goal"], name="measure_once"),
            models.CheckConstraint(condition=Q(strength__in=Strength.values), name="measure_strength_known"),
            models.CheckConstraint(condition=~Q(mechanism=""), name="measure_has_mechanism"),
        ]

    def __str__(self):
        return self.mechanism
