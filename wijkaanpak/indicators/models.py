from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkaanpak.indicators.choices import Direction, EditionState, FetchProblem, MeasureKind, Status
from wijkaanpak.neighbourhoods.models import Area, Theme
from wijkaanpak.neighbourhoods.permissions import can_import_figures


class IndicatorQuerySet(models.QuerySet):
    def judged(self):
        """Indicators with a good and a bad side; context is never judged."""
        return self.exclude(direction=Direction.CONTEXT)


class Indicator(models.Model):
    """A figure about an area: what it says, in which unit, and how it may be read."""

    slug = models.SlugField(_("slug"), max_length=50, unique=True)
    name = models.CharField(_("name"), max_length=120)
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, null=True, blank=True, related_name="indicators")
    definition = models.TextField(_("definition"))
    unit = models.CharField(_("unit"), max_length=60)
    direction = models.SmallIntegerField(_("direction"), choices=Direction, default=Direction.CONTEXT)
    kind = models.CharField(_("kind"), max_length=10, choices=MeasureKind)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    per = models.PositiveIntegerField(_("per"), default=1, help_text=_("100 for per cent, 1000 for per 1,000."))
    numerator = models.ForeignKey("self", verbose_name=_("numerator"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    denominator = models.ForeignKey(
        "self", verbose_name=_("denominator or base"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(_("source"), max_length=160)
    pitfalls = models.TextField(_("how not to read it"), blank=True)
    frequency = models.CharField(_("frequency"), max_length=60, blank=True)
    is_modelled = models.BooleanField(_("estimate from a model"), default=False)
    in_theme_index = models.BooleanField(_("part of the theme index"), default=False)
    may_be_negative = models.BooleanField(
        _("can be below zero"), default=False, help_text=_("For scores and balances; elsewhere a figure below zero is an error.")
    )
    is_own = models.BooleanField(_("of the municipality itself"), default=False)
    is_example = models.BooleanField(_("invented example figures"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["order", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(in_theme_index=False) | ~Q(direction=0), name="indicator_context_never_in_index"),
            models.CheckConstraint(condition=~Q(kind="rate") | Q(denominator__isnull=False), name="indicator_rate_has_denominator"),
        ]

    def __str__(self):
        return self.name

    @property
    def after_number(self):
        """The unit as it is written behind a number: a percent sign against it, a word with a space between."""
        return self.unit if self.unit.startswith("%") else f" {self.unit}"


class EditionQuerySet(models.QuerySet):
    def loaded(self):
        return self.filter(state=EditionState.LOADED)

    def visible_to(self, user):
        """Everybody who may import figures sees every delivery: figures are shared by the installation."""
        return self if can_import_figures(user) else self.none()

    def with_uploader(self):
        return self.select_related("uploaded_by")

    def in_short(self):
        """Leave out the preview and result, which a list does not show."""
        return self.defer("preview", "result", "columns")


class Edition(models.Model):
    """One delivery of figures: a file or answer, what was recognised in it, and what it changed."""

    format = models.CharField(_("form"), max_length=40, blank=True)
    source = models.CharField(_("source"), max_length=160, blank=True)
    file = models.FileField(_("file"), upload_to="editions/%Y/%m", blank=True)
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=EditionState, default=EditionState.UPLOADED)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    status = models.SmallIntegerField(_("status of the figures"), choices=Status, default=Status.FINAL)
    reference_date = models.DateField(_("reference date"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    columns = models.JSONField(
        _("what the columns are"), default=dict, blank=True, help_text=_("Only for a file of the municipality itself.")
    )
    preview = models.JSONField(_("preview"), default=dict, blank=True)
    result = models.JSONField(_("what changed"), default=dict, blank=True)
    problem = models.TextField(_("problem"), blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("uploaded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded on"), default=timezone.now)
    loaded_at = models.DateTimeField(_("read in on"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EditionState.values), name="edition_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["loading", "loaded", "undone"]) | Q(year__isnull=False), name="edition_has_year"
            ),
            models.CheckConstraint(condition=~Q(state="loaded") | Q(loaded_at__isnull=False), name="edition_loaded_has_moment"),
        ]

    def __str__(self):
        return f"{self.file_name} ({self.year})" if self.year else self.file_name


class ObservationQuerySet(models.QuerySet):
    def known(self):
        return self.filter(value__isnull=False)


class Observation(models.Model):
    """One figure of one area in one period. `period` is a year (2020) or a month (202005).

    `base` and `margin` are there for figures of surveys; empty, they take no room in a row.
    One covering index serves every read: always filter on lists of indicators and periods.
    Area and indicator are checked by set when loading, not by row: no foreign key triggers.
    """

    pk = models.CompositePrimaryKey("indicator_id", "period", "area_id")
    indicator = models.ForeignKey(Indicator, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    period = models.IntegerField(_("period"))
    area = models.ForeignKey(Area, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    value = models.FloatField(_("value"), null=True)
    status = models.SmallIntegerField(_("status"), choices=Status)
    base = models.FloatField(_("number it is of"), null=True, help_text=_("People asked, or another denominator."))
    margin = models.FloatField(_("margin"), null=True, help_text=_("Half the width of the 95% interval, in the unit of the value."))
    edition = models.ForeignKey(Edition, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[1, 2, 3, 4], value__isnull=False) | Q(status__in=[5, 6, 7], value=None),
                name="observation_value_fits_status",
            ),
            models.CheckConstraint(
                condition=Q(margin__isnull=True) | Q(margin__gte=0, value__isnull=False), name="observation_margin_of_a_value"
            ),
        ]

    def __str__(self):
        return f"{self.indicator_id} {self.period} {self.area_id}"


class ReplacedObservation(models.Model):
    """What an edition found in the place of its own figure; undo puts it back. No row: there was nothing."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="replaced")
    indicator_id = models.IntegerField()
    period = models.IntegerField()
    area_id = models.IntegerField()
    value = models.FloatField(null=True)
    status = models.SmallIntegerField(choices=Status)
    base = models.FloatField(null=True)
    margin = models.FloatField(null=True)
    previous_edition_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("replaced observation")
        verbose_name_plural = _("replaced observations")
        indexes = [models.Index(fields=["previous_edition_id"], name="replaced_previous_edition")]

    def __str__(self):
        return f"{self.indicator_id} {self.period} {self.area_id}"


class ReplacedArea(models.Model):
    """What an edition found of an area: the fields it changed (`before`), or that the area was new."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="replaced_areas")
    area_id = models.IntegerField()
    is_new = models.BooleanField(default=False)
    before = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("replaced area")
        verbose_name_plural = _("replaced areas")
        indexes = [models.Index(fields=["area_id"], name="replaced_area")]
        constraints = [models.UniqueConstraint(fields=["edition", "area_id"], name="replaced_area_once_per_edition")]

    def __str__(self):
        return f"{self.edition_id} {self.area_id}"


class PeriodLockQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(unlocked_at=None)

    def with_people(self):
        return self.select_related("locked_by", "unlocked_by").order_by(F("unlocked_at").asc(nulls_first=True), "-first", "-pk")


class PeriodLock(models.Model):
    """Figures of a stretch of months that may not change, because something rests on them. The database refuses every change.

    `first` and `last` are months (202001 to 202012). The figures of a year are locked when the whole year is.
    """

    first = models.IntegerField(_("first month"))
    last = models.IntegerField(_("last month"))
    reason = models.CharField(_("reason"), max_length=300)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("locked by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    locked_at = models.DateTimeField(_("locked on"), default=timezone.now)
    unlocked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("opened by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unlocked_at = models.DateTimeField(_("opened on"), null=True, blank=True)
    unlock_reason = models.CharField(_("reason for opening"), max_length=300, blank=True)

    objects = PeriodLockQuerySet.as_manager()

    class Meta:
        verbose_name = _("locked period")
        verbose_name_plural = _("locked periods")
        constraints = [
            models.CheckConstraint(condition=Q(first__lte=F("last"), first__gte=190001, last__lte=299912), name="period_lock_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="period_lock_has_reason"),
            models.CheckConstraint(
                condition=Q(unlocked_at=None, unlock_reason="") | (Q(unlocked_at__isnull=False) & ~Q(unlock_reason="")),
                name="period_lock_opened_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.first}–{self.last}"

    @property
    def is_in_force(self):
        return self.unlocked_at is None


class FeedQuerySet(models.QuerySet):
    def switched_on(self):
        return self.filter(is_on=True)


class Feed(models.Model):
    """A service of a publisher that figures or boundaries are fetched from; `slug` says which (data/feeds.json)."""

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    is_on = models.BooleanField(_("switched on"), default=False)
    municipality = models.CharField(_("municipality"), max_length=6, blank=True)
    since = models.PositiveSmallIntegerField(_("from which year"), default=2020)
    reads_in_by_itself = models.BooleanField(_("read in by itself when nothing stands out"), default=False)
    asked_at = models.DateTimeField(_("last time it answered"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=12, choices=FetchProblem, blank=True)
    problem_detail = models.CharField(_("what exactly"), max_length=300, blank=True)
    problem_at = models.DateTimeField(_("failing since"), null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(condition=Q(municipality="") | Q(municipality__regex=r"^GM[0-9]{4}$"), name="feed_municipality_is_a_code"),
            models.CheckConstraint(condition=Q(problem__in=["", *FetchProblem.values]), name="feed_problem_known"),
            models.CheckConstraint(
                condition=Q(problem="", problem_at=None) | (~Q(problem="") & Q(problem_at__isnull=False)), name="feed_problem_has_moment"
            ),
        ]

    def __str__(self):
        return self.slug


class ReleaseQuerySet(models.QuerySet):
    def fetched(self):
        return self.filter(fetched_at__isnull=False)


class Release(models.Model):
    """What a service published at one moment: a table as `modified` says it is, for one municipality or (blank) the country."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="releases")
    table = models.CharField(_("table"), max_length=40)
    municipality = models.CharField(_("municipality"), max_length=6, blank=True)
    since = models.PositiveSmallIntegerField(_("from which year"))
    modified = models.CharField(_("changed by the publisher"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    is_provisional = models.BooleanField(_("provisional"), default=False)
    found_at = models.DateTimeField(_("found on"), default=timezone.now)
    fetched_at = models.DateTimeField(_("fetched on"), null=True, blank=True)
    editions = models.ManyToManyField(Edition, related_name="releases", blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["feed", "table", "year", "municipality", "since", "modified"], name="release_once"),
        ]

    def __str__(self):
        return f"{self.table} {self.year}"
