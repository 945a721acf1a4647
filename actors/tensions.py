"""Where interests clash, who watches over it, and what was agreed. Nothing is thrown away: the log tells what it was before."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actors.choices import TensionState
from actors.models import Organisation, Tension
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.neighbourhoods import members
from wijkaanpak.neighbourhoods.models import Programme, Theme

FIELDS = {"sentence", "organisations", "owner"}


@transaction.atomic
def name(
    programme: Programme, *, theme: Theme, organisations: Collection[Organisation], sentence: str, owner: User, review_on: date, by: User
) -> Tension:
    """Put a tension on record, open, with somebody who watches over it.

    Raises ValidationError (codes "no_sentence", "too_few", "not_taking_part", "not_here", "past").
    """
    _check_organisations(programme, organisations)
    _check_owner(programme, owner)
    tension = Tension.objects.create(
        programme=programme, theme=theme, sentence=_said(sentence), owner=owner, review_on=_to_come(review_on), named_by=by
    )
    tension.organisations.set(organisations)
    new = {"organisations": names(organisations), "theme": theme.name, "owner": owner.name, "review_on": review_on.isoformat()}
    events.record("tension.named", about=tension, by=by, programme=programme, new=new)
    return tension


@transaction.atomic
def change(tension: Tension, *, by: User, **values: Any) -> Tension:
    """Put the words, the organisations or the owner right; once there is an agreement, the owner alone.

    Raises ValidationError (codes of `name`, and "agreed").
    """
    if unknown := values.keys() - FIELDS:
        raise TypeError(f"a tension has no {', '.join(sorted(unknown))} to set")
    locked = _lock(tension)
    _change_words(locked, values, by)
    if "owner" in values and values["owner"] != locked.owner:
        _hand_over(locked, values["owner"], by)
    return locked


def _change_words(locked: Tension, values: dict[str, Any], by: User) -> None:
    known = list(locked.organisations.all())
    sentence, chosen = _said(values.get("sentence", locked.sentence)), list(values.get("organisations", known))
    before, after = ({"sentence": said, "organisations": names(whose)} for said, whose in [(locked.sentence, known), (sentence, chosen)])
    if after == before:
        return
    if not locked.is_open:
        raise ValidationError(_("There is an agreement about these words. Open the tension again to change them."), code="agreed")
    _check_organisations(locked.programme, chosen, known=known)
    locked.sentence = sentence
    locked.save(update_fields=["sentence"])
    locked.organisations.set(chosen)
    events.record("tension.changed", about=locked, by=by, programme=locked.programme, old=before, new=after)


def _hand_over(locked: Tension, owner: User, by: User) -> None:
    _check_owner(locked.programme, owner)
    old, locked.owner = locked.owner, owner
    locked.save(update_fields=["owner"])
    events.record("tension.handed_over", about=locked, by=by, programme=locked.programme, old={"owner": old.name}, new={"owner": owner.name})


@transaction.atomic
def agree(tension: Tension, *, agreement: str, review_on: date, by: User) -> Tension:
    """Record the agreement that was reached. Raises ValidationError (codes "not_open", "no_sentence", "past")."""
    locked = _lock(tension)
    if not locked.is_open:
        raise ValidationError(_("There is an agreement about this tension already."), code="not_open")
    locked.agreement, locked.review_on = _said(agreement), _to_come(review_on)
    locked.state, locked.agreed_by, locked.agreed_at = TensionState.AGREED, by, timezone.now()
    locked.save(update_fields=["agreement", "review_on", "state", "agreed_by", "agreed_at"])
    new = {"agreement": locked.agreement, "review_on": review_on.isoformat()}
    events.record("tension.agreed", about=locked, by=by, programme=locked.programme, new=new)
    return locked


@transaction.atomic
def reopen(tension: Tension, *, reason: str, review_on: date, by: User) -> Tension:
    """Say that the agreement no longer holds; the log keeps it. Raises ValidationError (codes "not_agreed", "no_sentence", "past")."""
    locked = _lock(tension)
    if locked.is_open:
        raise ValidationError(_("This tension is open already."), code="not_agreed")
    old = {"agreement": locked.agreement}
    new = {"reason": _said(reason), "review_on": _to_come(review_on).isoformat()}
    locked.state, locked.agreement, locked.agreed_by, locked.agreed_at = TensionState.OPEN, "", None, None
    locked.review_on = review_on
    locked.save(update_fields=["state", "agreement", "agreed_by", "agreed_at", "review_on"])
    events.record("tension.reopened", about=locked, by=by, programme=locked.programme, old=old, new=new)
    return locked


@transaction.atomic
def review(tension: Tension, *, sentence: str, review_on: date, by: User) -> Tension:
    """Say how it stands and when it is looked at again. Raises ValidationError (codes "no_sentence", "past")."""
    locked = _lock(tension)
    old = {"review_on": locked.review_on.isoformat()}
    new = {"sentence": _said(sentence), "review_on": _to_come(review_on).isoformat()}
    locked.review_on = review_on
    locked.save(update_fields=["review_on"])
    events.record("tension.reviewed", about=locked, by=by, programme=locked.programme, old=old, new=new)
    return locked


def next_step(tension: Tension) -> str:
    """Return what the owner does now; the tension comes with `owner_takes_part`."""
    on = date_format(tension.review_on, "DATE_FORMAT")
    if not tension.owner_takes_part:
        return _("Choose a new owner: this person no longer takes part.")
    if tension.is_due:
        return _("See how it stands and make an agreement.") if tension.is_open else _("See whether the agreement still holds.")
    return _("Make an agreement before %(date)s.") % {"date": on} if tension.is_open else _("Look at it again on %(date)s.") % {"date": on}


def names(organisations: Collection[Organisation]) -> list[str]:
    return sorted(organisation.name for organisation in organisations)


def _lock(tension: Tension) -> Tension:
    return Tension.objects.select_for_update(of=("self",)).select_related("programme", "owner").get(pk=tension.pk)


def _said(text: str) -> str:
    if not text.strip():
        raise ValidationError(_("Write one sentence."), code="no_sentence")
    return text.strip()


def _to_come(day: date) -> date:
    if day <= timezone.localdate():
        raise ValidationError(_("Choose a day that is still to come."), code="past")
    return day


def _check_owner(programme: Programme, owner: User) -> None:
    if not members.taking_part(programme).filter(pk=owner.pk).exists():
        raise ValidationError(_("This person does not take part in the programme."), code="not_here")


def _check_organisations(programme: Programme, organisations: Collection[Organisation], known: Collection[Organisation] = ()) -> None:
    """Two or more, that take part or were named before."""
    chosen = {organisation.pk for organisation in organisations}
    if len(chosen) < 2:
        raise ValidationError(_("Choose at least two organisations."), code="too_few")
    asked = chosen - {organisation.pk for organisation in known}
    if Organisation.objects.in_programme(programme).filter(pk__in=asked).count() < len(asked):
        raise ValidationError(_("One of these organisations does not take part in the programme."), code="not_taking_part")
