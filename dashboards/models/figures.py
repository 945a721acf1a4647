from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dashboards.choices import Basis, Reason, Trend
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.choices import AreaKind
from wijkaanpak.neighbourhoods.models import Area, Programme, Theme


class StoredFigureQuerySet(models.QuerySet):
    def latest(self):
        return self.filter(is_latest=True)


class StoredFigure(models.Model):
    """The value of an indicator in one period, its comparisons and its trend word, as the job stored it.

    Rows are only ever written together, with keys that were just read: the database does not look up each one again.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, db_constraint=False, related_name="+")
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
    compared_value = models.FloatField(
        _("value compared"), null=True, help_text=_("Of the areas with figures in both periods, a mean per year when years are taken together.")
    )
    years = models.PositiveSmallIntegerField(
        _("years taken together"), default=1, help_text=_("3: two times three years were compared, because a year has few cases.")
    )
    noise = models.FloatField(_("change needed to count"), null=True)
    trend = models.CharField(_("trend"), max_length=12, choices=Trend, default=Trend.UNKNOWN)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    breaks = models.BooleanField(_("break before this period"), default=False)
    provisional = models.BooleanField(_("provisional"), default=False)
    is_latest = models.BooleanField(_("latest period"), default=False)
    reference_date = models.DateField(_("reference date"), null=True)
    computed_at = models.DateTimeField(_("computed on"))

    objects = StoredFigureQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.indicator_id} {self.period}"


class ProgrammeFigure(StoredFigure):
    """A stored figure of all areas of a programme together."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="figures")

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


class AreaFigure(StoredFigure):
    """A stored figure of one area that belongs to a programme."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="figures")

    class Meta:
        verbose_name = _("area figure")
        verbose_name_plural = _("area figures")
        ordering = ["indicator__order", "period"]
        constraints = [
            models.UniqueConstraint(fields=["area", "indicator", "period"], name="area_figure_once"),
            models.CheckConstraint(condition=Q(value__isnull=False) | ~Q(reason=""), name="area_figure_value_or_reason"),
        ]


class TrendRule(models.Model):
    """How big a change of an indicator must be to count, where the general rule of `scores.rules` does not fit."""

    indicator = models.OneToOneField(Indicator, on_delete=models.CASCADE, related_name="trend_rule")
    basis = models.CharField(_("basis"), max_length=8, choices=Basis)
    smallest_change = models.FloatField(_("smallest change that counts"), null=True, blank=True)
    new_definition_from = ArrayField(
        models.IntegerField(), verbose_name=_("periods in which a new definition began"), default=list, blank=True
    )
    why = models.CharField(_("why"), max_length=300)

    class Meta:
        verbose_name = _("trend rule")
        verbose_name_plural = _("trend rules")
        constraints = [
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="trend_rule_basis_known"),
            models.CheckConstraint(
                condition=Q(basis="change", smallest_change__gt=0) | (~Q(basis="change") & Q(smallest_change=None)),
                name="trend_rule_change_is_stated",
            ),
        ]

    def __str__(self):
        return f"{self.indicator_id} {self.basis}"


class ReferenceVersion(models.Model):
    """A set of reference values of the theme index: why it was made, and whether pages use it now. Exactly one is in force."""

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made on"), default=timezone.now)
    is_in_force = models.BooleanField(_("in force"), default=False)

    class Meta:
        verbose_name = _("version of the references")
        verbose_name_plural = _("versions of the references")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["is_in_force"], condition=Q(is_in_force=True), name="reference_version_one_in_force"),
            models.CheckConstraint(condition=~Q(reason=""), name="reference_version_has_reason"),
        ]

    def __str__(self):
        return str(self.number)


class ReferenceQuerySet(models.QuerySet):
    def of_version(self, number):
        return self.filter(version=number).select_related("indicator")


class Reference(models.Model):
    """Mean and standard deviation over all inhabited areas of a kind in the frozen base period of the theme index.

    The database refuses to change or delete a row; other values are a new version.
    """

    version = models.PositiveSmallIntegerField(_("version"), default=1)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="references")
    kind = models.CharField(_("kind of area"), max_length=2, choices=AreaKind)
    period = models.IntegerField(_("base period"))
    mean = models.FloatField(_("mean"))
    deviation = models.FloatField(_("standard deviation"))
    areas = models.PositiveIntegerField(_("number of areas"))
    computed_at = models.DateTimeField(_("computed on"))

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["-version", "indicator__order", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["version", "indicator", "kind"], name="reference_once"),
            models.CheckConstraint(condition=Q(deviation__gt=0), name="reference_varies"),
        ]

    def __str__(self):
        return f"{self.indicator_id} {self.kind} {self.period}"


class ThemeScore(models.Model):
    """The theme index of a programme in one period with the parts it was made of; empty when there is too little."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="theme_scores")
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="scores")
    period = models.IntegerField(_("period"))
    version = models.PositiveSmallIntegerField(_("version of the reference"), default=1)
    kind = models.CharField(_("compared with areas of the kind"), max_length=2, choices=AreaKind)
    score = models.FloatField(_("score"), null=True, help_text=_("100 is the average area in the base period."))
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    indicators_present = models.PositiveSmallIntegerField(_("indicators with figures"))
    indicators_total = models.PositiveSmallIntegerField(_("indicators of the theme"))
    parts = models.JSONField(_("z per indicator"), default=list)
    computed_at = models.DateTimeField(_("computed on"))

    class Meta:
        verbose_name = _("theme score")
        verbose_name_plural = _("theme scores")
        ordering = ["theme__order", "period"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "theme", "period", "version"], name="theme_score_once"),
            models.CheckConstraint(condition=Q(score__isnull=False) | ~Q(reason=""), name="theme_score_or_reason"),
        ]

    def __str__(self):
        return f"{self.programme_id} {self.theme_id} {self.period}"


class NationalScores(models.Model):
    """The theme index in one period of every area of the country that has enough figures, as two arrays in the same order.

    What a score was made of follows from the observations and the references at any time.
    """

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")
    period = models.IntegerField(_("period"))
    areas = ArrayField(models.IntegerField(), verbose_name=_("areas, by ascending number"))
    scores = ArrayField(models.FloatField(), verbose_name=_("scores"))
    computed_at = models.DateTimeField(_("computed on"))

    class Meta:
        verbose_name = _("national scores")
        verbose_name_plural = _("national scores")
        constraints = [
            models.UniqueConstraint(fields=["theme", "period"], name="national_scores_once"),
            models.CheckConstraint(condition=Q(areas__len=F("scores__len")), name="national_scores_same_length"),
        ]

    def __str__(self):
        return f"{self.theme_id} {self.period}"


class ProgrammeMap(models.Model):
    """The boundaries of the areas of a programme, simplified and ready to draw."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="map")
    width = models.PositiveSmallIntegerField(_("width"))
    height = models.PositiveSmallIntegerField(_("height"))
    shapes = models.JSONField(_("shape per area"), help_text=_("A list of area id, code, name and SVG path."))
    source = models.CharField(_("source of the boundaries"), max_length=160, blank=True)
    computed_at = models.DateTimeField(_("computed on"))

    class Meta:
        verbose_name = _("programme map")
        verbose_name_plural = _("programme maps")
        constraints = [
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0), name="programme_map_has_size")
        ]

    def __str__(self):
        return f"{self.programme_id}"


