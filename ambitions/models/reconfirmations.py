from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Organisation
from ambitions.choices import Choice
from ambitions.models.commitments import Commitment
from wijkaanpak.neighbourhoods.models import Programme


class Reconfirmation(models.Model):
    """The yearly question to every organisation whether it stands by what it promised."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="reconfirmations")
    year = models.PositiveSmallIntegerField(_("year"))
    answer_before = models.DateField(_("answer before"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)

    class Meta:
        verbose_name = _("yearly confirmation")
        verbose_name_plural = _("yearly confirmations")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="reconfirmation_once_a_year"),
        ]

    def __str__(self):
        return str(self.year)


class ReconfirmationRequest(models.Model):
    """One organisation that is asked, through one person; nobody when no person speaks for it."""

    reconfirmation = models.ForeignKey(
        Reconfirmation, verbose_name=_("yearly confirmation"), on_delete=models.CASCADE, related_name="requests"
    )
    organisation = models.ForeignKey(Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("request to confirm")
        verbose_name_plural = _("requests to confirm")
        ordering = ["organisation__name"]
        constraints = [models.UniqueConstraint(fields=["reconfirmation", "organisation"], name="reconfirmation_one_request")]

    def __str__(self):
        return f"{self.reconfirmation_id} {self.organisation_id}"


class Confirmation(models.Model):
    """What an organisation answers about one promise; never changed or deleted (trigger)."""

    request = models.ForeignKey(
        ReconfirmationRequest, verbose_name=_("request to confirm"), on_delete=models.PROTECT, related_name="confirmations"
    )
    commitment = models.ForeignKey(Commitment, verbose_name=_("commitment"), on_delete=models.PROTECT, related_name="confirmations")
    choice = models.CharField(_("answer"), max_length=10, choices=Choice)
    text = models.TextField(_("what and why"), max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("moment"), default=timezone.now)

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "commitment"], name="confirmation_once"),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="confirmation_choice_known"),
            models.CheckConstraint(condition=Q(choice="confirm") | ~Q(text=""), name="confirmation_says_why"),
        ]

    def __str__(self):
        return f"{self.commitment_id} {self.choice}"

    @property
    def shape(self):
        return Choice(self.choice).shape


class ChangeSettled(models.Model):
    """A change that was asked for at the yearly confirmation waits for nobody any more: it was made, or the coordinator says why not."""

    confirmation = models.OneToOneField(Confirmation, verbose_name=_("confirmation"), on_delete=models.PROTECT, related_name="settled")
    how = models.CharField(_("what was done with it"), max_length=300, blank=True, help_text=_("Empty: the commitment itself was changed."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("moment"), default=timezone.now)

    class Meta:
        verbose_name = _("change that was settled")
        verbose_name_plural = _("changes that were settled")

    def __str__(self):
        return f"{self.confirmation_id}"
