"""The pages of ambitions, goals and support."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from ambitions.models import Ambition, Goal
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.ambitions.factories import (
    AmbitionFactory,
    CommitmentFactory,
    GoalFactory,
    GoalIndicatorFactory,
    ProgressUpdateFactory,
    SupportFactory,
    in_days,
)
from tests.neighbourhoods.factories import AreaFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def url(name, ambition, *args):
    return reverse(f"ambitions:{name}", args=[ambition.programme.slug, ambition.number, *args])


READING = {"stranger": 404, "reader": 200, "representative": 200, "coordinator": 200, "administrator": 200}
STEERING = {"stranger": 404, "reader": 403, "representative": 403, "coordinator": 200, "administrator": 403}


@pytest.mark.parametrize(("kind", "expected"), READING.items())
def test_everybody_in_the_programme_reads_the_ambitions(person, signed_in, programme, kind, expected):
    ambition = AmbitionFactory(programme=programme)
    browser = signed_in(person(kind))

    assert browser.get(reverse("ambitions:ambition_list", args=[programme.slug])).status_code == expected
    assert browser.get(url("ambition_detail", ambition)).status_code == expected


@pytest.mark.parametrize("name", ["ambition_edit", "ambition_consult", "ambition_close", "goal_add"])
@pytest.mark.parametrize(("kind", "expected"), STEERING.items())
def test_only_a_coordinator_changes_an_ambition(person, signed_in, programme, name, kind, expected):
    ambition = AmbitionFactory(programme=programme)

    assert signed_in(person(kind)).get(url(name, ambition)).status_code == expected


def test_a_visitor_is_asked_to_sign_in(client, programme):
    page = client.get(reverse("ambitions:ambition_list", args=[programme.slug]))

    assert page.status_code == 302
    assert page.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("rows", [1, 30])
def test_the_tree_shows_goals_and_promises_in_constant_queries(signed_in, coordinator, programme, rows, django_assert_num_queries):
    for number in range(rows):
        ambition = AmbitionFactory(programme=programme, adopted=True)
        GoalFactory(ambition=ambition, area=AreaFactory(name=f"Buurt {number}"))
        CommitmentFactory(ambition=ambition, late=True)
    browser = signed_in(coordinator)

    with django_assert_num_queries(8):
        page = browser.get(reverse("ambitions:ambition_list", args=[programme.slug])).content.decode()

    assert page.count("<article") == rows
    assert page.count("te laat</span>") == rows
    assert f"Buurt {rows - 1}" in page


def test_a_long_list_of_promises_goes_on_elsewhere(signed_in, coordinator, programme):
    ambition = AmbitionFactory(programme=programme, adopted=True)
    CommitmentFactory.create_batch(14, ambition=ambition, started=True)
    rest = reverse("ambitions:commitment_list", args=[programme.slug]) + f"?ambition={ambition.number}"
    browser = signed_in(coordinator)

    for address in [reverse("ambitions:ambition_list", args=[programme.slug]), reverse("ambitions:ambition_detail", args=[programme.slug, ambition.number])]:
        assertContains(browser.get(address), f'<a href="{rest}">Nog 2</a>', html=True)

    assert browser.get(rest).context["page"].paginator.count == 14


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_an_ambition_takes_constant_queries(signed_in, coordinator, programme, rows, django_assert_num_queries):
    ambition = AmbitionFactory(programme=programme, consulted=True)
    for commitment in CommitmentFactory.create_batch(rows, ambition=ambition, started=True):
        ProgressUpdateFactory(commitment=commitment)
        SupportFactory(ambition=ambition, organisation=commitment.organisation)
    browser = signed_in(coordinator)

    with django_assert_num_queries(19):
        page = browser.get(url("ambition_detail", ambition)).content.decode()

    assert page.count("De eerste woningen zijn klaar.") == min(rows, 12)


def test_an_empty_list_offers_the_first_step(signed_in, coordinator, programme):
    page = signed_in(coordinator).get(reverse("ambitions:ambition_list", args=[programme.slug]))

    assert "Schrijf de eerste ambitie" in page.content.decode()


def test_a_coordinator_writes_a_draft(signed_in, coordinator, programme):
    answer = signed_in(coordinator).post(
        reverse("ambitions:ambition_add", args=[programme.slug]),
        {"theme": ThemeFactory().pk, "sentence": "Prettig wonen.", "why": "Daarom."},
    )

    ambition = Ambition.objects.get()
    assert (ambition.sentence, ambition.created_by, answer.url) == ("Prettig wonen.", coordinator, url("ambition_detail", ambition))


def test_a_draft_without_a_sentence_comes_back_with_what_was_written(signed_in, coordinator, programme):
    answer = signed_in(coordinator).post(reverse("ambitions:ambition_add", args=[programme.slug]), {"why": "Omdat het moet."})

    assert (answer.status_code, Ambition.objects.count()) == (422, 0)
    assert "Omdat het moet." in answer.content.decode()


def test_a_representative_cannot_write_a_draft(signed_in, person, programme):
    browser = signed_in(person("representative"))

    assert browser.get(reverse("ambitions:ambition_add", args=[programme.slug])).status_code == 403


def test_a_coordinator_takes_a_draft_to_adoption(signed_in, coordinator, programme):
    ambition = AmbitionFactory(programme=programme)
    browser = signed_in(coordinator)

    browser.post(url("ambition_consult", ambition), {"closes_on": in_days(14).isoformat()})
    browser.post(url("ambition_adopt", ambition))

    ambition.refresh_from_db()
    assert (ambition.state, ambition.versions.count()) == ("adopted", 1)


def test_adopting_a_draft_says_why_not(signed_in, coordinator, programme):
    ambition = AmbitionFactory(programme=programme)

    page = signed_in(coordinator).post(url("ambition_adopt", ambition), follow=True)

    assert "aan de partners is voorgelegd" in page.content.decode()


def test_a_revision_starts_from_what_was_revised_before(signed_in, coordinator, programme):
    ambition = AmbitionFactory(programme=programme, adopted=True, revised_sentence="Al half herzien.", revised_why="x")

    page = signed_in(coordinator).get(url("ambition_edit", ambition)).content.decode()

    assert "Al half herzien." in page
    assert ambition.sentence not in page.split("<form")[-1]


def test_a_revision_is_saved_and_left_aside(signed_in, coordinator, programme):
    ambition = AmbitionFactory(programme=programme, adopted=True)
    browser = signed_in(coordinator)

    browser.post(url("ambition_edit", ambition), {"theme": ambition.theme_id, "sentence": "Nieuw.", "why": "Anders."})
    revised = Ambition.objects.get().revised_sentence
    browser.post(url("revision_drop", ambition))

    assert (revised, Ambition.objects.get().revised_sentence) == ("Nieuw.", "")


def test_closing_asks_for_a_reason(signed_in, coordinator, programme):
    ambition = AmbitionFactory(programme=programme)
    browser = signed_in(coordinator)

    assert browser.post(url("ambition_close", ambition), {"reason": ""}).status_code == 422
    browser.post(url("ambition_close", ambition), {"reason": "Is gelukt."})

    assert Ambition.objects.get().state == "closed"


def test_a_coordinator_adds_changes_and_removes_a_goal(signed_in, coordinator, programme):
    ambition = AmbitionFactory(programme=programme)
    browser = signed_in(coordinator)
    values = {
        "indicator": GoalIndicatorFactory().pk, "definition": "Het aandeel dat dit zegt.", "baseline": "12,5", "baseline_period": "2020", "target": "9",
        "target_on": "2028-12-31", "is_headline": "on",
    }  # fmt: skip

    browser.post(url("goal_add", ambition), values)
    goal = Goal.objects.get()
    browser.post(url("goal_edit", ambition, goal.pk), values | {"target": "8,5"})

    assert (goal.baseline, Goal.objects.get().target) == (12.5, 8.5)
    browser.post(url("goal_delete", ambition, goal.pk))
    assert not Goal.objects.exists()


@pytest.mark.parametrize("change", [{"target": "12,5"}, {"baseline_period": "20"}, {"target_on": "2019-01-01"}])
def test_a_goal_that_does_not_fit_comes_back(signed_in, coordinator, programme, change):
    values = {"indicator": GoalIndicatorFactory().pk, "definition": "Het aandeel dat dit zegt.", "baseline": "12,5", "baseline_period": "2020", "target": "9", "target_on": "2028-12-31"}

    answer = signed_in(coordinator).post(url("goal_add", AmbitionFactory(programme=programme)), values | change)

    assert (answer.status_code, Goal.objects.count()) == (422, 0)


class TestSupport:
    def test_a_representative_puts_the_view_on_record(self, signed_in, programme):
        ambition = AmbitionFactory(programme=programme, consulted=True)
        own = RepresentativeFactory(in_programme=programme)

        answer = signed_in(own.user).post(
            url("support_give", ambition, own.organisation_id), {"stance": "reservation", "reason": "Alleen met geld."}
        )

        assert answer.url == url("ambition_detail", ambition)
        assert ambition.support.get().reason == "Alleen met geld."

    def test_a_reservation_without_reason_comes_back(self, signed_in, programme):
        ambition = AmbitionFactory(programme=programme, consulted=True)
        own = RepresentativeFactory(in_programme=programme)

        answer = signed_in(own.user).post(url("support_give", ambition, own.organisation_id), {"stance": "against"})

        assert (answer.status_code, ambition.support.count()) == (422, 0)

    def test_nobody_speaks_for_another_organisation(self, signed_in, person, programme):
        ambition = AmbitionFactory(programme=programme, consulted=True)
        other = OrganisationFactory(in_programme=programme)

        for kind in ["coordinator", "representative", "reader"]:
            answer = signed_in(person(kind)).post(url("support_give", ambition, other.pk), {"stance": "supports"})
            assert answer.status_code == 403
        assert not ambition.support.exists()

    def test_a_draft_is_not_asked_about(self, signed_in, programme):
        own = RepresentativeFactory(in_programme=programme)

        page = signed_in(own.user).get(url("support_give", AmbitionFactory(programme=programme), own.organisation_id))

        assert page.status_code == 403
