from datetime import timedelta

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, DateField, Exists, ExpressionWrapper, F, Func, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Organisation
from actors.permissions import organisation_ids
from ambitions.choices import CommitmentState, FormalBasis, Occasion, Report, Signal, SubmissionState, Verdict, Visibility
from ambitions.models.ambitions import Ambition
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.permissions import is_administrator, programme_ids

SILENT_AFTER = timedelta(days=45)
ANNOUNCED = timedelta(days=14)  # a due date is announced so long before, and asked after so long afterwards
QUIET = timedelta(days=7)  # nobody is asked about what they spoke of, or were asked about, so recently


class CommitmentQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(state__in=CommitmentState.in_force())

    def public(self):
        """What a visitor may read."""
        return self.filter(visibility=Visibility.PUBLIC, ambition__in=Ambition.objects.public()).exclude(
            state=CommitmentState.PROPOSED
        )

    def visible_to(self, user):
        """Partners' and public ones of the user's programmes; internal ones of the own organisation or as coordinator."""
        if is_administrator(user):
            return self
        own = Q(organisation__in=organisation_ids(user))
        mine = Q(ambition__programme__in=programme_ids(user))
        steered = Q(ambition__programme__in=programme_ids(user, Role.COORDINATOR))
        return self.filter((mine & (~Q(visibility=Visibility.INTERNAL) | own)) | steered)

    def shared(self):
        """What everybody in the programme may see."""
        return self.exclude(visibility=Visibility.INTERNAL)

    def holding_up(self, today=None):
        """What keeps those who wait for it from going on: its date has passed, or it does not come any more."""
        today = today or timezone.localdate()
        gone = Q(state__in=[CommitmentState.NOT_KEPT, CommitmentState.DROPPED])
        return self.filter(gone | (~Q(state__in=CommitmentState.ended()) & Q(due_on__lt=today)))

    def with_word(self):
        """Add `last_report`, `last_sentence` and `last_word_at` of the latest update; empty without one."""
        latest = ProgressUpdate.objects.filter(commitment=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(
            last_report=Subquery(latest.values("report")[:1]),
            last_sentence=Subquery(latest.values("sentence")[:1]),
            last_word_at=Subquery(latest.values("at")[:1]),
        )

    def ended_last(self):
        """What still asks for attention first, the earliest date on top."""
        return self.order_by(ExpressionWrapper(Q(state__in=CommitmentState.ended()), models.BooleanField()), "due_on", "pk")

    def with_signal(self, today=None):
        """Add `signal` (late, silent, delayed, on track, nothing reported yet), `days_late` and `days_silent`, computed in SQL.

        Late: in force and the due date has passed. Silent: in force, started, and no word for 45 days.
        The days are whole numbers; below zero the date is still to come.
        """
        today = today or timezone.localdate()
        since = Greatest(Coalesce(TruncDate("last_word_at"), F("starts_on")), F("starts_on"))
        return self.with_word().annotate(
            silent_since=since,
            days_late=days_between(since="due_on", until=today),
            days_silent=days_between(since="silent_since", until=today),
            signal=Case(
                When(~Q(state__in=CommitmentState.in_force()), then=Value("")),
                When(due_on__lt=today, then=Value(Signal.LATE.value)),
                When(silent_since__lt=today - SILENT_AFTER, then=Value(Signal.SILENT.value)),
                # "done" of a promise in force was taken back: no longer green
                When(last_report__in=[Report.DELAYED, Report.DONE], then=Value(Signal.DELAYED.value)),
                When(last_report=Report.ON_TRACK, then=Value(Signal.ON_TRACK.value)),
                default=Value(Signal.NONE.value),
                output_field=models.CharField(),
            ),
        )

    def with_verdict(self, today=None):
        """Agreed promises with `against_first` and `against_last`: how they stand against the first and the last agreed date.

        And `was_moved`, `is_silent` and `is_held_up`, which say something else and count beside it.
        """
        today = today or timezone.localdate()
        awaited = Commitment.objects.filter(awaited_by__commitment=OuterRef("pk")).holding_up(today)
        silent = Q(state__in=CommitmentState.in_force(), silent_since__lt=today - SILENT_AFTER)
        return self.filter(agreed_at__isnull=False).with_signal(today).annotate(
            against_first=_verdict("first_due_on", today), against_last=_verdict("due_on", today),
            was_moved=ExpressionWrapper(~Q(due_on=F("first_due_on")), models.BooleanField()),
            is_silent=ExpressionWrapper(silent, models.BooleanField()),
            is_held_up=ExpressionWrapper(Q(state__in=CommitmentState.in_force()) & Exists(awaited), models.BooleanField()),
        )  # fmt: skip

    def asking_for_word(self, today=None):
        """Those about which the owner should say something now, with `occasion` and `occasion_on`, its date.

        The due date is near, there, or two weeks past, or the promise is silent; and no word in the last week.
        """
        today = today or timezone.localdate()
        occasion = Case(
            When(~Q(state__in=CommitmentState.in_force()), then=Value("")),
            When(due_on__lte=today - ANNOUNCED, then=Value(Occasion.AFTER.value)),
            When(due_on__lte=today, then=Value(Occasion.DUE.value)),
            When(due_on__lte=today + ANNOUNCED, starts_on__lte=today, then=Value(Occasion.BEFORE.value)),
            When(signal=Signal.SILENT, then=Value(Occasion.SILENT.value)),
            default=Value(""),
            output_field=models.CharField(),
        )
        spoke = Exists(ProgressUpdate.objects.filter(commitment=OuterRef("pk"), at__date__gt=today - QUIET))
        return (
            self.with_signal(today)
            .annotate(occasion=occasion)
            .annotate(occasion_on=Case(When(occasion=Occasion.SILENT, then=F("silent_since")), default=F("due_on")))
            .exclude(occasion="")
            .exclude(spoke)
            .exclude(submissions__state=SubmissionState.SUBMITTED)  # the owner has spoken; a colleague has to agree
        )


def _verdict(date, today):
    """How a promise stands against one of its dates; what was kept on the day itself is in time."""
    return Case(
        When(state=CommitmentState.DROPPED, then=Value(Verdict.DROPPED.value)),
        When(state__in=[CommitmentState.PARTLY_KEPT, CommitmentState.NOT_KEPT], then=Value(Verdict.NOT_KEPT.value)),
        When(state=CommitmentState.KEPT, ended_at__date__lte=F(date), then=Value(Verdict.ON_TIME.value)),
        When(state=CommitmentState.KEPT, then=Value(Verdict.TOO_LATE.value)),
        When(**{f"{date}__lt": today}, then=Value(Verdict.OVERDUE.value)),
        default=Value(Verdict.RUNNING.value), output_field=models.CharField(),
    )  # fmt: skip


def days_between(*, since, until):
    """Whole days from a date column to a date: PostgreSQL gives an integer for date minus date."""
    return Func(
        Value(until, output_field=DateField()), F(since), arg_joiner=" - ", template="(%(expressions)s)",
        output_field=IntegerField(),
    )


class Commitment(models.Model):
    """One verifiable promise of one organisation: what, how much, by when, on which formal basis."""

    ambition = models.ForeignKey(Ambition, verbose_name=_("ambition"), on_delete=models.PROTECT, related_name="commitments")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="commitments"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("responsible person"), on_delete=models.PROTECT, related_name="commitments"
    )
    what = models.CharField(_("promise"), max_length=300)
    explanation = models.TextField(_("explanation"), blank=True, max_length=2000)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    starts_on = models.DateField(_("starts on"))
    due_on = models.DateField(_("due on"))
    first_due_on = models.DateField(_("first agreed date"), null=True, blank=True)
    formal_basis = models.CharField(_("formal basis"), max_length=24, choices=FormalBasis, default=FormalBasis.NONE)
    euro = models.DecimalField(
        _("euro"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    hours = models.DecimalField(
        _("hours"), max_digits=9, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    visibility = models.CharField(_("visible to"), max_length=10, choices=Visibility, default=Visibility.PARTNERS)
    state = models.CharField(_("state"), max_length=12, choices=CommitmentState, default=CommitmentState.PROPOSED)
    agreed_at = models.DateTimeField(_("agreed on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)
    end_reason = models.TextField(_("reason"), blank=True, max_length=1000)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="commitment_state_due")]
        constraints = [
            models.UniqueConstraint(fields=["id", "ambition"], name="commitment_of_ambition"),  # measures refer to the pair
            models.CheckConstraint(condition=Q(state__in=CommitmentState.values), name="commitment_state_known"),
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="commitment_due_after_start"),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "dropped"]) | Q(agreed_at__isnull=False, first_due_on__isnull=False),
                name="commitment_agreed_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CommitmentState.ended(), ended_at__isnull=False)
                | (~Q(state__in=CommitmentState.ended()) & Q(ended_at=None)),
                name="commitment_ended_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["partly_kept", "not_kept", "dropped"]) | ~Q(end_reason=""),
                name="commitment_bad_end_has_reason",
            ),
            models.CheckConstraint(
                condition=(Q(quantity=None) & Q(unit="")) | (Q(quantity__isnull=False) & ~Q(unit="")),
                name="commitment_quantity_has_unit",
            ),
        ]

    def __str__(self):
        return self.what

    @property
    def was_postponed(self):
        return self.first_due_on is not None and self.first_due_on != self.due_on

    @property
    def badge(self):
        """State or, while in force, signal, as a choice with label and shape. Only on rows of `with_signal()`."""
        return Signal(self.signal) if self.signal else CommitmentState(self.state)

    @property
    def state_shape(self):
        return CommitmentState(self.state).shape

    @property
    def is_in_force(self):
        return self.state in CommitmentState.in_force()

    @property
    def is_agreed_or_ended(self):
        return self.state != CommitmentState.PROPOSED

    @property
    def is_ended(self):
        return self.state in CommitmentState.ended()


