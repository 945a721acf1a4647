"""How an organisation looks at a theme."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from actors import perspectives
from actors.models import Perspective
from actors.permissions import can_edit_perspective, can_manage_actors
from tests.accounts.factories import UserFactory
from tests.actors.factories import PerspectiveFactory, RepresentativeFactory
from tests.neighbourhoods.factories import MembershipFactory, ThemeFactory
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(programme, partner):
    user = UserFactory()

    def make(**words):
        return perspectives.write(programme, organisation=partner, theme=ThemeFactory(), by=user, **words)

    return make


def test_every_change_is_a_new_version_and_the_old_one_stays(write):
    first = write(goals="Minder leegstand.")

    second = write(goals="Geen leegstand.", limits="Niet bouwen.")

    first.refresh_from_db()
    assert (first.goals, first.replaced_at is not None) == ("Minder leegstand.", True)
    assert (second.version, list(Perspective.objects.current())) == (2, [second])
    assert Event.objects.filter(kind="perspective.written").count() == 2


def test_the_same_words_are_no_new_version(write):
    assert write(goals="Minder leegstand.") == write(goals=" Minder leegstand. ")
    assert Perspective.objects.count() == 1


def test_empty_words_are_refused(write):
    with pytest.raises(ValidationError) as error:
        write(goals="  ")
    assert error.value.code == "empty"


def test_an_unknown_part_is_a_fault_of_the_caller(write):
    with pytest.raises(TypeError):
        write(goals="x", secrets="y")


def test_only_the_organisation_itself_writes(programme, partner):
    perspective = PerspectiveFactory(programme=programme, organisation=partner)
    own = RepresentativeFactory(organisation=partner).user
    others = [AnonymousUser(), UserFactory(administrator=True), RepresentativeFactory(in_programme=programme).user]
    coordinator = MembershipFactory(programme=programme, role="coordinator").user

    assert [can_edit_perspective(user, perspective) for user in [own, *others, coordinator]] == [True, False, False, False, False]


def test_coordinators_and_administrators_manage_partners(programme):
    coordinator = MembershipFactory(programme=programme, role="coordinator").user
    people = [coordinator, UserFactory(administrator=True), RepresentativeFactory(in_programme=programme).user, MembershipFactory().user, AnonymousUser()]

    assert [can_manage_actors(user, programme) for user in people] == [True, True, False, False, False]


def test_perspectives_are_read_in_the_programme(programme, partner):
    perspective = PerspectiveFactory(programme=programme, organisation=partner)
    reader, stranger = MembershipFactory(programme=programme).user, MembershipFactory().user

    assert [list(Perspective.objects.visible_to(user)) for user in [reader, stranger]] == [[perspective], []]
