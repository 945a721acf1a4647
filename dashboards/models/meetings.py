from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dashboards.choices import Attention, Body, Outcome
from wijkaanpak.neighbourhoods.models import OfProgrammeQuerySet, Programme


class MeetingQuerySet(OfProgrammeQuerySet):
    def open(self):
        return self.filter(closed_at=None)


class Meeting(models.Model):
    """A meeting of one body: its agenda beforehand, what was decided and who does what afterwards. Closed, nothing changes any more."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="meetings")
    body = models.CharField(_("who meets"), max_length=10, choices=Body, default=Body.CORE)
    subject = models.CharField(_("subject"), max_length=120, blank=True, help_text=_("For a working group: what it is about."))
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("called by"), on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField(_("called on"), default=timezone.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("closed by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(body__in=Body.values), name="meeting_body_known"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False), name="meeting_closed_by_somebody"
            ),
        ]

    def __str__(self):
        return self.subject or str(Body(self.body).label).capitalize()

    @property
    def is_closed(self):
        return self.closed_at is not None


class AgendaItem(models.Model):
    """One point of an agenda, in words that stay as they were; most come from what asked for attention at that moment."""

    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField(_("place"))
    kind = models.CharField(_("kind"), max_length=16, choices=Attention, blank=True, help_text=_("Empty: added by a person."))
    what = models.CharField(_("what"), max_length=300)
    detail = models.CharField(_("why"), max_length=400, blank=True)
    who = models.CharField(_("whose"), max_length=200, blank=True)
    url = models.CharField(_("address"), max_length=300, blank=True)
    action_url = models.CharField(_("where something is done about it"), max_length=300, blank=True)
    said = models.TextField(_("what was said"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("point of the agenda")
        verbose_name_plural = _("points of the agenda")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place"], name="agenda_item_place_once"),
            models.UniqueConstraint(fields=["meeting", "kind", "action_url"], condition=~Q(kind=""), name="agenda_item_once"),
            models.CheckConstraint(condition=Q(kind__in=["", *Attention.values]), name="agenda_item_kind_known"),
            models.CheckConstraint(condition=~Q(what=""), name="agenda_item_has_words"),
        ]

    def __str__(self):
        return self.what


class Paper(models.Model):
    """The papers of a meeting as they stood when they were made: numbered, and never changed."""

    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveSmallIntegerField(_("number"))
    document = models.JSONField(_("document"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made on"), default=timezone.now)

    class Meta:
        verbose_name = _("papers")
        verbose_name_plural = _("papers")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="paper_number_once")]

    def __str__(self):
        return str(self.number)


class DecisionQuerySet(OfProgrammeQuerySet):
    def with_review(self):
        """Add `look_back_on`: when it must be looked at again; none after it was stopped or when nobody asked for that."""
        last = DecisionReview.objects.filter(decision=OuterRef("pk")).order_by("-pk")
        outcome, again = Subquery(last.values("outcome")[:1]), Subquery(last.values("next_on")[:1])
        first = Case(When(last_outcome=None, then=F("review_on")), default=again)
        return self.annotate(last_outcome=outcome).annotate(look_back_on=first)

    def to_look_back_on(self, day):
        return self.with_review().filter(look_back_on__lte=day)

    def in_full(self):
        return self.with_review().select_related("recorded_by", "meeting", "programme").prefetch_related("reviews__by")


class Decision(models.Model):
    """What was decided, by whom and why. The database refuses to change or delete it; looking back on it is a row of its own."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("number"))
    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    item = models.ForeignKey(AgendaItem, verbose_name=_("point of the agenda"), on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    body = models.CharField(_("who decided"), max_length=10, choices=Body)
    decided_on = models.DateField(_("decided on"))
    what = models.CharField(_("what was decided"), max_length=400)
    reason = models.TextField(_("why"), max_length=1000)
    alternatives = models.TextField(_("what else was possible"), max_length=1000, blank=True)
    review_on = models.DateField(_("look back on"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("written down by"), on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("written down on"), default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="decision_number_once"),
            models.CheckConstraint(condition=Q(body__in=Body.values), name="decision_body_known"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(reason=""), name="decision_has_reason"),
            models.CheckConstraint(condition=Q(review_on=None) | Q(review_on__gt=F("decided_on")), name="decision_review_after_decision"),
            models.CheckConstraint(condition=Q(item=None) | Q(meeting__isnull=False), name="decision_item_of_meeting"),
        ]

    def __str__(self):
        return self.what


class DecisionReview(models.Model):
    """A look back on a decision: whether it stays, changes or stops, and why."""

    decision = models.ForeignKey(Decision, verbose_name=_("decision"), on_delete=models.PROTECT, related_name="reviews")
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    text = models.TextField(_("what was seen"), max_length=1000)
    next_on = models.DateField(_("look back again on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("written down by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written down on"), default=timezone.now)

    class Meta:
        verbose_name = _("look back")
        verbose_name_plural = _("looks back")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values) & ~Q(text=""), name="decision_review_has_outcome_and_text"),
            models.CheckConstraint(condition=Q(next_on=None) | ~Q(outcome="stop"), name="decision_review_stopped_ends"),
        ]

    def __str__(self):
        return self.text


class ActionQuerySet(OfProgrammeQuerySet):
    def open(self):
        return self.filter(done_at=None)

    def with_people(self):
        return self.select_related("owner", "programme", "meeting")


class Action(models.Model):
    """What one named person does before a date, agreed in a meeting."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="actions")
    meeting = models.ForeignKey(Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="actions")
    item = models.ForeignKey(AgendaItem, verbose_name=_("point of the agenda"), on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    what = models.CharField(_("what"), max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("who does it"), on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField(_("to be done before"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("written down by"), on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("written down on"), default=timezone.now)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("done by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(_("done on"), null=True, blank=True)
    result = models.CharField(_("what came of it"), max_length=300, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="action_has_words"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, result="") | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(result="")),
                name="action_done_says_what_came_of_it",
            ),
        ]

    def __str__(self):
        return self.what


class SnoozeQuerySet(OfProgrammeQuerySet):
    def on(self, day):
        """Those that keep something quiet on a day."""
        return self.filter(ended_at=None, until__gt=day)


class Snooze(models.Model):
    """Something that asks for attention is left alone until a day, for a reason; then it comes back by itself."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="snoozes")
    kind = models.CharField(_("kind"), max_length=16, choices=Attention)
    url = models.CharField(_("address"), max_length=300)
    action_url = models.CharField(_("where something is done about it"), max_length=300)
    what = models.CharField(_("what"), max_length=300)
    until = models.DateField(_("until"))
    reason = models.CharField(_("why later"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("put off by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("put off on"), default=timezone.now)
    ended_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    objects = SnoozeQuerySet.as_manager()

    class Meta:
        verbose_name = _("put off")
        verbose_name_plural = _("put off")
        ordering = ["until", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Attention.values) & ~Q(reason=""), name="snooze_has_reason"),
            models.UniqueConstraint(fields=["programme", "kind", "action_url"], condition=Q(ended_at=None), name="snooze_once"),
        ]

    def __str__(self):
        return self.what
