"""Once a year every organisation says whether it stands by what it promised: confirm, change or withdraw."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors import speakers
from actors.models import Organisation
from actors.permissions import speaks_for
from ambitions import commitments, escalations
from ambitions.choices import Choice, CommitmentState
from ambitions.models import Commitment, CommitmentQuerySet, Confirmation, Reconfirmation, ReconfirmationRequest
from wijkaanpak.accounts import signed_links
from wijkaanpak.accounts.models import SignedLink, User
from wijkaanpak.journal import events, mails
from wijkaanpak.neighbourhoods.models import Programme

PURPOSE = "reconfirmation"
DAYS = 60  # how long the link works
KINDS = {Choice.CONFIRM: "commitment.confirmed", Choice.CHANGE: "commitment.change_asked", Choice.WITHDRAW: "commitment.withdrawn"}


@transaction.atomic
def ask(programme: Programme, *, answer_before: date, by: User, today: date | None = None) -> Reconfirmation:
    """Ask every organisation with running promises, each by one mail to one person; once a year.

    Raises ValidationError (codes "asked_this_year", "too_soon", "nothing").
    """
    today = today or timezone.localdate()
    locked = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    partners = list(Organisation.objects.in_programme(locked).filter(pk__in=_running(locked).values("organisation")))
    _check(locked, answer_before, today, partners)
    made = Reconfirmation.objects.create(programme=locked, year=today.year, answer_before=answer_before, asked_by=by)
    for partner in partners:
        ask_one(made, partner)
    events.record(
        "programme.reconfirmation_asked", about=locked, by=by, programme=locked,
        new={"year": made.year, "answer_before": answer_before.isoformat(), "organisations": len(partners)},
    )
    return made


def _check(programme: Programme, answer_before: date, today: date, partners: list[Organisation]) -> None:
    if programme.reconfirmations.filter(year=today.year).exists():
        raise ValidationError(_("The organisations were asked this year already."), code="asked_this_year")
    if answer_before <= today:
        raise ValidationError(_("Choose a day that is still to come."), code="too_soon")
    if not partners:
        raise ValidationError(_("No organisation has a running commitment, so there is nothing to ask."), code="nothing")


def _running(programme: Programme) -> CommitmentQuerySet:
    return Commitment.objects.in_force().filter(ambition__programme=programme)


def ask_one(made: Reconfirmation, organisation: Organisation) -> ReconfirmationRequest:
    """Ask one organisation, by a mail to who speaks first for it."""
    speaker = speakers.first(organisation)
    request = ReconfirmationRequest.objects.create(reconfirmation=made, organisation=organisation, person=speaker.user if speaker else None)
    if speaker:
        _mail(request, speaker.user)
    return request


def _mail(request: ReconfirmationRequest, person: User) -> None:
    made, programme = request.reconfirmation, request.reconfirmation.programme
    mails.post(
        key=f"reconfirmation:{request.pk}", to=person.email, to_name=person.name, template="ambitions/mail/reconfirmation.txt",
        purpose="commitment.reconfirmation", about=request, programme=programme,
        context={
            "programme": programme, "person": person, "organisation": request.organisation, "made": made, "days": DAYS,
            "number": promises(request).count(), "path": path_for(request, person),
        },
    )  # fmt: skip


def path_for(request: ReconfirmationRequest, person: User) -> str:
    """Return the path of the usable link of a person, made when there is none. Writes; not for a GET."""
    usable = SignedLink.objects.usable().filter(purpose=PURPOSE, object_id=request.pk, user=person).order_by("-expires_at").first()
    token = signed_links.token(usable) if usable else signed_links.create(purpose=PURPOSE, object_id=request.pk, user=person, days=DAYS)
    return reverse("ambitions:link_reconfirm", args=[token])


def promises(request: ReconfirmationRequest) -> CommitmentQuerySet:
    """What the organisation is asked about: what runs now, and what it answered about."""
    answered = Q(pk__in=request.confirmations.values("commitment"))
    programme = request.reconfirmation.programme_id
    asked = Commitment.objects.filter(Q(state__in=CommitmentState.in_force()) | answered, organisation=request.organisation_id, ambition__programme=programme)
    return asked.order_by("due_on", "pk")


def can_answer(user: User, request: ReconfirmationRequest) -> bool:
    """People who still speak for the organisation."""
    return user.is_active and speaks_for(user, request.organisation_id)


@transaction.atomic
def answer(request: ReconfirmationRequest, *, commitment: Commitment, choice: str, by: User, text: str = "") -> Confirmation:
    """Record what the organisation says about one promise; withdrawing drops it at once, with the reason.

    The coordinator hears of a change or a withdrawal by mail.
    Raises ValidationError (codes "not_asked", "answered", "not_in_force", "no_reason").
    """
    locked = Commitment.objects.select_for_update(of=("self",)).select_related("ambition__programme", "organisation").get(pk=commitment.pk)
    _check_answer(request, locked, choice, text)
    made = Confirmation.objects.create(request=request, commitment=locked, choice=choice, text=text.strip(), by=by)
    events.record(
        KINDS[Choice(choice)], about=locked, by=by, programme=locked.ambition.programme_id,
        new={"year": str(request.reconfirmation.year), **({"text": made.text} if made.text else {})},
    )
    if choice == Choice.WITHDRAW:
        commitments.end(locked, state=CommitmentState.DROPPED, reason=made.text, by=by)
    if choice != Choice.CONFIRM:
        _tell_coordinator(made)
    return made


def _check_answer(request: ReconfirmationRequest, commitment: Commitment, choice: str, text: str) -> None:
    theirs = (request.organisation_id, request.reconfirmation.programme_id)
    if (commitment.organisation_id, commitment.ambition.programme_id) != theirs:
        raise ValidationError(_("This commitment is not of this organisation."), code="not_asked")
    if request.confirmations.filter(commitment=commitment).exists():
        raise ValidationError(_("This commitment was answered already."), code="answered")
    if not commitment.is_in_force:
        raise ValidationError(_("This commitment does not run any more."), code="not_in_force")
    if choice != Choice.CONFIRM and not text.strip():
        raise ValidationError(_("Say why, in a sentence or two."), code="no_reason")


def _tell_coordinator(made: Confirmation) -> None:
    programme = made.commitment.ambition.programme
    coordinator = escalations.coordinator_of(programme)
    if coordinator is None:
        return
    path = reverse("ambitions:commitment_detail", args=[programme.slug, made.commitment_id])
    mails.post(
        key=f"confirmation:{made.pk}", to=coordinator.email, to_name=coordinator.name, template="ambitions/mail/confirmation.txt",
        purpose="commitment.confirmation", about=made.commitment, programme=programme,
        context={"made": made, "commitment": made.commitment, "programme": programme, "person": coordinator, "path": path, "is_withdrawn": made.choice == Choice.WITHDRAW},
    )  # fmt: skip


def overview(made: Reconfirmation) -> list[ReconfirmationRequest]:
    """Return a request per organisation with `asked`, `answered` and its confirmations. Two queries."""
    running = Q(organisation__commitments__state__in=CommitmentState.in_force(), organisation__commitments__ambition__programme=F("reconfirmation__programme"))
    mine = Q(organisation__commitments__confirmations__request=F("pk"))
    rows = made.requests.annotate(asked=Count("organisation__commitments", filter=running | mine, distinct=True))
    rows = rows.annotate(answered=Count("confirmations", distinct=True)).select_related("organisation", "person")
    rows = rows.order_by("organisation__name")  # grouping drops the usual order
    return list(rows.prefetch_related("confirmations__commitment", "confirmations__by"))
