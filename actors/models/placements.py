from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.choices import Degree
from actors.models.organisations import Organisation
from wijkaanpak.neighbourhoods.models import Programme


class PlacementQuerySet(models.QuerySet):
    def by_two(self):
        """Only those of organisations that at least two people placed; before that nobody sees what another one chose."""
        placed = Placement.objects.filter(programme=models.OuterRef("programme"), organisation=models.OuterRef("organisation"))
        others = placed.exclude(by=models.OuterRef("by"))
        return self.filter(models.Exists(others))


class Placement(models.Model):
    """Where one person of the core team sees an organisation between influence and interest. Internal."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="placements")
    organisation = models.ForeignKey(Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="placements")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    influence = models.PositiveSmallIntegerField(_("influence"), choices=Degree)
    interest = models.PositiveSmallIntegerField(pgettext_lazy("stake", "interest"), choices=Degree)
    placed_at = models.DateTimeField(_("placed on"), default=timezone.now)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in the field")
        verbose_name_plural = _("places in the field")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "organisation", "by"], name="placement_once_per_person"),
            models.CheckConstraint(
                condition=Q(influence__range=(1, 5), interest__range=(1, 5)), name="placement_within_the_field"
            ),
        ]

    def __str__(self):
        return f"{self.organisation_id}: {self.influence}, {self.interest}"
