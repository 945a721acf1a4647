"""Which rows somebody may read."""

import pytest
from django.contrib.auth.models import AnonymousUser

from ambitions.models import Ambition, Commitment
from tests.actors.factories import RepresentativeFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory
from tests.neighbourhoods.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db
NOTHING, OPEN, ALL = set(), {"public", "partners"}, {"public", "partners", "internal"}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("stranger", NOTHING), ("reader", OPEN), ("representative", OPEN), ("own", ALL), ("coordinator", ALL), ("administrator", ALL)],
)
def test_promises_are_seen_as_far_as_they_are_meant(person, programme, kind, expected):
    made = [CommitmentFactory(in_programme=programme, visibility=visibility) for visibility in sorted(ALL)]
    user = person(kind if kind != "own" else "reader")
    if kind == "own":
        for promise in made:
            RepresentativeFactory(user=user, organisation=promise.organisation)

    assert {promise.visibility for promise in Commitment.objects.visible_to(user)} == expected


def test_a_visitor_without_account_has_no_rows():
    CommitmentFactory(visibility="public")

    assert not Commitment.objects.visible_to(AnonymousUser())
    assert not Ambition.objects.visible_to(AnonymousUser())


def test_somebody_who_left_the_programme_sees_nothing_of_it():
    person = RepresentativeFactory()
    CommitmentFactory(organisation=person.organisation, visibility="internal")

    assert not Commitment.objects.visible_to(person.user)


def test_the_public_reads_public_agreed_promises_of_public_adopted_ambitions():
    public = ProgrammeFactory(is_public=True)
    shown = CommitmentFactory(in_programme=public, agreed=True, visibility="public")
    CommitmentFactory(in_programme=public, visibility="public")
    CommitmentFactory(in_programme=public, agreed=True, visibility="partners")
    CommitmentFactory(ambition=AmbitionFactory(programme=public), agreed=True, visibility="public")
    CommitmentFactory(agreed=True, visibility="public")

    assert list(Commitment.objects.public()) == [shown]
