"""The pages about the steps up."""

import pytest
from django.urls import reverse

from ambitions.models import Escalation, EscalationTerms
from tests.ambitions.factories import CommitmentFactory, EscalationFactory, in_days

pytestmark = pytest.mark.django_db
DAYS = {"starts_after_days": 10, "representative_days": 5, "coordinator_days": 5, "core_team_days": 20, "steering_group_days": 30}


@pytest.fixture
def step(programme):
    return EscalationFactory(commitment=CommitmentFactory(in_programme=programme, late=True))


def url(name, step):
    return reverse(f"ambitions:{name}", args=[step.commitment.ambition.programme.slug, step.commitment_id])


@pytest.mark.parametrize(("kind", "expected"), {"stranger": 404, "reader": 403, "representative": 403, "coordinator": 200, "administrator": 403}.items())
def test_who_is_asked_and_the_coordinator_answer(person, signed_in, step, kind, expected):
    assert signed_in(person(kind)).get(url("commitment_answer", step)).status_code == expected


def test_the_owner_answers_on_a_page_of_its_own(signed_in, step, programme):
    step.person.memberships.create(programme=programme, role="representative")

    response = signed_in(step.person).post(url("commitment_answer", step), {"answer": "Wij huren een ploeg in.", "next_on": in_days(20)}, follow=True)

    step.refresh_from_db()
    assert (step.outcome, step.answered_by) == ("answered", step.person)
    page = response.content.decode()
    assert "Wij huren een ploeg in." in page
    assert "gaat niet verder omhoog" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [({"answer": "", "next_on": in_days(9)}, "Zeg wat u eraan doet."), ({"answer": "Ja.", "next_on": in_days(-1)}, "Kies een dag die nog komt."),
     ({"answer": "Ja.", "next_on": ""}, "Kies een dag.")],
)  # fmt: skip
def test_an_answer_that_is_not_complete_comes_back_with_what_to_do(signed_in, coordinator, step, sent, said):
    response = signed_in(coordinator).post(url("commitment_answer", step), sent)

    assert response.status_code == 422
    assert said in response.content.decode()


def test_an_answer_nobody_waits_for_leads_back_with_a_word(signed_in, coordinator, step):
    Escalation.objects.all().delete()

    response = signed_in(coordinator).get(url("commitment_answer", step), follow=True)

    assert "Niemand wacht op een antwoord" in response.content.decode()


def test_the_page_of_the_promise_shows_the_open_step(person, signed_in, coordinator, step):
    pages = [signed_in(user).get(url("commitment_detail", step)).content.decode() for user in (person("reader"), coordinator)]

    assert all("Antwoord gevraagd" in page and str(step.person) in page for page in pages)
    assert [url("commitment_answer", step) in page for page in pages] == [False, True]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_shows_every_step_in_constant_queries(signed_in, coordinator, programme, rows, django_assert_num_queries):
    made = [EscalationFactory(commitment=CommitmentFactory(in_programme=programme, late=True)) for _row in range(rows)]
    EscalationFactory(answered=True, commitment=CommitmentFactory(in_programme=programme, late=True))
    browser = signed_in(coordinator)

    with django_assert_num_queries(7):
        page = browser.get(reverse("ambitions:escalation_list", args=[programme.slug])).content.decode()

    assert all(step.commitment.what in page for step in made)
    assert "Wij huren een tweede ploeg in." in page


def test_without_steps_the_list_says_that_nobody_owes_an_answer(signed_in, coordinator, programme):
    page = signed_in(coordinator).get(reverse("ambitions:escalation_list", args=[programme.slug])).content.decode()

    assert "Niemand is een antwoord schuldig" in page


def test_the_coordinator_chooses_the_terms(signed_in, coordinator, programme):
    address = reverse("ambitions:escalation_terms", args=[programme.slug])

    signed_in(coordinator).post(address, {**DAYS, "core_team_contact": coordinator.pk})
    refused = signed_in(coordinator).post(address, {**DAYS, "coordinator_days": 0})

    terms = EscalationTerms.objects.get(programme=programme)
    assert (terms.core_team_days, terms.core_team_contact, terms.steering_group_contact) == (20, coordinator, None)
    assert refused.status_code == 422
