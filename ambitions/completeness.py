"""Who reported on their promises, quarter by quarter; who is excused, and who is reminded."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, DateField, Exists, OuterRef, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation
from ambitions import reminders
from ambitions.choices import Occasion, Reception
from ambitions.models import Commitment, CommitmentQuerySet, Escalation, Excuse, ProgressUpdate
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events
from wijkaanpak.journal.models import Mail
from wijkaanpak.neighbourhoods.models import Programme


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a calendar year."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def named(cls, name: str) -> "Quarter | None":
        """Return the quarter of an address, as in "2026-3"; None when it is none."""
        year, _dash, number = name.partition("-")
        valid = year.isdecimal() and len(year) == 4 and number in {"1", "2", "3", "4"} and year > "1900"
        return cls(int(year), int(number)) if valid else None

    @property
    def name(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def starts_on(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_month(self) -> date:
        return date(self.year, 3 * self.number, 1)

    @property
    def ends_on(self) -> date:
        return self.later(1).starts_on - timedelta(days=1)

    def later(self, number: int) -> "Quarter":
        quarters = 4 * self.year + self.number - 1 + number
        return Quarter(quarters // 4, quarters % 4 + 1)

    @property
    def label(self) -> str:
        return _("quarter %(number)s of %(year)s") % {"number": self.number, "year": self.year}


@dataclass(frozen=True)
class Cell:
    """What an organisation was asked in a quarter and what came in."""

    quarter: Quarter
    state: Reception
    asked: int
    received: int


@dataclass(frozen=True)
class Row:
    organisation: Organisation
    cells: Sequence[Cell]


def matrix(programme: Programme, quarters: Sequence[Quarter], today: date) -> list[Row]:
    """Return a row per organisation that takes part, with a cell per quarter. Four queries."""
    promises = asked_in(programme, quarters[0], quarters[-1])
    heard = words(promises, quarters)
    by_organisation: dict[int, list[Commitment]] = defaultdict(list)
    for promise in promises:
        by_organisation[promise.organisation_id].append(promise)
    excused = set(Excuse.objects.filter(programme=programme).values_list("organisation_id", "quarter"))
    return [
        Row(partner, [cell(quarter, by_organisation[partner.pk], heard, (partner.pk, quarter.starts_on) in excused, today) for quarter in quarters])
        for partner in Organisation.objects.in_programme(programme)
    ]


def asked_in(programme: Programme, first: Quarter, last: Quarter) -> list[Commitment]:
    """Return the agreed promises that ran in some quarter from the first to the last."""
    agreed = Commitment.objects.filter(ambition__programme=programme, agreed_at__isnull=False, agreed_at__date__lt=last.last_month)
    return list(agreed.filter(starts_on__lt=last.last_month).exclude(ended_at__date__lt=first.starts_on).order_by("due_on", "pk"))


def words(promises: Iterable[Commitment], quarters: Sequence[Quarter]) -> set[tuple[int, Quarter]]:
    """Return (promise, quarter) for every quarter in which something was said, or in which it ended."""
    within = ProgressUpdate.objects.filter(commitment__in=[promise.pk for promise in promises], at__date__range=(quarters[0].starts_on, quarters[-1].ends_on))
    said = {(pk, Quarter.of(timezone.localtime(at).date())) for pk, at in within.values_list("commitment_id", "at")}
    return said | {(promise.pk, Quarter.of(timezone.localtime(promise.ended_at).date())) for promise in promises if promise.ended_at}


def is_asked(promise: Commitment, quarter: Quarter) -> bool:
    """Whether a promise ran in a quarter; what began in its last month is asked from the next one."""
    began = max(promise.starts_on, timezone.localtime(promise.agreed_at).date())
    return began < quarter.last_month and (promise.ended_at is None or timezone.localtime(promise.ended_at).date() >= quarter.starts_on)


def cell(quarter: Quarter, promises: Iterable[Commitment], heard: set[tuple[int, Quarter]], is_excused: bool, today: date) -> Cell:
    asked = [promise for promise in promises if is_asked(promise, quarter)]
    received = sum((promise.pk, quarter) in heard for promise in asked)
    if is_excused:
        state = Reception.EXCUSED
    elif not asked or quarter.starts_on > today:
        state = Reception.NOT_ASKED
    elif received == len(asked):
        state = Reception.RECEIVED
    else:
        state = Reception.OPEN if today <= quarter.ends_on else Reception.LATE
    return Cell(quarter, state, len(asked), received)


def of_organisation(programme: Programme, organisation: Organisation, quarter: Quarter) -> tuple[list[Commitment], set[tuple[int, Quarter]]]:
    """Return what an organisation was asked in a quarter, and the pairs (promise, quarter) of which something was heard. Two queries."""
    ran = [promise for promise in asked_in(programme, quarter, quarter) if promise.organisation_id == organisation.pk]
    asked = [promise for promise in ran if is_asked(promise, quarter)]
    return asked, words(asked, [quarter])


def unheard_of(programme: Programme, today: date) -> CommitmentQuerySet:
    """Promises in force without a word in the present quarter, of organisations that are not excused.

    Left out is what was asked by hand today, or by a step up.
    """
    quarter = Quarter.of(today)
    said = ProgressUpdate.objects.filter(commitment=OuterRef("pk"), at__date__gte=quarter.starts_on)
    excused = Excuse.objects.filter(programme=programme, quarter=quarter.starts_on)
    by_hand = Mail.objects.filter(purpose="commitment.asked", subject_type="ambitions.commitment", created_at__date=today)
    running = Commitment.objects.in_force().filter(
        ambition__programme=programme, starts_on__lt=quarter.last_month, agreed_at__date__lt=quarter.last_month,
        organisation__in=Organisation.objects.in_programme(programme).values("pk"),
    )  # fmt: skip
    running = running.exclude(Exists(said)).exclude(organisation__in=excused.values("organisation"))
    waiting = running.exclude(pk__in=by_hand.values("subject_id")).exclude(pk__in=Escalation.objects.open().filter(since=today).values("commitment"))
    occasion = {"occasion": Value(Occasion.QUARTER.value, output_field=CharField()), "occasion_on": Value(today, output_field=DateField())}
    return waiting.annotate(**occasion).select_related("ambition__programme", "organisation", "owner").order_by("due_on", "pk")


@transaction.atomic
def remind(programme: Programme, *, by: User, today: date | None = None) -> int:
    """Mail everybody who owes a word this quarter; a person who had a reminder today gets no second. Returns the number of mails."""
    today = today or timezone.localdate()
    waiting = unheard_of(programme, today)
    found = reminders.recipients(list(waiting))
    people = sorted(found.items(), key=lambda item: item[0].pk)  # always locked in the same order
    sent = sum(reminders.send_digest(user, [one.pk for one in asked], today=today, waiting=waiting.all()) for user, asked in people)
    if sent:
        events.record("programme.reminded", about=programme, by=by, programme=programme, new={"people": sent, "quarter": Quarter.of(today).label})
    return sent


@transaction.atomic
def excuse(organisation: Organisation, *, programme: Programme, quarter: Quarter, reason: str, by: User) -> Excuse:
    """Let an organisation off for a quarter. Raises ValidationError (codes "no_reason", "not_asked", "excused")."""
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if not reason.strip():
        raise ValidationError(_("Give the reason."), code="no_reason")
    if quarter.starts_on > timezone.localdate():
        raise ValidationError(_("This quarter has not begun."), code="not_asked")
    if Excuse.objects.filter(programme=programme, organisation=organisation, quarter=quarter.starts_on).exists():
        raise ValidationError(_("This organisation is excused already."), code="excused")
    made = Excuse.objects.create(programme=programme, organisation=organisation, quarter=quarter.starts_on, reason=reason.strip(), excused_by=by)
    events.record("organisation.excused", about=organisation, by=by, programme=programme, new={"quarter": quarter.label, "reason": made.reason})
    return made


@transaction.atomic
def take_back(organisation: Organisation, *, programme: Programme, quarter: Quarter, by: User) -> bool:
    """Take an excuse back; tell whether there was one."""
    given = Excuse.objects.select_for_update(of=("self",)).filter(programme=programme, organisation=organisation, quarter=quarter.starts_on)
    taken, _kinds = given.delete()
    if taken:
        events.record("organisation.excuse_taken_back", about=organisation, by=by, programme=programme, new={"quarter": quarter.label})
    return bool(taken)
