"""Who may do what in a programme. Roles are read once per request and kept on the user."""

from wijkaanpak.neighbourhoods.choices import Role


def roles_by_programme(user):
    """Return {programme id: set of roles}; one query per user object, none for visitors."""
    if not user.is_authenticated:
        return {}
    if "_roles_by_programme" not in user.__dict__:
        found: dict[int, set[str]] = {}
        for programme_id, role in user.memberships.active().values_list("programme_id", "role"):
            found.setdefault(programme_id, set()).add(role)
        user.__dict__["_roles_by_programme"] = found
    return user.__dict__["_roles_by_programme"]


def has_role(user, programme_id, *roles):
    return bool(roles_by_programme(user).get(programme_id, set()) & set(roles))


def programme_ids(user, *roles):
    """Return the ids of programmes in which the user has one of the roles (any role when none is given)."""
    wanted = set(roles)
    return [pk for pk, held in roles_by_programme(user).items() if not wanted or held & wanted]


def is_administrator(user):
    return user.is_authenticated and user.is_administrator


def coordinated_programme_ids(user):
    """Return the ids of the programmes the user coordinates."""
    return programme_ids(user, Role.COORDINATOR)


def needs_second_factor(user):
    """Coordinators of any programme; administrators."""
    return is_administrator(user) or bool(coordinated_programme_ids(user))


def can_coordinate_programme(user, programme):
    """Coordinators of the programme."""
    return has_role(user, programme.pk, Role.COORDINATOR)


def can_see_programme(user, programme):
    """Everybody with a role in the programme; administrators."""
    return is_administrator(user) or bool(roles_by_programme(user).get(programme.pk))


def can_manage_programme(user, programme):
    """Coordinators of the programme; administrators of the installation."""
    return is_administrator(user) or can_coordinate_programme(user, programme)


def can_tick_moment(user, moment):
    """Who sees to it, as long as this person takes part; coordinators of the programme."""
    owns = moment.owner_id == user.pk and has_role(user, moment.programme_id, *Role)
    return owns or has_role(user, moment.programme_id, Role.COORDINATOR)


def can_see_mails(user, programme):
    """Coordinators of the programme; administrators."""
    return can_manage_programme(user, programme)


def is_analyst(user):
    """Analysts of any programme; administrators."""
    return is_administrator(user) or bool(programme_ids(user, Role.ANALYST))


def can_import_figures(user):
    """Analysts and coordinators of any programme; administrators: figures are shared by the installation."""
    return is_administrator(user) or bool(programme_ids(user, Role.ANALYST, Role.COORDINATOR))
