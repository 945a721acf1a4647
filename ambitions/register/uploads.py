"""A register comes in: looked at, shown, and after confirmation taken over as a whole or not at all."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ambitions import commitments
from ambitions.models import Commitment, RegisterUpload
from ambitions.register import checking, known, reading
from ambitions.register.checking import Line, Plan
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme


@transaction.atomic
def receive(programme: Programme, content: bytes, *, name: str, by: User) -> RegisterUpload:
    """Keep the rows of a register until their uploader confirms; a later upload takes the place of an earlier one.

    Raises FileRefused, keeping nothing.
    """
    rows = reading.read(content, name=name)
    RegisterUpload.objects.forgotten().delete()
    values = {"rows": rows, "file_name": name[:200], "uploaded_at": timezone.now()}
    return RegisterUpload.objects.update_or_create(programme=programme, uploaded_by=by, defaults=values)[0]


def waiting(programme: Programme, *, by: User) -> RegisterUpload | None:
    return RegisterUpload.objects.waiting().filter(programme=programme, uploaded_by=by).select_related("programme").first()


def plan(upload: RegisterUpload, *, by: User) -> Plan:
    """Compare it with the register as it is now. Six queries at most, whatever its size."""
    return checking.plan(upload.rows, known.of_programme(upload.programme, by=by))


@transaction.atomic
def take_over(upload: RegisterUpload, *, seen: str, by: User) -> Plan:
    """Write everything that was shown, with an event each, or nothing; `seen` is the fingerprint of what was shown.

    Raises ValidationError (codes "gone", "moved_on", and those of the domain with the row they are about).
    """
    locked = RegisterUpload.objects.select_for_update(of=("self",)).select_related("programme").filter(pk=upload.pk).first()
    if locked is None:
        raise ValidationError(_("This register was taken over or thrown away already."), code="gone")
    promised = Commitment.objects.filter(ambition__programme=locked.programme).order_by("pk")
    list(promised.select_for_update(of=("self",)).values_list("pk"))  # nobody changes them between looking and writing
    made = plan(locked, by=by)
    if made.fingerprint != seen or not made.can_be_taken_over:
        raise ValidationError(_("Something changed since you looked. Look again before you confirm."), code="moved_on")
    for line in [*made.added, *made.changed]:
        _write(line, by)
    locked.delete()
    counts = {"added": len(made.added), "changed": len(made.changed), "file_name": locked.file_name}
    events.record("register.taken_over", about=locked.programme, by=by, programme=locked.programme, new=counts)
    return made


def _write(line: Line, by: User) -> None:
    try:
        if line.commitment is None:
            commitments.propose(line.ambition, by=by, **line.values)
        else:
            commitments.edit(line.commitment, by=by, **line.values)
    except ValidationError as error:
        text = _("Row %(row)s: %(reason)s") % {"row": line.row, "reason": " ".join(error.messages)}
        raise ValidationError(text, code="refused") from error


def discard(upload: RegisterUpload, *, by: User) -> None:
    """Throw it away; nothing was written, so nothing is recorded."""
    RegisterUpload.objects.filter(pk=upload.pk, uploaded_by=by).delete()
