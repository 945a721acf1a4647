from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.models import Organisation
from actors.permissions import organisation_ids
from ambitions.models import Ambition, Commitment
from residents.choices import END_STATE_SIGNS, Channel, EndState, HouseRule, InputKind, InputState, Recognised
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Area, Programme, Theme
from wijkaanpak.neighbourhoods.permissions import is_administrator, programme_ids


def in_words(area, place):
    """Return an area and a place in it as one line; neither is the whole neighbourhood."""
    return ", ".join(part for part in (place, str(area) if area else "") if part) or gettext("The whole neighbourhood")


class ResidentInputQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=InputState.PUBLISHED)

    def public(self):
        """What a visitor may read."""
        return self.published().filter(programme__is_public=True)

    def behind_code(self, fingerprints):
        """The input a sender follows, with everything its page names."""
        return self.filter(code_hash__in=fingerprints).select_related("programme", "organisation", "theme", "contact", "area").defer("area__boundary")

    def to_moderate(self):
        return self.filter(state__in=[InputState.HELD, InputState.AWAITING])

    def waiting_for_answer(self):
        return self.published().filter(answered_at=None)

    def answered(self):
        return self.published().filter(answered_at__isnull=False)

    def unanswered(self):
        return self.filter(state__in=[InputState.AWAITING, InputState.PUBLISHED], answered_at=None)

    def overdue(self, today=None):
        return self.unanswered().filter(answer_due_on__lt=today or timezone.localdate())

    def visible_to(self, user):
        """All of the programmes one coordinates or does community work in; those handed to the own organisation."""
        if is_administrator(user):
            return self
        steered = programme_ids(user, Role.COORDINATOR, Role.COMMUNITY_WORKER)
        return self.filter(Q(programme__in=steered) | Q(organisation__in=organisation_ids(user), state=InputState.PUBLISHED))


