"""Money and hours: a commitment spread over years, and who promised how much for which ambition in which year."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from actors.models import Organisation
from ambitions.choices import CommitmentState
from ambitions.models import Ambition, Commitment, CommitmentQuerySet, PlannedYear
from wijkaanpak.accounts.models import User
from wijkaanpak.journal import events

EURO, HOURS = "euro", "hours"
NOT_SPREAD = 0  # the year of an amount of which nobody said for which years it is meant


class Amounts(NamedTuple):
    """Euro and hours, each of which may be missing; missing is not zero."""

    euro: Decimal | None
    hours: Decimal | None


@transaction.atomic
def spread(commitment: Commitment, *, total: Amounts, years: Mapping[int, Amounts], by: User) -> None:
    """Set the total of a commitment together with its years, which add up to it to the cent. No years: not spread.

    Raises ValidationError (codes "euro_differs", "hours_differs").
    """
    locked = Commitment.objects.select_for_update(of=("self",)).select_related("ambition").get(pk=commitment.pk)
    said = {year: amounts for year, amounts in years.items() if amounts != Amounts(None, None)}
    for name in (EURO, HOURS):
        _check(name, getattr(total, name), [getattr(amounts, name) for amounts in said.values()])
    old = _logged(Amounts(locked.euro, locked.hours), {row.year: Amounts(row.euro, row.hours) for row in locked.planned_years.all()})
    new = _logged(total, said)
    if old == new:
        return
    locked.planned_years.all().delete()
    locked.euro, locked.hours = total
    locked.save(update_fields=["euro", "hours"])
    PlannedYear.objects.bulk_create(PlannedYear(commitment=locked, year=year, euro=amounts.euro, hours=amounts.hours) for year, amounts in said.items())
    events.record("commitment.spread", about=locked, by=by, programme=locked.ambition.programme_id, old=old, new=new)


def _check(name: str, total: Decimal | None, parts: Sequence[Decimal | None]) -> None:
    said = [part for part in parts if part is not None]
    if said and total is None:
        raise ValidationError(_("Fill in the total as well."), code=f"{name}_differs")
    if said and sum(said) != total:
        texts = {"sum": written(sum(said, Decimal())), "difference": written(abs(sum(said, Decimal()) - (total or 0)))}
        too_much = _("The years add up to %(sum)s, that is %(difference)s more than the total.")
        too_little = _("The years add up to %(sum)s, that is %(difference)s less than the total.")
        raise ValidationError((too_much if sum(said) > (total or 0) else too_little) % texts, code=f"{name}_differs")


def written(amount: Decimal) -> str:
    return number_format(amount, decimal_pos=2, force_grouping=True)


def _logged(total: Amounts, years: Mapping[int, Amounts]) -> dict[str, str | None]:
    """What the event log keeps: the totals, and the years in one line."""
    lines = [f"{year}: {' / '.join(_text(part) or '–' for part in amounts)}" for year, amounts in sorted(years.items())]
    return {"euro": _text(total.euro), "hours": _text(total.hours), "years": "; ".join(lines)}


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def refuse_split(commitment: Commitment, changed: Iterable[str]) -> None:
    """A total of which years are known changes together with them. Raises ValidationError (code "spread")."""
    for name in {EURO, HOURS} & set(changed):
        if commitment.planned_years.filter(**{f"{name}__isnull": False}).exists():
            raise ValidationError(_("This amount is spread over years. Change it there, under “Per year”."), code="spread")


# Who promised how much


class Part(NamedTuple):
    """An amount of one organisation for one ambition in one year (or not spread); without amount it only counts the commitment."""

    ambition: Ambition
    organisation: Organisation
    year: int | None
    amount: Decimal | None


@dataclass(frozen=True)
class Line:
    """The amounts of a group per year, in the order of the table's years; None where nothing is promised. `without` counts commitments without amount."""

    name: Any
    cells: list[Decimal | None]
    total: Decimal | None
    without: int
    labels: list[str]

    @property
    def labelled(self) -> list[tuple[str, Decimal | None]]:
        return list(zip(self.labels, self.cells, strict=True))


