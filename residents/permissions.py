"""Who may handle what residents say."""

from actors.permissions import speaks_for
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.permissions import has_role


def can_moderate_input(user, resident_input):
    """Coordinators and community workers of the programme."""
    return has_role(user, resident_input.programme_id, Role.COORDINATOR, Role.COMMUNITY_WORKER)


def can_answer_input(user, resident_input):
    """Coordinators; people of the organisation it was handed to."""
    return has_role(user, resident_input.programme_id, Role.COORDINATOR) or (
        resident_input.organisation_id is not None and speaks_for(user, resident_input.organisation_id)
    )


def can_see_inbox(user, programme):
    """Coordinators and community workers."""
    return has_role(user, programme.pk, Role.COORDINATOR, Role.COMMUNITY_WORKER)