class ResidentInput(models.Model):
    """What a resident said should change, stays or is unclear. Holds no contact data."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="inputs")
    kind = models.CharField(_("kind"), max_length=12, choices=InputKind)
    text = models.TextField(_("text as sent"), max_length=2000)
    public_text = models.TextField(_("text as published"), max_length=2000, blank=True)
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    area = models.ForeignKey(
        Area, verbose_name=_("area"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Empty: the whole neighbourhood."))
    language = models.CharField(_("language of the form"), max_length=5, default="nl")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.FORM)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code_hash = models.CharField(_("fingerprint of the code"), max_length=64, unique=True)
    form_key = models.UUIDField(_("key of the form"), unique=True, help_text=_("Sending twice stores once."))
    state = models.CharField(_("state"), max_length=14, choices=InputState, default=InputState.AWAITING)
    spam_score = models.PositiveSmallIntegerField(_("spam score"), default=0)
    spam_reasons = models.JSONField(_("reasons of the spam score"), default=list, blank=True)
    house_rule = models.CharField(_("house rule"), max_length=12, choices=HouseRule, blank=True)
    moderation_note = models.CharField(_("note to the sender"), max_length=500, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("moderated by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moderated_at = models.DateTimeField(_("moderated on"), null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("answering organisation"), on_delete=models.PROTECT, null=True, blank=True, related_name="inputs"
    )
    handed_over_at = models.DateTimeField(_("handed over on"), null=True, blank=True)
    answer_due_on = models.DateField(_("answer promised before"))
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    received_at = models.DateTimeField(_("received on"), default=timezone.now)

    objects = ResidentInputQuerySet.as_manager()

    PURPOSE_AND_RETENTION = {
        "text": (_("reading what the resident said, before and after moderation"), _("as long as the programme runs")),
        "public_text": (_("showing the neighbourhood what was said"), _("as long as the programme runs")),
        "place": (_("knowing where it plays"), _("as long as the programme runs")),
        "moderation_note": (_("telling the sender why something was not published"), _("as long as the programme runs")),
        "code_hash": (_("letting the sender follow the input"), _("as long as the programme runs")),
        "form_key": (_("storing a form once and making the sender's code again"), _("as long as the programme runs")),
    }
    NOT_PERSONAL = frozenset({
        "id", "programme", "kind", "theme", "area", "language", "channel", "entered_by", "state", "spam_score", "spam_reasons",
        "house_rule", "moderated_by", "moderated_at", "organisation", "handed_over_at", "answer_due_on", "answered_at", "received_at",
    })

    class Meta:
        verbose_name = _("resident input")
        verbose_name_plural = _("resident inputs")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["programme", "state", "answer_due_on"], name="input_inbox")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=InputState.values), name="input_state_known"),
            models.CheckConstraint(
                condition=~Q(state="published") | (~Q(public_text="") & Q(moderated_at__isnull=False)),
                name="input_published_was_moderated",
            ),
            models.CheckConstraint(
                condition=~Q(state="not_published") | ~Q(house_rule=""), name="input_refused_names_rule"
            ),
            models.CheckConstraint(
                condition=Q(organisation=None, handed_over_at=None)
                | Q(organisation__isnull=False, handed_over_at__isnull=False),
                name="input_handed_over_has_moment",
            ),
        ]

    def __str__(self):
        return f"{self.pk} · {self.get_kind_display()}"

    @property
    def was_shortened(self):
        return bool(self.public_text) and self.public_text != self.text

    @property
    def shown_text(self):
        """The published text; before moderation the text as sent."""
        return self.public_text or self.text

    @property
    def place_in_words(self):
        """The place as readers see it: "Parkstraat, Presikhaaf-West", or the whole neighbourhood. Needs `area`."""
        return in_words(self.area, self.place)

    @property
    def is_published(self):
        return self.state == InputState.PUBLISHED

    @property
    def is_closed(self):
        """Answered, or refused with a house rule."""
        return self.answered_at is not None or self.state in {InputState.NOT_PUBLISHED, InputState.SPAM}

    @property
    def days_left(self):
        """Days until the promised answer; negative when it is late."""
        return (self.answer_due_on - timezone.localdate()).days

    @property
    def days_late(self):
        return max(0, -self.days_left)


class ContactQuerySet(models.QuerySet):
    def reachable(self):
        """Whom a mail may be sent to: proved, wanted, not stopped."""
        return self.filter(verified_at__isnull=False, wants_updates=True, unsubscribed_at=None)

    def expired(self, today=None):
        return self.filter(erase_on__lte=today or timezone.localdate())


class Contact(models.Model):
    """How a sender can be reached; kept apart from what was said, and gone a year after the answer."""

    input = models.OneToOneField(ResidentInput, verbose_name=_("input"), on_delete=models.CASCADE, related_name="contact")
    email = models.EmailField(_("mail address"))
    verification_hash = models.CharField(_("fingerprint of the verification"), max_length=64, blank=True)
    verified_at = models.DateTimeField(_("verified on"), null=True, blank=True)
    wants_updates = models.BooleanField(_("wants to hear what happens with it"), default=False)
    may_be_asked = models.BooleanField(_("may be asked for an explanation"), default=False)
    unsubscribed_at = models.DateTimeField(_("unsubscribed on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    erase_on = models.DateField(_("erase on"))

    objects = ContactQuerySet.as_manager()

    PURPOSE_AND_RETENTION = {
        "email": (_("sending news about the own input"), _("12 months after the answer; 30 days when never confirmed")),
        "verification_hash": (_("proving that the mail address is the sender's"), _("12 months after the answer")),
        "wants_updates": (_("keeping to what the sender agreed to"), _("12 months after the answer")),
        "may_be_asked": (_("keeping to what the sender agreed to"), _("12 months after the answer")),
        "verified_at": (_("mailing only proved addresses"), _("12 months after the answer")),
        "unsubscribed_at": (_("not mailing who does not want it"), _("12 months after the answer")),
    }
    NOT_PERSONAL = frozenset({"id", "input", "created_at", "erase_on"})

    class Meta:
        verbose_name = _("contact data")
        verbose_name_plural = _("contact data")

    def __str__(self):
        return f"contact {self.pk}"

    @property
    def is_reachable(self):
        return self.verified_at is not None and self.wants_updates and self.unsubscribed_at is None


class AnswerQuerySet(models.QuerySet):
    def current(self):
        return self.filter(replaced_at=None)


class Answer(models.Model):
    """The public answer: an end state, a reason in plain words, a named organisation. A later answer replaces it."""

    input = models.ForeignKey(ResidentInput, verbose_name=_("input"), on_delete=models.CASCADE, related_name="answers")
    end_state = models.CharField(_("end state"), max_length=10, choices=EndState)
    reason = models.TextField(_("reason"), max_length=1500)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="answers"
    )
    passed_on_to = models.CharField(_("passed on to"), max_length=160, blank=True)
    ambition = models.ForeignKey(
        Ambition, verbose_name=_("ambition"), on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("given by"), on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("given on"), default=timezone.now)
    replaced_at = models.DateTimeField(_("replaced on"), null=True, blank=True)

    objects = AnswerQuerySet.as_manager()

    PURPOSE_AND_RETENTION = {"reason": (_("answering in public"), _("as long as the programme runs"))}
    NOT_PERSONAL = frozenset({
        "id", "input", "end_state", "organisation", "passed_on_to", "ambition", "given_by", "given_at", "replaced_at",
    })

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(fields=["input"], condition=Q(replaced_at=None), name="answer_one_current"),
            models.CheckConstraint(condition=~Q(reason=""), name="answer_has_reason"),
            models.CheckConstraint(
                condition=~Q(end_state="elsewhere") | ~Q(passed_on_to=""), name="answer_elsewhere_names_whom"
            ),
            models.CheckConstraint(
                condition=~Q(end_state="part_of") | Q(ambition__isnull=False), name="answer_part_of_names_ambition"
            ),
        ]

    def __str__(self):
        return f"{self.input_id} · {self.end_state}"

    @property
    def sign(self):
        """Which badge the end state has."""
        return END_STATE_SIGNS[self.end_state]


class InputLink(models.Model):
    """What is done with an input: the ambition or the commitment it became part of."""

    input = models.ForeignKey(ResidentInput, verbose_name=_("input"), on_delete=models.CASCADE, related_name="links")
    ambition = models.ForeignKey(
        Ambition, verbose_name=_("ambition"), on_delete=models.PROTECT, null=True, blank=True, related_name="input_links"
    )
    commitment = models.ForeignKey(
        Commitment, verbose_name=_("commitment"), on_delete=models.PROTECT, null=True, blank=True, related_name="input_links"
    )
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("linked by"), on_delete=models.PROTECT, related_name="+"
    )
    linked_at = models.DateTimeField(_("linked on"), default=timezone.now)

    PURPOSE_AND_RETENTION: dict[str, tuple] = {}
    NOT_PERSONAL = frozenset({"id", "input", "ambition", "commitment", "linked_by", "linked_at"})

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.CheckConstraint(
                condition=Q(ambition__isnull=False, commitment=None) | Q(ambition=None, commitment__isnull=False),
                name="input_link_to_one_thing",
            ),
            models.UniqueConstraint(fields=["input", "ambition"], name="input_link_ambition_once"),
            models.UniqueConstraint(fields=["input", "commitment"], name="input_link_commitment_once"),
        ]

    def __str__(self):
        return f"{self.input_id} → {self.ambition_id or self.commitment_id}"


class Recognition(models.Model):
    """How many residents gave one answer to “do you recognise this?” about a figure in a period; nothing of who they are."""

    programme = models.ForeignKey(Programme, verbose_name=_("programme"), on_delete=models.CASCADE, related_name="recognitions")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    period = models.IntegerField(_("period"))
    answer = models.CharField(_("answer"), max_length=6, choices=Recognised)
    number = models.PositiveIntegerField(_("number"), default=0)

    PURPOSE_AND_RETENTION: dict[str, tuple] = {}
    NOT_PERSONAL = frozenset({"id", "programme", "indicator", "period", "answer", "number"})

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        constraints = [
            models.UniqueConstraint(fields=["programme", "indicator", "period", "answer"], name="recognition_once"),
            models.CheckConstraint(condition=Q(answer__in=Recognised.values), name="recognition_answer_known"),
        ]

    def __str__(self):
        return f"{self.indicator_id} {self.period} {self.answer}: {self.number}"
