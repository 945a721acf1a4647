from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActorsConfig(AppConfig):
    name = "actors"
    verbose_name = _("actors")

    def ready(self):
        from actors.sentences import SENTENCES, WORDS  # noqa: PLC0415 apps must be loaded first
        from wijkaanpak.journal import sentences  # noqa: PLC0415 apps must be loaded first
        from wijkaanpak.journal.wording import name_jobs  # noqa: PLC0415 apps must be loaded first

        sentences.register(SENTENCES, WORDS)
        name_jobs({"actors.remind": _("Tell which agreements run out"), "actors.remind_reviews": _("Tell which tensions to look at again")})
