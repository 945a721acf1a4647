from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class PartKind(models.TextChoices):
    """What part of a text a reaction is about."""

    SENTENCE = "sentence", pgettext_lazy("part of a text", "the ambition")
    WHY = "why", pgettext_lazy("part of a text", "why")
    GOAL = "goal", pgettext_lazy("part of a text", "goal")


class View(models.TextChoices):
    """What an organisation thinks of one sentence or goal in a consultation."""

    AGREE = "agree", pgettext_lazy("reaction", "agree")
    AGREE_IF = "agree_if", pgettext_lazy("reaction", "agree, if …")
    DISAGREE = "disagree", pgettext_lazy("reaction", "disagree")
    QUESTION = "question", pgettext_lazy("reaction", "question")

    @property
    def shape(self):
        return {"agree": "safe", "agree_if": "warning", "disagree": "danger", "question": "info"}[self.value]


class Followed(models.TextChoices):
    """What was done with a reaction."""

    TAKEN_OVER = "taken_over", pgettext_lazy("reaction", "taken over")
    PARTLY = "partly", pgettext_lazy("reaction", "taken over in part")
    NOT = "not", pgettext_lazy("reaction", "not taken over")
    ANSWERED = "answered", pgettext_lazy("reaction", "question answered")


class Criterion(models.TextChoices):
    """What a goal is judged on; each by itself, never added up."""

    DEFINED = "defined", pgettext_lazy("goal", "well defined")
    RELIABLE = "reliable", pgettext_lazy("goal", "reliable")
    RELEVANT = "relevant", pgettext_lazy("goal", "relevant")
    CLEAR = "clear", pgettext_lazy("goal", "understandable")

    @property
    def question(self):
        return {
            "defined": _("Is it clear what is measured, of whom, where and when?"),
            "reliable": _("Is it measured the same way every time, and enough to see a change?"),
            "relevant": _("Does it say something about this ambition?"),
            "clear": _("Does a resident understand it?"),
        }[self.value]


class Judgement(models.TextChoices):
    YES = "yes", pgettext_lazy("goal", "yes")
    NO = "no", pgettext_lazy("goal", "no")
    NOT_YET = "not_yet", pgettext_lazy("goal", "not judged yet")

    @classmethod
    def given(cls):
        return [cls.YES, cls.NO]

    @property
    def shape(self):
        return {"yes": "info", "no": "warning", "not_yet": "done"}[self.value]


class Stage(models.TextChoices):
    """When in the life of an ambition people could take part."""

    PREPARATION = "preparation", pgettext_lazy("participation", "preparation")
    EXECUTION = "execution", pgettext_lazy("participation", "execution")
    EVALUATION = "evaluation", pgettext_lazy("participation", "evaluation")


class Influence(models.TextChoices):
    """How much say people had, from little to much."""

    INFORM = "inform", pgettext_lazy("participation", "inform")
    CONSULT = "consult", pgettext_lazy("participation", "consult")
    ADVISE = "advise", pgettext_lazy("participation", "advise")
    COPRODUCE = "coproduce", pgettext_lazy("participation", "coproduce")
    DECIDE = "decide", pgettext_lazy("participation", "decide together")
    SELF = "self", pgettext_lazy("participation", "do it themselves")


class Course(models.TextChoices):
    """What a review half-way decides about an ambition."""

    KEEP = "keep", pgettext_lazy("review", "keep")
    CHANGE = "change", pgettext_lazy("review", "change")
    STOP = "stop", pgettext_lazy("review", "stop")

    @property
    def shape(self):
        return {"keep": "info", "change": "warning", "stop": "done"}[self.value]


class OwnGoal(models.TextChoices):
    """How the own goal of an organisation stands to a theme."""

    SUPPORTS = "supports", _("own goal supports")
    CONFLICTS = "conflicts", _("own goal conflicts")

    @property
    def shape(self):
        return {"supports": "safe", "conflicts": "danger"}[self.value]


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
    def standing(cls):
        """What does something for the neighbourhood, or did: in force, or ended with a result."""
        return [*cls.in_force(), *cls.fulfilled()]

    @classmethod
    def fulfilled(cls):
        """What others may build on: kept, at least in part."""
        return [cls.KEPT, cls.PARTLY_KEPT]

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


