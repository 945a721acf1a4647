from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.models import Organisation
from ambitions.choices import AmbitionState, Stance
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.models import Area, OfProgrammeQuerySet, Programme, Theme


class AmbitionQuerySet(OfProgrammeQuerySet):
    def adopted(self):
        return self.filter(state=AmbitionState.ADOPTED)

    def public(self):
        """What a visitor may read: ambitions of public programmes that are, or once were, adopted."""
        once = Exists(AmbitionVersion.objects.filter(ambition=OuterRef("pk")))
        was_adopted = Q(state=AmbitionState.ADOPTED) | (Q(state=AmbitionState.CLOSED) & Q(once))
        return self.filter(was_adopted, programme__is_public=True)

    def with_number_of(self, commitments):
        """Add `promised`: how many of these commitments belong to the ambition."""
        counted = commitments.filter(ambition=OuterRef("pk")).order_by().values("ambition").annotate(number=Count("pk"))
        return self.annotate(promised=Coalesce(Subquery(counted.values("number")), 0))


class Ambition(models.Model):
    """What the partners want together for the neighbourhood, in one plain sentence."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="ambitions")
    number = models.PositiveSmallIntegerField(_("number"))
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="ambitions")
    sentence = models.CharField(_("ambition"), max_length=240)
    why = models.TextField(_("why"), max_length=2000)
    revised_sentence = models.CharField(
        _("revised ambition"), max_length=240, blank=True, help_text=_("A new text on its way; the adopted one stays in force.")
    )
    revised_why = models.TextField(_("revised why"), max_length=2000, blank=True)
    areas = models.ManyToManyField(Area, verbose_name=_("areas"), related_name="+", blank=True)
    state = models.CharField(_("state"), max_length=12, choices=AmbitionState, default=AmbitionState.DRAFT)
    consultation_closes_on = models.DateField(_("consultation closes on"), null=True, blank=True)
    closed_reason = models.TextField(_("why it was closed"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = AmbitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("ambition")
        verbose_name_plural = _("ambitions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="ambition_number_once"),
            models.CheckConstraint(condition=Q(state__in=AmbitionState.values), name="ambition_state_known"),
            models.CheckConstraint(
                condition=~Q(state="consultation") | Q(consultation_closes_on__isnull=False),
                name="ambition_consultation_has_closing_date",
            ),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(closed_reason=""), name="ambition_closed_has_reason"),
            models.CheckConstraint(
                condition=Q(revised_sentence="") | Q(state="adopted"), name="ambition_revised_only_when_adopted"
            ),
        ]

    def __str__(self):
        return self.sentence

    @property
    def shape(self):
        return AmbitionState(self.state).shape

    @property
    def is_being_revised(self):
        return self.revised_sentence != ""

    @property
    def is_in_consultation(self):
        """Whether the partners are asked about a text: the first one, or the revision of an adopted one."""
        return self.consultation_closes_on is not None and self.state != AmbitionState.CLOSED

    @property
    def is_open_to_change(self):
        """Whether goals may change: until it is adopted, and again while it is being revised."""
        return self.state in {AmbitionState.DRAFT, AmbitionState.CONSULTATION} or (
            self.state == AmbitionState.ADOPTED and self.is_being_revised
        )

    def text_version(self):
        """The number of the version people speak about: the text in force, or the one in consultation; from 1. One query."""
        last = self.versions.aggregate(last=Max("number"))["last"] or 0
        return last if last and not self.is_in_consultation else last + 1


class AmbitionVersion(models.Model):
    """An adopted text, numbered and frozen: the database refuses to change or delete it."""

    ambition = models.ForeignKey(Ambition, verbose_name=_("ambition"), on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    sentence = models.CharField(_("ambition"), max_length=240)
    why = models.TextField(_("why"))
    goals = models.JSONField(_("goals as adopted"), default=list)
    adopted_at = models.DateTimeField(_("adopted on"), default=timezone.now)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("adopted by"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("adopted version")
        verbose_name_plural = _("adopted versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["ambition", "number"], name="ambition_version_once")]

    def __str__(self):
        return f"{self.ambition_id} v{self.number}"


class SupportQuerySet(models.QuerySet):
    def current(self):
        return self.filter(replaced_at=None)

    def about_text_asked(self):
        """Given about the text the partners are asked about now: newer than the last one adopted."""
        adopted = AmbitionVersion.objects.filter(ambition=OuterRef("ambition")).order_by("-number").values("number")[:1]
        return self.current().filter(version__gt=Coalesce(Subquery(adopted), 0))


class Support(models.Model):
    """Where an organisation stands on an ambition, on record with name and date."""

    ambition = models.ForeignKey(Ambition, verbose_name=_("ambition"), on_delete=models.CASCADE, related_name="support")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="support"
    )
    version = models.PositiveSmallIntegerField(
        _("about version"), default=1, help_text=_("The number the text has, or gets when it is adopted.")
    )
    stance = models.CharField(_("stance"), max_length=12, choices=Stance)
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given by"), on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("given on"), default=timezone.now)
    replaced_at = models.DateTimeField(_("replaced on"), null=True, blank=True)

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("support")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["ambition", "organisation"], condition=Q(replaced_at=None), name="support_one_current"
            ),
            models.CheckConstraint(
                condition=Q(stance="supports") | ~Q(reason=""), name="support_reservation_has_reason"
            ),
        ]

    def __str__(self):
        return f"{self.organisation_id} · {self.stance}"

    @property
    def shape(self):
        return Stance(self.stance).shape


class Goal(models.Model):
    """What should change, in which indicator, from which baseline to which target."""

    ambition = models.ForeignKey(Ambition, verbose_name=_("ambition"), on_delete=models.CASCADE, related_name="goals")
    indicator = models.ForeignKey(Indicator, verbose_name=pgettext_lazy("figure", "indicator"), on_delete=models.PROTECT, related_name="goals")
    area = models.ForeignKey(
        Area, verbose_name=_("area"), on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("Empty: the whole programme."),
    )
    definition = models.TextField(_("what exactly it says"), max_length=500)
    baseline = models.FloatField(_("baseline"))
    baseline_period = models.IntegerField(_("period of the baseline"))
    target = models.FloatField(_("target"))
    target_on = models.DateField(_("target date"))
    visible_from = models.DateField(
        _("effect expected from"), null=True, blank=True, help_text=_("Before this day no effect is expected in the figure.")
    )
    is_headline = models.BooleanField(_("headline"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["id", "ambition"], name="goal_of_ambition"),  # measures refer to the pair
            models.UniqueConstraint(
                fields=["ambition", "order"], condition=Q(is_headline=True), name="goal_headline_order_once"
            ),
            models.CheckConstraint(
                condition=Q(is_headline=False) | Q(order__gte=1, order__lte=3), name="goal_at_most_three_headlines"
            ),
            models.CheckConstraint(condition=~Q(definition=""), name="goal_has_definition"),
            models.CheckConstraint(condition=~Q(target=F("baseline")), name="goal_target_differs_from_baseline"),
            models.CheckConstraint(
                condition=Q(visible_from=None) | Q(visible_from__lte=F("target_on")), name="goal_effect_before_target_date"
            ),
        ]

    def __str__(self):
        return f"{self.indicator_id}: {self.baseline} → {self.target}"
