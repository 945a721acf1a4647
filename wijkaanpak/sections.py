"""The way through a programme: its menu, and within each section of it the pages that belong together."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.permissions import can_coordinate_programme, can_manage_programme, has_role, is_administrator

ABOVE_OTHERS = {"dashboards:cockpit"}  # its address is the beginning of every page below it
LEADS_ON = {"dashboards:council_start"}  # leads on to a page below its own address


def everybody(_user, _programme):
    return True


def only_others(user, programme):
    """Who does not steer the programme begins with its overview."""
    return not can_coordinate_programme(user, programme)


def handles_inputs(user, programme):
    """Readers and analysts have nothing to do in the inbox."""
    handling = (Role.COORDINATOR, Role.COMMUNITY_WORKER, Role.REPRESENTATIVE, Role.SIGNATORY)
    return is_administrator(user) or has_role(user, programme.pk, *handling)


def promises(user, programme):
    """Who promises for an organisation, and who steers."""
    return has_role(user, programme.pk, Role.COORDINATOR, Role.REPRESENTATIVE)


def is_core_team(user, programme):
    return has_role(user, programme.pk, Role.COORDINATOR, Role.COMMUNITY_WORKER, Role.ANALYST)


class Page(NamedTuple):
    """A page of a section, and who may open it."""

    name: str
    label: Promise
    may_open: Callable[[Any, Any], bool] = everybody


class Section(NamedTuple):
    """An entry of the menu; the first page is where it leads."""

    label: Promise
    pages: list[Page]


SECTIONS = [
    Section(_("Cockpit"), [
        Page("dashboards:cockpit", _("Needs attention now"), can_coordinate_programme),
        Page("dashboards:contradiction_list", _("Contradictions"), can_coordinate_programme),
        Page("dashboards:reader_page", _("Overview on one page"), can_coordinate_programme),
    ]),
    Section(_("Overview"), [Page("dashboards:reader_page", _("Overview on one page"), only_others)]),
    Section(_("Ambitions"), [
        Page("ambitions:ambition_list", _("All ambitions")),
        Page("dashboards:network", _("Goals and efforts")),
        Page("dashboards:review_list", _("Review half-way"), can_coordinate_programme),
    ]),
    Section(_("Commitments"), [
        Page("ambitions:commitment_list", _("All commitments")),
        Page("ambitions:record_list", _("What was kept")),
        Page("ambitions:dependency_list", _("Who waits for whom")),
        Page("ambitions:money_table", _("Money and hours")),
        Page("ambitions:approval_list", _("Waits for agreement"), promises),
        Page("ambitions:completeness", _("Who reported"), can_coordinate_programme),
        Page("ambitions:escalation_list", _("Answers asked"), can_coordinate_programme),
        Page("ambitions:reconfirmation", _("Yearly confirmation"), can_coordinate_programme),
    ]),
    Section(_("Partners"), [
        Page("actors:partner_list", _("Who takes part")),
        Page("ambitions:coverage", _("Who covers what")),
        Page("actors:perspective_matrix", _("Perspectives")),
        Page("actors:perspective_comparison", _("Side by side")),
        Page("actors:tension_list", _("Tensions")),
        Page("actors:agreement_list", _("Agreements")),
        Page("actors:field_detail", _("Field of influence"), is_core_team),
        Page("dashboards:exit_simulation", _("If a partner leaves"), can_coordinate_programme),
    ]),
    Section(_("Residents"), [Page("residents:inbox", _("Residents"), handles_inputs)]),
    Section(_("Figures"), [
        Page("dashboards:programme_dashboard", _("All figures")),
        Page("dashboards:interpretation_list", _("Stories")),
        Page("dashboards:two_speeds", _("Two speeds")),
    ]),
    Section(_("Meetings"), [Page("dashboards:meeting_list", _("All meetings")), Page("dashboards:decision_list", _("Decisions"))]),
    Section(_("Planning"), [Page("dashboards:year_clock", _("Year clock")), Page("dashboards:phase_list", _("Phases"))]),
    Section(_("Reports"), [Page("dashboards:report_list", _("Progress reports")), Page("dashboards:council_start", _("The year for the council"))]),
    Section(_("Settings"), [
        Page("neighbourhoods:programme_settings", _("General"), can_manage_programme),
        Page("neighbourhoods:member_list", _("Members"), can_manage_programme),
        Page("dashboards:handover_list", _("Hand-overs"), can_manage_programme),
        Page("neighbourhoods:programme_mails", _("Mails"), can_manage_programme),
        Page("neighbourhoods:programme_events", _("Event log"), can_manage_programme),
    ]),
]  # fmt: skip


def programme_navigation(request, programme):
    """Return the menu of a programme as dicts with url, label and current, and with the pages beside the one that is open."""
    found = [(section.label, _links(request, programme, section)) for section in SECTIONS]
    return [_entry(label, links) for label, links in found if links]


def _entry(label, links):
    here = any(link["here"] for link in links) and len(links) > 1
    return {"url": links[0]["url"], "label": label, "current": any(link["current"] for link in links), "pages": links if here else []}


def _links(request, programme, section):
    """Return the pages of a section the user may open; on a page below one of them that one is current."""
    urls = {page.name: reverse(page.name, args=[programme.slug]) for page in section.pages if page.may_open(request.user, programme)}
    nearest = max((url for name, url in urls.items() if _is_on(request.path, url, name)), key=len, default=None)
    labels = {page.name: page.label for page in section.pages}
    return [
        {"url": url, "label": labels[name], "current": url == nearest, "here": url == request.path or (name in LEADS_ON and url == nearest)}
        for name, url in urls.items()
    ]


def _is_on(path, url, name):
    return path == url if name in ABOVE_OTHERS else path.startswith(url)
