import pytest
from django.contrib.auth.models import AnonymousUser

from tests.accounts.factories import UserFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.neighbourhoods import permissions
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.fixture
def people(programme):
    """One person per kind of visitor; the stranger steers another programme, the former member steered this one."""
    roles = {str(role): MembershipFactory(programme=programme, role=role).user for role in Role}
    former = MembershipFactory(programme=programme, role=Role.COORDINATOR, ended_at="2026-01-01T00:00Z").user
    others = {"visitor": AnonymousUser(), "stranger": MembershipFactory(role=Role.COORDINATOR).user, "former": former}
    return roles | others | {"administrator": UserFactory(administrator=True)}


MEMBERS = {str(role) for role in Role}


@pytest.mark.parametrize(
    ("predicate", "passes"),
    [
        (permissions.can_see_programme, MEMBERS | {"administrator"}),
        (permissions.can_coordinate_programme, {"coordinator"}),
        (permissions.can_manage_programme, {"coordinator", "administrator"}),
        (permissions.can_see_mails, {"coordinator", "administrator"}),
    ],
)
def test_who_may_do_what_in_a_programme(programme, people, predicate, passes):
    assert {name for name, person in people.items() if predicate(person, programme)} == passes


@pytest.mark.parametrize(
    ("predicate", "passes"),
    [
        (permissions.is_administrator, {"administrator"}),
        (permissions.is_analyst, {"analyst", "administrator"}),
        (permissions.can_import_figures, {"analyst", "coordinator", "stranger", "administrator"}),
        (permissions.needs_second_factor, {"coordinator", "stranger", "administrator"}),
    ],
)
def test_who_may_do_what_in_the_installation(people, predicate, passes):
    assert {name for name, person in people.items() if predicate(person)} == passes


def test_the_list_agrees_with_the_object(programme, people):
    seeing = {name for name, person in people.items() if Programme.objects.visible_to(person).filter(pk=programme.pk).exists()}

    assert seeing == {name for name, person in people.items() if permissions.can_see_programme(person, programme)}


def test_roles_are_read_once_per_person(programme, django_assert_num_queries):
    user = MembershipFactory(programme=programme, role=Role.COORDINATOR).user

    with django_assert_num_queries(1):
        assert permissions.can_manage_programme(user, programme)
        assert permissions.programme_ids(user) == [programme.pk]


def test_visitors_cost_no_query(programme, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not permissions.can_see_programme(AnonymousUser(), programme)
