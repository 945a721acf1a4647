"""Who may handle what residents say."""

from actors.permissions import organisation_ids, speaks_for
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.permissions import has_role, is_administrator


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


def can_open_inbox(user, programme):
    """Who handles inputs; people of an organisation, for what was handed to it; administrators, who only look."""
    return can_see_inbox(user, programme) or is_administrator(user) or bool(organisation_ids(user))


def can_ask_sender(user, resident_input, contact):
    """Who moderates may mail a sender who proved the address and agreed to be asked."""
    return contact is not None and contact.may_be_asked and contact.verified_at is not None and can_moderate_input(user, resident_input)


def can_link_input(user, resident_input):
    """Who moderates it and who answers it."""
    return can_moderate_input(user, resident_input) or can_answer_input(user, resident_input)
