from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambitions.choices import Course
from ambitions.models.ambitions import Ambition
from wijkaanpak.neighbourhoods.models import Period


class InPeriod(models.Model):
    """An ambition that belongs to a period; one that continues belongs to the next as well."""

    ambition = models.ForeignKey(Ambition, verbose_name=_("ambition"), on_delete=models.CASCADE, related_name="in_periods")
    period = models.ForeignKey(Period, verbose_name=_("period"), on_delete=models.PROTECT, related_name="ambitions_in")
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("ambition in a period")
        verbose_name_plural = _("ambitions in periods")
        constraints = [models.UniqueConstraint(fields=["ambition", "period"], name="ambition_in_period_once")]

    def __str__(self):
        return f"{self.ambition_id} · {self.period_id}"


class Review(models.Model):
    """The review of a period half-way; once closed, what it showed stays as it was (trigger)."""

    period = models.OneToOneField(Period, verbose_name=_("period"), on_delete=models.PROTECT, related_name="review")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("begun by"), on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("begun on"), default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("closed by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    document = models.JSONField(_("what it showed"), default=dict, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False), name="review_closing_paired"
            ),
        ]

    def __str__(self):
        return f"{self.period_id}"


class ReviewVerdict(models.Model):
    """What a review decides about one ambition, with the reason."""

    review = models.ForeignKey(Review, verbose_name=_("review"), on_delete=models.CASCADE, related_name="verdicts")
    ambition = models.ForeignKey(Ambition, verbose_name=_("ambition"), on_delete=models.PROTECT, related_name="verdicts")
    course = models.CharField(_("keep, change or stop"), max_length=10, choices=Course)
    reason = models.TextField(_("reason"), max_length=1000)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided on"), default=timezone.now)

    class Meta:
        verbose_name = _("verdict of a review")
        verbose_name_plural = _("verdicts of reviews")
        constraints = [
            models.UniqueConstraint(fields=["review", "ambition"], name="review_verdict_once"),
            models.CheckConstraint(condition=Q(course__in=Course.values) & ~Q(reason=""), name="review_verdict_has_reason"),
        ]

    def __str__(self):
        return self.course

    @property
    def shape(self):
        return Course(self.course).shape
