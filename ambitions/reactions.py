"""What an organisation thinks of each sentence or goal of a text, and what was done with it."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation, Participation
from ambitions import consultations
from ambitions.choices import Followed, View
from ambitions.models import Ambition, Consultation, Reaction
from ambitions.texts import Part
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events


@transaction.atomic
def give(ambition: Ambition, *, organisation: Organisation, said: Mapping[int, tuple[str, str]], by: User) -> int:
    """Record what an organisation says, by place in the text; what it said before stays readable as replaced.

    Returns how many reactions are new or other than before.
    Raises ValidationError (codes "not_asked", "closed", "not_taking_part", "nothing", "no_words", "no_such_part").
    """
    Ambition.objects.select_for_update(of=("self",)).get(pk=ambition.pk)
    asked = ambition.consultations.open().first()
    if asked is None:
        raise ValidationError(_("Nobody is asked about this ambition now."), code="not_asked")
    _check(asked, organisation, said)
    known = {part.position: part for part in consultations.parts(asked)}
    if said.keys() - known.keys():
        raise ValidationError(_("The text has changed meanwhile. Look at it again."), code="no_such_part")
    changed = sum(_put(asked, organisation, known[position], view, words.strip(), by) for position, (view, words) in said.items())
    if changed:
        events.record(
            "reaction.given", about=ambition, by=by, programme=ambition.programme_id,
            new={"organisation": organisation.name, "parts": changed, "version": asked.version},
        )
    return changed


def _check(asked: Consultation, organisation: Organisation, said: Mapping[int, tuple[str, str]]) -> None:
    if asked.is_closed:
        raise ValidationError(_("The closing date has passed. Ask the coordinator for more time."), code="closed")
    if not Participation.objects.current().filter(programme=asked.ambition.programme_id, organisation=organisation).exists():
        raise ValidationError(_("This organisation does not take part in the programme."), code="not_taking_part")
    if not said:
        raise ValidationError(_("Choose what you think of at least one sentence or goal."), code="nothing")
    if any(view != View.AGREE and not words.strip() for view, words in said.values()):
        raise ValidationError(_("Say in a few words what you mean."), code="no_words")


def _put(asked: Consultation, organisation: Organisation, part: Part, view: str, words: str, by: User) -> bool:
    """Put one reaction in the place of an earlier one; tell whether anything changed."""
    about = asked.reactions.current().filter(organisation=organisation, position=part.position)
    if about.filter(view=view, words=words).exists():
        return False
    about.update(replaced_at=timezone.now())
    Reaction.objects.create(
        consultation=asked, organisation=organisation, position=part.position, kind=part.kind, about=part.text, view=View(view), words=words, given_by=by
    )
    return True


@transaction.atomic
def answer(reaction: Reaction, *, outcome: str, answer: str, by: User) -> Reaction:
    """Say what was done with a reaction; saying it again puts it right.

    Raises ValidationError (codes "no_answer_needed", "no_reason", "replaced").
    """
    locked = Reaction.objects.select_for_update(of=("self",)).select_related("consultation__ambition", "organisation").get(pk=reaction.pk)
    if not locked.asks_for_answer:
        raise ValidationError(_("Agreement needs no answer."), code="no_answer_needed")
    if locked.replaced_at:
        raise ValidationError(_("The organisation has said something else since. Answer that."), code="replaced")
    if outcome != Followed.TAKEN_OVER and not answer.strip():
        raise ValidationError(_("Say why, so that the organisation knows what happened with it."), code="no_reason")
    old = {"outcome": locked.get_outcome_display(), "answer": locked.answer} if locked.outcome else {}
    locked.outcome, locked.answer, locked.answered_by, locked.answered_at = Followed(outcome), answer.strip(), by, timezone.now()
    locked.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    events.record(
        "reaction.answered", about=locked.consultation.ambition, by=by, programme=locked.consultation.ambition.programme_id,
        old=old, new={"organisation": locked.organisation.name, "outcome": str(Followed(outcome).label), "answer": locked.answer},
    )
    return locked


def count_unanswered(ambition: Ambition, version: int) -> int:
    """How many reactions to a version of the text, in any of its wordings, wait for an answer."""
    return Reaction.objects.of_version(ambition, version).unanswered().count()
