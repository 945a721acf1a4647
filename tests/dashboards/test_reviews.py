"""The review half-way on one page, and the page on which the next period starts."""

import pytest
from django.urls import reverse

from ambitions.models import InPeriod, Review
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, GoalFactory, ReviewFactory, in_days
from tests.neighbourhoods.factories import MembershipFactory, PeriodFactory, ProgrammeFactory
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Period

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def period(programme):
    return PeriodFactory(programme=programme, starts_on=in_days(-700), ends_on=in_days(700), review_on=None)


@pytest.fixture
def coordinating(client, programme):
    client.force_login(MembershipFactory(programme=programme, role=Role.COORDINATOR).user)
    return client


def url(name, period, *args):
    return reverse(f"dashboards:{name}", args=[period.programme.slug, period.pk, *args])


@pytest.mark.parametrize("rows", [1, 30])
def test_every_ambition_stands_with_its_goals_and_promises_in_constant_queries(coordinating, period, rows, django_assert_num_queries):
    made = [AmbitionFactory(programme=period.programme, adopted=True) for _ in range(rows)]
    for ambition in made:
        GoalFactory(ambition=ambition)
        CommitmentFactory(ambition=ambition, late=True)
    ReviewFactory(period=period, ambitions=made)

    with django_assert_num_queries(12):
        page = coordinating.get(url("review", period)).content.decode()

    assert (page.count("<article"), page.count("nu niet bekend")) == (rows, rows)
    assert "bewijzen niet" in page


def test_a_coordinator_opens_decides_and_closes_and_the_page_stays(coordinating, period):
    ambition = AmbitionFactory(programme=period.programme, adopted=True)
    coordinating.post(url("review_open", period))

    refused = coordinating.post(url("review_decide", period, ambition.number), {"course": "keep", "reason": ""})
    coordinating.post(url("review_decide", period, ambition.number), {"course": "keep", "reason": "Het loopt."})
    coordinating.post(url("review_close", period))
    CommitmentFactory(ambition=ambition, kept=True)

    page = coordinating.get(url("review", period)).content.decode()
    assert (refused.status_code, Review.objects.get().document["ambitions"][0]["promises"]["kept"]) == (422, 0)
    assert ("Het loopt." in page, "<strong>1</strong>" in page) == (True, False)


def test_a_review_with_something_open_is_not_closed(coordinating, period):
    ReviewFactory(period=period, ambitions=[AmbitionFactory(programme=period.programme, adopted=True)])

    page = coordinating.post(url("review_close", period), follow=True).content.decode()

    assert (Review.objects.get().closed_at, "Nog open" in page) == (None, True)


def test_the_next_period_starts_with_what_continues(coordinating, period):
    kept, left = (AmbitionFactory(programme=period.programme, adopted=True) for _ in range(2))
    values = {"name": "Daarna", "starts_on": in_days(701).isoformat(), "ends_on": in_days(2000).isoformat(), "ambitions": [kept.pk]}

    page = coordinating.get(url("period_next", period)).content.decode()
    early = coordinating.post(url("period_next", period), values | {"starts_on": in_days(10).isoformat()})
    coordinating.post(url("period_next", period), values)

    assert (page.count(" checked"), early.status_code) == (2, 422)
    assert list(InPeriod.objects.filter(period=Period.objects.get(name="Daarna")).values_list("ambition", flat=True)) == [kept.pk]
    assert left.in_periods.get().period == period


def test_a_programme_without_periods_says_what_to_do(coordinating, programme):
    page = coordinating.get(reverse("dashboards:review_list", args=[programme.slug]))

    assert "Voeg eerst een periode toe" in page.content.decode()
