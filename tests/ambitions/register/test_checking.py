"""What a register would do, and what is wrong with it by row and column."""

import datetime
from decimal import Decimal

import pytest

from actors.models import Participation
from ambitions.register import uploads
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, in_days

pytestmark = pytest.mark.django_db


def faults(plan):
    return [(fault.row, fault.column, fault.reason) for fault in plan.faults]


def test_a_row_without_a_number_is_new(plan, fresh, ambition, partner):
    made = plan(fresh(euro="1.500", quantity=12, unit="gevels", formal_basis="begroting"))

    [line] = made.added
    assert (line.ambition, line.values["organisation"], line.values["euro"]) == (ambition, partner, Decimal(1500))
    assert (line.values["formal_basis"], line.values["due_on"]) == ("budget", datetime.date(2027, 12, 31))
    assert made.can_be_taken_over


def test_a_row_as_it_is_changes_nothing(plan, same, promise):
    made = plan(same(promise, euro=1000))

    assert (made.unchanged, made.changed, made.can_be_taken_over) == (1, [], False)


def test_what_changes_is_shown_before_and_after(plan, same, promise):
    [line] = plan(same(promise, euro=2500, explanation="Met bewoners.")).changed

    assert line.changes == [("Euro", "1.000", "2.500"), ("Toelichting", "–", "Met bewoners.")]


def test_an_emptied_cell_empties_and_a_column_left_out_stays(plan, same, promise):
    assert plan(same(promise)).unchanged == 1
    assert plan(same(promise, euro=None)).changed[0].values == {"euro": None}


@pytest.mark.parametrize(("values", "column", "reason"), [
    ({"due_on": "31-02-2027"}, "Klaar vóór", "“31-02-2027” is geen datum"),
    ({"due_on": "01-01-2026"}, "Klaar vóór", "vóór het begin"),
    ({"euro": -5}, "Euro", "minder dan nul"),
    ({"what": "x" * 301}, "Toezegging", "301 tekens"),
    ({"what": None}, "Toezegging", "Vul deze cel in."),
    ({"organisation": None}, "Organisatie", "Vul deze cel in."),
    ({"quantity": 12}, "Eenheid", "samen met"),
    ({"visibility": "de buren"}, "Zichtbaar voor", "Kies een van deze"),
    ({"ambition": 9}, "Nummer ambitie", "geen ambitie 9"),
    ({"ambition": None}, "Nummer ambitie", "Vul het nummer"),
    ({"number": 99999}, "Nummer", "geen toezegging 99999"),
    ({"number": "twee"}, "Nummer", "geen nummer uit de lijst"),
])  # fmt: skip
def test_what_is_wrong_is_said_by_row_and_column(plan, fresh, values, column, reason):
    [(row, at, said)] = faults(plan(fresh(**values)))

    assert (row, at) == (2, column)
    assert reason in said


def test_an_unknown_organisation_gets_the_nearest_names(plan, fresh):
    [(_row, column, reason)] = faults(plan(fresh(organisation="Woonstiching voorbeeld")))

    assert (column, "Bedoelt u “Woonstichting Voorbeeld”?" in reason) == ("Organisatie", True)


def test_a_name_like_no_other_is_answered_with_what_to_do(plan, fresh):
    assert "Voeg eerst de partner toe" in faults(plan(fresh(organisation="Zzz")))[0][2]


def test_who_does_not_speak_for_the_organisation_is_refused_with_who_does(plan, fresh):
    [(_row, column, reason)] = faults(plan(fresh(owner="Piet Politie")))

    assert (column, "Kies een van: Wim Woning." in reason) == ("Verantwoordelijke", True)


def test_two_people_with_one_name_are_not_guessed(plan, fresh, partner, programme):
    RepresentativeFactory(organisation=partner, in_programme=programme, user=UserFactory(name="Wim Woning"))

    assert "Twee mensen" in faults(plan(fresh()))[0][2]


def test_a_partner_without_people_is_said(plan, fresh, programme):
    OrganisationFactory(name="Leeg", in_programme=programme)

    assert "Niemand spreekt nog namens Leeg" in faults(plan(fresh(organisation="Leeg")))[0][2]


def test_what_was_agreed_stays(plan, same, ambition):
    agreed = CommitmentFactory(ambition=ambition, agreed=True)

    [(_row, column, reason)] = faults(plan(same(agreed, due_on=in_days(300))))

    assert (column, "Verzet de datum op de pagina" in reason) == ("Klaar vóór", True)


def test_somebody_who_left_is_no_fault_as_long_as_nobody_changes_it(plan, same, promise, programme):
    promise.organisation.representatives.all().delete()
    Participation.objects.filter(programme=programme, organisation=promise.organisation).delete()

    assert plan(same(promise, euro=1000)).unchanged == 1


def test_a_commitment_stays_with_its_ambition(plan, same, promise, programme):
    AmbitionFactory(programme=programme, number=4, adopted=True)

    assert faults(plan(same(promise, ambition=4))) == [(2, "Nummer ambitie", "Een toezegging blijft bij haar ambitie, nummer 3.")]


def test_a_closed_ambition_takes_nothing_new(plan, fresh, programme):
    AmbitionFactory(programme=programme, number=5, closed=True)

    assert "afgesloten" in faults(plan(fresh(ambition=5)))[0][2]


def test_the_same_row_twice_is_refused(plan, fresh, same, promise):
    made = plan(same(promise), same(promise), fresh(), fresh())

    assert [(row, column) for row, column, _reason in faults(made)] == [(3, "Nummer"), (5, "Toezegging")]


def test_uploading_a_new_commitment_twice_does_not_double_it(plan, fresh, promise):
    [(_row, column, reason)] = faults(plan(fresh(what="bomen planten")))

    assert (column, f"toezegging {promise.pk}" in reason) == ("Nummer", True)


def test_a_state_in_the_file_is_not_taken_over_and_that_is_said(plan, same, promise):
    made = plan(same(promise, state="nagekomen"))

    assert (made.unchanged, [note.column for note in made.notes]) == (1, ["Stand"])
    assert not plan(same(promise, state="voorgesteld")).notes


def test_every_wrong_row_is_named_at_once(plan, fresh):
    rows = [fresh(what=f"Plan {number}", euro=-1) for number in range(3)]

    assert [row for row, _column, _reason in faults(plan(*rows))] == [2, 3, 4]


@pytest.mark.parametrize("rows", [1, 30])
def test_a_register_of_any_size_takes_constant_queries(upload, fresh, coordinator, rows, django_assert_num_queries):
    made = upload(*[fresh(what=f"Plan {number}") for number in range(rows)])

    with django_assert_num_queries(6):  # two of them are the roles of the user
        assert len(uploads.plan(made, by=coordinator).added) == rows
