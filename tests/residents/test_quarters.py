import datetime

import pytest
from django.utils import timezone

from residents import quarters
from tests.actors.factories import OrganisationFactory
from tests.neighbourhoods.factories import ProgrammeFactory
from tests.residents.factories import AnswerFactory, ResidentInputFactory

pytestmark = pytest.mark.django_db


def at(*day):
    return datetime.datetime(*day, 12, tzinfo=timezone.get_current_timezone())


def answered(programme, day, **values):
    resident_input = ResidentInputFactory(
        programme=programme, published=True, received_at=at(2026, 3, 2), answered_at=day, answer=False,
        answer_due_on=values.pop("due", datetime.date(2026, 4, 30)),
    )
    return AnswerFactory(input=resident_input, given_at=day, **values)


def test_answers_stand_in_the_quarter_in_which_they_were_given():
    programme = ProgrammeFactory(is_public=True)
    march, april = answered(programme, at(2026, 3, 31)), answered(programme, at(2026, 4, 1))

    assert [(one.number, one.answers) for one in quarters.of_year(programme, 2026)] == [(2, [april]), (1, [march])]


def test_refusals_are_counted_and_their_text_is_not_shown():
    programme = ProgrammeFactory(is_public=True)
    ResidentInputFactory(programme=programme, refused=True, moderated_at=at(2026, 5, 5))

    quarter = quarters.of_year(programme, 2026)[0]

    assert (quarter.number, quarter.refused, quarter.answers) == (2, 1, [])


def test_outcomes_are_counted_also_the_noes():
    programme = ProgrammeFactory(is_public=True)
    for end_state in ["cannot", "done", "cannot"]:
        answered(programme, at(2026, 5, 5), end_state=end_state)

    assert [number for _label, number in quarters.of_year(programme, 2026)[0].outcomes] == [1, 2]


def test_a_withdrawn_input_leaves_the_page():
    programme = ProgrammeFactory(is_public=True)
    answer = answered(programme, at(2026, 5, 5))
    type(answer.input).objects.update(state="spam")

    assert quarters.of_year(programme, 2026) == []


def test_years_are_those_in_which_something_happened():
    programme = ProgrammeFactory(is_public=True)
    answered(programme, at(2025, 5, 5))
    ResidentInputFactory(programme=programme, refused=True, moderated_at=at(2026, 5, 5))

    assert quarters.years(programme) == [2026, 2025]


def test_a_promise_counts_answers_in_time_and_the_median_of_working_days():
    programme = ProgrammeFactory(is_public=True)
    organisation = OrganisationFactory(in_programme=programme)
    given = [
        answered(programme, at(2026, 3, 4), organisation=organisation),  # 2 working days
        answered(programme, at(2026, 3, 9), organisation=organisation),  # 5
        answered(programme, at(2026, 5, 8), organisation=organisation),  # late
    ]

    promise = quarters.promises(given)[0]

    assert (promise.in_time, promise.total, promise.median_days) == (2, 3, 5)


def test_without_answers_nobody_promised_anything():
    assert quarters.promises([]) == []
