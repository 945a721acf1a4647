from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wijkaanpak.neighbourhoods.models import Programme


class HandoverQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None, stopped_at=None)

    def in_short(self):
        """Leave out the document, which a list does not show."""
        return self.select_related("leaver", "asked_by", "closed_by").defer("document")


class Handover(models.Model):
    """Somebody leaves a programme: what was in hand goes to others at one moment, and the dossier of it never changes (trigger)."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="handovers")
    number = models.PositiveSmallIntegerField(_("number"))
    leaver = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("who leaves"), on_delete=models.PROTECT, related_name="handovers")
    leaves_on = models.DateField(_("last day"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("begun by"), on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("begun on"), default=timezone.now)
    unwritten = models.TextField(_("unwritten agreements"), max_length=3000, blank=True)
    unwritten_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written down by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unwritten_at = models.DateTimeField(_("written down on"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped on"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("handed over by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("handed over on"), null=True, blank=True)
    document = models.JSONField(_("document"), null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="handover_number_once"),
            models.UniqueConstraint(fields=["programme", "leaver"], condition=Q(closed_at=None, stopped_at=None), name="handover_one_open"),
            models.CheckConstraint(
                condition=Q(unwritten="", unwritten_by=None, unwritten_at=None)
                | (Q(unwritten_by__isnull=False, unwritten_at__isnull=False) & ~Q(unwritten="")),
                name="handover_unwritten_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, document=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False, document__isnull=False, stopped_at=None),
                name="handover_closed_has_document",
            ),
        ]

    def __str__(self):
        return str(self.number)

    @property
    def is_open(self):
        return self.closed_at is None and self.stopped_at is None
