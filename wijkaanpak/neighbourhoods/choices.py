from django.db import models
from django.utils.translation import gettext_lazy as _


class AreaKind(models.TextChoices):
    COUNTRY = "NL", _("country")
    PROVINCE = "PV", _("province")
    MUNICIPALITY = "GM", _("municipality")
    DISTRICT = "WK", _("district")
    NEIGHBOURHOOD = "BU", _("neighbourhood")


class Change(models.IntegerChoices):
    """CBS change indicator of an area against the division of a year earlier."""

    UNCHANGED = 1, _("unchanged")
    CODE = 2, _("other code, same boundary")
    BOUNDARY = 3, _("other boundary")


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("coordinator")
    REPRESENTATIVE = "representative", _("representative of an organisation")
    SIGNATORY = "signatory", _("signatory")
    READER = "reader", _("reader")
    COMMUNITY_WORKER = "community_worker", _("community worker")
    ANALYST = "analyst", _("analyst")


class MomentKind(models.TextChoices):
    """What part of the year a moment of the year clock belongs to."""

    BID = "bid", _("bid of the housing corporation")
    PERFORMANCE = "performance", _("performance agreements")
    BUDGET = "budget", _("budget of the municipality")
    DATA = "data", _("new figures")
    OWN = "own", _("moment of the programme itself")


class Fact(models.TextChoices):
    """What the system knows by itself and shows beside a step of a phase; it never ticks the step."""

    PARTNERS = "partners", _("who takes part")
    PERSPECTIVES = "perspectives", _("perspectives released")
    FIGURES = "figures", _("figures of the neighbourhood")
    VOICES = "voices", _("what residents said")
    TENSIONS = "tensions", _("tensions and agreements")
    AMBITIONS = "ambitions", _("ambitions adopted")
    GOALS = "goals", _("goals of the ambitions")
    COMMITMENTS = "commitments", _("commitments agreed")
    BASIS = "basis", _("formal basis of the commitments")
    DECISIONS = "decisions", _("decisions written down")
    WORDS = "words", _("words about the commitments")
    ANSWERS = "answers", _("answers to residents")
    REPORTS = "reports", _("reports signed off")
    LESSONS = "lessons", _("lessons written down")
    HANDOVERS = "handovers", _("hand-overs")
