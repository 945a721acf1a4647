from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Trend(models.TextChoices):
    BETTER = "better", _("better")
    SAME = "same", _("about the same")
    WORSE = "worse", _("worse")
    UNKNOWN = "unknown", _("cannot be said")
    NOT_JUDGED = "not_judged", _("not judged")


class Reason(models.TextChoices):
    """Why a stored row has no value or no trend word."""

    NONE = "", ""
    NO_VALUES = "no_values", _("no figures for these areas")
    SUPPRESSED = "suppressed", _("kept secret, because it is about few people")
    NOT_PUBLISHED = "not_published", _("not yet published")
    COVERAGE = "coverage", _("figures for less than 80 % of the inhabitants")
    KIND = "kind", _("this kind of figure cannot be taken together over areas")
    NO_BASE = "no_base", _("the number it is a share of is not known")
    FEW_INHABITANTS = "few_inhabitants", _("too few inhabitants")
    ONE_PERIOD = "one_period", _("only one period")
    BOUNDARY = "boundary", _("the boundaries changed")
    UNLINKED = "unlinked", _("the code changed, and which area it was before is not confirmed yet")
    GAP = "gap", _("the division of a year in between is not here, so the boundaries may have changed")
    DEFINITION = "definition", _("the definition changed")
    GONE = "gone", _("the division of that year does not have these areas")
    NOISE = "noise", _("the change is within the noise")
    NO_MARGIN = "no_margin", _("it is not known how much of the change is chance")
    FEW_INDICATORS = "few_indicators", _("too few figures")
    NO_REFERENCE = "no_reference", _("no national reference")


class Basis(models.TextChoices):
    """What tells how much of a change can be chance."""

    COUNTS = "counts", _("counted cases (Poisson)")
    SAMPLE = "sample", _("a survey: the base is the number of people asked")
    CHANGE = "change", _("a stated smallest change")
    UNKNOWN = "unknown", _("not known")


class Attention(models.TextChoices):
    """Why something asks for the coordinator's attention; the most urgent first."""

    ESCALATED = "escalated", _("An answer is asked")
    LATE = "late", _("Too late")
    SILENT = "silent", _("No word")
    DELAYED = "delayed", _("Behind schedule")
    WAITING = "waiting", _("Waits for another")
    CONTRADICTION = "contradiction", _("Contradicting")
    ANSWER = "answer", _("Waiting for an answer")
    MODERATION = "moderation", _("Waiting for moderation")
    DECISION = "decision", _("Decision needed")
    CHANGE = "change", _("Wants to change a commitment")
    SUPPORT = "support", _("Support missing")
    TENSION = "tension", _("Tension to look at again")
    ACTION = "action", _("Action too late")
    REVIEW = "review", _("Decision to look back on")


class Contradiction(models.TextChoices):
    """What does not agree with what."""

    GREEN_WORSE = "green_worse", _("Promises on track, figure worse")
    VOICES_WORSE = "voices_worse", _("Figure better, residents worried")
    VOICES_BETTER = "voices_better", _("Figure worse, residents content")
    NO_PROMISES = "no_promises", _("Residents speak, nobody promised")
    UNSUPPORTED = "unsupported", _("Promised without support")


class Explanation(models.TextChoices):
    """The four answers to a question about a contradiction."""

    FIGURE = "figure", _("the figure or the picture is not right")
    LATER = "later", _("the effect comes later")
    APPROACH = "approach", _("the approach must change")
    OTHER = "other", _("something else is going on")


class Audience(models.TextChoices):
    PUBLIC = "public", _("everybody")
    INTERNAL = "internal", _("people in the programme")


class Keeping(models.TextChoices):
    """How the promises of an ambition ended that have ended, or should have."""

    NOT_KEPT = "not_kept", _("not kept")
    PARTLY = "partly", _("kept in part")
    KEPT = "kept", _("kept")
    NOTHING = "nothing", _("nothing to judge yet")

    @property
    def shape(self):
        return {"kept": "safe", "partly": "warning", "not_kept": "danger", "nothing": "done"}[self.value]


class ReportState(models.TextChoices):
    """How far a report is: made, looked at by somebody else, signed off for good, or laid aside."""

    DRAFT = "draft", pgettext_lazy("report", "draft")
    CHECKED = "checked", pgettext_lazy("report", "checked")
    SIGNED = "signed", pgettext_lazy("report", "signed off")
    DISCARDED = "discarded", pgettext_lazy("report", "laid aside")

    @property
    def shape(self):
        return {"draft": "info", "checked": "warning", "signed": "safe", "discarded": "done"}[self.value]


class Readers(models.TextChoices):
    """Who a report is for, and so what it may hold."""

    PUBLIC = "public", pgettext_lazy("report", "everybody: only what is public")
    PARTNERS = "partners", pgettext_lazy("report", "partners and the steering group")


class Body(models.TextChoices):
    """Who meets."""

    CORE = "core", _("core team")
    STEERING = "steering", _("steering group")
    WORKING = "working", _("working group")


class Outcome(models.TextChoices):
    """What looking back on a decision gave."""

    KEEP = "keep", _("it stays")
    CHANGE = "change", _("it changes")
    STOP = "stop", _("it stops")


class Cover(models.TextChoices):
    """How many organisations are committed to an ambition."""

    NONE = "none", _("nobody remains")
    ONE = "one", _("one organisation remains")
    ENOUGH = "enough", _("two or more remain")

    @property
    def shape(self):
        return {"none": "danger", "one": "warning", "enough": "safe"}[self.value]


class Gap(models.TextChoices):
    """What stands out in the network of goals and efforts; in the order in which it is shown."""

    NO_EFFORT = "no_effort", _("Goals for which nothing is done yet")
    ONE_ORGANISATION = "one_organisation", _("Goals that depend on one organisation")
    NO_GOAL = "no_goal", _("Commitments without a goal")
    OVERDUE = "overdue", _("Effects that should be visible by now")

    @property
    def meaning(self) -> str:
        meanings = {
            Gap.NO_EFFORT: _("Nobody agreed to do something that should help this goal."),
            Gap.ONE_ORGANISATION: _("If this organisation stops, nothing remains that should help this goal."),
            Gap.NO_GOAL: _("Nobody has said yet which goal these should help."),
            Gap.OVERDUE: _("The day from which an effect was expected has passed, and no better figure is known. Talk about what was assumed."),
        }
        return str(meanings[self])


class Departing(models.TextChoices):
    """What an organisation that leaves can leave open; in the order in which it is asked who takes it over."""

    COMMITMENT = "commitment", _("Commitments")
    INPUT = "input", _("Residents who wait for an answer")
    AGREEMENT = "agreement", _("Signed agreements")
    TENSION = "tension", _("Open tensions")

    @property
    def dropped(self) -> str:
        """What happens when nobody takes it over; empty when somebody must."""
        words = {
            Departing.COMMITMENT: _("nobody: it is dropped"), Departing.INPUT: "", Departing.AGREEMENT: _("nobody: on without, or it ends"),
            Departing.TENSION: _("nobody: on without, or settled"),
        }
        return str(words[self])


class Holding(models.TextChoices):
    """What somebody can have in hand; in the order in which a dossier shows it."""

    COMMITMENT = "commitment", _("Commitments")
    STEP = "step", _("Answers asked about a commitment")
    TENSION = "tension", _("Tensions")
    QUESTION = "question", _("Questions about a contradiction")
    ACTION = "action", _("Actions from a meeting")
    MOMENT = "moment", _("Moments of the year clock")
