from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeighbourhoodsConfig(AppConfig):
    name = "wijkaanpak.neighbourhoods"
    label = "neighbourhoods"
    verbose_name = _("neighbourhoods")

    def ready(self):
        from wijkaanpak.journal import permissions, sentences  # noqa: PLC0415 models are not ready before
        from wijkaanpak.neighbourhoods.permissions import coordinated_programme_ids  # noqa: PLC0415 the same
        from wijkaanpak.neighbourhoods.wording import SENTENCES, WORDS  # noqa: PLC0415 the same

        sentences.register(SENTENCES, WORDS)
        permissions.programmes_come_from(coordinated_programme_ids)
