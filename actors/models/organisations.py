from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.choices import OrganisationKind
from wijkaanpak.neighbourhoods.models import Programme
from wijkaanpak.neighbourhoods.permissions import is_administrator, programme_ids


class OrganisationQuerySet(models.QuerySet):
    def in_programme(self, programme):
        """Those that take part today; on the day of leaving an organisation is gone."""
        today = timezone.localdate()
        return self.filter(
            Q(participations__until=None) | Q(participations__until__gt=today), participations__programme=programme
        ).distinct()

    def visible_to(self, user):
        """Organisations in a programme of the user; administrators see all."""
        if is_administrator(user):
            return self
        return self.filter(participations__programme__in=programme_ids(user)).distinct()


class Organisation(models.Model):
    """A partner: it holds interests and makes promises. The municipality's departments are partners like the others."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    description = models.CharField(_("what it does"), max_length=300, blank=True)
    part_of = models.ForeignKey(
        "self", verbose_name=_("part of"), on_delete=models.PROTECT, null=True, blank=True, related_name="branches",
        help_text=_("For a department, a branch or a team. Empty: it stands by itself."),
    )
    answer_term_days = models.PositiveSmallIntegerField(_("answer term in working days"), default=15)
    is_example = models.BooleanField(_("example"), default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(part_of=F("id")), name="organisation_not_part_of_itself")]

    def __str__(self):
        return self.name


class ParticipationQuerySet(models.QuerySet):
    def current(self):
        return self.filter(Q(until=None) | Q(until__gt=timezone.localdate()))


class Participation(models.Model):
    """An organisation takes part in a programme, since and until."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="participations")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="participations"
    )
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(fields=["programme", "organisation"], name="participation_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="participation_ends_after_start"),
        ]

    def __str__(self):
        return f"{self.organisation_id} · {self.programme_id}"


class RepresentativeQuerySet(models.QuerySet):
    def active(self):
        return self.filter(until=None)


class Representative(models.Model):
    """A person who speaks for an organisation."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="representatives"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="representations"
    )
    is_deputy = models.BooleanField(_("deputy"), default=False)
    is_signatory = models.BooleanField(_("may sign"), default=False)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    away_until = models.DateField(_("away until"), null=True, blank=True, help_text=_("Until that day mails go to the deputy."))

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(until=None), name="representative_once"
            ),
        ]

    def __str__(self):
        return f"{self.user_id} · {self.organisation_id}"

    @property
    def is_away(self):
        return self.away_until is not None and self.away_until > timezone.localdate()
