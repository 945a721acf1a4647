"""The pages of a merger and a split: fill in, see what will move, confirm."""

import pytest
from django.urls import reverse

from actors.models import Organisation
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.dashboards.test_succession import new, promise
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db
MERGER = reverse("dashboards:merger", args=["voorbeeldwijk"])


@pytest.fixture
def old(programme):
    made = [OrganisationFactory(name=name, in_programme=programme) for name in ["Zorg A", "Zorg B"]]
    for each in made:
        RepresentativeFactory(organisation=each, in_programme=programme)
    return made


@pytest.fixture
def browser(client, programme):
    client.force_login(MembershipFactory(programme=programme, role=Role.COORDINATOR).user)
    return client


def typed(old, **values):
    return {"chosen": [each.pk for each in old], "successor": "", "name": "Zorg AB", "kind": "care", "reason": "Fusie per januari.", **values}


def test_a_coordinator_sees_what_will_move_and_confirms(browser, programme, old):
    moved = promise(programme, old[0])
    answer = browser.post(MERGER, typed(old))
    page = answer.content.decode()

    done = browser.post(MERGER, typed(old, seen=answer.context["seen"]), follow=True)

    moved.refresh_from_db()
    assert moved.what in page
    assert "Er is nog niets veranderd." in page
    assert (moved.organisation, done.redirect_chain[0][0]) == (new(), reverse("actors:partner_list", args=["voorbeeldwijk"]))
    assert "verder met wat hier open stond" in browser.get(reverse("actors:partner_detail", args=["voorbeeldwijk", old[0].pk])).content.decode()


def test_one_step_back_keeps_what_was_typed(browser, old):
    answer = browser.post(MERGER, typed(old, seen="x", back="1"))

    assert "Fusie per januari.</textarea>" in answer.content.decode()
    assert not Organisation.objects.filter(name="Zorg AB").exists()


def test_a_stale_confirmation_comes_back_with_everything_filled_in(browser, old):
    answer = browser.post(MERGER, typed(old, seen="iets anders"))

    assert answer.status_code == 422
    assert "Intussen is er iets veranderd." in answer.content.decode()
    assert "Fusie per januari.</textarea>" in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Kies hierboven een organisatie, of geef de naam van de nieuwe."), ({"kind": ""}, "Kies de soort van de nieuwe organisatie."),
        ({"name": "Zorg A"}, "Er is al een organisatie met deze naam."), ({"chosen": []}, "Kies minstens één organisatie."),
    ],
)  # fmt: skip
def test_bad_input_says_what_to_do(browser, old, wrong, words):
    answer = browser.post(MERGER, typed(old, **wrong))

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_split_asks_a_choice_per_open_promise(browser, programme, old):
    goes, stays = promise(programme, old[0]), promise(programme, old[0])
    address = reverse("dashboards:split", args=["voorbeeldwijk", old[0].pk])
    form = {"successor": "", "name": "Zorg AB", "kind": "care", "reason": "Splitsing.", "speakers": [goes.owner_id]}
    form |= {f"toezegging_{goes.pk}": "goes", f"toezegging_{stays.pk}": "stays"}
    seen = browser.post(address, form).context["seen"]

    browser.post(address, {**form, "seen": seen})

    for row in [goes, stays]:
        row.refresh_from_db()
    assert (goes.organisation, stays.organisation) == (new(), old[0])


@pytest.mark.parametrize("rows", [1, 20])
def test_the_form_of_a_split_takes_constant_queries(browser, programme, old, rows, django_assert_num_queries):
    for _number in range(rows):
        promise(programme, old[0])

    with django_assert_num_queries(9):
        browser.get(reverse("dashboards:split", args=["voorbeeldwijk", old[0].pk]))
