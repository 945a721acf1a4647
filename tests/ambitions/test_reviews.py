"""The review half-way decides about every ambition and stays as it was; the next period takes along what continues."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ambitions import ambitions, reviews
from ambitions.choices import AmbitionState
from ambitions.models import Review, ReviewVerdict
from tests.accounts.factories import UserFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, ReviewFactory, in_days
from tests.neighbourhoods.factories import PeriodFactory, ProgrammeFactory
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods import programmes

pytestmark = pytest.mark.django_db


def code(error):
    return error.value.error_list[0].code


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def period():
    return PeriodFactory(starts_on=in_days(-700), ends_on=in_days(700), review_on=None)


@pytest.fixture
def ambition(period):
    return AmbitionFactory(programme=period.programme, adopted=True)


def decided(review, ambition, course, user):
    reviews.decide(review, ambition=ambition, course=course, reason="Zo is het besproken.", by=user)
    return reviews.close(review, document={"ambitions": []}, by=user)


def test_a_review_takes_in_what_runs_and_belongs_to_no_period(period, ambition, user):
    AmbitionFactory(programme=period.programme, closed=True)
    AmbitionFactory()
    elsewhere = AmbitionFactory(programme=period.programme, adopted=True)
    ReviewFactory(period=PeriodFactory(programme=period.programme), ambitions=[elsewhere])

    reviews.open_review(period, by=user)

    assert list(reviews.of_period(period)) == [ambition]
    with pytest.raises(ValidationError) as error:
        reviews.open_review(period, by=user)
    assert code(error) == "opened"


def test_a_verdict_has_a_reason_and_can_be_put_right(period, ambition, user):
    review = ReviewFactory(period=period, ambitions=[ambition])
    for course in ["stop", "keep"]:
        reviews.decide(review, ambition=ambition, course=course, reason="Het loopt.", by=user)

    assert [verdict.course for verdict in review.verdicts.all()] == ["keep"]
    with pytest.raises(ValidationError) as error:
        reviews.decide(review, ambition=ambition, course="keep", reason=" ", by=user)
    assert code(error) == "no_reason"


@pytest.mark.parametrize("traits", [{"adopted": True}, {"closed": True}])
def test_only_what_runs_in_the_period_is_decided_about(period, user, traits):
    other = AmbitionFactory(programme=period.programme, **traits)
    review = ReviewFactory(period=period, ambitions=[other] if "closed" in traits else [])

    with pytest.raises(ValidationError) as error:
        reviews.decide(review, ambition=other, course="keep", reason="Goed.", by=user)
    assert code(error) == "other_period"


def test_a_review_is_closed_once_everything_is_decided(period, ambition, user):
    review = ReviewFactory(period=period, ambitions=[ambition])
    with pytest.raises(ValidationError) as error:
        reviews.close(review, document={}, by=user)

    closed = decided(review, ambition, "keep", user)

    assert (code(error), closed.closed_by) == ("undecided", user)
    with pytest.raises(ValidationError) as again:
        reviews.decide(review, ambition=ambition, course="stop", reason="Toch niet.", by=user)
    assert code(again) == "closed"


def test_keep_changes_nothing(period, ambition, user):
    decided(ReviewFactory(period=period, ambitions=[ambition]), ambition, "keep", user)

    ambition.refresh_from_db()
    assert (ambition.state, ambition.is_being_revised) == (AmbitionState.ADOPTED, False)


def test_change_begins_a_new_draft_text(period, ambition, user):
    decided(ReviewFactory(period=period, ambitions=[ambition]), ambition, "change", user)

    ambition.refresh_from_db()
    assert (ambition.state, ambition.revised_sentence, ambition.is_in_consultation) == (AmbitionState.ADOPTED, ambition.sentence, False)


def test_stop_closes_the_ambition_with_the_reason(period, ambition, user):
    decided(ReviewFactory(period=period, ambitions=[ambition]), ambition, "stop", user)

    ambition.refresh_from_db()
    assert (ambition.state, ambition.closed_reason) == (AmbitionState.CLOSED, "Zo is het besproken.")


def test_stop_waits_for_commitments_that_still_run(period, ambition, user):
    CommitmentFactory(ambition=ambition, started=True)

    decided(ReviewFactory(period=period, ambitions=[ambition]), ambition, "stop", user)

    ambition.refresh_from_db()
    assert ambition.state == AmbitionState.ADOPTED


def test_the_database_keeps_a_closed_review(period, ambition, user):
    review = decided(ReviewFactory(period=period, ambitions=[ambition]), ambition, "keep", user)

    for rows, values in [(Review.objects.filter(pk=review.pk), {"document": {}}), (ReviewVerdict.objects.all(), {"reason": "Anders."})]:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


def test_the_next_period_takes_along_what_continues(period, ambition, user):
    stopped, left = (AmbitionFactory(programme=period.programme, adopted=True) for _ in range(2))
    review = ReviewFactory(period=period, ambitions=[ambition, stopped, left])
    reviews.decide(review, ambition=stopped, course="stop", reason="Gelukt.", by=user)
    continuing = list(reviews.continuing(period))

    made = reviews.start_next(period, name="Daarna", starts_on=in_days(701), ends_on=in_days(2000), by=user, ambitions=[ambition])

    assert continuing == [ambition, left]
    assert [list(reviews.of_period(one)) for one in (period, made)] == [[ambition, stopped, left], [ambition]]
    assert Event.objects.filter(kind="period.ambitions_taken").get().new["ambitions"] == [str(ambition.number)]


def test_the_next_period_starts_after_the_last_one(period, user):
    with pytest.raises(ValidationError) as error:
        reviews.start_next(period, name="Te vroeg", starts_on=in_days(700), ends_on=in_days(900), by=user, ambitions=[])
    assert code(error) == "overlaps"


def test_a_period_with_a_review_stays(user):
    review = ReviewFactory(period=PeriodFactory(programme=ProgrammeFactory()))

    with pytest.raises(ValidationError) as error, transaction.atomic():
        programmes.remove_period(review.period, by=user)
    assert code(error) == "in_use"


class TestWayBack:
    @pytest.mark.parametrize(("values", "state"), [({}, AmbitionState.ADOPTED), ({"versions": []}, AmbitionState.DRAFT)])
    def test_a_closed_ambition_is_taken_up_again_with_a_reason(self, user, values, state):
        ambition = AmbitionFactory(closed=True, **values)

        ambitions.reopen(ambition, reason="Er is weer geld.", by=user)

        ambition.refresh_from_db()
        assert (ambition.state, ambition.closed_reason) == (state, "")
        event = Event.objects.about(ambition).get()
        assert (event.kind, event.old["reason"]) == ("ambition.reopened", "Het is gelukt.")

    @pytest.mark.parametrize(("values", "reason", "expected"), [({"adopted": True}, "x", "not_closed"), ({"closed": True}, " ", "no_reason")])
    def test_only_what_is_closed_comes_back_and_with_a_reason(self, user, values, reason, expected):
        with pytest.raises(ValidationError) as error:
            ambitions.reopen(AmbitionFactory(**values), reason=reason, by=user)
        assert code(error) == expected
