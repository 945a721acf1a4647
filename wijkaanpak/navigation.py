"""What every page shows around its content: the installation's name and the way through it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijkaanpak.neighbourhoods.permissions import can_import_figures


def site(request):
    return {
        "municipality_name": settings.MUNICIPALITY_NAME,
        "theme_name": settings.THEME,
        "theme_stylesheet": f"css/themes/{settings.THEME}.css",
        "navigation": main_navigation(request),
        "administration": administration_navigation(request),
    }


def main_navigation(request):
    """Return the entries of the main menu as dicts with url, label and current; empty for visitors."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    entries = [("dashboards:my_work", _("My work")), ("dashboards:area_list", _("Areas"))]
    if can_import_figures(user):
        entries.append(("indicators:source_list", _("Sources")))
    if user.is_administrator:
        entries.append(("neighbourhoods:administration", _("Administration")))
    return [_entry(request, reverse(name), label, exact=name in ABOVE_OTHERS, also=map(reverse, UNDER.get(name, []))) for name, label in entries]


ABOVE_OTHERS = {"dashboards:my_work"}  # its address is the beginning of every page below it
# pages with an address of their own that belong to another entry of the menu
UNDER = {
    "indicators:source_list": [
        "indicators:edition_upload", "indicators:indicator_list", "indicators:lock_list", "neighbourhoods:border_list", "dashboards:reference_list",
    ],
}  # fmt: skip
ADMINISTRATION = [
    ("neighbourhoods:administration", gettext_lazy("Programmes")),
    ("neighbourhoods:account_list", gettext_lazy("Accounts")),
    ("journal:job_list", gettext_lazy("Jobs")),
    ("journal:mail_list", gettext_lazy("Mails")),
    ("journal:event_list", gettext_lazy("Event log")),
]


def administration_navigation(request):
    """Return the entries of the administrator's menu; empty outside those pages."""
    if not request.path.startswith(reverse("neighbourhoods:administration")):
        return []
    return [_entry(request, reverse(name), label, exact=name == ADMINISTRATION[0][0]) for name, label in ADMINISTRATION]


def _entry(request, url, label, *, exact=False, also=()):
    current = request.path == url if exact else request.path.startswith((url, *also))
    return {"url": url, "label": label, "current": current}
