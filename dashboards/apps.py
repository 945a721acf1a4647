from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    name = "dashboards"
    verbose_name = _("dashboards")

    def ready(self):
        from dashboards import receivers  # noqa: PLC0415 models must be ready first

        receivers.connect()
