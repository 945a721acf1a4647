from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dashboards.choices import Readers, ReportState
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Programme
from wijkaanpak.neighbourhoods.permissions import is_administrator, programme_ids


class ReportQuerySet(models.QuerySet):
    def signed(self):
        return self.filter(state=ReportState.SIGNED)

    def public(self):
        """What a visitor may read."""
        return self.signed().filter(audience=Readers.PUBLIC, programme__is_public=True)

    def visible_to(self, user):
        """Signed ones of the user's programmes; those on their way for who makes, checks or signs them."""
        if is_administrator(user):
            return self
        own = Q(programme__in=programme_ids(user), state=ReportState.SIGNED)
        handled = Q(programme__in=programme_ids(user, Role.COORDINATOR, Role.SIGNATORY, Role.ANALYST))
        return self.filter(own | handled)

    def in_short(self):
        """Leave out the document, which a list does not show."""
        return self.whole().defer("document")

    def whole(self):
        """With who made, checked and signed it, what it replaces, and what came in its place. One more query."""
        later = models.Prefetch("replacements", self.model.objects.signed().defer("document"), to_attr="signed_replacements")
        rows = self.select_related("programme", "made_by", "checked_by", "signed_by", "replaces").defer("replaces__document")
        return rows.prefetch_related(later)


class Report(models.Model):
    """A progress report: one document, numbered in its programme, never changed (trigger); after sign-off nothing about it is."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField(_("number"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("up to and including"))
    audience = models.CharField(_("meant for"), max_length=8, choices=Readers)
    state = models.CharField(_("state"), max_length=9, choices=ReportState, default=ReportState.DRAFT)
    document = models.JSONField(_("document"))
    fingerprint = models.CharField(_("fingerprint"), max_length=64, help_text=_("SHA-256 of the document with its keys in order."))
    replaces = models.ForeignKey(
        "self", verbose_name=_("comes in the place of"), on_delete=models.PROTECT, null=True, blank=True, related_name="replacements"
    )
    replaces_because = models.CharField(_("what was wrong"), max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made on"), default=timezone.now)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("checked by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked on"), null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("signed off by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed off on"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="report_number_once"),
            models.UniqueConstraint(fields=["replaces"], condition=Q(state="signed"), name="report_replaced_once"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(condition=Q(audience__in=Readers.values), name="report_audience_known"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="report_ends_after_start"),
            models.CheckConstraint(
                condition=Q(replaces=None, replaces_because="") | (Q(replaces__isnull=False) & ~Q(replaces_because="")),
                name="report_replaces_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None, checked_at=None, state__in=["draft", "discarded"])
                | (Q(checked_by__isnull=False, checked_at__isnull=False) & ~Q(state="draft") & ~Q(checked_by=F("made_by"))),
                name="report_checked_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=(Q(signed_by=None, signed_at=None) & ~Q(state="signed"))
                | (Q(state="signed", signed_by__isnull=False, signed_at__isnull=False) & ~Q(signed_by=F("checked_by"))),
                name="report_signed_by_another_than_the_checker",
            ),
        ]

    def __str__(self):
        return f"{self.programme_id} · {self.number}"

    @property
    def shape(self):
        return ReportState(self.state).shape

    @property
    def is_signed(self):
        return self.state == ReportState.SIGNED
