from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambitions.models import Ambition
from dashboards.choices import Contradiction, Explanation
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Programme, Theme
from wijkaanpak.neighbourhoods.permissions import programme_ids


class QuestionQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(answered_at=None, withdrawn_at=None)

    def visible_to(self, user):
        """Those the person was asked, and all of the programmes the person coordinates."""
        mine = Q(asked_of=user.pk, programme__in=programme_ids(user))
        return self.filter(mine | Q(programme__in=programme_ids(user, Role.COORDINATOR)))


class Question(models.Model):
    """What one named person is asked about a contradiction, by when, and the answer."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="questions")
    kind = models.CharField(_("kind"), max_length=16, choices=Contradiction)
    ambition = models.ForeignKey(Ambition, verbose_name=_("ambition"), on_delete=models.PROTECT, null=True, blank=True, related_name="questions")
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what = models.CharField(_("what contradicts"), max_length=600)
    facts = models.CharField(_("what it rested on"), max_length=64, help_text=_("A fingerprint: when it changes, the contradiction is a new one."))
    asked_of = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("asked of"), on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    due_on = models.DateField(_("answer before"))
    answer = models.CharField(_("answer"), max_length=16, choices=Explanation, blank=True)
    sentence = models.CharField(_("in one sentence"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Contradiction.values), name="question_kind_known"),
            models.CheckConstraint(
                condition=Q(ambition=None, theme__isnull=False) | Q(ambition__isnull=False, theme=None), name="question_about_ambition_or_theme"
            ),
            models.CheckConstraint(
                condition=Q(answer="", sentence="", answered_at=None)
                | (Q(answer__in=Explanation.values, answered_at__isnull=False, withdrawn_at=None) & ~Q(sentence="")),
                name="question_answer_has_sentence_and_moment",
            ),
            models.UniqueConstraint(
                fields=["programme", "kind", "ambition", "theme"], condition=Q(answered_at=None, withdrawn_at=None), nulls_distinct=False,
                name="question_one_open",
            ),
        ]

    def __str__(self):
        return self.what

    @property
    def subject(self):
        """The contradiction it is about: kind and ambition or theme."""
        return self.kind, self.ambition_id or self.theme_id

    @property
    def title(self):
        """The ambition's sentence or the theme's name; read from the database when it was not selected."""
        return str(self.ambition or self.theme)
