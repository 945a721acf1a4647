"""Organisations of a programme that merge or split: everything passes in one transaction, or nothing does.

What will happen is shown by doing it and taking it back, so that the page before and the deed cannot differ.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from actors import agreements, organisations
from actors import succession as actors_succession
from actors.choices import SuccessionKind
from actors.models import Agreement, Organisation
from actors.succession import Line, Passage, Section
from ambitions import succession as ambitions_succession
from ambitions.models import Commitment
from residents import succession as residents_succession
from wijkaanpak.accounts.models import User
from wijkaanpak.neighbourhoods.models import Programme


def look(action: Callable[[], list[Section]]) -> list[Section]:
    """Return what an action would do; nothing of it stays. Raises what the action raises."""
    with transaction.atomic():
        found = action()
        transaction.set_rollback(True)
    return found


def fingerprint(sections: Sequence[Section]) -> str:
    """Return what tells one preview from another."""
    return hashlib.sha256(json.dumps([asdict(section) for section in sections], default=str).encode()).hexdigest()


def check_seen(sections: Sequence[Section], seen: str | None) -> None:
    if seen is not None and fingerprint(sections) != seen:
        raise ValidationError(_("Meanwhile something changed. Look at the list again before you confirm."), code="changed")


@transaction.atomic
def merge(
    programme: Programme, *, chosen: Collection[Organisation], successor: Organisation | None, name: str, kind: str, reason: str, by: User,
    seen: str | None = None,
) -> list[Section]:
    """Let organisations go on as one: a new one with that name and kind, or `successor`, which may be one of them.

    `seen` is the fingerprint of what was shown before. Raises ValidationError (codes "nobody", "not_taking_part", "no_speaker", "changed").
    """
    _lock(programme)
    new = successor or organisations.add(name=name, kind=kind, by=by, programme=programme)
    old = sorted((each for each in chosen if each != new), key=lambda each: each.pk)
    _check(programme, old)
    passage = Passage(programme, old, new, by)
    actors_succession.enter(passage)
    passed = actors_succession.carry(passage)  # first who speaks: they answer for the commitments
    found = [_going_on(passage), *ambitions_succession.carry(passage), *residents_succession.carry(passage), *passed]
    actors_succession.leave(passage, reason=reason)
    actors_succession.fall_silent(passage)
    shown = [section for section in found if section.lines]
    check_seen(shown, seen)
    return shown


@transaction.atomic
def split(
    programme: Programme, *, organisation: Organisation, successor: Organisation | None, name: str, kind: str, reason: str, by: User,
    speakers: Collection[User], commitments: Collection[Commitment], signed: Collection[Agreement], seen: str | None = None,
) -> list[Section]:
    """Let a part of an organisation go on by itself, with these people, open commitments and agreements; the rest stays.

    Raises ValidationError (codes "nobody", "not_taking_part", "no_speaker", "changed").
    """
    _lock(programme)
    new = successor or organisations.add(name=name, kind=kind, by=by, programme=programme)
    old = [each for each in [organisation] if each != new]
    _check(programme, old)
    passage = Passage(programme, old, new, by)
    actors_succession.enter(passage)
    rows = ambitions_succession.open_commitments(programme, old).filter(pk__in=[row.pk for row in commitments])
    people = Section(_("Who speaks for it"), actors_succession.people(passage, list(speakers)))
    found = [
        Section(_("Who takes part"), [Line(organisation.name, _("a part goes on by itself as %(name)s") % {"name": new.name})]),
        Section(_("Commitments"), ambitions_succession.commitments(passage, rows)),
        people,
        Section(_("Signed agreements"), [_party(passage, row) for row in signed]),
    ]
    actors_succession.record(passage, organisation, kind=SuccessionKind.SPLIT, reason=reason)
    shown = [section for section in found if section.lines]
    check_seen(shown, seen)
    return shown


def _going_on(passage: Passage) -> Section:
    words = _("goes on as %(name)s") % {"name": passage.new.name}
    return Section(_("Who takes part"), [Line(each.name, words) for each in passage.old])


def _party(passage: Passage, row: Agreement) -> Line:
    present = list(Organisation.objects.filter(pk__in=row.parties.present().values("organisation")))
    agreements.change(row, organisations={*present, passage.new}, by=passage.by)
    return Line(row.title, _("%(name)s becomes a party") % {"name": passage.new.name})


def _lock(programme: Programme) -> None:
    """One merger or split at a time in a programme."""
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)


def _check(programme: Programme, old: Sequence[Organisation]) -> None:
    if not old:
        raise ValidationError(_("Choose at least one organisation that goes on under another name."), code="nobody")
    if Organisation.objects.in_programme(programme).filter(pk__in=[each.pk for each in old]).count() < len(old):
        raise ValidationError(_("One of these organisations does not take part in the programme."), code="not_taking_part")
