"""What every page shows around its content: the installation's name and the way through it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.permissions import (
    can_coordinate_programme,
    can_import_figures,
    can_manage_programme,
    has_role,
    is_administrator,
)


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
        entries.append(("indicators:source_list", _("Figures")))
    if user.is_administrator:
        entries.append(("neighbourhoods:administration", _("Administration")))
    return [_entry(request, reverse(name), label, exact=name in ABOVE_OTHERS, also=map(reverse, UNDER.get(name, []))) for name, label in entries]


# their addresses are the beginning of every page below them
ABOVE_OTHERS = {"dashboards:my_work", "dashboards:cockpit"}
# pages with an address of their own that belong to another entry of the menu
UNDER = {
    "ambitions:ambition_list": ["dashboards:network", "dashboards:review_list"],
    "neighbourhoods:programme_settings": ["neighbourhoods:member_list", "neighbourhoods:programme_mails", "neighbourhoods:programme_events", "dashboards:handover_list"],
    "dashboards:year_clock": ["dashboards:phase_list"],
    "dashboards:report_list": ["dashboards:council_start"],
    "dashboards:meeting_list": ["dashboards:decision_list"],
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


def programme_navigation(request, programme):
    """Return the entries of the programme menu the user may open, as dicts with url, label and current."""
    user = request.user
    entries = [("dashboards:cockpit", _("Cockpit"))] if can_coordinate_programme(user, programme) else []
    entries += [
        ("ambitions:ambition_list", _("Ambitions")),
        ("ambitions:commitment_list", _("Commitments")),
        ("actors:partner_list", _("Partners")),
        *([("residents:inbox", _("Residents"))] if handles_inputs(user, programme) else []),
        ("dashboards:programme_dashboard", _("Figures")),
        ("dashboards:meeting_list", _("Meetings")),
        ("dashboards:year_clock", _("Year clock")),
        ("dashboards:report_list", _("Reports")),
    ]
    if can_manage_programme(user, programme):
        entries.append(("neighbourhoods:programme_settings", _("Settings")))
    return [_programme_entry(request, programme, name, label) for name, label in entries]


def _programme_entry(request, programme, name, label):
    url, *also = [reverse(part, args=[programme.slug]) for part in (name, *UNDER.get(name, []))]
    return _entry(request, url, label, exact=name in ABOVE_OTHERS, also=also)


def handles_inputs(user, programme):
    """Readers and analysts have nothing to do in the inbox."""
    handling = (Role.COORDINATOR, Role.COMMUNITY_WORKER, Role.REPRESENTATIVE, Role.SIGNATORY)
    return is_administrator(user) or has_role(user, programme.pk, *handling)