class DueDate(models.Model):
    """Every date a commitment ever had, with the reason it moved; never changed or deleted (trigger)."""

    commitment = models.ForeignKey(Commitment, verbose_name=_("commitment"), on_delete=models.PROTECT, related_name="due_dates")
    due_on = models.DateField(_("due on"))
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("set by"), on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField(_("set on"), default=timezone.now)

    class Meta:
        verbose_name = _("due date")
        verbose_name_plural = _("due dates")
        ordering = ["set_at", "pk"]

    def __str__(self):
        return f"{self.due_on}"


class Milestone(models.Model):
    """A step on the way to a kept commitment."""

    commitment = models.ForeignKey(Commitment, verbose_name=_("commitment"), on_delete=models.CASCADE, related_name="milestones")
    what = models.CharField(_("step"), max_length=200)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.what


class ProgressUpdate(models.Model):
    """A dated word on a commitment, by name and organisation; never changed or deleted (trigger)."""

    commitment = models.ForeignKey(Commitment, verbose_name=_("commitment"), on_delete=models.PROTECT, related_name="updates")
    report = models.CharField(_("state"), max_length=10, choices=Report)
    sentence = models.CharField(_("in one sentence"), max_length=300)
    number = models.DecimalField(_("number so far"), max_digits=12, decimal_places=2, null=True, blank=True)
    proof = models.CharField(_("where it can be seen"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    by_organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    through_link = models.BooleanField(_("through a link in a mail"), default=False)
    at = models.DateTimeField(_("moment"), default=timezone.now)

    class Meta:
        verbose_name = _("progress update")
        verbose_name_plural = _("progress updates")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["commitment", "-at"], name="update_latest")]

    def __str__(self):
        return self.sentence

    @property
    def shape(self):
        return Report(self.report).shape


class Reminder(models.Model):
    """A reminder that was put in a digest; one per commitment, person and occasion."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(_("occasion"), max_length=20, choices=Occasion)
    due_on = models.DateField(_("about the date"))
    sent_on = models.DateField(_("sent on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "user", "occasion", "due_on"], name="reminder_once"),
        ]

    def __str__(self):
        return f"{self.commitment_id} {self.occasion}"
