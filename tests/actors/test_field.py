"""Influence and interest: each chooses alone, together it is shown, and a partner reads its own place alone."""

import pytest
from django.urls import reverse

from actors import field, figures
from actors.models import Placement
from tests.actors.factories import OrganisationFactory, RepresentativeFactory
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(programme):
    """Two people of the core team."""
    return [MembershipFactory(programme=programme, role=role).user for role in [Role.COORDINATOR, Role.COMMUNITY_WORKER]]


@pytest.fixture
def pages(programme):
    return [reverse(f"actors:{name}", args=[programme.slug]) for name in ["field_detail", "field_place"]]


def place(programme, partner, team, *choices):
    for user, chosen in zip(team, choices, strict=False):
        field.place(programme, placed={partner: chosen}, by=user)


def test_one_choice_shows_nothing_and_two_show_their_middle(programme, partner, team):
    place(programme, partner, team, (4, 5))
    first = field.spots(programme, [partner])
    place(programme, partner, team[1:], (5, 5))

    [spot] = field.spots(programme, [partner])
    assert (first, spot.influence, spot.interest, spot.approach) == ([], 4.5, 5.0, "together")


def test_choosing_again_replaces_the_own_choice(programme, partner, team):
    place(programme, partner, team, (1, 1))
    place(programme, partner, team, (3, 2))

    assert list(Placement.objects.values_list("influence", "interest")) == [(3, 2)]
    assert field.spots(programme, [partner]) == []


@pytest.mark.parametrize(("second", "differs"), [((4, 3), False), ((5, 3), True), ((3, 1), True), ((2, 4), False)])
def test_two_steps_of_difference_are_worth_talking_about(programme, partner, team, second, differs):
    place(programme, partner, team, (3, 3), second)

    assert field.spots(programme, [partner])[0].differs == differs


@pytest.mark.parametrize(("chosen", "approach"), [((5, 5), "together"), ((4, 2), "content"), ((1, 4), "informed"), ((2, 2), "follow")])
def test_each_corner_says_what_goes_with_it(programme, partner, team, chosen, approach):
    place(programme, partner, team, chosen, chosen)

    assert field.spots(programme, [partner])[0].approach == approach


def test_the_log_never_tells_what_was_chosen(programme, partner, team):
    place(programme, partner, team, (4, 2))

    event = Event.objects.get(kind="field.placed")
    assert (event.old, event.new) == ({}, {"number": 1})


def test_dots_never_lie_on_one_another_nor_outside(programme, team):
    partners = [OrganisationFactory(in_programme=programme) for _number in range(30)]
    for each in partners:
        place(programme, each, team, (5, 5), (5, 5))

    middles = figures.places(field.spots(programme, partners))

    assert len(set(middles)) == 30
    assert all(figures.LEFT < x < figures.LEFT + figures.SIDE and figures.TOP < y < figures.TOP + figures.SIDE for x, y in middles)


def test_more_influence_is_higher_and_more_interest_is_further_right(programme, team):
    strong, keen = [OrganisationFactory(name=name, in_programme=programme) for name in ["A", "B"]]
    place(programme, strong, team, (5, 1), (5, 1))
    place(programme, keen, team, (1, 5), (1, 5))

    (x_strong, y_strong), (x_keen, y_keen) = figures.places(field.spots(programme, [strong, keen]))

    assert x_strong < x_keen
    assert y_strong < y_keen


@pytest.mark.parametrize(
    ("kind", "reads", "places"),
    [("coordinator", 200, 200), ("community_worker", 200, 200), ("analyst", 200, 200), ("own", 200, 403), ("reader", 403, 403), ("administrator", 403, 403), ("stranger", 404, 404)],
)  # fmt: skip
def test_the_field_is_for_the_core_team_and_partners_read_it(browser_of, pages, kind, reads, places):
    browser = browser_of(kind)

    assert [browser.get(page).status_code for page in pages] == [reads, places]


def test_the_choice_of_another_is_not_on_any_page_until_two_chose(client, programme, partner, team, pages):
    place(programme, partner, team, (1, 5))
    client.force_login(team[1])

    detail, form = [client.get(page) for page in pages]

    assert detail.context["spots"] == []
    assert 'selected' not in form.content.decode().split("<tbody>")[1].replace('value="" selected', "")


def test_a_partner_reads_its_own_place_and_nobody_elses(client, programme, partner, team, pages):
    other = OrganisationFactory(name="Buurhuis", in_programme=programme)
    for each in [partner, other]:
        place(programme, each, team, (5, 1), (2, 1))
    client.force_login(RepresentativeFactory(organisation=partner, in_programme=programme).user)

    answer = client.get(pages[0])

    page = answer.content.decode()
    assert [spot.organisation for spot in answer.context["spots"]] == [partner]
    assert "Buurhuis" not in page
    assert "<svg class=\"field\"" not in page
    assert "samen bespreken" not in page
    assert "weinig – heel veel" not in page
    assert answer.context["spots"][0].influence_middle == "veel"


def test_the_core_team_sees_where_it_differs(client, programme, partner, team, pages):
    place(programme, partner, team, (5, 1), (2, 1))
    client.force_login(team[0])

    page = client.get(pages[0]).content.decode()

    assert "Samen bespreken" in page
    assert f"<title>{partner.name}</title>" in page
    assert "weinig – heel veel" in page


def test_a_person_places_several_at_once(client, programme, partner, team, pages):
    other = OrganisationFactory(in_programme=programme)
    client.force_login(team[0])

    client.post(pages[1], {f"influence_{partner.pk}": "4", f"interest_{partner.pk}": "5"})

    assert list(Placement.objects.values_list("organisation", "influence", "interest")) == [(partner.pk, 4, 5)]
    assert other.name in client.get(pages[0]).content.decode()


@pytest.mark.parametrize("typed", [("4", ""), ("9", "3")])
def test_half_a_place_comes_back(client, partner, team, pages, typed):
    client.force_login(team[0])

    answer = client.post(pages[1], {f"influence_{partner.pk}": typed[0], f"interest_{partner.pk}": typed[1]})

    assert (answer.status_code, Placement.objects.count()) == (422, 0)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_pages_take_constant_queries(client, programme, team, pages, rows, django_assert_num_queries):
    for _number in range(rows):
        place(programme, OrganisationFactory(in_programme=programme), team, (4, 4), (4, 4))
    client.force_login(team[0])

    for page, queries in zip(pages, [7, 6], strict=True):
        with django_assert_num_queries(queries):
            client.get(page)
