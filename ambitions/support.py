"""Where an organisation stands on an ambition, on record with name and date."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors import speakers
from actors.models import Organisation, Participation, Representative
from ambitions.choices import AmbitionState, Stance
from ambitions.models import Ambition, Support
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events, mails

KINDS = {Stance.SUPPORTS: "support.given", Stance.RESERVATION: "support.reserved", Stance.AGAINST: "support.refused"}


@transaction.atomic
def give(ambition: Ambition, *, organisation: Organisation, stance: str, by: User, reason: str = "") -> Support:
    """Record the stance of an organisation; an earlier one stays readable as replaced.

    Raises ValidationError (codes "not_asked", "not_taking_part", "no_reason").
    """
    locked = Ambition.objects.select_for_update(of=("self",)).get(pk=ambition.pk)
    _check(locked, organisation, stance, reason)
    now = timezone.now()
    Support.objects.current().filter(ambition=locked, organisation=organisation).update(replaced_at=now)
    support = Support.objects.create(
        ambition=locked, organisation=organisation, version=locked.text_version(), stance=stance, reason=reason.strip(),
        given_by=by, given_at=now,
    )
    events.record(
        KINDS[Stance(stance)], about=locked, by=by, programme=locked.programme_id,
        new={"organisation": organisation.name, "stance": stance, "version": support.version, "reason": support.reason},
    )
    return support


def _check(ambition: Ambition, organisation: Organisation, stance: str, reason: str) -> None:
    if ambition.state not in {AmbitionState.CONSULTATION, AmbitionState.ADOPTED}:
        raise ValidationError(_("Nobody is asked about this ambition now."), code="not_asked")
    if not Participation.objects.current().filter(programme=ambition.programme_id, organisation=organisation).exists():
        raise ValidationError(_("This organisation does not take part in the programme."), code="not_taking_part")
    if stance != Stance.SUPPORTS and not reason.strip():
        raise ValidationError(_("Say why, so that the others know what to solve."), code="no_reason")


def ask(ambition: Ambition) -> None:
    """Mail everybody who speaks first for a partner, or the deputy, that the partners are asked; once per text and closing date."""
    partners = Organisation.objects.in_programme(ambition.programme_id)
    for people in speakers.in_order(partners).values():
        asked = [speakers.in_place_of(person.user, people) for person in people if not person.is_deputy]
        for person in {person.pk: person for person in asked if person}.values():
            _mail(ambition, person)


def _mail(ambition: Ambition, person: Representative) -> None:
    programme, closes_on = ambition.programme, ambition.consultation_closes_on
    path = reverse("ambitions:support_give", args=[programme.slug, ambition.number, person.organisation_id])
    mails.post(
        key=f"support:{ambition.pk}:{ambition.text_version()}:{closes_on}:{person.pk}", to=person.user.email, to_name=person.user.name,
        template="ambitions/mail/support_asked.txt", purpose="support.asked", about=ambition, programme=programme,
        context={
            "programme": programme, "sentence": ambition.revised_sentence or ambition.sentence, "person": person.user,
            "organisation": person.organisation, "closes_on": closes_on, "path": path,
        },
    )


def set_aside(ambition: Ambition) -> None:
    """Put the present support for the text in consultation aside: it was about other words."""
    given = Support.objects.current().filter(ambition=ambition, version=ambition.text_version())
    given.update(replaced_at=timezone.now())