@dataclass(frozen=True)
class Table:
    """Everything that was promised in euro or hours; each of the three breakdowns has the same totals."""

    years: list[int]
    lines: list[Line]  # per (ambition, organisation)
    by_ambition: list[Line]
    by_organisation: list[Line]
    total: Line


def counted(rows: CommitmentQuerySet) -> list[Commitment]:
    """Return what counts: agreed and not dropped, with its years. Two queries."""
    found = rows.filter(agreed_at__isnull=False).exclude(state=CommitmentState.DROPPED)
    found = found.select_related("ambition", "organisation").prefetch_related("planned_years")
    return list(found.order_by("ambition__number", "organisation__name", "pk"))


def parts(commitments: Iterable[Commitment], name: str) -> list[Part]:
    """Return the amounts per year; what runs within one year belongs to that year, also when nobody spread it."""
    return [part for commitment in commitments for part in _parts(commitment, name)]


def _parts(commitment: Commitment, name: str) -> list[Part]:
    whose = (commitment.ambition, commitment.organisation)
    total = getattr(commitment, name)
    if total is None:
        return [Part(*whose, None, None)]
    said = [Part(*whose, row.year, getattr(row, name)) for row in commitment.planned_years.all() if getattr(row, name) is not None]
    in_one_year = commitment.starts_on.year == commitment.due_on.year
    return said or [Part(*whose, commitment.due_on.year if in_one_year else NOT_SPREAD, total)]


def table(found: Sequence[Part]) -> Table:
    """Add the amounts up in every direction; amounts are exact, so the totals agree to the cent. Pure."""
    years = sorted({part.year for part in found if part.year is not None}, key=lambda year: (year == NOT_SPREAD, year))
    return Table(
        years, _lines(found, years, lambda part: (part.ambition, part.organisation)), _lines(found, years, lambda part: part.ambition),
        sorted(_lines(found, years, lambda part: part.organisation), key=lambda line: line.name.name), _line("", found, years),
    )  # fmt: skip


def _lines(found: Sequence[Part], years: Sequence[int], key: Callable[[Part], Hashable]) -> list[Line]:
    grouped: dict[Hashable, list[Part]] = defaultdict(list)
    for part in found:
        grouped[key(part)].append(part)
    return [_line(name, rows, years) for name, rows in grouped.items()]


def _line(name: Any, found: Sequence[Part], years: Sequence[int]) -> Line:
    cells = [_sum(part.amount for part in found if part.year == year) for year in years]
    return Line(name, cells, _sum(part.amount for part in found), sum(part.amount is None for part in found), [str(year_name(year)) for year in years])


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None when nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal()) if known else None


def records(commitments: Sequence[Commitment]) -> list[list[Any]]:
    """Return a heading and a line per ambition, organisation and year with euro and hours, for a file; unknown stays empty.

    What has no amount is counted on a line of its own.
    """
    amounts: dict[tuple[Ambition, Organisation, int | None], list[Any]] = defaultdict(lambda: [None, None, 0, 0])
    for place, name in enumerate((EURO, HOURS)):
        for part in parts(commitments, name):
            line = amounts[(part.ambition, part.organisation, part.year)]
            line[place] = _sum([line[place], part.amount])
            line[place + 2] += part.amount is None
    heading = [_("Number of the ambition"), _("Ambition"), _("Organisation"), _("Year"), _("Euro"), _("Hours"), _("Commitments without amount"), _("Commitments without hours")]
    ordered = sorted(amounts.items(), key=lambda item: (item[0][0].number, item[0][1].name, item[0][2] or 9999 + (item[0][2] is None)))
    return [heading, *([one.number, one.sentence, str(organisation), year_name(year), *line] for (one, organisation, year), line in ordered)]


def year_name(year: int | None) -> Any:
    return year or (_("not spread over years") if year == NOT_SPREAD else _("without amount"))
