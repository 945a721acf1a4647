"""An organisation goes on as another one: who waits for its answer gets it from the successor, within the same term."""

from django.utils.translation import gettext as _

from actors.succession import Line, Passage, Section
from residents.choices import InputState
from residents.models import ResidentInput
from wijkaanpak.journal import events

LONGEST = 80


def carry(passage: Passage) -> list[Section]:
    """Hand what still waits for an answer over to the successor; the promised day stays. What was answered stays under the old name."""
    waiting = ResidentInput.objects.filter(programme=passage.programme, organisation__in=passage.old, answered_at=None)
    rows = waiting.select_for_update(of=("self",)).select_related("organisation").order_by("pk")
    return [Section(_("Residents who wait for an answer"), [pass_on(passage, row) for row in rows])]


def pass_on(passage: Passage, row: ResidentInput) -> Line:
    """Hand one that waits over to the successor; call it with the row locked."""
    old = {"organisation": row.organisation.name if row.organisation else ""}
    row.organisation = passage.new
    row.save(update_fields=["organisation"])
    new = {"organisation": passage.new.name, "answer_due_on": row.answer_due_on.isoformat()}
    events.record("input.carried_over", about=row, by=passage.by, programme=passage.programme, old=old, new=new)
    said = row.public_text if row.state == InputState.PUBLISHED else _("(not published yet)")
    return Line(said if len(said) <= LONGEST else said[:LONGEST].rsplit(" ", 1)[0] + " …", passage.goes)
