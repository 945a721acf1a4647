"""An organisation goes on as another one: its open promises get a new owner, its word on ambitions counts on.

What has ended and who reported stays under the old name. Call these in a transaction.
"""

from collections.abc import Collection, Sequence
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation
from actors.succession import Line, Passage, Section
from ambitions import escalations, reconfirmations
from ambitions.choices import AmbitionState, CommitmentState, Stance
from ambitions.models import Commitment, CommitmentQuerySet, Reconfirmation, Support
from ambitions.signals import commitment_changed
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme

CAUTION = [Stance.AGAINST, Stance.RESERVATION, Stance.SUPPORTS]  # what stands when two organisations that become one said different things


def open_commitments(programme: Programme, organisations: Collection[Organisation]) -> CommitmentQuerySet:
    """Everything these promised or proposed in the programme and has not ended."""
    rows = Commitment.objects.filter(ambition__programme=programme, organisation__in=organisations)
    return rows.exclude(state__in=CommitmentState.ended()).select_related("ambition", "organisation", "owner").order_by("due_on", "pk")


def carry(passage: Passage) -> list[Section]:
    """Pass open commitments and support to the successor; nothing is left without somebody who answers for it.

    Raises ValidationError (code "no_speaker") when there is something to pass and nobody to answer for it.
    """
    rows = open_commitments(passage.programme, passage.old)
    found = [Section(_("Commitments"), commitments(passage, rows)), Section(_("Support for ambitions"), _support(passage))]
    _ask_again(passage, any(section.lines for section in found[:1]))
    return found


def commitments(passage: Passage, rows: CommitmentQuerySet) -> list[Line]:
    """Give commitments to the successor. The owner stays when this person speaks for it; else who speaks first does."""
    speakers = [row.user for row in passage.new.representatives.active().filter(user__is_active=True).select_related("user").order_by("is_deputy", "pk")]
    locked = list(rows.select_for_update(of=("self",)))
    if locked and not speakers:
        raise ValidationError(
            _("Nobody speaks for %(name)s, so nobody would answer for its commitments. Add somebody first."), code="no_speaker", params={"name": passage.new.name}
        )
    return [_commitment(passage, row, speakers) for row in locked]


def _commitment(passage: Passage, row: Commitment, speakers: Sequence[User]) -> Line:
    old = {"organisation": row.organisation.name, "owner": row.owner.name}
    row.organisation = passage.new
    if row.owner not in speakers:
        row.owner = speakers[0]
    row.save(update_fields=["organisation", "owner"])
    escalations.follow_owner(row, by=passage.by)
    events.record(
        "commitment.carried_over", about=row, by=passage.by, programme=passage.programme, old=old,
        new={"organisation": passage.new.name, "owner": row.owner.name},
    )
    commitment_changed.send(sender=Commitment, commitment=row, what="carried_over")
    return Line(row.what, _("goes to %(name)s; %(person)s is responsible") % {"name": passage.new.name, "person": row.owner.name})


def _support(passage: Passage) -> list[Line]:
    """What the successor itself said stands; else the most cautious of what the old ones said, never a better one."""
    rows = Support.objects.current().select_for_update(of=("self",)).filter(ambition__programme=passage.programme, organisation__in=passage.old)
    rows = rows.exclude(ambition__state=AmbitionState.CLOSED).select_related("ambition", "organisation").order_by("ambition", "pk")
    own = set(Support.objects.current().filter(ambition__programme=passage.programme, organisation=passage.new).values_list("ambition", flat=True))
    return [_stance(passage, list(given), has_own=pk in own) for pk, given in groupby(rows, key=lambda row: row.ambition_id)]


def _stance(passage: Passage, given: Sequence[Support], *, has_own: bool) -> Line:
    sentence = given[0].ambition.sentence
    Support.objects.filter(pk__in=[row.pk for row in given]).update(replaced_at=timezone.now())
    if has_own:
        return Line(sentence, _("what %(name)s said itself stands") % {"name": passage.new.name})
    kept = min(given, key=lambda row: (CAUTION.index(Stance(row.stance)), row.version))
    label = str(kept.get_stance_display())
    Support.objects.create(
        ambition=kept.ambition, organisation=passage.new, version=kept.version, stance=kept.stance, reason=kept.reason, given_by=kept.given_by,
        given_at=kept.given_at,
    )
    events.record(
        "support.carried_over", about=kept.ambition, by=passage.by, programme=passage.programme, old={"organisation": kept.organisation.name},
        new={"organisation": passage.new.name, "version": kept.version, "words": label},
    )
    differ = len({row.stance for row in given}) > 1
    words = _("%(label)s, as %(name)s said; the others said something else: ask again") if differ else _("%(label)s, as %(name)s said")
    return Line(sentence, words % {"label": label, "name": kept.organisation.name})


def _ask_again(passage: Passage, has_promises: bool) -> None:
    """A yearly confirmation that is under way asks the successor as well, once."""
    if not has_promises:
        return
    under_way = Reconfirmation.objects.filter(programme=passage.programme, answer_before__gte=timezone.localdate())
    for made in under_way.exclude(requests__organisation=passage.new):
        reconfirmations.ask_one(made, passage.new)
