import calendar
import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.choices import AgreementState, JointData
from actors.models.organisations import Organisation
from wijkaanpak.neighbourhoods.models import OfProgrammeQuerySet, Programme

LONGEST_NOTICE = 60  # months
MONTHS_BEFORE_END = 6  # so long before the end it is asked what comes after
MONTHS_BEFORE_NOTICE = 2  # so long before the last day to give notice it is asked whether to do so


def months_before(day, months):
    """The same day so many months earlier, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def unguessable(_document, _file_name):
    """Where an uploaded file goes: nothing of its own name, and no ending that a server would act on."""
    return f"agreements/{uuid.uuid4().hex}"


class AgreementQuerySet(OfProgrammeQuerySet):
    def in_force(self, today=None):
        """Those that have not ended; what begins later is among them."""
        today = today or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), Q(ended_on=None) | Q(ended_on__gt=today))

    def with_parties(self):
        """Add `present`: the parties of today, by name, each with its organisation."""
        rows = AgreementParty.objects.present().select_related("organisation").order_by("organisation__name")
        return self.prefetch_related(Prefetch("parties", rows, to_attr="present"))

    def asking(self, today=None):
        """Those that may ask for a choice now or soon: they have an end, and nobody gave notice. `state` tells which do."""
        return self.in_force(today).filter(ends_on__isnull=False, ended_on=None)


class Agreement(models.Model):
    """What two or more organisations signed (a convenant): term, notice, and what happens when one leaves or merges."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is about"), max_length=1000, blank=True)
    organisations = models.ManyToManyField(Organisation, verbose_name=_("parties"), through="AgreementParty", related_name="agreements")
    signed_on = models.DateField(_("signed on"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    notice_months = models.PositiveSmallIntegerField(
        _("months of notice"), null=True, blank=True, validators=[MaxValueValidator(LONGEST_NOTICE)]
    )
    on_exit = models.TextField(_("when a party leaves"), max_length=2000, blank=True)
    on_merger = models.TextField(_("when parties merge or split"), max_length=2000, blank=True)
    joint_data = models.CharField(_("together responsible for personal data"), max_length=16, choices=JointData)
    data_responsible = models.TextField(_("who answers for the personal data"), max_length=1000, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.TextField(_("reason"), max_length=1000, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("ended by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded on"), default=timezone.now)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed agreement")
        verbose_name_plural = _("signed agreements")
        ordering = ["ends_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="agreement_has_title"),
            models.CheckConstraint(condition=Q(joint_data__in=JointData.values), name="agreement_joint_data_known"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_start"),
            models.CheckConstraint(condition=Q(notice_months=None) | Q(notice_months__lte=LONGEST_NOTICE), name="agreement_notice_within_years"),
            models.CheckConstraint(condition=~Q(joint_data="yes") | ~Q(data_responsible=""), name="agreement_joint_data_has_responsible"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None, end_reason="")
                | (Q(ended_on__isnull=False, ended_by__isnull=False, ended_on__gte=F("starts_on")) & ~Q(end_reason="")),
                name="agreement_ended_has_reason",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def last_day(self):
        """The day on which it ends: as agreed, or as it was ended; None while it is open."""
        return self.ended_on or self.ends_on

    @property
    def notice_on(self):
        """The last day to give notice; None without an end or a period of notice."""
        return months_before(self.ends_on, self.notice_months) if self.ends_on and self.notice_months else None

    def state_on(self, today):
        if self.last_day and (self.last_day < today or self.ended_on == today):
            return AgreementState.ENDED
        if self.starts_on > today:
            return AgreementState.TO_COME
        if self.ended_on is None and self.notice_on and months_before(self.notice_on, MONTHS_BEFORE_NOTICE) <= today <= self.notice_on:
            return AgreementState.NOTICE_NEAR
        if self.last_day and months_before(self.last_day, MONTHS_BEFORE_END) <= today:
            return AgreementState.ENDS_SOON
        return AgreementState.RUNS

    @property
    def state(self):
        return self.state_on(timezone.localdate())

    @property
    def is_over(self):
        return self.state == AgreementState.ENDED

    @property
    def was_ended(self):
        """Whether somebody ended it, today or on a day to come."""
        return self.ended_on is not None


class AgreementPartyQuerySet(models.QuerySet):
    def present(self):
        return self.filter(until=None)


class AgreementParty(models.Model):
    """An organisation signed, and perhaps left. The database asks for two of them under every agreement."""

    agreement = models.ForeignKey(Agreement, verbose_name=_("signed agreement"), on_delete=models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+")
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = AgreementPartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party of an agreement")
        verbose_name_plural = _("parties of agreements")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], condition=Q(until=None), name="agreement_party_once"),
        ]

    def __str__(self):
        return f"{self.organisation_id} · {self.agreement_id}"


class AgreementDocument(models.Model):
    """A text that belongs to an agreement: an address elsewhere, or a PDF or Word file that only this programme opens."""

    agreement = models.ForeignKey(Agreement, verbose_name=_("signed agreement"), on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(_("name"), max_length=120)
    link = models.URLField(_("address"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to=unguessable, blank=True)
    form = models.CharField(_("form"), max_length=4, choices=[("pdf", "PDF"), ("docx", "Word")], blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("added by"), on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added on"), default=timezone.now)

    class Meta:
        verbose_name = _("document of an agreement")
        verbose_name_plural = _("documents of agreements")
        ordering = ["added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(link="") & Q(file="", form="")) | (Q(link="") & ~Q(file="") & ~Q(form="")), name="agreement_document_link_or_file"
            ),
        ]

    def __str__(self):
        return self.name


class AgreementReminder(models.Model):
    """That somebody was told that an agreement comes near its end or its day of notice; one per person and day it is about."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(_("occasion"), max_length=12, choices=AgreementState)
    about_on = models.DateField(_("about the date"))
    sent_on = models.DateField(_("sent on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("reminder of an agreement")
        verbose_name_plural = _("reminders of agreements")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "user", "occasion", "about_on"], name="agreement_reminder_once"),
        ]

    def __str__(self):
        return f"{self.agreement_id} {self.occasion}"
