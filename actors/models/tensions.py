from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.choices import TensionState
from actors.models.organisations import Organisation
from wijkaanpak.neighbourhoods.models import Membership, OfProgrammeQuerySet, Programme, Theme


class InProgrammeQuerySet(OfProgrammeQuerySet):
    def between(self, organisations):
        """Those that concern at least two of the organisations."""
        concerned = models.Count("organisations", filter=Q(organisations__in=organisations), distinct=True)
        return self.annotate(concerned=concerned).filter(concerned__gte=2)


class SharedPointQuerySet(InProgrammeQuerySet):
    def in_force(self):
        return self.filter(withdrawn_at=None)


class SharedPoint(models.Model):
    """What several organisations see the same way on a theme, in one sentence. The database asks for two organisations or more."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="shared_points")
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField(_("what they share"), max_length=240)
    organisations = models.ManyToManyField(Organisation, verbose_name=_("organisations"), related_name="shared_points")
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("marked by"), on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(_("marked on"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    objects = SharedPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("shared point")
        verbose_name_plural = _("shared points")
        ordering = ["theme__order", "marked_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(sentence=""), name="shared_point_has_sentence")]

    def __str__(self):
        return self.sentence


class TensionQuerySet(InProgrammeQuerySet):
    def open(self):
        return self.filter(state=TensionState.OPEN)

    def due(self, today=None):
        """Those whose day of review has come, open or agreed."""
        return self.filter(review_on__lte=today or timezone.localdate())

    def with_owner_here(self):
        """Add `owner_takes_part`: whether the owner still has a role in the programme."""
        here = Membership.objects.active().filter(programme=models.OuterRef("programme"), user=models.OuterRef("owner"))
        return self.annotate(owner_takes_part=models.Exists(here))

    def urgent_first(self):
        """Open before agreed, the earliest review on top."""
        return self.order_by(models.Case(models.When(state=TensionState.OPEN, then=0), default=1), "review_on", "pk")


class Tension(models.Model):
    """Interests of two or more organisations that clash on a theme, with who watches over it and the agreement made."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="tensions")
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField(_("what clashes"), max_length=300)
    organisations = models.ManyToManyField(Organisation, verbose_name=_("organisations"), related_name="tensions")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("owner"), on_delete=models.PROTECT, related_name="tensions")
    review_on = models.DateField(_("look at it again on"))
    state = models.CharField(_("state"), max_length=8, choices=TensionState, default=TensionState.OPEN)
    agreement = models.TextField(_("agreement"), max_length=1200, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(_("agreed on"), null=True, blank=True)
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("named by"), on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(_("named on"), default=timezone.now)

    objects = TensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("tension")
        verbose_name_plural = _("tensions")
        ordering = ["review_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TensionState.values), name="tension_state_known"),
            models.CheckConstraint(condition=~Q(sentence=""), name="tension_has_sentence"),
            models.CheckConstraint(
                condition=Q(state="open", agreement="", agreed_by=None, agreed_at=None)
                | (Q(state="agreed", agreed_by__isnull=False, agreed_at__isnull=False) & ~Q(agreement="")),
                name="tension_agreed_has_agreement",
            ),
        ]

    def __str__(self):
        return self.sentence

    @property
    def shape(self):
        return TensionState(self.state).shape

    @property
    def is_open(self):
        return self.state == TensionState.OPEN

    @property
    def is_due(self):
        return self.review_on <= timezone.localdate()
