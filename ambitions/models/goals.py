from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambitions.choices import Criterion, Judgement
from ambitions.models.ambitions import Goal


class GoalPoint(models.Model):
    """A value to have reached on a day between baseline and target."""

    goal = models.ForeignKey(Goal, verbose_name=_("goal"), on_delete=models.CASCADE, related_name="points")
    on = models.DateField(_("date"))
    value = models.FloatField(_("value"))

    class Meta:
        verbose_name = _("point between")
        verbose_name_plural = _("points between")
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["goal", "on"], name="goal_point_once_a_day")]

    def __str__(self):
        return f"{self.on}: {self.value}"


class GoalCheck(models.Model):
    """How somebody judged a goal on one criterion, with the reason; without a row it was not judged."""

    goal = models.ForeignKey(Goal, verbose_name=_("goal"), on_delete=models.CASCADE, related_name="checks")
    criterion = models.CharField(_("criterion"), max_length=10, choices=Criterion)
    judgement = models.CharField(_("judgement"), max_length=10, choices=Judgement)
    reason = models.CharField(_("reason"), max_length=300)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("judged by"), on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(_("judged on"), default=timezone.now)

    class Meta:
        verbose_name = _("check of a goal")
        verbose_name_plural = _("checks of goals")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "criterion"], name="goal_check_once"),
            models.CheckConstraint(condition=Q(criterion__in=Criterion.values), name="goal_check_criterion_known"),
            models.CheckConstraint(condition=Q(judgement__in=["yes", "no"]) & ~Q(reason=""), name="goal_check_has_reason"),
        ]

    def __str__(self):
        return f"{self.criterion}: {self.judgement}"
