"""The pages on which goals are defined and judged, participation is logged, and a closed ambition comes back."""

import pytest
from django.urls import reverse

from ambitions.models import Ambition, Goal, Involvement
from tests.ambitions.factories import AmbitionFactory, GoalFactory, GoalIndicatorFactory, InvolvementFactory, SupportFactory

pytestmark = pytest.mark.django_db


def url(name, ambition, *args):
    return reverse(f"ambitions:{name}", args=[ambition.programme.slug, ambition.number, *args])


def goal_values(**values):
    return {
        "indicator": GoalIndicatorFactory().pk, "definition": "Het aandeel dat dit zegt.", "baseline": "12,5", "baseline_period": "2020", "target": "9",
        "target_on": "2028-12-31", "is_headline": "on",
    } | values  # fmt: skip


def test_a_goal_is_saved_with_its_path_and_comes_back_with_it(signed_in, coordinator, programme):
    ambition, browser = AmbitionFactory(programme=programme), signed_in(coordinator)

    browser.post(url("goal_add", ambition), goal_values(points="31-12-2024: 11,5\n\n31-12-2026: 10"))

    goal = Goal.objects.get()
    assert [(str(point.on), point.value) for point in goal.points.all()] == [("2024-12-31", 11.5), ("2026-12-31", 10.0)]
    assert "31-12-2024: 11,5" in browser.get(url("goal_edit", ambition, goal.pk)).content.decode()


@pytest.mark.parametrize("change", [{"definition": " "}, {"points": "volgend jaar"}, {"points": "31-12-2024 11"}, {"points": "1-1-2030: 8"}])
def test_a_goal_without_definition_or_with_a_path_nobody_can_read_comes_back(signed_in, coordinator, programme, change):
    answer = signed_in(coordinator).post(url("goal_add", AmbitionFactory(programme=programme)), goal_values(**change))

    assert (answer.status_code, Goal.objects.exists()) == (422, False)
    assert change.get("points", "12,5") in answer.content.decode()


def test_a_judgement_stands_with_the_goal_and_there_is_no_score(signed_in, person, programme):
    goal, browser = GoalFactory(ambition=AmbitionFactory(programme=programme)), signed_in(person("analyst"))
    filled = {f"judgement_{name}": "not_yet" for name in ("reliable", "relevant", "clear")} | {"judgement_defined": "no", "reason_defined": "Van wie?"}

    refused = browser.post(url("goal_check", goal.ambition, goal.pk), filled | {"reason_defined": ""})
    browser.post(url("goal_check", goal.ambition, goal.pk), filled)

    page = browser.get(url("goal_detail", goal.ambition, goal.pk)).content.decode()
    assert (refused.status_code, page.count("nog niet beoordeeld"), "Van wie?" in page) == (422, 3, True)


def test_a_community_worker_logs_who_could_take_part(signed_in, person, programme):
    ambition, browser = AmbitionFactory(programme=programme), signed_in(person("community_worker"))
    values = {"stage": "execution", "who": "Jongeren", "influence": "coproduce", "starts_on": "2026-05-01", "fixed": "De plek.", "free": "De rest."}

    refused = browser.post(url("involvement_add", ambition), values | {"ends_on": "2026-04-01"})
    browser.post(url("involvement_add", ambition), values)
    entry = Involvement.objects.get()
    browser.post(url("involvement_edit", ambition, entry.pk), values | {"outcome": "Er staat een doel."})

    page = browser.get(url("ambition_detail", ambition)).content.decode()
    assert (refused.status_code, "Er staat een doel." in page, "coproduceren" in page) == (422, True, True)


def test_everybody_reads_on_the_public_page_who_could_take_part(client, programme):
    entry = InvolvementFactory(ambition=AmbitionFactory(programme=programme, adopted=True))
    address = reverse("dashboards:public_ambition", args=[programme.slug, entry.ambition.number])

    page = client.get(address).content.decode()

    assert (entry.who in page, "nog niet bekend" in page) == (True, True)


def test_a_closed_ambition_comes_back_with_a_reason(signed_in, coordinator, programme):
    ambition, browser = AmbitionFactory(programme=programme, closed=True), signed_in(coordinator)

    refused = browser.post(url("ambition_reopen", ambition), {"reason": ""})
    browser.post(url("ambition_reopen", ambition), {"reason": "Er is weer geld."})

    assert (refused.status_code, Ambition.objects.get().state) == (422, "adopted")


def test_support_for_other_words_is_asked_again_and_stays_readable(signed_in, coordinator, programme):
    ambition, browser = AmbitionFactory(programme=programme, consulted=True), signed_in(coordinator)
    given = SupportFactory(ambition=ambition, stance="reservation", reason="Alleen met geld.")
    given.organisation.participations.create(programme=programme)

    browser.post(url("ambition_edit", ambition), {"theme": ambition.theme_id, "sentence": "Heel anders.", "why": "Daarom."})

    page = browser.get(url("ambition_detail", ambition)).content.decode()
    assert ("opnieuw gevraagd" in page, "Alleen met geld." in page, "0 van de 1 partners" in page) == (True, True, True)
