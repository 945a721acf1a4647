from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.IntegerChoices):
    HIGHER = 1, _("higher is better")
    LOWER = -1, _("lower is better")
    CONTEXT = 0, _("context, never judged")


class MeasureKind(models.TextChoices):
    """How values of several areas may be taken together."""

    COUNT = "count", _("count")  # adds up
    RATE = "rate", _("rate")  # numerator and denominator add up
    MEAN = "mean", _("mean")  # weighted by its base
    INDEX = "index", _("index, class or score")  # never taken together


class Status(models.IntegerChoices):
    """State of an observation; the first four carry a value.

    A value of nothing is a value: zero. The others say why there is none, as far as the file tells:
    NOT_PUBLISHED is an empty cell where the form has a sign of its own for what is not known.
    """

    FINAL = 1, _("final")
    PROVISIONAL = 2, _("provisional")
    REVISED = 3, _("revised")
    MODELLED = 4, _("estimate")
    MISSING = 5, _("not known")
    SUPPRESSED = 6, _("kept secret")
    NOT_PUBLISHED = 7, _("not yet published")

    @classmethod
    def with_value(cls):
        return [cls.FINAL, cls.PROVISIONAL, cls.REVISED, cls.MODELLED]


class EditionState(models.TextChoices):
    UPLOADED = "uploaded", _("uploaded")
    COLUMNS = "columns", _("waiting for its columns")
    REFUSED = "refused", _("refused")
    PREVIEWED = "previewed", _("waiting for confirmation")
    LOADING = "loading", _("being read in")
    LOADED = "loaded", _("read in")
    UNDONE = "undone", _("undone")
    CANCELLED = "cancelled", _("cancelled")
    FAILED = "failed", _("failed")


class OwnKind(models.TextChoices):
    """What a figure of the municipality itself is, in words of the person who fills it in."""

    SURVEY = "survey", _("percentage from a survey")
    INHABITANTS = "inhabitants", _("percentage of the inhabitants")
    HOUSEHOLDS = "households", _("percentage of the households")
    DWELLINGS = "dwellings", _("percentage of the dwellings")
    COUNT = "count", _("number that can be added up")
    MEAN = "mean", _("average or mark")
    SCORE = "score", _("score or class")


class FetchProblem(models.TextChoices):
    """Why a source did not give what was asked."""

    UNREACHABLE = "unreachable", _("cannot be reached")
    BUSY = "busy", _("is out of order or too busy")
    REFUSED = "refused", _("refused the question")
    GONE = "gone", _("is not at this address any more")
    UNREADABLE = "unreadable", _("answered something we cannot read")
    EMPTY = "empty", _("answered without figures")
    TOO_LARGE = "too_large", _("answered more than we can take in")
    CHANGED = "changed", _("was renewed while we were fetching")
    FAULT = "fault", _("answered well, but something went wrong here")
