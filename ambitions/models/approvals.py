from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Organisation
from actors.permissions import organisation_ids
from ambitions.choices import Report, SubmissionState
from ambitions.models.commitments import Commitment, ProgressUpdate
from wijkaanpak.neighbourhoods.models import Programme


class ApprovalRule(models.Model):
    """An organisation wants that a second person agrees with every word it gives in a programme; no row, no rule."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="+")
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("set by"), on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set on"), default=timezone.now)

    class Meta:
        verbose_name = _("agreement by a second person")
        verbose_name_plural = _("agreements by a second person")
        constraints = [models.UniqueConstraint(fields=["programme", "organisation"], name="approval_rule_once")]

    def __str__(self):
        return f"{self.organisation_id} · {self.programme_id}"


class SubmissionQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=SubmissionState.SUBMITTED)

    def in_programme(self, programme):
        return self.filter(commitment__ambition__programme=programme)

    def readable_by(self, user):
        """Those of the own organisations: the words are for colleagues alone until somebody agreed."""
        return self.filter(by_organisation__in=organisation_ids(user))


class Submission(models.Model):
    """A word that was sent in and waits for a second person of the organisation; its words never change (trigger)."""

    commitment = models.ForeignKey(Commitment, verbose_name=_("commitment"), on_delete=models.PROTECT, related_name="submissions")
    report = models.CharField(_("state"), max_length=10, choices=Report)
    sentence = models.CharField(_("in one sentence"), max_length=300)
    number = models.DecimalField(_("number so far"), max_digits=12, decimal_places=2, null=True, blank=True)
    proof = models.CharField(_("where it can be seen"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    by_organisation = models.ForeignKey(Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+")
    through_link = models.BooleanField(_("through a link in a mail"), default=False)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    state = models.CharField(_("how far"), max_length=10, choices=SubmissionState, default=SubmissionState.SUBMITTED)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    update = models.OneToOneField(
        ProgressUpdate, verbose_name=_("progress update"), on_delete=models.PROTECT, null=True, blank=True, related_name="submission"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("word that was sent in")
        verbose_name_plural = _("words that were sent in")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment"], condition=Q(state="submitted"), name="submission_one_open"),
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("by")), name="submission_decided_by_another"),
            models.CheckConstraint(
                condition=Q(state="submitted", decided_by=None, decided_at=None)
                | Q(state="withdrawn", decided_by=None, decided_at__isnull=False)
                | Q(state__in=["approved", "returned"], decided_by__isnull=False, decided_at__isnull=False),
                name="submission_decided_has_person_and_moment",
            ),
            models.CheckConstraint(condition=Q(state="approved", update__isnull=False) | (~Q(state="approved") & Q(update=None)), name="submission_approved_has_update"),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(reason=""), name="submission_returned_says_why"),
        ]

    def __str__(self):
        return str(self.commitment)

    @property
    def words(self):
        """What the update will say."""
        return {"report": self.report, "sentence": self.sentence, "number": self.number, "proof": self.proof}

    @property
    def report_shape(self):
        return Report(self.report).shape

    @property
    def is_open(self):
        return self.state == SubmissionState.SUBMITTED

    @property
    def is_returned(self):
        return self.state == SubmissionState.RETURNED
