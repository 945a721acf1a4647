from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResidentsConfig(AppConfig):
    name = "residents"
    verbose_name = _("residents")

    def ready(self):
        from ambitions import signals, touching  # noqa: PLC0415 apps must be loaded first
        from residents import chain, notices  # noqa: PLC0415 apps must be loaded first
        from residents.sentences import CHOICES, SENTENCES, WORDS  # noqa: PLC0415 apps must be loaded first
        from wijkaanpak.journal import sentences  # noqa: PLC0415 apps must be loaded first

        sentences.register(SENTENCES, WORDS, CHOICES)
        touching.register(chain.touched)
        signals.commitment_reported.connect(notices.commitment_reported, dispatch_uid="residents.reported")
        signals.commitment_changed.connect(notices.commitment_changed, dispatch_uid="residents.changed")
