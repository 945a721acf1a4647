"""Actions agreed in a meeting: one named person, a date, and what came of it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dashboards import meetings, questions
from dashboards.models import Action, AgendaItem, Meeting
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events


@transaction.atomic
def give(meeting: Meeting, *, what: str, owner: User, due_on: date, by: User, item: AgendaItem | None = None) -> Action:
    """Agree who does what before when. Raises ValidationError (codes "closed", "not_here")."""
    found = meetings.locked(meeting)
    if not questions.people(found.programme).filter(pk=owner.pk).exists():
        raise ValidationError(_("This person does not take part in the programme."), code="not_here")
    action = Action.objects.create(programme=found.programme, meeting=found, item=item, what=what.strip(), owner=owner, due_on=due_on, given_by=by)
    new = {"what": action.what, "person": owner.name, "due_on": due_on.isoformat()}
    events.record("action.given", about=action, by=by, programme=found.programme_id, new=new)
    return action


@transaction.atomic
def finish(action: Action, *, result: str, by: User) -> Action:
    """Say what came of an action. Raises ValidationError (codes "done", "no_result")."""
    found = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
    if found.done_at:
        raise ValidationError(_("This action was done already."), code="done")
    if not result.strip():
        raise ValidationError(_("Say in one sentence what came of it."), code="no_result")
    found.done_at, found.done_by, found.result = timezone.now(), by, result.strip()
    found.save(update_fields=["done_at", "done_by", "result"])
    events.record("action.done", about=found, by=by, programme=found.programme_id, new={"result": found.result})
    return found
