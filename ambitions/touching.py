"""What a withdrawal touches. Later apps add what they know: they register a function, because this app does not know them."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambitions import dependencies
from ambitions.choices import FormalBasis
from ambitions.models import Commitment

SOURCES: list[Callable[[Commitment], Iterable[str]]] = []


def register(source: Callable[[Commitment], Iterable[str]]) -> None:
    """Add a function that says in sentences what depends on a promise."""
    if source not in SOURCES:
        SOURCES.append(source)


def touched(commitment: Commitment) -> list[str]:
    """Return what a withdrawal touches, a sentence each; needs the ambition. Three queries and those of the sources."""
    own = [_cover(commitment), *dependencies.touched(commitment), *_steps(commitment), *_basis(commitment)]
    return own + [sentence for source in SOURCES for sentence in source(commitment)]


def _cover(commitment: Commitment) -> str:
    others = Commitment.objects.in_force().filter(ambition=commitment.ambition_id).exclude(pk=commitment.pk).count()
    texts = {"ambition": commitment.ambition.sentence, "count": others}
    if not others:
        return _("It is the last running commitment for the ambition: “%(ambition)s”") % texts
    return ngettext(
        "%(count)s other commitment remains for the ambition: “%(ambition)s”", "%(count)s other commitments remain for the ambition: “%(ambition)s”", others
    ) % texts


def _steps(commitment: Commitment) -> list[str]:
    count = commitment.milestones.filter(done_on=None).count()
    return [ngettext("%(count)s step of it is not done.", "%(count)s steps of it are not done.", count) % {"count": count}] if count else []


def _basis(commitment: Commitment) -> list[str]:
    if commitment.formal_basis == FormalBasis.NONE:
        return []
    return [_("It is laid down in another agreement: %(basis)s. Withdrawing here changes nothing there.") % {"basis": commitment.get_formal_basis_display()}]
