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
