from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkaanpak.neighbourhoods.choices import AreaKind, Change, Fact, MomentKind, Role
from wijkaanpak.neighbourhoods.permissions import is_administrator, programme_ids


class Theme(models.Model):
    """A subject of liveability; slugs are fixed, names can be edited."""

    slug = models.SlugField(_("slug"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=80)
    description = models.CharField(_("description"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class Division(models.Model):
    """The way the Netherlands is divided in areas in one year."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["-year"]

    def __str__(self):
        return str(self.year)


class AreaQuerySet(models.QuerySet):
    def in_year(self, year):
        return self.filter(division__year=year)

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def inside(self, municipality):
        """The districts and neighbourhoods of a municipality, each district before its neighbourhoods."""
        above = Area.objects.filter(Q(pk=municipality.pk) | Q(parent=municipality))
        parts = self.filter(parent__in=above.values("pk"), kind__in=[AreaKind.DISTRICT, AreaKind.NEIGHBOURHOOD])
        return parts.annotate(place=Substr("code", 3)).order_by("place", "-kind")

    def visible_to(self, user):
        """Everybody who is signed in sees every area; visitors those of public programmes, whatever the year."""
        if user.is_authenticated:
            return self
        return self.filter(code__in=Area.objects.filter(programmes__is_public=True).values("code"))

    def newest(self):
        """Each area once, in the newest division it is in."""
        return self.order_by("code", "-division__year").distinct("code")

    def named(self, text):
        """Areas whose code begins with the text, or whose name holds it."""
        return self.filter(Q(code__startswith=text.upper()) | Q(name__icontains=text))

    def with_parents(self):
        """Fetch the division and what the area lies in, without boundaries."""
        boundaries = ["boundary", "parent__boundary", "parent__parent__boundary"]
        return self.select_related("division", "parent__parent").defer(*boundaries)

    def municipalities_to_choose(self):
        """Each municipality in the newest division in which it has areas, by name."""
        newest = self.filter(kind=AreaKind.MUNICIPALITY, children__isnull=False).order_by("code", "-division__year").distinct("code")
        return self.filter(pk__in=newest.values("pk")).select_related("division").order_by("name").without_boundary()

    def without_boundary(self):
        """Leave out the boundary, which is large; almost every page wants this."""
        return self.defer("boundary")


class Area(models.Model):
    """A CBS unit (municipality, district, neighbourhood) in the division of one year."""

    division = models.ForeignKey(Division, verbose_name=_("division"), on_delete=models.PROTECT, related_name="areas")
    code = models.CharField(_("code"), max_length=10)
    kind = models.CharField(_("kind"), max_length=2, choices=AreaKind)
    name = models.CharField(_("name"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    change = models.PositiveSmallIntegerField(_("change since the year before"), choices=Change, null=True, blank=True)
    predecessor = models.ForeignKey(
        "self", verbose_name=_("continues"), on_delete=models.SET_NULL, null=True, blank=True, related_name="successors",
        help_text=_("The same area in an earlier division under another code, confirmed by an analyst."),
    )
    boundary = models.JSONField(_("boundary"), null=True, blank=True, help_text=_("GeoJSON geometry, WGS 84."))
    boundary_source = models.CharField(_("source of the boundary"), max_length=160, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["division", "code"], name="area_once_per_division"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^(NL00|PV\d\d|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4})$"), name="area_code_valid"
            ),
            models.UniqueConstraint(fields=["predecessor"], name="area_continued_once"),
        ]
        indexes = [models.Index(fields=["code"], name="area_code")]

    def __str__(self):
        return self.name or self.code

    @property
    def municipality(self):
        """The municipality a district or neighbourhood lies in, None for anything larger; reads parents that were not fetched."""
        if self.kind == AreaKind.NEIGHBOURHOOD and self.parent and self.parent.kind == AreaKind.DISTRICT:
            return self.parent.parent
        return self.parent if self.kind in {AreaKind.DISTRICT, AreaKind.NEIGHBOURHOOD} else None


class RefusedLink(models.Model):
    """An area that an analyst said is not the predecessor of a recoded area, so that it is not proposed again."""

    area = models.ForeignKey(Area, verbose_name=_("area"), on_delete=models.CASCADE, related_name="refused_links")
    candidate = models.ForeignKey(Area, verbose_name=_("proposed predecessor"), on_delete=models.CASCADE, related_name="+")
    refused_at = models.DateTimeField(_("refused on"), default=timezone.now)

    class Meta:
        verbose_name = _("refused link")
        verbose_name_plural = _("refused links")
        constraints = [models.UniqueConstraint(fields=["area", "candidate"], name="refused_link_once")]

    def __str__(self):
        return f"{self.area_id} ≠ {self.candidate_id}"


class ProgrammeQuerySet(models.QuerySet):
    def public(self):
        return self.filter(is_public=True)

    def visible_to(self, user):
        """Programmes in which the user has a role; administrators see all."""
        if is_administrator(user):
            return self
        return self.filter(pk__in=programme_ids(user))


class Programme(models.Model):
    """A neighbourhood programme: a set of areas in which organisations and residents work on the same ambitions."""

    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    summary = models.CharField(_("summary"), max_length=240, help_text=_("One plain sentence for residents."))
    municipality = models.ForeignKey(
        Area, verbose_name=_("municipality"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    areas = models.ManyToManyField(Area, verbose_name=_("areas"), related_name="programmes", blank=True)
    is_public = models.BooleanField(_("public"), default=False)
    is_example = models.BooleanField(_("example"), default=False)
    shows_theme_index = models.BooleanField(_("show the theme index"), default=True)
    answer_term_days = models.PositiveSmallIntegerField(_("answer term in working days"), default=15)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(_("mail address of the contact"), blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name"]

    def __str__(self):
        return self.name


class OfProgrammeQuerySet(models.QuerySet):
    """Rows with a `programme` that everybody in it may see."""

    def visible_to(self, user):
        """All of the user's programmes; administrators see all."""
        return self if is_administrator(user) else self.filter(programme__in=programme_ids(user))


class Period(models.Model):
    """A stretch of about four years, with a review half-way."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    review_on = models.DateField(_("review on"), null=True, blank=True)

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="period_ends_after_start"),
            models.CheckConstraint(
                condition=Q(review_on=None) | Q(review_on__gte=F("starts_on"), review_on__lte=F("ends_on")),
                name="period_review_inside",
            ),
        ]

    def __str__(self):
        return self.name


class MembershipQuerySet(models.QuerySet):
    def active(self):
        return self.filter(ended_at=None)

    def steering(self):
        """Those of coordinators who can still sign in."""
        return self.active().filter(role=Role.COORDINATOR, user__is_active=True)

    def by_name(self):
        return self.select_related("user").order_by("user__name", "pk")


class Membership(models.Model):
    """A role of a person in a programme."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    since = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "user", "role"], condition=Q(ended_at=None), name="membership_once_per_role"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self):
        return f"{self.user_id} · {self.role}"


class MomentQuerySet(OfProgrammeQuerySet):
    def current(self):
        """Those that still come back."""
        return self.filter(ended_at=None)


class Moment(models.Model):
    """A day of the year clock: it comes back every year, unless it belongs to one year, and has somebody who sees to it."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="moments")
    kind = models.CharField(_("kind"), max_length=12, choices=MomentKind)
    what = models.CharField(_("what"), max_length=120)
    explanation = models.CharField(_("explanation"), max_length=300, blank=True)
    month = models.PositiveSmallIntegerField(_("month"))
    day = models.PositiveSmallIntegerField(_("day"))
    is_before = models.BooleanField(_("must be done before this day"), default=False)
    only_in = models.PositiveSmallIntegerField(_("only in the year"), null=True, blank=True)
    weeks_ahead = models.PositiveSmallIntegerField(_("weeks ahead in the cockpit"), default=4)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("who sees to it"), on_delete=models.PROTECT, related_name="moments")
    added_on = models.DateField(_("added on"), default=timezone.localdate)
    ended_at = models.DateTimeField(_("taken off on"), null=True, blank=True)

    objects = MomentQuerySet.as_manager()

    class Meta:
        verbose_name = _("moment of the year")
        verbose_name_plural = _("moments of the year")
        ordering = ["month", "day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MomentKind.values) & ~Q(what=""), name="moment_has_kind_and_words"),
            models.CheckConstraint(
                condition=Q(month__in=[1, 3, 5, 7, 8, 10, 12], day__range=(1, 31)) | Q(month__in=[4, 6, 9, 11], day__range=(1, 30)) | Q(month=2, day__range=(1, 29)),
                name="moment_day_exists",
            ),
            models.CheckConstraint(condition=Q(weeks_ahead__lte=26), name="moment_shown_at_most_half_a_year_ahead"),
        ]

    def __str__(self):
        return self.what


class MomentDone(models.Model):
    """A moment was done in one year, by whom and when; unticking removes it, the log keeps both."""

    moment = models.ForeignKey(Moment, verbose_name=_("moment of the year"), on_delete=models.CASCADE, related_name="done")
    year = models.PositiveSmallIntegerField(_("year"))
    done_on = models.DateField(_("done on"), default=timezone.localdate)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("ticked by"), on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("moment done")
        verbose_name_plural = _("moments done")
        constraints = [models.UniqueConstraint(fields=["moment", "year"], name="moment_done_once_a_year")]

    def __str__(self):
        return f"{self.moment_id} {self.year}"


class Phase(models.Model):
    """A phase of a programme, with the days it is planned for."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="phases")
    place = models.PositiveSmallIntegerField(_("place"))
    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("planned from"), null=True, blank=True)
    ends_on = models.DateField(_("planned until"), null=True, blank=True)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "place"], name="phase_place_once"),
            models.CheckConstraint(condition=~Q(name=""), name="phase_has_name"),
            models.CheckConstraint(condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="phase_ends_after_start"),
        ]

    def __str__(self):
        return self.name


class PhaseStep(models.Model):
    """A step of a phase; a person ticks it, with the day. `fact` says what is shown beside it, which ticks nothing."""

    phase = models.ForeignKey(Phase, verbose_name=_("phase"), on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(_("step"), max_length=200)
    fact = models.CharField(_("what is shown beside it"), max_length=16, choices=Fact, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("ticked by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("step of a phase")
        verbose_name_plural = _("steps of a phase")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & Q(fact__in=["", *Fact.values]), name="phase_step_has_words_and_known_fact"),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False), name="phase_step_ticked_by_somebody"
            ),
        ]

    def __str__(self):
        return self.what
