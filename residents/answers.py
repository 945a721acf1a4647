"""The public answer: nothing closes without an end state, a reason and a named organisation."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation
from ambitions.models import Ambition
from residents import contacts, inputs, links, notices
from residents.choices import EndState, InputState
from residents.models import Answer, ResidentInput
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events


@transaction.atomic
def give(
    resident_input: ResidentInput,
    *,
    end_state: str,
    reason: str,
    organisation: Organisation | None,
    by: User,
    ambition: Ambition | None = None,
    passed_on_to: str = "",
) -> Answer:
    """Answer an input in public; a later answer replaces the earlier one, which stays readable.

    Raises ValidationError with the code of what is missing or wrong ("not_published", "unknown_end_state", "no_reason",
    "no_organisation", "not_taking_part", "no_ambition", "other_programme", "no_receiver").
    """
    locked = ResidentInput.objects.select_for_update(of=("self",)).select_related("programme", "organisation").get(pk=resident_input.pk)
    answer = Answer(
        input=locked, end_state=end_state, reason=reason.strip(), organisation=organisation, given_by=by,
        ambition=ambition, passed_on_to=passed_on_to.strip() if end_state == EndState.ELSEWHERE else "",
    )
    _check(answer, organisation)
    replaced = locked.answers.current().update(replaced_at=timezone.now())
    answer.save()
    _close(locked, answer)
    new = {"end_state": end_state, "outcome": str(EndState(end_state).label), "organisation": str(organisation)}
    events.record("input.answered_again" if replaced else "input.answered", about=locked, by=by, programme=locked.programme_id, new=new)
    if ambition is not None:
        links.link(locked, ambition=ambition, by=by)
    notices.answered(locked, answer)
    return answer


def _check(answer: Answer, organisation: Organisation | None) -> None:
    if answer.input.state != InputState.PUBLISHED:
        raise ValidationError(_("Publish the input first."), code="not_published")
    if answer.end_state not in EndState.values:
        raise ValidationError(_("Choose how this ends."), code="unknown_end_state")
    if not answer.reason:
        raise ValidationError(_("Give the reason in plain words."), code="no_reason")
    if organisation is None:
        raise ValidationError(_("Name the organisation that answers."), code="no_organisation")
    inputs.check_takes_part(organisation, answer.input.programme_id)
    _check_where_it_goes(answer)


def _check_where_it_goes(answer: Answer) -> None:
    if answer.end_state == EndState.PART_OF and answer.ambition is None:
        raise ValidationError(_("Choose the ambition it is part of."), code="no_ambition")
    if answer.ambition is not None and answer.ambition.programme_id != answer.input.programme_id:
        raise ValidationError(_("This ambition belongs to another programme."), code="other_programme")
    if answer.end_state == EndState.ELSEWHERE and not answer.passed_on_to:
        raise ValidationError(_("Say to whom it was passed on."), code="no_receiver")


def _close(locked: ResidentInput, answer: Answer) -> None:
    """The first answer counts for the term; the contact data go a year after the latest."""
    if locked.answered_at is None:
        locked.answered_at = answer.given_at
        locked.save(update_fields=["answered_at"])
    contacts.keep_after_answer(locked)
