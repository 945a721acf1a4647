"""Money and hours: the years add up to the total, and the totals agree in every direction, to the cent."""

import random
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from ambitions import commitments, money
from ambitions.choices import Visibility
from ambitions.models import Commitment, PlannedYear
from ambitions.money import Amounts
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, in_days
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db
NOTHING = Amounts(None, None)


def euro(amount):
    return Amounts(Decimal(amount), None)


def spread(promise, total, years):
    money.spread(promise, total=total, years=years, by=promise.owner)


@pytest.fixture
def promise():
    return CommitmentFactory(started=True, euro=Decimal("100.00"))


def test_a_total_is_spread_over_years(promise):
    spread(promise, Amounts(Decimal("90.10"), Decimal(8)), {2026: Amounts(Decimal("90.00"), None), 2027: Amounts(Decimal("0.10"), Decimal(8)), 2028: NOTHING})

    promise.refresh_from_db()
    assert (promise.euro, promise.hours) == (Decimal("90.10"), 8)
    assert list(promise.planned_years.values_list("year", "euro", "hours")) == [(2026, 90, None), (2027, Decimal("0.10"), 8)]
    assert Event.objects.about(promise).get().new["years"] == "2026: 90.00 / –; 2027: 0.10 / 8.00"


@pytest.mark.parametrize(
    ("total", "part", "said"), [(euro("100"), "99.99", "0,01 minder"), (euro("100"), "100.01", "0,01 meer"), (NOTHING, "5", "Vul ook het totaal in")]
)
def test_a_cent_of_difference_is_refused_and_named(promise, total, part, said):
    with pytest.raises(ValidationError) as error:
        spread(promise, total, {2026: euro(part)})

    assert error.value.code == "euro_differs"
    assert said in error.value.messages[0]
    assert not PlannedYear.objects.exists()


def check_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "change",
    [
        lambda: Commitment.objects.update(euro=99), lambda: PlannedYear.objects.filter(year=2026).update(euro=61),
        lambda: PlannedYear.objects.filter(year=2026).delete(),
    ],
)  # fmt: skip
def test_the_database_refuses_years_that_do_not_add_up(promise, change):
    spread(promise, euro("100"), {2026: euro("60"), 2027: euro("40")})
    check_now()

    with pytest.raises(IntegrityError, match="do not add up"), transaction.atomic():
        change()


def test_a_total_that_is_spread_does_not_change_by_itself(promise):
    spread(promise, euro("100"), {2026: euro("100")})

    with pytest.raises(ValidationError) as error:
        commitments.edit(promise, euro=Decimal(5), by=promise.owner)
    assert error.value.code == "spread"
    commitments.edit(promise, explanation="Toelichting.", hours=Decimal(3), by=promise.owner)


def test_saving_the_same_twice_is_told_once(promise):
    for _twice in range(2):
        spread(promise, euro("100"), {2026: euro("100")})

    assert Event.objects.filter(kind="commitment.spread").count() == 1


def test_taking_the_years_away_keeps_the_total(promise):
    spread(promise, euro("100"), {2026: euro("100")})
    spread(promise, euro("100"), {2026: NOTHING})

    promise.refresh_from_db()
    assert (promise.euro, promise.planned_years.count()) == (100, 0)


def table_of(name=money.EURO):
    return money.table(money.parts(money.counted(Commitment.objects.all()), name))


def test_what_runs_within_a_year_counts_there_and_the_rest_is_not_spread():
    ambition = AmbitionFactory(adopted=True)
    first, last = in_days(0).replace(month=1, day=1), in_days(0).replace(month=12, day=31)
    CommitmentFactory(ambition=ambition, agreed=True, euro=5, starts_on=first, due_on=last)
    CommitmentFactory(ambition=ambition, agreed=True, euro=7, starts_on=first, due_on=last.replace(year=last.year + 1))

    found = table_of()

    assert (found.years, found.total.cells) == ([last.year, money.NOT_SPREAD], [5, 7])


def test_a_commitment_without_amount_is_counted_and_not_zero():
    made = CommitmentFactory(agreed=True)
    CommitmentFactory(agreed=True, ambition=made.ambition, euro=0)

    lines = {line.name[1]: (line.total, line.without) for line in table_of().lines}

    assert lines[made.organisation] == (None, 1)
    assert sorted(lines.values(), key=str) == [(None, 1), (Decimal("0.00"), 0)][::-1]


def test_proposals_and_what_was_dropped_do_not_count():
    CommitmentFactory(euro=5)
    CommitmentFactory(not_kept=True, state="dropped", euro=5)
    CommitmentFactory(not_kept=True, euro=2)

    assert table_of().total.total == 2


@pytest.mark.parametrize("seed", range(3))
def test_all_totals_agree_to_the_cent_in_every_direction(seed):
    chance = random.Random(seed)
    ambitions = [AmbitionFactory(adopted=True) for _ in range(3)]
    first = CommitmentFactory(ambition=ambitions[0], agreed=True).organisation
    for number in range(12):
        own = {"organisation": first} if number % 2 else {}
        made = CommitmentFactory(ambition=chance.choice(ambitions), agreed=True, **own)
        parts = {year: euro(Decimal(chance.randrange(1, 10_000_000)) / 100) for year in chance.sample(range(2024, 2030), chance.randrange(4))}
        spread(made, euro(sum((part.euro for part in parts.values()), Decimal())) if parts else NOTHING, parts)
    check_now()

    found = table_of()

    for lines in (found.lines, found.by_ambition, found.by_organisation):
        assert sum(line.total or 0 for line in lines) == found.total.total == sum(found.total.cells)
        assert [sum(line.cells[place] or 0 for line in lines) for place in range(len(found.years))] == found.total.cells
        assert all(line.total == (sum(cell or 0 for cell in line.cells) if any(line.cells) else None) for line in lines)
        assert sum(line.without for line in lines) == found.total.without
    assert found.total.total == sum(Commitment.objects.exclude(euro=None).values_list("euro", flat=True))
    assert sum(row[4] or 0 for row in money.records(money.counted(Commitment.objects.all()))[1:]) == found.total.total


def test_a_reader_counts_only_what_may_be_seen():
    programme = ProgrammeFactory()
    CommitmentFactory(in_programme=programme, agreed=True, euro=5, visibility=Visibility.INTERNAL)
    reader = MembershipFactory(programme=programme, role="reader").user

    assert money.counted(Commitment.objects.visible_to(reader)) == []
