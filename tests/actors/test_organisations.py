"""Who takes part, and who speaks for them."""

import pytest
from django.core.exceptions import ValidationError

from actors import organisations, representatives
from actors.models import Organisation, Participation, Representative
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory, ParticipationFactory, RepresentativeFactory
from tests.ambitions.factories import CommitmentFactory
from tests.neighbourhoods.factories import MembershipFactory, ProgrammeFactory
from wijkaanpak.journal.models import Event, Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory()


def test_a_new_organisation_takes_part_at_once(user, programme):
    made = organisations.add(name="Wijkzorg", kind="care", programme=programme, by=user)

    assert list(Organisation.objects.in_programme(programme)) == [made]
    assert [event.kind for event in Event.objects.about(made).order_by("pk")] == ["organisation.added", "participation.started"]


def test_an_organisation_joins_once(user, programme):
    partner = OrganisationFactory()
    organisations.join(programme, organisation=partner, by=user)

    with pytest.raises(ValidationError) as error:
        organisations.join(programme, organisation=partner, by=user)
    assert error.value.code == "takes_part"


def test_who_left_can_come_back_and_keeps_the_first_day(user, programme, partner):
    since = Participation.objects.get().since
    organisations.leave(programme, organisation=partner, reason="Fusie.", by=user)
    gone = list(Organisation.objects.in_programme(programme))

    organisations.join(programme, organisation=partner, by=user)

    assert (gone, Participation.objects.get().since) == ([], since)
    assert list(Organisation.objects.in_programme(programme)) == [partner]


def test_leaving_needs_a_reason_and_taking_part(user, programme, partner):
    for where, reason, code in [(programme, " ", "no_reason"), (ProgrammeFactory(), "Fusie.", "takes_no_part")]:
        with pytest.raises(ValidationError) as error:
            organisations.leave(where, organisation=partner, reason=reason, by=user)
        assert error.value.code == code


def test_leaving_one_programme_leaves_the_other(user, programme, partner):
    other = ParticipationFactory(organisation=partner).programme

    organisations.leave(programme, organisation=partner, reason="Fusie.", by=user)

    assert list(Organisation.objects.in_programme(other)) == [partner]


def test_a_correction_keeps_what_it_was(user, partner):
    organisations.change(partner, name="Woonstichting Nieuw", kind=partner.kind, by=user)
    organisations.change(partner, name="Woonstichting Nieuw", by=user)

    event = Event.objects.about(partner).get()
    assert (event.old, event.new) == ({"name": "Woonstichting Voorbeeld"}, {"name": "Woonstichting Nieuw"})


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_no_organisation_is_a_part_of_itself(user, partner, depth):
    whole = partner
    for _level in range(depth):
        whole = OrganisationFactory(part_of=whole)

    with pytest.raises(ValidationError) as error:
        organisations.change(partner, part_of=whole, by=user)
    assert error.value.code == "circle"


def test_a_department_is_a_part_of_its_municipality(user, partner):
    organisations.change(partner, part_of=OrganisationFactory(name="Gemeente"), by=user)

    event = Event.objects.about(partner).get()
    assert (partner.__class__.objects.get(pk=partner.pk).part_of.name, event.new) == ("Gemeente", {"part_of": "Gemeente"})


def test_an_unknown_part_is_a_fault_of_the_caller(user, partner):
    with pytest.raises(TypeError):
        organisations.change(partner, colour="blue", by=user)


def test_a_member_of_the_programme_gets_the_role_of_representative(user, programme, partner):
    member = MembershipFactory(programme=programme).user

    representatives.add(partner, user=member, programme=programme, is_signatory=True, by=user)

    assert set(member.memberships.values_list("role", flat=True)) == {"reader", "representative"}
    assert partner.representatives.get().is_signatory


def test_nobody_speaks_twice_for_an_organisation(user):
    person = RepresentativeFactory()

    with pytest.raises(ValidationError) as error:
        representatives.add(person.organisation, user=person.user, by=user)
    assert error.value.code == "speaks_already"


def test_somebody_new_is_invited_by_mail(user, programme, partner):
    made = representatives.invite(partner, email="nieuw@voorbeeld.example", name="Nieuw Persoon", programme=programme, by=user)

    assert (made.user.email, Mail.objects.get().to) == ("nieuw@voorbeeld.example", "nieuw@voorbeeld.example")


def test_speaking_ends_once_and_can_start_again(user):
    person = RepresentativeFactory()
    for _press in range(2):
        representatives.end(person, by=user)

    again = representatives.add(person.organisation, user=person.user, by=user)

    assert list(person.organisation.representatives.active()) == [again]
    assert Event.objects.filter(kind="representative.ended").count() == 1


def test_the_last_one_to_ask_goes_on_speaking_while_something_is_open(user, programme):
    person = Representative.objects.get(organisation=CommitmentFactory(in_programme=programme, started=True).organisation)

    with pytest.raises(ValidationError) as refusal:
        representatives.end(person, by=user)

    assert refusal.value.code == "last_to_ask"
    RepresentativeFactory(organisation=person.organisation)
    assert representatives.end(person, by=user).until


def test_a_colleague_with_a_closed_account_cannot_be_asked(user, programme):
    person = Representative.objects.get(organisation=CommitmentFactory(in_programme=programme, started=True).organisation)
    RepresentativeFactory(organisation=person.organisation, user__is_active=False)

    with pytest.raises(ValidationError) as refusal:
        representatives.end(person, by=user)
    assert refusal.value.code == "last_to_ask"


def test_what_has_ended_keeps_nobody_speaking(user, programme):
    person = Representative.objects.get(organisation=CommitmentFactory(in_programme=programme, kept=True).organisation)

    assert representatives.end(person, by=user).until
