"""Organisations go on as another one: who speaks, drafts, tensions, shared points and agreements pass to the successor.

What was said and done before stays under the old name; the log tells when it passed. Call these in a transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from actors import agreements, organisations, representatives, shared_points, tensions
from actors.choices import SuccessionKind
from actors.models import PARTS, Agreement, Organisation, Perspective, PerspectiveDraft, Representative, SharedPoint, Succession, Tension
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods.models import Programme

FEWEST = 2
LATER = timedelta(days=90)  # a review of a tension that was settled this way


@dataclass(frozen=True)
class Line:
    """One thing that is touched, and what happens to it."""

    what: str
    happens: str


@dataclass(frozen=True)
class Section:
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Passage:
    """Which organisations of a programme go on as which, and who wrote it down."""

    programme: Programme
    old: Sequence[Organisation]
    new: Organisation
    by: User

    @property
    def goes(self) -> str:
        return _("goes to %(name)s") % {"name": self.new.name}

    def names(self) -> list[str]:
        return sorted(each.name for each in self.old)

    def after(self, present: Sequence[Organisation]) -> list[Organisation]:
        """Return who it concerns afterwards: the old ones are replaced by the new one, once."""
        stay = [each for each in present if each not in self.old and each != self.new]
        return [*stay, self.new]


def enter(passage: Passage) -> None:
    """Let the successor take part in the programme, when it does not yet."""
    if not Organisation.objects.in_programme(passage.programme).filter(pk=passage.new.pk).exists():
        organisations.join(passage.programme, organisation=passage.new, by=passage.by)


def leave(passage: Passage, *, reason: str) -> None:
    """Let the old ones leave the programme, with a row and an event each that name the successor."""
    for each in passage.old:
        organisations.leave(passage.programme, organisation=each, by=passage.by, reason=reason)
        record(passage, each, kind=SuccessionKind.MERGER, reason=reason)
    events.record("organisation.took_over", about=passage.new, by=passage.by, programme=passage.programme, new={"predecessors": passage.names()})


def record(passage: Passage, predecessor: Organisation, *, kind: SuccessionKind, reason: str) -> None:
    Succession.objects.create(
        programme=passage.programme, kind=kind, predecessor=predecessor, successor=passage.new, reason=reason, by=passage.by
    )
    events.record(
        "organisation.merged" if kind == SuccessionKind.MERGER else "organisation.split", about=predecessor, by=passage.by,
        programme=passage.programme, new={"successor": passage.new.name, "reason": reason},
    )


def carry(passage: Passage) -> list[Section]:
    """Pass everything this app knows to the successor and say what was passed, the empty sections as well."""
    return [
        Section(_("Who speaks for it"), people(passage)),
        Section(_("Signed agreements"), [agreement(passage, row) for row in _agreements(passage)]),
        Section(_("Tensions"), [tension(passage, row) for row in _rows(passage, Tension)]),
        Section(_("What is shared"), [_shared_point(passage, row) for row in _rows(passage, SharedPoint).in_force()]),
        Section(_("Perspectives"), [*_perspectives(passage), *_drafts(passage)]),
    ]


def people(passage: Passage, only: Sequence[User] | None = None) -> list[Line]:
    """Let who speaks for the old ones (or only some of them) speak for the successor, and no longer for who takes part nowhere."""
    speaking = set(passage.new.representatives.active().values_list("user", flat=True))
    found = []
    rows = Representative.objects.active().filter(organisation__in=passage.old).select_related("user", "organisation").order_by("is_deputy", "pk")
    for row in rows if only is None else rows.filter(user__in=only):
        if row.user_id not in speaking:
            speaking.add(row.user_id)
            _speak(passage, row)
            found.append(Line(row.user.name, _("speaks for %(name)s from now on") % {"name": passage.new.name}))
    return found


def _speak(passage: Passage, row: Representative) -> None:
    Representative.objects.create(organisation=passage.new, user=row.user, is_deputy=row.is_deputy, is_signatory=row.is_signatory)
    new = {"person": row.user.name, "is_deputy": row.is_deputy, "is_signatory": row.is_signatory}
    events.record("representative.added", about=passage.new, by=passage.by, programme=passage.programme, new=new)


def fall_silent(passage: Passage) -> None:
    """Nobody speaks any more for an organisation that takes part in no programme; call it after it left."""
    for each in passage.old:
        if not each.participations.current().exists():
            for row in each.representatives.active():
                representatives.end(row, by=passage.by, programme=passage.programme)


def _agreements(passage: Passage) -> Any:
    party_of = Agreement.objects.filter(parties__organisation__in=passage.old, parties__until=None).values("pk")
    rows = Agreement.objects.in_force().filter(programme=passage.programme, pk__in=party_of)
    return rows.select_for_update(of=("self",)).select_related("programme").order_by("pk")


def agreement(passage: Passage, row: Agreement) -> Line:
    present = [party.organisation for party in row.parties.present().select_related("organisation").order_by("pk")]
    after = passage.after(present)
    if len(after) < FEWEST:
        return Line(row.title, _end(passage, row))
    agreements.set_parties(row, after, by=passage.by)
    words = _("%(name)s stays a party") if passage.new in present else _("%(name)s becomes a party")
    return Line(row.title, words % {"name": passage.new.name})


def _end(passage: Passage, row: Agreement) -> str:
    """Its parties are one organisation now: nothing is left to agree between them."""
    if not row.was_ended:
        reason = _("The parties go on together as %(name)s.") % {"name": passage.new.name}
        agreements.end(row, ended_on=max(timezone.localdate(), row.starts_on), reason=reason, by=passage.by)
    return _("ends: only one party is left")


def _rows(passage: Passage, model: Any) -> Any:
    concerned = model.objects.filter(organisations__in=passage.old).values("pk")
    rows = model.objects.select_for_update(of=("self",)).filter(programme=passage.programme, pk__in=concerned)
    return rows.select_related("programme").order_by("pk")


def tension(passage: Passage, row: Tension) -> Line:
    after = passage.after(list(row.organisations.all()))
    if len(after) >= FEWEST:
        return _replace(passage, row, after, kind="tension.carried_over")
    if not row.is_open:
        return Line(row.sentence, _("stays as it is, under the old names"))
    said = _("The organisations between which this was go on together as %(name)s.") % {"name": passage.new.name}
    day = timezone.localdate() + LATER if row.is_due else row.review_on
    tensions.agree(row, agreement=said, review_on=day, by=passage.by)
    return Line(row.sentence, _("is settled: both go on as one organisation"))


def _shared_point(passage: Passage, row: SharedPoint) -> Line:
    after = passage.after(list(row.organisations.all()))
    if len(after) >= FEWEST:
        return _replace(passage, row, after, kind="shared_point.carried_over")
    shared_points.withdraw(row, by=passage.by)
    return Line(row.sentence, _("is withdrawn: only one organisation is left"))


def _replace(passage: Passage, row: Tension | SharedPoint, after: Sequence[Organisation], *, kind: str) -> Line:
    old = tensions.names(list(row.organisations.all()))
    row.organisations.set(after)
    events.record(kind, about=row, by=passage.by, programme=passage.programme, old={"organisations": old}, new={"organisations": tensions.names(after)})
    return Line(row.sentence, passage.goes)


def _perspectives(passage: Passage) -> list[Line]:
    rows = Perspective.objects.current().filter(programme=passage.programme, organisation__in=passage.old)
    names = Organisation.objects.filter(pk__in=rows.values("organisation")).order_by("name")
    return [Line(each.name, _("what it released stays readable under its name")) for each in names]


def _drafts(passage: Passage) -> list[Line]:
    """Words only the own organisation sees: they move, or are put below those the successor has on the same theme.

    Nobody else reads even about which theme they are: only that there are some is told.
    """
    rows = PerspectiveDraft.objects.select_for_update(of=("self",)).filter(programme=passage.programme, organisation__in=passage.old)
    found = list(rows.order_by("pk"))
    for row in found:
        there = PerspectiveDraft.objects.filter(programme=passage.programme, organisation=passage.new, theme=row.theme_id).first()
        if there is None:
            row.organisation = passage.new
            row.save(update_fields=["organisation"])
        else:
            _join(there, row)
    return [Line(_("Drafts"), _("go along; only the organisation itself sees them"))] if found else []


def _join(there: PerspectiveDraft, row: PerspectiveDraft) -> None:
    for part in PARTS:
        setattr(there, part, "\n\n".join(filter(None, [getattr(there, part), getattr(row, part)])))
    there.edit += 1
    there.save(update_fields=[*PARTS, "edit"])
    row.delete()
