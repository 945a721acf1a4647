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
