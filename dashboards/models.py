from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dashboards.choices import Reason, Trend
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Area, Programme, Theme


class ProgrammeFigureQuerySet(models.QuerySet):
    def latest(self):
        return self.filter(is_latest=True)


class ProgrammeFigure(models.Model):
    """The value of an indicator for all areas of a programme in one period, as the job stored it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="programme_figures")
    period = models.IntegerField(_("period"))
    value = models.FloatField(_("value"), null=True)
    numerator = models.FloatField(_("numerator"), null=True)
    denominator = models.FloatField(_("denominator"), null=True)
    coverage = models.FloatField(_("share of the inhabitants with figures"), null=True)
    areas_with_value = models.PositiveIntegerField(_("areas with figures"), default=0)
    areas_total = models.PositiveIntegerField(_("areas"), default=0)
    municipality_value = models.FloatField(_("municipality"), null=True)
    country_value = models.FloatField(_("country"), null=True)
    previous_period = models.IntegerField(_("compared with"), null=True)
    previous_value = models.FloatField(_("value then"), null=True)
    noise = models.FloatField(_("change needed to count"), null=True)
    trend = models.CharField(_("trend"), max_length=12, choices=Trend, default=Trend.UNKNOWN)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    is_latest = models.BooleanField(_("latest period"), default=False)
    computed_at = models.DateTimeField(_("computed on"))

    objects = ProgrammeFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme figure")
        verbose_name_plural = _("programme figures")
        ordering = ["indicator__order", "period"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "indicator", "period"], name="programme_figure_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(reason=""), name="programme_figure_value_or_reason"
            ),
        ]

    def __str__(self):
        return f"{self.programme_id} {self.indicator_id} {self.period}"


class Reference(models.Model):
    """Mean and standard deviation over all inhabited areas of a kind in the frozen base period of the theme index."""

    version = models.PositiveSmallIntegerField(_("version"), default=1)
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(_("kind of area"), max_length=2, choices=AreaKind)
    period = models.IntegerField(_("base period"))
    mean = models.FloatField(_("mean"))
    deviation = models.FloatField(_("standard deviation"))
    areas = models.PositiveIntegerField(_("number of areas"))
    computed_at = models.DateTimeField(_("computed on"))

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [
            models.UniqueConstraint(fields=["version", "indicator", "kind"], name="reference_once"),
            models.CheckConstraint(condition=Q(deviation__gt=0), name="reference_varies"),
        ]

    def __str__(self):
        return f"{self.indicator_id} {self.kind} {self.period}"


class ThemeScore(models.Model):
    """The theme index of one area, or of a programme as a whole, in one period; empty when there is too little."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, null=True, blank=True, related_name="theme_scores")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, null=True, blank=True, related_name="theme_scores")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="scores")
    period = models.IntegerField(_("period"))
    version = models.PositiveSmallIntegerField(_("version of the reference"), default=1)
    score = models.FloatField(_("score"), null=True, help_text=_("100 is the average area in the base period."))
    indicators_present = models.PositiveSmallIntegerField(_("indicators with figures"))
    indicators_total = models.PositiveSmallIntegerField(_("indicators of the theme"))
    parts = models.JSONField(_("z per indicator"), default=dict)
    computed_at = models.DateTimeField(_("computed on"))

    class Meta:
        verbose_name = _("theme score")
        verbose_name_plural = _("theme scores")
        constraints = [
            models.UniqueConstraint(fields=["area", "theme", "period", "version"], name="theme_score_area_once"),
            models.UniqueConstraint(fields=["programme", "theme", "period", "version"], name="theme_score_programme_once"),
            models.CheckConstraint(
                condition=Q(area__isnull=False, programme=None) | Q(area=None, programme__isnull=False),
                name="theme_score_of_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.area_id or self.programme_id} {self.theme_id} {self.period}"
