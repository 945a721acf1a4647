from django.db import models
from django.utils.translation import gettext_lazy as _


class AmbitionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    CONSULTATION = "consultation", _("in consultation")
    ADOPTED = "adopted", _("adopted")
    CLOSED = "closed", _("closed")

    @property
    def shape(self):
        """The kind of badge that shows it."""
        return {"draft": "info", "consultation": "warning", "adopted": "safe", "closed": "done"}[self.value]


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("supports")
    RESERVATION = "reservation", _("supports with a reservation")
    AGAINST = "against", _("does not support")

    @property
    def shape(self):
        return {"supports": "safe", "reservation": "warning", "against": "danger"}[self.value]


class CommitmentState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed")
    IN_PROGRESS = "in_progress", _("in progress")
    KEPT = "kept", _("kept")
    PARTLY_KEPT = "partly_kept", _("partly kept")
    NOT_KEPT = "not_kept", _("not kept")
    DROPPED = "dropped", _("dropped")

    @classmethod
    def in_force(cls):
        return [cls.AGREED, cls.IN_PROGRESS]

    @classmethod
    def ended(cls):
        return [cls.KEPT, cls.PARTLY_KEPT, cls.NOT_KEPT, cls.DROPPED]

    @property
    def shape(self):
        return {"kept": "safe", "partly_kept": "warning", "not_kept": "danger", "dropped": "done"}.get(self.value, "info")


class Signal(models.TextChoices):
    """What the SQL concludes about a commitment in force; the most serious first."""

    LATE = "late", _("late")
    SILENT = "silent", _("no word")
    DELAYED = "delayed", _("delayed")
    ON_TRACK = "on_track", _("on track")
    NONE = "none", _("nothing reported yet")

    @property
    def shape(self):
        return {"late": "danger", "silent": "warning", "delayed": "warning", "on_track": "safe", "none": "info"}[self.value]


class Visibility(models.TextChoices):
    PUBLIC = "public", _("everybody")
    PARTNERS = "partners", _("partners in the programme")
    INTERNAL = "internal", _("own organisation and coordinators")


class FormalBasis(models.TextChoices):
    PERFORMANCE = "performance_agreement", _("performance agreement")
    BUDGET = "budget", _("budget")
    SUBSIDY = "subsidy", _("subsidy")
    COVENANT = "covenant", _("covenant")
    NONE = "none", _("none yet")


class Strength(models.IntegerChoices):
    """How much a commitment is expected to help a goal: said in words, never added or multiplied."""

    SMALL = 1, _("small contribution")
    CLEAR = 2, _("clear contribution")
    STRONG = 3, _("strong contribution")


class Report(models.TextChoices):
    """What the owner says in an update."""

    ON_TRACK = "on_track", _("on track")
    DELAYED = "delayed", _("is delayed")
    DONE = "done", _("done")

    @property
    def shape(self):
        return {"on_track": "safe", "delayed": "warning", "done": "safe"}[self.value]


class Occasion(models.TextChoices):
    """Why somebody is asked for a word."""

    BEFORE = "before", _("the date comes near")
    DUE = "due", _("the date has come")
    AFTER = "after", _("two weeks after the date")
    SILENT = "silent", _("no word for a long time")
