"""“Herkent u dit?”: counted answers of residents about a figure. No account, no cookie, no trace of who answered."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from residents import limits
from residents.choices import Recognised
from residents.models import Recognition
from wijkaanpak.indicators.models import Indicator
from wijkaanpak.neighbourhoods.models import Programme

SHOWN_FROM = 5  # fewer answers are told as "less than 5"
PER_DAY = 3  # of one connection about one figure: a household shares an address
DAY = 24 * 3600


@dataclass(frozen=True)
class Counts:
    """How many residents answered about one figure; `parts` stays empty until there are enough of them."""

    total: int
    parts: tuple[tuple[str, int], ...]

    @property
    def is_few(self) -> bool:
        return 0 < self.total < SHOWN_FROM

    @property
    def words(self) -> str:
        return ", ".join(f"{label} {number}" for label, number in self.parts)


def count(programme: Programme, *, indicator: Indicator, period: int, answer: str, address: str) -> bool:
    """Count one answer and tell whether it was; from one connection three a day about one figure."""
    if limits.count(f"recognise:{programme.pk}:{indicator.pk}", address, seconds=DAY) > PER_DAY:
        return False
    with transaction.atomic():
        row, _created = Recognition.objects.get_or_create(programme=programme, indicator=indicator, period=period, answer=Recognised(answer))
        Recognition.objects.filter(pk=row.pk).update(number=F("number") + 1)
    return True


def of_programme(programme: Programme) -> dict[tuple[int, int], Counts]:
    """Return the counts by (indicator, period); figures nobody answered about are absent. One query."""
    found: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    for indicator, period, answer, number in Recognition.objects.filter(programme=programme).values_list("indicator", "period", "answer", "number"):
        found[indicator, period][answer] = number
    return {key: _counts(answers) for key, answers in found.items()}


def _counts(answers: dict[str, int]) -> Counts:
    total = sum(answers.values())
    parts = tuple((str(each.label), answers.get(each, 0)) for each in Recognised) if total >= SHOWN_FROM else ()
    return Counts(total, parts)
