"""Who may see jobs, mails and events. Which programmes somebody coordinates is told by the app that knows programmes."""

from collections.abc import Callable, Iterable

_told: list[Callable] = []


def programmes_come_from(function: Callable) -> None:
    """Let a later app say which programmes a user coordinates: `function(user)` returns their ids."""
    _told[:] = [function]


def coordinated_programme_ids(user) -> Iterable[int]:
    return _told[0](user) if _told else []


def can_administer(user) -> bool:
    """Administrators of the installation."""
    return user.is_authenticated and user.is_administrator


def can_see_job(user, job) -> bool:
    """Who asked for it; coordinators of its programme; administrators."""
    if not user.is_authenticated:
        return False
    return can_administer(user) or job.requested_by_id == user.pk or job.programme_id in coordinated_programme_ids(user)


def can_cancel_job(user, job) -> bool:
    """Everybody who may see it, while it has not ended."""
    return job.is_active and can_see_job(user, job)
