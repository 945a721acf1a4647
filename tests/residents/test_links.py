import pytest
from django.core.exceptions import ValidationError

from residents import links
from residents.models import InputLink
from tests.accounts.factories import UserFactory
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory
from tests.residents.factories import InputLinkFactory, ResidentInputFactory
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


def test_linking_twice_keeps_one_link_and_one_event():
    resident_input = ResidentInputFactory(published=True)
    commitment = CommitmentFactory(in_programme=resident_input.programme)

    for _time in range(2):
        links.link(resident_input, commitment=commitment, by=UserFactory())

    assert InputLink.objects.get().commitment == commitment
    assert Event.objects.about(resident_input).count() == 1


def test_taking_a_link_away_stays_in_the_log():
    link = InputLinkFactory()

    links.unlink(link, by=UserFactory())

    assert not InputLink.objects.exists()
    assert Event.objects.about(link.input).get().kind == "input.unlinked"


@pytest.mark.parametrize(
    ("state", "make", "code"),
    [
        ("published", lambda programme: {}, "one_thing"),
        ("published", lambda programme: {"ambition": AmbitionFactory()}, "other_programme"),
        ("awaiting", lambda programme: {"ambition": AmbitionFactory(programme=programme)}, "not_published"),
        ("published", lambda programme: {"ambition": AmbitionFactory(programme=programme), "commitment": CommitmentFactory(in_programme=programme)}, "one_thing"),
    ],
)
def test_linking_is_refused(state, make, code):
    resident_input = ResidentInputFactory(**{state: True})

    with pytest.raises(ValidationError) as refusal:
        links.link(resident_input, by=UserFactory(), **make(resident_input.programme))

    assert refusal.value.code == code
