"""Who speaks for which organisation. Representations are read once per request and kept on the user."""

from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.permissions import has_role, is_administrator


def organisation_ids(user):
    """Return the ids of the organisations the user speaks for; one query per user object."""
    if not user.is_authenticated:
        return set()
    if "_organisation_ids" not in user.__dict__:
        user.__dict__["_organisation_ids"] = set(user.representations.active().values_list("organisation_id", flat=True))
    return user.__dict__["_organisation_ids"]


def speaks_for(user, organisation_id):
    return organisation_id in organisation_ids(user)


def can_edit_perspective(user, perspective):
    """Only people of the organisation itself."""
    return speaks_for(user, perspective.organisation_id)


def can_manage_actors(user, programme):
    """Coordinators of the programme; administrators."""
    return is_administrator(user) or has_role(user, programme.pk, Role.COORDINATOR)


def can_place_organisations(user, programme):
    """The core team: people who work for the programme itself, not for one of the partners."""
    return has_role(user, programme.pk, Role.COORDINATOR, Role.COMMUNITY_WORKER, Role.ANALYST)


def can_see_field(user, programme):
    """The core team; people who speak for an organisation, about their own place alone."""
    return can_place_organisations(user, programme) or (has_role(user, programme.pk, Role.REPRESENTATIVE) and bool(organisation_ids(user)))


def can_name_tension(user, programme):
    """Everybody who takes part in the programme; readers only read."""
    return has_role(user, programme.pk, *(role for role in Role if role != Role.READER))


def can_settle_tension(user, tension):
    """Who watches over it, as long as this person takes part; coordinators of the programme."""
    owns = tension.owner_id == user.pk and has_role(user, tension.programme_id, *Role)
    return owns or has_role(user, tension.programme_id, Role.COORDINATOR)


def can_withdraw_shared_point(user, point):
    """Who marked it, as long as this person takes part; coordinators of the programme."""
    marked = point.marked_by_id == user.pk and has_role(user, point.programme_id, *Role)
    return marked or has_role(user, point.programme_id, Role.COORDINATOR)
