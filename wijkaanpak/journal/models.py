from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wijkaanpak.journal.choices import JobState, MailState
from wijkaanpak.journal.permissions import can_administer, coordinated_programme_ids


class EventQuerySet(models.QuerySet):
    def about(self, obj):
        return self.filter(subject_type=obj._meta.label_lower, subject_id=obj.pk)

    def in_programme(self, programme_id):
        return self.filter(programme_id=programme_id)


class Event(models.Model):
    """Something that happened: who, what, when, old and new. The database refuses to change or delete it."""

    kind = models.CharField(_("kind"), max_length=60)
    at = models.DateTimeField(_("moment"), default=timezone.now)
    actor_id = models.BigIntegerField(_("number of the person"), null=True, blank=True)
    actor_name = models.CharField(_("person"), max_length=160, blank=True)
    subject_type = models.CharField(_("kind of subject"), max_length=60)
    subject_id = models.BigIntegerField(_("number of the subject"))
    subject_name = models.CharField(_("subject"), max_length=300, blank=True)
    programme_id = models.BigIntegerField(_("number of the programme"), null=True, blank=True)
    old = models.JSONField(_("before"), default=dict, blank=True)
    new = models.JSONField(_("after"), default=dict, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="event_subject"),
            models.Index(fields=["programme_id", "-at"], name="event_programme"),
        ]

    def __str__(self):
        return f"{self.kind} · {self.subject_name}"


class JobQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state__in=JobState.active())

    def visible_to(self, user):
        """What the user asked for and what belongs to a programme the user coordinates; administrators see all."""
        if can_administer(user):
            return self
        return self.filter(models.Q(requested_by_id=user.pk) | models.Q(programme_id__in=coordinated_programme_ids(user)))

    def left_lying(self):
        """Queued jobs nobody picked up and running jobs whose worker fell silent."""
        now = timezone.now()
        queued = models.Q(state=JobState.QUEUED, run_after__lte=now)
        silent = models.Q(state=JobState.RUNNING, lease_until__lt=now)
        return self.filter(queued | silent)


class Job(models.Model):
    """Work that must happen; this row is the truth, the Celery message only a doorbell."""

    kind = models.CharField(_("kind"), max_length=60)
    key = models.CharField(_("key"), max_length=120)
    payload = models.JSONField(pgettext_lazy("job", "input"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("total"), default=0)
    message = models.CharField(_("message"), max_length=300, blank=True)
    result = models.JSONField(_("result"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    token = models.UUIDField(_("token of the worker"), null=True, blank=True)
    lease_until = models.DateTimeField(_("heartbeat expected before"), null=True, blank=True)
    run_after = models.DateTimeField(_("not before"), default=timezone.now)
    cancel_requested = models.BooleanField(_("asked to stop"), default=False)
    programme_id = models.BigIntegerField(_("number of the programme"), null=True, blank=True)
    requested_by_id = models.BigIntegerField(_("number of the person"), null=True, blank=True)
    requested_by_name = models.CharField(_("requested by"), max_length=160, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=models.Q(state__in=["queued", "running"]), name="job_once_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state="running") | models.Q(token__isnull=False, lease_until__isnull=False),
                name="job_running_has_a_lease",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"

    @property
    def is_active(self):
        return self.state in JobState.active()


class MailQuerySet(models.QuerySet):
    def in_programme(self, programme_id):
        return self.filter(programme_id=programme_id)

    def to_send(self):
        """Mails waiting, and those whose sender died more than five minutes ago."""
        now = timezone.now()
        stuck = models.Q(state=MailState.SENDING, claimed_at__lt=now - timedelta(minutes=5))
        return self.filter(models.Q(state=MailState.QUEUED, send_after__lte=now) | stuck)


class Mail(models.Model):
    """A mail that must go out, written in the same transaction as its cause. `key` makes it go out once."""

    key = models.CharField(_("key"), max_length=160, unique=True)
    to = models.EmailField(_("to"))
    to_name = models.CharField(_("name"), max_length=160, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML text"), blank=True)
    unsubscribe_url = models.URLField(_("address that stops these mails"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=5, default="nl")
    purpose = models.CharField(_("purpose"), max_length=60)
    subject_type = models.CharField(_("kind of subject"), max_length=60, blank=True)
    subject_id = models.BigIntegerField(_("number of the subject"), null=True, blank=True)
    programme_id = models.BigIntegerField(_("number of the programme"), null=True, blank=True)
    is_personal = models.BooleanField(
        _("to a resident"), default=False, help_text=_("Address and text are erased together with the contact data.")
    )
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    send_after = models.DateTimeField(_("not before"), default=timezone.now)
    claimed_at = models.DateTimeField(_("picked up"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "send_after"], name="mail_to_send"),
            models.Index(fields=["programme_id", "-created_at"], name="mail_programme"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False) | (~models.Q(state="sent") & models.Q(sent_at=None)),
                name="mail_sent_has_moment",
            ),
        ]

    def __str__(self):
        return self.subject
