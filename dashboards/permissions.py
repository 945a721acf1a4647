"""Who may do what with dashboards."""

from actors.permissions import organisation_ids
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.permissions import can_coordinate_programme, can_manage_programme, has_role, is_administrator


def can_recompute_figures(user, programme):
    """Coordinators and analysts of the programme; administrators."""
    return can_manage_programme(user, programme) or has_role(user, programme.pk, Role.ANALYST)


def sees(user, programme):
    """Return what decides which promises and stories of a programme somebody sees: equal for two people who see the same."""
    return is_administrator(user), can_coordinate_programme(user, programme), sorted(organisation_ids(user))


def can_see_cockpit(user, programme):
    """Coordinators of the programme."""
    return can_coordinate_programme(user, programme)


def can_ask_question(user, programme):
    """Coordinators of the programme."""
    return can_coordinate_programme(user, programme)


def can_answer_question(user, question):
    """Who was asked, until it is answered or withdrawn."""
    return question.asked_of_id == user.pk and not question.answered_at and not question.withdrawn_at


def can_write_interpretation(user, programme):
    """Coordinators and analysts of the programme; people who speak for an organisation in it."""
    return has_role(user, programme.pk, Role.COORDINATOR, Role.ANALYST) or (has_role(user, programme.pk, Role.REPRESENTATIVE) and bool(organisation_ids(user)))


def can_make_report(user, programme):
    """Coordinators of the programme: ask for a report, lay a draft aside."""
    return can_coordinate_programme(user, programme)


def can_check_report(user, programme):
    """Coordinators, signatories and analysts; that it is somebody else than the maker is a rule of the report itself."""
    return has_role(user, programme.pk, Role.COORDINATOR, Role.SIGNATORY, Role.ANALYST)


def can_sign_report(user, programme):
    """Coordinators and signatories; that it is somebody else than the checker is a rule of the report itself."""
    return has_role(user, programme.pk, Role.COORDINATOR, Role.SIGNATORY)


def can_hold_meeting(user, programme):
    """Coordinators of the programme: call meetings, make agendas, write down decisions and actions."""
    return can_coordinate_programme(user, programme)


def can_simulate_exit(user, programme):
    """Coordinators of the programme."""
    return can_coordinate_programme(user, programme)


def can_finish_action(user, action):
    """Who owns it; coordinators of the programme."""
    return action.owner_id == user.pk or has_role(user, action.programme_id, Role.COORDINATOR)
