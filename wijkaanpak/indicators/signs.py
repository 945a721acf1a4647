"""How a figure that is not there is written: on pages, in tables and in files alike. Zero is a figure and has a sign of its own: 0."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wijkaanpak.indicators.choices import Status

ZERO, MISSING, SUPPRESSED, NOT_PUBLISHED = "zero", "missing", "suppressed", "not_published"
SIGNS: dict[str, tuple[str, str | Promise]] = {
    ZERO: ("0", _("none: counted, and there were none")),
    MISSING: ("–", _("not known")),
    SUPPRESSED: ("×", _("kept secret, because it is about few people")),
    NOT_PUBLISHED: ("…", _("not yet published")),
}
OF_STATUS = {Status.MISSING: MISSING, Status.SUPPRESSED: SUPPRESSED, Status.NOT_PUBLISHED: NOT_PUBLISHED}


def of_status(status: int) -> str:
    """Return the kind of sign of an observation without value."""
    return OF_STATUS.get(Status(status), MISSING)


def shown(kind: str) -> str:
    return SIGNS[kind][0]


def meaning(kind: str) -> str:
    return str(SIGNS[kind][1])
