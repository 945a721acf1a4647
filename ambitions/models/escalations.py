from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ambitions.choices import Ground, Level, StepEnd
from ambitions.models.commitments import Commitment
from wijkaanpak.neighbourhoods.models import Programme

LONGEST_TERM = 365
TERMS = ["starts_after_days", "representative_days", "coordinator_days", "core_team_days", "steering_group_days"]


def days(label, default, **kwargs):
    within = [MinValueValidator(1), MaxValueValidator(LONGEST_TERM)]
    return models.PositiveSmallIntegerField(label, default=default, validators=within, **kwargs)


def contact(label):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        help_text=_("Gets the mail and puts it on the agenda. Empty: the coordinator."),
    )


class EscalationTerms(models.Model):
    """How long each level of a programme has to answer, and who gets the mail for a group."""

    programme = models.OneToOneField(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="escalation_terms")
    starts_after_days = days(_("days without word before it starts"), 14)
    representative_days = days(_("days for the representative"), 7)
    coordinator_days = days(_("days for the coordinator"), 7)
    core_team_days = days(_("days for the core team"), 14)
    steering_group_days = days(_("days for the steering group"), 28)
    core_team_contact = contact(_("contact of the core team"))
    steering_group_contact = contact(_("contact of the steering group"))

    class Meta:
        verbose_name = _("terms for answering")
        verbose_name_plural = _("terms for answering")
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{term}__range": (1, LONGEST_TERM) for term in TERMS}), name="escalation_terms_within_a_year"
            ),
        ]

    def __str__(self):
        return f"{self.programme_id}"

    def days_of(self, level):
        return getattr(self, f"{level}_days")


class EscalationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at=None)

    def overdue(self, today):
        return self.open().filter(answer_due_on__lt=today)

    def answered(self):
        return self.filter(outcome=StepEnd.ANSWERED)


class Escalation(models.Model):
    """One step up: somebody must say before a date what is done about a promise nobody speaks of."""

    commitment = models.ForeignKey(Commitment, verbose_name=_("commitment"), on_delete=models.PROTECT, related_name="escalations")
    climb = models.PositiveSmallIntegerField(_("climb"), help_text=_("Counts how often this promise began to climb."))
    level = models.CharField(_("level"), max_length=16, choices=Level)
    ground = models.CharField(_("ground"), max_length=8, choices=Ground)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, null=True, blank=True, related_name="escalations"
    )
    body = models.CharField(_("group"), max_length=16, choices=[(level.value, level.label) for level in Level.bodies()], blank=True)
    since = models.DateField(_("since"))
    answer_due_on = models.DateField(_("answer before"))
    outcome = models.CharField(_("how it ended"), max_length=10, choices=StepEnd, blank=True)
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)
    answer = models.TextField(_("what we do about it"), max_length=1000, blank=True)
    next_on = models.DateField(_("next word on"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = EscalationQuerySet.as_manager()

    class Meta:
        verbose_name = _("step up")
        verbose_name_plural = _("steps up")
        ordering = ["pk"]
        indexes = [models.Index(fields=["answer_due_on"], condition=Q(ended_at=None), name="escalation_open_due")]
        constraints = [
            models.UniqueConstraint(fields=["commitment"], condition=Q(ended_at=None), name="escalation_one_open_step"),
            models.UniqueConstraint(fields=["commitment", "climb", "level"], name="escalation_level_once_per_climb"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="escalation_level_known"),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(body=""), name="escalation_has_owner"),
            models.CheckConstraint(condition=Q(answer_due_on__gt=F("since")), name="escalation_has_term"),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | Q(ended_at__isnull=False, outcome__in=StepEnd.values), name="escalation_ended_has_outcome"
            ),
            models.CheckConstraint(
                condition=(Q(outcome="answered", answered_by__isnull=False, next_on__isnull=False) & ~Q(answer=""))
                | (~Q(outcome="answered") & Q(answered_by=None, next_on=None, answer="")),
                name="escalation_answer_is_whole",
            ),
        ]

    def __str__(self):
        return f"{self.commitment_id} {self.level}"

    @property
    def shape(self):
        return Level(self.level).shape

    @property
    def owner(self):
        """Who must answer: the group, or the person. Reads the person when it was not fetched."""
        return self.get_body_display() if self.body else str(self.person)
