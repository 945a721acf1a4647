from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AmbitionsConfig(AppConfig):
    name = "ambitions"
    verbose_name = _("ambitions")

    def ready(self):
        from actors import representatives  # noqa: PLC0415 apps must be loaded first
        from ambitions import commitments  # noqa: PLC0415 apps must be loaded first
        from ambitions.sentences import CHOICES, SENTENCES, WORDS  # noqa: PLC0415 apps must be loaded first
        from wijkaanpak.journal import sentences  # noqa: PLC0415 apps must be loaded first
        from wijkaanpak.journal.wording import name_jobs  # noqa: PLC0415 apps must be loaded first

        sentences.register(SENTENCES, WORDS, CHOICES)
        representatives.holders_come_from(commitments.held_by)
        name_jobs({
            "ambitions.remind": _("Write the reminders"), "ambitions.climb": _("Pass on what was not answered"),
            "ambitions.remind_consulted": _("Remind who has not reacted"),
        })