class SubmissionState(models.TextChoices):
    """How far a word is that needs the agreement of a second person."""

    SUBMITTED = "submitted", pgettext_lazy("word", "waits for agreement")
    APPROVED = "approved", pgettext_lazy("word", "agreed with")
    RETURNED = "returned", pgettext_lazy("word", "sent back")
    WITHDRAWN = "withdrawn", pgettext_lazy("word", "taken back")


class Occasion(models.TextChoices):
    """Why somebody is asked for a word."""

    BEFORE = "before", _("the date comes near")
    DUE = "due", _("the date has come")
    AFTER = "after", _("two weeks after the date")
    SILENT = "silent", _("no word for a long time")
    QUARTER = "quarter", _("no word this quarter")


class Level(models.TextChoices):
    """Who must say what is done about a promise nobody speaks of; the lowest first."""

    REPRESENTATIVE = "representative", _("representative")
    COORDINATOR = "coordinator", pgettext_lazy("step", "coordinator")
    CORE_TEAM = "core_team", _("core team")
    STEERING_GROUP = "steering_group", _("steering group")

    @classmethod
    def bodies(cls):
        """Levels at which a group answers; a contact person gets its mail."""
        return [cls.CORE_TEAM, cls.STEERING_GROUP]

    @classmethod
    def above(cls, level):
        """The levels higher than this one; all of them for an empty level."""
        every = list(cls)
        return every[every.index(level) + 1 :] if level else every

    @property
    def shape(self):
        return {"representative": "info", "coordinator": "warning", "core_team": "warning", "steering_group": "danger"}[self.value]


class Ground(models.TextChoices):
    """Why a promise goes up the steps."""

    LATE = "late", _("the date has passed")
    STUCK = "stuck", _("delayed, and nothing was heard since")
    SILENT = "silent", _("no word for a long time")


class StepEnd(models.TextChoices):
    """How a step ended."""

    ANSWERED = "answered", _("answered")
    WORD = "word", _("a word came in")
    PASSED_ON = "passed_on", _("no answer in time, passed on")
    SETTLED = "settled", _("the promise ended or got a new date")


class Reception(models.TextChoices):
    """Whether an organisation reported on all its promises in a quarter."""

    RECEIVED = "received", pgettext_lazy("quarter", "received")
    OPEN = "open", pgettext_lazy("quarter", "still open")
    LATE = "late", pgettext_lazy("quarter", "too late")
    NOT_ASKED = "not_asked", pgettext_lazy("quarter", "not asked")
    EXCUSED = "excused", pgettext_lazy("quarter", "excused")

    @property
    def shape(self):
        return {"received": "safe", "open": "warning", "late": "danger", "not_asked": "done", "excused": "info"}[self.value]


class Verdict(models.TextChoices):
    """How an agreed promise stands against one of its dates."""

    ON_TIME = "on_time", _("kept in time")
    TOO_LATE = "too_late", _("kept, but late")
    NOT_KEPT = "not_kept", _("kept in part or not")
    DROPPED = "dropped", pgettext_lazy("promise", "dropped")
    OVERDUE = "overdue", _("running, the date has passed")
    RUNNING = "running", _("running, the date is to come")

    @property
    def shape(self):
        return {"on_time": "safe", "too_late": "warning", "not_kept": "danger", "dropped": "done", "overdue": "danger", "running": "info"}[self.value]


class Choice(models.TextChoices):
    """What an organisation answers once a year about a promise."""

    CONFIRM = "confirm", pgettext_lazy("yearly", "confirmed")
    CHANGE = "change", pgettext_lazy("yearly", "wants a change")
    WITHDRAW = "withdraw", pgettext_lazy("yearly", "withdrawn")

    @property
    def shape(self):
        return {"confirm": "safe", "change": "warning", "withdraw": "danger"}[self.value]


class Hold(models.TextChoices):
    """How a commitment stands that another one waits for."""

    GONE = "gone", pgettext_lazy("what is waited for", "does not come any more")
    LATE = "late", pgettext_lazy("what is waited for", "is late")
    AFTER = "after", pgettext_lazy("what is waited for", "is planned too late")
    COMING = "coming", pgettext_lazy("what is waited for", "is still to come")
    DONE = "done", pgettext_lazy("what is waited for", "is done")

    @property
    def shape(self):
        return {"gone": "danger", "late": "danger", "after": "warning", "coming": "info", "done": "safe"}[self.value]

    @property
    def holds_up(self):
        return self in {Hold.GONE, Hold.LATE}
