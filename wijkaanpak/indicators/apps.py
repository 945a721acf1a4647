from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IndicatorsConfig(AppConfig):
    name = "wijkaanpak.indicators"
    label = "indicators"
    verbose_name = _("indicators")

    def ready(self):
        from wijkaanpak.indicators import tasks, wording  # noqa: F401, PLC0415 models are ready only now; jobs may run in this process
        from wijkaanpak.journal import sentences  # noqa: PLC0415 models are ready only now
        from wijkaanpak.journal.wording import name_jobs  # noqa: PLC0415 models are ready only now

        sentences.register(wording.SENTENCES)
        name_jobs(wording.JOB_NAMES)
