from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Organisation
from ambitions.choices import Followed, PartKind, View
from ambitions.models.ambitions import Ambition


class ConsultationQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at=None)


class Consultation(models.Model):
    """A text as it was put to the partners, until a day; once somebody reacted the database keeps it as it was (trigger).

    A text that changes after that is put to them as the next one, under the same version number.
    """

    ambition = models.ForeignKey(Ambition, verbose_name=_("ambition"), on_delete=models.PROTECT, related_name="consultations")
    version = models.PositiveSmallIntegerField(_("version"), help_text=_("The number the text gets when it is adopted."))
    sentence = models.CharField(_("ambition"), max_length=240)
    why = models.TextField(_("why"))
    goals = models.JSONField(_("goals as asked"), default=list)
    opened_at = models.DateTimeField(_("begun on"), default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("begun by"), on_delete=models.PROTECT, related_name="+")
    closes_on = models.DateField(_("closes on"))
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)
    left_unanswered = models.TextField(_("why reactions stayed unanswered"), blank=True, max_length=1000)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["ambition"], condition=Q(ended_at=None), name="consultation_one_open"),
        ]

    def __str__(self):
        return f"{self.ambition_id} v{self.version}"

    @property
    def is_closed(self):
        """Whether the closing day has passed, or the text is no longer asked about."""
        return self.ended_at is not None or self.closes_on < timezone.localdate()


class ReactionQuerySet(models.QuerySet):
    def current(self):
        return self.filter(replaced_at=None)

    def unanswered(self):
        """What an organisation wants to hear about: everything but agreement, as long as nothing was done with it."""
        return self.current().filter(answered_at=None).exclude(view=View.AGREE)

    def of_version(self, ambition, version):
        return self.filter(consultation__ambition=ambition, consultation__version=version)


class Reaction(models.Model):
    """What an organisation thinks of one sentence or goal of a text, and what was done with it. The words stay as they were (trigger)."""

    consultation = models.ForeignKey(Consultation, verbose_name=_("consultation"), on_delete=models.PROTECT, related_name="reactions")
    organisation = models.ForeignKey(Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="reactions")
    position = models.PositiveSmallIntegerField(_("place in the text"))
    kind = models.CharField(_("about"), max_length=10, choices=PartKind)
    about = models.TextField(_("about these words"))
    view = models.CharField(_("reaction"), max_length=10, choices=View)
    words = models.TextField(_("explanation"), max_length=1000, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("given by"), on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given on"), default=timezone.now)
    replaced_at = models.DateTimeField(_("replaced on"), null=True, blank=True)
    outcome = models.CharField(_("what was done with it"), max_length=10, choices=Followed, blank=True)
    answer = models.TextField(_("explanation of what was done"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("reaction")
        verbose_name_plural = _("reactions")
        ordering = ["position", "organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "organisation", "position"], condition=Q(replaced_at=None), name="reaction_one_current"
            ),
            models.CheckConstraint(condition=Q(view__in=View.values), name="reaction_view_known"),
            models.CheckConstraint(condition=Q(view="agree") | ~Q(words=""), name="reaction_has_words"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_by=None, answered_at=None) | (~Q(outcome="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="reaction_answer_paired",
            ),
            models.CheckConstraint(condition=Q(outcome__in=["", "taken_over"]) | ~Q(answer=""), name="reaction_answer_has_reason"),
        ]

    def __str__(self):
        return self.words[:80] or self.view

    @property
    def shape(self):
        return View(self.view).shape

    @property
    def asks_for_answer(self):
        return self.view != View.AGREE
