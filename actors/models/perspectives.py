from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models.organisations import Organisation
from actors.permissions import organisation_ids
from wijkaanpak.neighbourhoods.models import Programme, Theme
from wijkaanpak.neighbourhoods.permissions import is_administrator, programme_ids

PARTS = ("goals", "interests", "means", "limits", "concerns")


class Words(models.Model):
    """The five parts in which an organisation says how it looks at a theme."""

    goals = models.TextField(_("what we want to reach"), blank=True, max_length=1200)
    interests = models.TextField(_("what is at stake for us"), blank=True, max_length=1200)
    means = models.TextField(_("what we can bring in"), blank=True, max_length=1200)
    limits = models.TextField(_("what we cannot do"), blank=True, max_length=1200)
    concerns = models.TextField(_("what worries us"), blank=True, max_length=1200)

    class Meta:
        abstract = True

    def words(self):
        return {part: getattr(self, part) for part in PARTS}


class PerspectiveQuerySet(models.QuerySet):
    def current(self):
        """The last released version per organisation and theme."""
        later = Perspective.objects.filter(
            programme=OuterRef("programme"), organisation=OuterRef("organisation"), theme=OuterRef("theme"), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(later))

    def visible_to(self, user):
        """The own organisation's always; others' in the same programme."""
        if is_administrator(user):
            return self
        return self.filter(Q(programme__in=programme_ids(user)) | Q(organisation__in=organisation_ids(user)))


class Perspective(Words):
    """How an organisation looks at a theme, in its own words: a released version, numbered and frozen by the database."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="perspectives")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="perspectives"
    )
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("released by"), on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(_("released on"), default=timezone.now)

    objects = PerspectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        ordering = ["theme__order", "organisation__name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation", "theme", "version"], name="perspective_version_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="perspective_version_from_one"),
        ]

    def __str__(self):
        return f"{self.organisation_id} · {self.theme_id} · {self.version}"


class PerspectiveDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The own organisation's alone: not a coordinator's, not an administrator's."""
        return self.filter(organisation__in=organisation_ids(user))


class PerspectiveDraft(Words):
    """Words on their way: only the own organisation sees them, until somebody of it releases them."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="perspective_drafts")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="perspective_drafts"
    )
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, related_name="+")
    edit = models.PositiveIntegerField(_("edit"), default=1, help_text=_("Rises with every change, so that nobody overwrites or releases what they have not seen."))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(_("written on"), default=timezone.now)

    objects = PerspectiveDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a perspective")
        verbose_name_plural = _("drafts of perspectives")
        ordering = ["theme__order", "organisation__name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "organisation", "theme"], name="perspective_draft_once"),
            models.CheckConstraint(
                condition=~Q(goals="", interests="", means="", limits="", concerns=""), name="perspective_draft_says_something",
                violation_error_message=_("Write at least one part."),
            ),
        ]

    def __str__(self):
        return f"{self.organisation_id} · {self.theme_id}"
