from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Organisation
from ambitions.models.ambitions import Ambition


class Lesson(models.Model):
    """What we assumed, what we saw and what we change: dated and signed; never changed or deleted (trigger)."""

    ambition = models.ForeignKey(Ambition, verbose_name=_("ambition"), on_delete=models.PROTECT, related_name="lessons")
    assumed = models.TextField(_("what we assumed"), max_length=1000)
    saw = models.TextField(_("what we saw"), max_length=1000)
    changes = models.TextField(_("what we change"), max_length=1000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    by_organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(_("written on"), default=timezone.now)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(assumed="") & ~Q(saw="") & ~Q(changes=""), name="lesson_has_three_parts"),
        ]

    def __str__(self):
        return self.saw[:80]
