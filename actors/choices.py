from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality department")
    HOUSING = "housing", _("housing corporation")
    CARE = "care", _("care")
    WELFARE = "welfare", _("welfare")
    POLICE = "police", _("police")
    HEALTH_SERVICE = "health_service", _("public health service")
    SCHOOL = "school", _("school")
    RESIDENTS = "residents", _("residents' body")
    BUSINESS = "business", _("business")
    OTHER = "other", _("other")


class TensionState(models.TextChoices):
    OPEN = "open", _("open")
    AGREED = "agreed", _("agreement reached")

    @property
    def shape(self):
        """The kind of badge that shows it."""
        return {"open": "danger", "agreed": "safe"}[self.value]


class JointData(models.TextChoices):
    """Whether the parties answer together for the personal data they share."""

    YES = "yes", _("yes, together")
    NO = "no", _("no, each for its own")
    NOT_APPLICABLE = "not_applicable", _("no personal data is shared")


class AgreementState(models.TextChoices):
    """How an agreement stands today, computed from its days; what asks for a choice first."""

    NOTICE_NEAR = "notice_near", _("day of notice near")
    ENDS_SOON = "ends_soon", _("ends soon")
    RUNS = "runs", _("runs")
    TO_COME = "to_come", _("begins later")
    ENDED = "ended", _("ended")

    @property
    def shape(self):
        """The kind of badge that shows it."""
        return {"notice_near": "danger", "ends_soon": "warning", "runs": "safe", "to_come": "info", "ended": "done"}[self.value]


class SuccessionKind(models.TextChoices):
    MERGER = "merger", _("merger")
    SPLIT = "split", _("split")


class Degree(models.IntegerChoices):
    """How much influence on, or interest in, the ambitions of the programme."""

    HARDLY = 1, _("hardly any")
    LITTLE = 2, _("little")
    SOME = 3, _("some")
    MUCH = 4, _("much")
    VERY_MUCH = 5, _("very much")


class Approach(models.TextChoices):
    """What goes with a corner of the field."""

    TOGETHER = "together", _("work closely together")
    CONTENT = "content", _("keep on board")
    INFORMED = "informed", _("keep informed and ask")
    FOLLOW = "follow", _("stay in touch")
