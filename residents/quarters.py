"""“U vroeg – wij deden”: what was asked and answered, per quarter, and who kept the promised term."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from django.db.models import Count
from django.db.models.functions import ExtractQuarter, ExtractYear
from django.utils import timezone

from actors.models import Organisation
from residents import terms
from residents.choices import EndState, InputState
from residents.models import Answer
from wijkaanpak.neighbourhoods.models import Programme


@dataclass
class Quarter:
    """The answers of three months, the latest first, and how many inputs a house rule kept off the site."""

    year: int
    number: int
    answers: list[Answer] = field(default_factory=list)
    refused: int = 0

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_month(self) -> date:
        return date(self.year, 3 * self.number, 1)

    @property
    def outcomes(self) -> list[tuple[str, int]]:
        """Return label and number of each end state that occurs, in the order of the choices."""
        counts = Counter(answer.end_state for answer in self.answers)
        return [(str(state.label), counts[state]) for state in EndState if counts[state]]


@dataclass(frozen=True)
class Promise:
    """How an organisation kept its term: answers in time of all, and the median in working days."""

    organisation: Organisation
    in_time: int
    total: int
    median_days: float


def public_answers(programme: Programme):
    """Return the current answers to published inputs."""
    published = Answer.objects.current().filter(input__programme=programme, input__state=InputState.PUBLISHED)
    return published.select_related("input__area", "organisation", "ambition").defer("input__area__boundary")


def years(programme: Programme) -> list[int]:
    """Return the years in which something was answered or refused, the latest first."""
    answered = public_answers(programme).annotate(year=ExtractYear("given_at")).order_by().values_list("year", flat=True)
    refused = _refused(programme).annotate(year=ExtractYear("moderated_at")).order_by().values_list("year", flat=True)
    return sorted(set(answered.union(refused)), reverse=True)


def of_year(programme: Programme, year: int) -> list[Quarter]:
    """Return the quarters of a year in which something happened, the latest first."""
    found: dict[int, Quarter] = {}
    for answer in public_answers(programme).filter(given_at__year=year):
        number = (timezone.localtime(answer.given_at).month + 2) // 3
        found.setdefault(number, Quarter(year, number)).answers.append(answer)
    per_quarter = _refused(programme).filter(moderated_at__year=year).annotate(number=ExtractQuarter("moderated_at"))
    for number, count in per_quarter.order_by().values_list("number").annotate(Count("pk")):
        found.setdefault(number, Quarter(year, number)).refused = count
    return [found[number] for number in sorted(found, reverse=True)]


def promises(answers: Iterable[Answer]) -> list[Promise]:
    """Return per organisation how it kept its term; working days from receipt or hand-over to the first answer."""
    by_organisation: dict[Organisation, list[Answer]] = {}
    for answer in answers:
        by_organisation.setdefault(answer.organisation, []).append(answer)
    return [_promise(organisation, given) for organisation, given in sorted(by_organisation.items(), key=lambda item: item[0].name)]


def _promise(organisation: Organisation, answers: list[Answer]) -> Promise:
    days = [terms.between(_day(answer.input.handed_over_at or answer.input.received_at), _first_day(answer)) for answer in answers]
    in_time = sum(_first_day(answer) <= answer.input.answer_due_on for answer in answers)
    return Promise(organisation, in_time, len(answers), median(days))


def _first_day(answer: Answer) -> date:
    return _day(answer.input.answered_at or answer.given_at)


def _day(moment) -> date:
    return timezone.localtime(moment).date()


def _refused(programme: Programme):
    return programme.inputs.filter(state=InputState.NOT_PUBLISHED)
