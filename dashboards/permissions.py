"""Who may do what with dashboards."""

from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.permissions import can_coordinate_programme, can_manage_programme, has_role


def can_recompute_figures(user, programme):
    """Coordinators and analysts of the programme; administrators."""
    return can_manage_programme(user, programme) or has_role(user, programme.pk, Role.ANALYST)


def can_see_cockpit(user, programme):
    """Coordinators of the programme."""
    return can_coordinate_programme(user, programme)


def can_make_report(user, programme):
    """Coordinators of the programme: ask for a report, lay a draft aside."""
    return can_coordinate_programme(user, programme)


def can_check_report(user, programme):
    """Coordinators, signatories and analysts; that it is somebody else than the maker is a rule of the report itself."""
    return has_role(user, programme.pk, Role.COORDINATOR, Role.SIGNATORY, Role.ANALYST)


def can_sign_report(user, programme):
    """Coordinators and signatories; that it is somebody else than the checker is a rule of the report itself."""
    return has_role(user, programme.pk, Role.COORDINATOR, Role.SIGNATORY)
