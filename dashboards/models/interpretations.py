from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.models import Organisation
from dashboards.choices import Audience
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.models import OfProgrammeQuerySet, Programme, Theme

MOST_WORDS = 150


class InterpretationQuerySet(OfProgrammeQuerySet):
    def current(self):
        """The one that counts now per figure or theme."""
        return self.filter(replaced_at=None)

    def public(self):
        """What a visitor may read: present texts for everybody, of public programmes."""
        return self.current().filter(audience=Audience.PUBLIC, programme__is_public=True)


class Interpretation(models.Model):
    """The story behind a figure or a theme, signed by a function in an organisation; each change is a new version."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="interpretations")
    indicator = models.ForeignKey(
        Indicator, verbose_name=pgettext_lazy("figure", "indicator"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    text = models.TextField(_("the story behind the figures"), max_length=1500)
    function = models.CharField(_("function"), max_length=80)
    organisation = models.ForeignKey(Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(_("who may read it"), max_length=8, choices=Audience, default=Audience.INTERNAL)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written on"), default=timezone.now)
    replaced_at = models.DateTimeField(_("replaced on"), null=True, blank=True)

    objects = InterpretationQuerySet.as_manager()

    class Meta:
        verbose_name = _("interpretation")
        verbose_name_plural = _("interpretations")
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator=None, theme__isnull=False) | Q(indicator__isnull=False, theme=None), name="interpretation_of_figure_or_theme"
            ),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="interpretation_audience_known"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(function=""), name="interpretation_has_text_and_function"),
            models.UniqueConstraint(
                fields=["programme", "indicator", "theme", "version"], nulls_distinct=False, name="interpretation_version_once"
            ),
            models.UniqueConstraint(
                fields=["programme", "indicator", "theme"], condition=Q(replaced_at=None), nulls_distinct=False, name="interpretation_one_current"
            ),
        ]

    def __str__(self):
        return f"{self.programme_id} · {self.indicator_id or self.theme_id} · {self.version}"

    @property
    def subject(self):
        """The figure or the theme; read from the database when it was not selected."""
        return self.indicator or self.theme
