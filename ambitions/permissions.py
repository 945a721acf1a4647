"""Who may do what with ambitions and commitments. Views raise, templates receive booleans."""

from actors.permissions import organisation_ids, speaks_for
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.permissions import has_role


def can_edit_ambition(user, ambition):
    """Coordinators of the programme."""
    return has_role(user, ambition.programme_id, Role.COORDINATOR)


def can_add_commitment(user, programme):
    """Coordinators; representatives, who promise for their own organisation."""
    return has_role(user, programme.pk, Role.COORDINATOR, Role.REPRESENTATIVE)


def can_steer_commitment(user, commitment):
    """Coordinators of the programme: agree, postpone, end. Needs `commitment.ambition`."""
    return has_role(user, commitment.ambition.programme_id, Role.COORDINATOR)


def can_update_commitment(user, commitment):
    """People of the owning organisation; coordinators of the programme."""
    return speaks_for(user, commitment.organisation_id) or can_steer_commitment(user, commitment)


def can_give_support(user, ambition, organisation_id):
    """People of the organisation itself."""
    return speaks_for(user, organisation_id) and ambition.state in {"consultation", "adopted"}


def can_react(user, ambition, organisation_id):
    """People of the organisation itself, while the partners are asked about the text."""
    return speaks_for(user, organisation_id) and ambition.is_in_consultation


def can_link_commitment(user, commitment):
    """People of the owning organisation; coordinators of the programme: say which goal it should help."""
    return can_update_commitment(user, commitment)


def can_write_lesson(user, ambition):
    """Coordinators, representatives, community workers and analysts of the programme."""
    return has_role(user, ambition.programme_id, Role.COORDINATOR, Role.REPRESENTATIVE, Role.COMMUNITY_WORKER, Role.ANALYST)


def can_judge_goal(user, ambition):
    """Coordinators and analysts of the programme."""
    return has_role(user, ambition.programme_id, Role.COORDINATOR, Role.ANALYST)


def can_log_participation(user, ambition):
    """Coordinators and community workers of the programme."""
    return has_role(user, ambition.programme_id, Role.COORDINATOR, Role.COMMUNITY_WORKER)


def can_upload_register(user, programme):
    """Coordinators of the programme."""
    return has_role(user, programme.pk, Role.COORDINATOR)


def can_edit_commitment(user, commitment):
    """Coordinators; people of the owning organisation as long as it is a proposal."""
    own_proposal = commitment.state == "proposed" and speaks_for(user, commitment.organisation_id)
    return own_proposal or can_steer_commitment(user, commitment)


def can_answer_step(user, step):
    """Who was asked; people of the owning organisation while the representative is asked; coordinators. Needs the ambition."""
    own = step.level == "representative" and speaks_for(user, step.commitment.organisation_id)
    return step.person_id == user.pk or own or can_steer_commitment(user, step.commitment)


def can_follow_up(user, programme):
    """Coordinators of the programme: who answers, who is reminded, who confirms."""
    return has_role(user, programme.pk, Role.COORDINATOR)


def can_let_wait(user, commitment):
    """People of the owning organisation; coordinators of the programme: say what it waits for."""
    return not commitment.is_ended and can_update_commitment(user, commitment)


def can_update_own(user, programme):
    """People who speak for an organisation and take part in the programme."""
    return bool(organisation_ids(user)) and has_role(user, programme.pk, *Role)


def can_see_approvals(user, programme):
    """People who speak for an organisation: the words of their own; coordinators: that something waits, not the words."""
    return can_update_own(user, programme) or has_role(user, programme.pk, Role.COORDINATOR)


def can_decide_submission(user, submission):
    """People of the organisation, but not who sent it in."""
    return submission.by_id != user.pk and speaks_for(user, submission.by_organisation_id)


def can_set_approval(user, programme, organisation_id):
    """People of the organisation itself; coordinators of the programme."""
    return (speaks_for(user, organisation_id) and has_role(user, programme.pk, *Role)) or has_role(user, programme.pk, Role.COORDINATOR)
