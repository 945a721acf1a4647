"""How an organisation looks at a theme."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from actors import perspectives
from actors.models import Perspective, PerspectiveDraft
from actors.permissions import can_edit_perspective, can_manage_actors
from tests.accounts.factories import UserFactory
from tests.actors.factories import PerspectiveDraftFactory, PerspectiveFactory, RepresentativeFactory
from tests.neighbourhoods.factories import MembershipFactory, ThemeFactory
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(programme, partner):
    user = UserFactory()

    def make(**words):
        return perspectives.write(programme, organisation=partner, theme=ThemeFactory(), by=user, **words)

    return make


def release(draft):
    return perspectives.release(draft, edit=draft.edit, by=UserFactory(name="Wie Vrijgeeft"))


def test_a_draft_is_no_version_and_the_log_does_not_tell_of_it(write):
    write(goals="Minder leegstand.")

    assert (PerspectiveDraft.objects.count(), Perspective.objects.count(), Event.objects.count()) == (1, 0, 0)


def test_a_released_draft_is_the_next_version_and_the_old_one_stays(write):
    first = release(write(goals="Minder leegstand."))
    second = release(write(goals="Geen leegstand.", limits="Niet bouwen."))

    assert [(one.version, one.goals) for one in Perspective.objects.order_by("version")] == [(1, "Minder leegstand."), (2, "Geen leegstand.")]
    assert list(Perspective.objects.current()) == [second]
    assert (first.released_by.name, PerspectiveDraft.objects.exists()) == ("Wie Vrijgeeft", False)
    assert Event.objects.filter(kind="perspective.released").count() == 2


@pytest.mark.parametrize("spoil", [lambda rows: rows.update(goals="Anders."), lambda rows: rows.delete()], ids=["update", "delete"])
def test_the_database_refuses_to_touch_a_released_version(write, spoil):
    release(write(goals="Minder leegstand."))

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        spoil(Perspective.objects.all())

    assert Perspective.objects.get().goals == "Minder leegstand."


def test_the_words_that_were_released_leave_no_draft(write):
    release(write(goals="Minder leegstand."))
    draft = write(goals="Iets anders.")

    assert write(goals=" Minder leegstand. ", edit=draft.edit) is None
    assert not PerspectiveDraft.objects.exists()


def test_a_draft_thrown_away_leaves_what_was_released(write):
    released = release(write(goals="Minder leegstand."))

    perspectives.discard(write(goals="Iets anders."))

    assert (list(Perspective.objects.current()), PerspectiveDraft.objects.exists()) == ([released], False)


def test_a_draft_that_changed_meanwhile_is_not_overwritten(write):
    draft = write(goals="Van mij.")
    write(goals="Van een collega.", edit=draft.edit)

    with pytest.raises(ValidationError) as error:
        write(goals="Weer van mij.", edit=draft.edit)

    assert (error.value.code, PerspectiveDraft.objects.get().goals) == ("changed_meanwhile", "Van een collega.")


def test_nobody_releases_words_they_have_not_read(write):
    draft = write(goals="Gelezen.")
    write(goals="Niet gelezen.", edit=draft.edit)

    with pytest.raises(ValidationError) as error:
        release(draft)

    assert (error.value.code, Perspective.objects.exists()) == ("changed_meanwhile", False)


def test_a_draft_is_released_once(write):
    draft = write(goals="Minder leegstand.")
    release(draft)

    with pytest.raises(ValidationError) as error:
        perspectives.release(draft, edit=draft.edit, by=UserFactory())

    assert error.value.code == "gone"


def test_empty_words_are_refused(write):
    with pytest.raises(ValidationError) as error:
        write(goals="  ")
    assert error.value.code == "empty"


def test_an_unknown_part_is_a_fault_of_the_caller(write):
    with pytest.raises(TypeError):
        write(goals="x", secrets="y")


def test_a_draft_is_seen_by_the_own_organisation_alone(programme, partner):
    draft = PerspectiveDraftFactory(programme=programme, organisation=partner)
    own = RepresentativeFactory(organisation=partner, in_programme=programme).user
    coordinator = MembershipFactory(programme=programme, role="coordinator").user
    others = [coordinator, UserFactory(administrator=True), RepresentativeFactory(in_programme=programme).user, AnonymousUser()]

    assert [list(PerspectiveDraft.objects.visible_to(user)) for user in [own, *others]] == [[draft], [], [], [], []]


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
