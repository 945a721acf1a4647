"""Where interests clash: naming, agreeing, opening again, looking back."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from actors import shared_points, tensions
from actors.models import Tension
from actors.permissions import can_name_tension, can_settle_tension, can_withdraw_shared_point
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory, RepresentativeFactory, SharedPointFactory, TensionFactory
from tests.neighbourhoods.factories import MembershipFactory, ThemeFactory
from wijkaanpak.journal.models import Event
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db


def in_days(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def entries():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def member(programme):
    return MembershipFactory(programme=programme, role=Role.COMMUNITY_WORKER).user


@pytest.fixture
def name(programme, partner, member):
    other = OrganisationFactory(name="Wijkbelang", in_programme=programme)

    def make(**values):
        values = {"organisations": [partner, other], "sentence": " Slopen of behouden. ", "owner": member, "review_on": in_days(14), **values}
        return tensions.name(programme, theme=ThemeFactory(), by=member, **values)

    return make


def test_a_tension_is_named_with_its_owner_and_told(name, member):
    tension = name()

    assert (tension.sentence, tension.owner, tension.is_open, tension.organisations.count()) == ("Slopen of behouden.", member, True, 2)
    assert Event.objects.get().new["organisations"] == ["Wijkbelang", "Woonstichting Voorbeeld"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"sentence": "  "}, "no_sentence"), ({"review_on": in_days(0)}, "past"), ({"organisations": []}, "too_few"),
    ],
)  # fmt: skip
def test_a_tension_that_says_too_little_is_refused(name, values, code):
    with pytest.raises(ValidationError) as error:
        name(**values)

    assert (error.value.code, Tension.objects.exists(), entries()) == (code, False, [])


def test_only_partners_are_named_and_only_people_of_the_programme_watch_over_it(name, partner):
    refused = []
    for values in [{"organisations": [partner, OrganisationFactory()]}, {"owner": MembershipFactory().user}]:
        with pytest.raises(ValidationError) as error:
            name(**values)
        refused.append(error.value.code)

    assert refused == ["not_taking_part", "not_here"]


def test_the_database_refuses_a_tension_without_owner(programme):
    with pytest.raises(IntegrityError), transaction.atomic():
        Tension.objects.filter(pk=TensionFactory(programme=programme).pk).update(owner=None)


@pytest.mark.parametrize("factory", [TensionFactory, SharedPointFactory])
def test_the_database_refuses_what_concerns_one_organisation(programme, factory):
    made = factory(programme=programme)
    made.organisations.remove(made.organisations.first())

    with pytest.raises(IntegrityError, match="fewer than two"), transaction.atomic():
        connection.check_constraints()

    made.organisations.add(OrganisationFactory())


def test_the_database_refuses_an_agreement_without_words(programme):
    with pytest.raises(IntegrityError), transaction.atomic():
        Tension.objects.filter(pk=TensionFactory(programme=programme).pk).update(state="agreed")


def test_an_agreement_is_recorded_once_and_comes_back(name, member):
    tension = tensions.agree(name(), agreement="Eerst bouwen.", review_on=in_days(90), by=member)

    assert (tension.is_open, tension.agreement, tension.agreed_by, tension.review_on) == (False, "Eerst bouwen.", member, in_days(90))
    with pytest.raises(ValidationError) as error:
        tensions.agree(tension, agreement="Anders.", review_on=in_days(90), by=member)
    assert (error.value.code, entries()) == ("not_open", ["tension.named", "tension.agreed"])


def test_an_agreement_that_no_longer_holds_stays_in_the_log(name, member):
    tension = tensions.agree(name(), agreement="Eerst bouwen.", review_on=in_days(90), by=member)

    reopened = tensions.reopen(tension, reason="Er is niet gebouwd.", review_on=in_days(7), by=member)

    told = Event.objects.get(kind="tension.reopened")
    assert (reopened.is_open, reopened.agreement, told.old["agreement"]) == (True, "", "Eerst bouwen.")
    with pytest.raises(ValidationError) as error:
        tensions.reopen(tension, reason="Nog eens.", review_on=in_days(7), by=member)
    assert error.value.code == "not_agreed"


def test_looking_at_it_again_sets_the_next_day(programme, member):
    tension = TensionFactory(programme=programme, due=True)

    tensions.review(tension, sentence="Het overleg loopt.", review_on=in_days(30), by=member)

    tension.refresh_from_db()
    assert (tension.review_on, tension.is_due, entries()) == (in_days(30), False, ["tension.reviewed"])


def test_words_and_owner_are_put_right_and_the_log_says_both(name, member, programme):
    successor = MembershipFactory(programme=programme).user

    changed = tensions.change(name(), sentence="Slopen, of behouden en isoleren.", owner=successor, by=member)

    assert (changed.sentence, changed.owner, changed.organisations.count()) == ("Slopen, of behouden en isoleren.", successor, 2)
    assert entries() == ["tension.named", "tension.changed", "tension.handed_over"]


def test_the_same_words_change_nothing(name, member):
    tension = name()

    tensions.change(tension, sentence=tension.sentence, owner=tension.owner, organisations=tension.organisations.all(), by=member)

    assert entries() == ["tension.named"]


def test_once_agreed_only_the_owner_changes(programme, member):
    tension = TensionFactory(programme=programme, agreed=True)

    with pytest.raises(ValidationError) as error:
        tensions.change(tension, sentence="Iets anders.", by=member)

    assert (error.value.code, tensions.change(tension, owner=member, by=member).owner) == ("agreed", member)


def test_an_unknown_value_is_a_fault_of_the_caller(programme, member):
    with pytest.raises(TypeError):
        tensions.change(TensionFactory(programme=programme), state="agreed", by=member)


def test_the_next_step_follows_from_state_day_and_owner(programme):
    made = [TensionFactory(programme=programme), TensionFactory(programme=programme, due=True), TensionFactory(programme=programme, agreed=True, due=True)]
    TensionFactory(programme=programme, owner=UserFactory(), review_on=in_days(99))

    steps = [tensions.next_step(tension) for tension in Tension.objects.with_owner_here().order_by("pk")]

    assert [step.split()[0] for step in steps] == ["Maak", "Kijk", "Kijk", "Kies"]
    assert list(Tension.objects.due().order_by("pk")) == made[1:]
    assert steps[1] != steps[2]


def test_tensions_are_read_in_the_programme(programme):
    tension, point = TensionFactory(programme=programme), SharedPointFactory(programme=programme)
    people = [MembershipFactory(programme=programme).user, UserFactory(administrator=True), MembershipFactory().user]

    assert [(list(type(tension).objects.visible_to(user)), list(type(point).objects.visible_to(user))) for user in people] == [
        ([tension], [point]), ([tension], [point]), ([], []),
    ]  # fmt: skip


def test_everybody_who_takes_part_names_tensions_and_readers_read(programme):
    people = [MembershipFactory(programme=programme, role=role).user for role in Role.values]
    others = [UserFactory(administrator=True), MembershipFactory(role=Role.COORDINATOR).user, AnonymousUser()]

    assert {role for role, user in zip(Role.values, people, strict=True) if can_name_tension(user, programme)} == set(Role.values) - {Role.READER}
    assert [can_name_tension(user, programme) for user in others] == [False, False, False]


def test_the_owner_and_coordinators_settle_a_tension(programme, member):
    tension, point = TensionFactory(programme=programme, owner=member), SharedPointFactory(programme=programme, marked_by=member)
    coordinator = MembershipFactory(programme=programme, role=Role.COORDINATOR).user
    others = [RepresentativeFactory(in_programme=programme).user, UserFactory(administrator=True), AnonymousUser()]

    assert [can_settle_tension(user, tension) for user in [member, coordinator, *others]] == [True, True, False, False, False]
    assert [can_withdraw_shared_point(user, point) for user in [member, coordinator, *others]] == [True, True, False, False, False]


def test_an_owner_who_left_the_programme_settles_nothing(programme):
    gone = UserFactory()

    assert not can_settle_tension(gone, TensionFactory(programme=programme, owner=gone))


def test_a_shared_point_is_marked_and_withdrawn_once(programme, partner, member):
    other = OrganisationFactory(in_programme=programme)

    point = shared_points.mark(programme, theme=ThemeFactory(), organisations=[partner, other], sentence="Blijven wonen.", by=member)
    for _press in range(2):
        shared_points.withdraw(point, by=member)

    assert (list(type(point).objects.in_force()), entries()) == ([], ["shared_point.marked", "shared_point.withdrawn"])


@pytest.mark.parametrize(("kind", "code"), [("silent", "no_sentence"), ("alone", "too_few"), ("stranger", "not_taking_part")])
def test_a_shared_point_that_is_not_shared_is_refused(programme, partner, member, kind, code):
    organisations = {"alone": [partner], "stranger": [partner, OrganisationFactory()]}.get(kind, [])
    sentence = " " if kind == "silent" else "Blijven wonen."

    with pytest.raises(ValidationError) as error:
        shared_points.mark(programme, theme=ThemeFactory(), organisations=organisations, sentence=sentence, by=member)

    assert error.value.code == code
