from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambitions.choices import CommitmentState, Hold, Visibility
from ambitions.models.commitments import Commitment


class DependencyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of which the user may see both commitments."""
        visible = Commitment.objects.visible_to(user).values("pk")
        return self.filter(commitment__in=visible, on__in=visible)

    def in_programme(self, programme):
        return self.filter(commitment__ambition__programme=programme)

    def shared(self):
        """Those of which everybody in the programme may see both commitments."""
        return self.exclude(commitment__visibility=Visibility.INTERNAL).exclude(on__visibility=Visibility.INTERNAL)

    def running(self):
        """Those whose waiting commitment has not ended."""
        return self.exclude(commitment__state__in=CommitmentState.ended())

    def holding(self, today=None):
        """Those that hold a commitment in force up: what it waits for is late, or does not come any more."""
        held_up = Commitment.objects.holding_up(today).values("pk")
        return self.filter(commitment__state__in=CommitmentState.in_force(), on__in=held_up)

    def with_ends(self):
        """Both commitments with their organisation, the earliest date of what is waited for on top."""
        return self.select_related("commitment__organisation", "on__organisation").order_by("on__due_on", "pk")


class Dependency(models.Model):
    """One commitment waits for another of the same programme, of whichever organisation."""

    commitment = models.ForeignKey(
        Commitment, verbose_name=_("commitment that waits"), on_delete=models.CASCADE, related_name="waits_for"
    )
    on = models.ForeignKey(Commitment, verbose_name=_("waits for"), on_delete=models.CASCADE, related_name="awaited_by")
    why = models.CharField(_("why"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = DependencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "on"], name="dependency_once"),
            models.CheckConstraint(condition=~Q(commitment=F("on")), name="dependency_on_another"),
        ]

    def __str__(self):
        return f"{self.commitment_id} → {self.on_id}"

    def hold_on(self, today: date) -> Hold:
        """How what is waited for stands; needs both commitments."""
        if self.on.state in CommitmentState.fulfilled():
            return Hold.DONE
        if self.on.is_ended:
            return Hold.GONE
        if self.on.due_on < today:
            return Hold.LATE
        return Hold.AFTER if self.on.due_on > self.commitment.due_on else Hold.COMING
