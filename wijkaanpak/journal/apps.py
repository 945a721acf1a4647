from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    name = "wijkaanpak.journal"
    label = "journal"
    verbose_name = _("journal")

    def ready(self):
        from wijkaanpak.journal import sentences, sign_ins  # noqa: PLC0415 models are not ready before
        from wijkaanpak.journal.wording import SENTENCES  # noqa: PLC0415 the same

        sentences.register(SENTENCES)
        sign_ins.listen()
