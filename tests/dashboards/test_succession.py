"""Organisations that merge or split: everything open passes, nothing is left without an owner, and history keeps its names."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from actors.models import Organisation, Participation, PerspectiveDraft, Succession
from ambitions.choices import CommitmentState, Stance
from ambitions.models import Commitment, Reconfirmation, Support
from dashboards import departures, succession
from dashboards.forms import DepartureForm, SplitForm
from residents.models import ResidentInput
from tests.actors.factories import (
    AgreementFactory,
    OrganisationFactory,
    ParticipationFactory,
    PerspectiveDraftFactory,
    PerspectiveFactory,
    RepresentativeFactory,
    SharedPointFactory,
    TensionFactory,
)
from tests.ambitions.factories import AmbitionFactory, CommitmentFactory, ProgressUpdateFactory, SupportFactory, in_days
from tests.neighbourhoods.factories import ThemeFactory
from tests.residents.factories import ResidentInputFactory
from wijkaanpak.journal.models import Event, Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(programme):
    """Two partners, each with somebody who speaks for it."""
    made = [OrganisationFactory(name=name, in_programme=programme) for name in ["Zorg A", "Zorg B"]]
    for each in made:
        RepresentativeFactory(organisation=each, in_programme=programme, user__name=f"Spreker {each.name}")
    return made


@pytest.fixture
def third(programme):
    return OrganisationFactory(name="Derde", in_programme=programme)


@pytest.fixture
def merge(programme, old, coordinator):
    def act(**values):
        known = {"chosen": old, "successor": None, "name": "Zorg AB", "kind": "care", "reason": "Fusie.", "by": coordinator, **values}
        return succession.merge(programme, **known)

    return act


def new():
    return Organisation.objects.get(name="Zorg AB")


def promise(programme, organisation, **values):
    owner = organisation.representatives.first().user
    return CommitmentFactory(in_programme=programme, organisation=organisation, owner=owner, **{"started": True, **values})


def lines(sections):
    return {section.title: [(line.what, line.happens) for line in section.lines] for section in sections}


def test_the_successor_takes_part_and_the_old_ones_leave(merge, programme, old):
    merge()

    assert list(Organisation.objects.in_programme(programme)) == [new()]
    assert set(Succession.objects.values_list("predecessor__name", "successor__name", "kind")) == {("Zorg A", "Zorg AB", "merger"), ("Zorg B", "Zorg AB", "merger")}


def test_one_of_them_can_be_the_one_that_goes_on(merge, programme, old):
    merge(successor=old[0], name="")

    assert list(Organisation.objects.in_programme(programme)) == [old[0]]
    assert Succession.objects.get().predecessor == old[1]


def test_open_promises_pass_with_their_owner_and_ended_ones_stay(merge, programme, old):
    open_one, proposed, kept = promise(programme, old[0]), promise(programme, old[1], started=False), promise(programme, old[0], kept=True)
    word = ProgressUpdateFactory(commitment=open_one, by_organisation=old[0])

    merge()

    for row in [open_one, proposed, kept, word]:
        row.refresh_from_db()
    assert [open_one.organisation, proposed.organisation, kept.organisation, word.by_organisation] == [new(), new(), old[0], old[0]]
    assert open_one.owner.name == "Spreker Zorg A"
    event = Event.objects.about(open_one).get(kind="commitment.carried_over")
    assert (event.old["organisation"], event.new["organisation"]) == ("Zorg A", "Zorg AB")


def test_a_promise_whose_owner_left_gets_who_speaks_first(merge, programme, old):
    orphan = promise(programme, old[0])
    old[0].representatives.update(until=timezone.localdate())

    merge()

    orphan.refresh_from_db()
    assert orphan.owner.name == "Spreker Zorg B"


def test_every_open_promise_is_of_somebody_who_speaks_for_its_organisation(merge, programme, old):
    for each in old * 2:
        promise(programme, each)

    merge()

    for row in Commitment.objects.exclude(state__in=CommitmentState.ended()):
        assert row.organisation.representatives.active().filter(user=row.owner).exists()


def test_nothing_moves_when_nobody_would_answer_for_it(merge, programme, old):
    promise(programme, old[0])
    for each in old:
        each.representatives.update(until=timezone.localdate())

    with pytest.raises(ValidationError) as error:
        merge()

    assert (error.value.code, Organisation.objects.filter(name="Zorg AB").exists()) == ("no_speaker", False)
    assert Participation.objects.current().count() == 2


def test_who_spoke_for_the_old_ones_speaks_for_the_new_one(merge, old):
    merge()

    assert sorted(row.user.name for row in new().representatives.active()) == ["Spreker Zorg A", "Spreker Zorg B"]
    assert not old[0].representatives.active().exists()


def test_who_still_takes_part_elsewhere_keeps_its_people(merge, old):
    ParticipationFactory(organisation=old[0])

    merge()

    assert (old[0].representatives.active().count(), old[1].representatives.active().count()) == (1, 0)


def test_other_programmes_are_left_alone(merge, old):
    elsewhere = promise(ParticipationFactory(organisation=old[0]).programme, old[0])

    merge()

    elsewhere.refresh_from_db()
    assert elsewhere.organisation == old[0]


@pytest.mark.parametrize(
    ("said", "kept"),
    [(["supports", "supports"], "supports"), (["supports", "against"], "against"), (["reservation", "supports"], "reservation"), (["supports"], "supports")],
)
def test_support_passes_and_is_never_better_than_it_was(merge, programme, old, said, kept):
    ambition = AmbitionFactory(programme=programme, adopted=True)
    for each, stance in zip(old, said, strict=False):
        SupportFactory(ambition=ambition, organisation=each, stance=stance, reason="Omdat.")

    merge()

    now = Support.objects.current().get()
    assert (now.organisation, now.stance) == (new(), kept)
    assert Support.objects.filter(organisation__in=old, replaced_at__isnull=False).count() == len(said)


def test_what_the_successor_said_itself_stands(merge, programme, old):
    ambition = AmbitionFactory(programme=programme, adopted=True)
    own = SupportFactory(ambition=ambition, organisation=old[0], stance=Stance.RESERVATION, reason="Eerst geld.")
    SupportFactory(ambition=ambition, organisation=old[1])

    merge(successor=old[0])

    assert Support.objects.current().get() == own


def test_an_agreement_gets_the_successor_as_its_party(merge, programme, old, third):
    agreement = AgreementFactory(programme=programme, organisations=[*old, third])

    merge()

    assert {party.organisation for party in agreement.parties.present()} == {third, new()}
    assert agreement.parties.filter(until=timezone.localdate()).count() == 2


def test_an_agreement_between_the_two_alone_ends(merge, programme, old):
    agreement = AgreementFactory(programme=programme, organisations=old)

    found = lines(merge())

    agreement.refresh_from_db()
    assert (agreement.ended_on, agreement.end_reason) == (timezone.localdate(), "De partijen gaan samen verder als Zorg AB.")
    assert found["Overeenkomsten"] == [(agreement.title, "eindigt: er blijft één partij over")]


def test_a_tension_with_a_third_goes_on_and_one_between_the_two_is_settled(merge, programme, old, third):
    with_third = TensionFactory(programme=programme, organisations=[old[0], third])
    between = TensionFactory(programme=programme, organisations=old)

    merge()

    between.refresh_from_db()
    assert set(with_third.organisations.all()) == {third, new()}
    assert (between.state, set(between.organisations.all())) == ("agreed", set(old))


def test_what_is_shared_goes_on_unless_only_one_is_left(merge, programme, old, third):
    with_third = SharedPointFactory(programme=programme, organisations=[*old, third])
    between = SharedPointFactory(programme=programme, organisations=old)

    merge()

    between.refresh_from_db()
    assert set(with_third.organisations.all()) == {third, new()}
    assert between.withdrawn_at is not None


def test_drafts_are_put_together_and_nobody_else_reads_of_what(merge, programme, old):
    theme = ThemeFactory(slug="health")
    for each in old:
        PerspectiveDraftFactory(programme=programme, organisation=each, theme=theme, goals=f"Doel van {each.name}.")
        PerspectiveFactory(programme=programme, organisation=each, theme=theme)

    found = lines(merge())

    draft = PerspectiveDraft.objects.get()
    assert (draft.organisation, draft.goals) == (new(), "Doel van Zorg A.\n\nDoel van Zorg B.")
    assert len(found["Invalshoeken"]) == 3
    assert theme.name not in str(found)


def test_residents_who_wait_get_their_answer_from_the_successor_in_time(merge, programme, old):
    waiting = ResidentInputFactory(handed_over=True, programme=programme, organisation=old[0])
    answered = ResidentInputFactory(answered=True, programme=programme, organisation=old[0], handed_over_at=timezone.now())

    merge()

    assert {row.pk: row.organisation for row in ResidentInput.objects.all()} == {waiting.pk: new(), answered.pk: old[0]}
    assert ResidentInput.objects.get(pk=waiting.pk).answer_due_on == waiting.answer_due_on


def test_a_yearly_confirmation_under_way_asks_the_successor(merge, programme, old, coordinator):
    promise(programme, old[0])
    today = timezone.localdate()
    made = Reconfirmation.objects.create(programme=programme, year=today.year, answer_before=today + datetime.timedelta(days=9), asked_by=coordinator)

    merge()

    assert made.requests.get().organisation == new()
    assert Mail.objects.filter(purpose="commitment.reconfirmation").count() == 1


def test_looking_leaves_nothing_behind(merge, programme, old):
    promise(programme, old[0])
    events = Event.objects.count()

    found = succession.look(merge)

    assert found
    assert (Event.objects.count(), Organisation.objects.filter(name="Zorg AB").exists(), Commitment.objects.get().organisation) == (events, False, old[0])


def test_what_changed_since_it_was_shown_is_shown_again(merge, programme, old):
    seen = succession.fingerprint(succession.look(merge))
    promise(programme, old[0])

    with pytest.raises(ValidationError) as error:
        merge(seen=seen)

    assert (error.value.code, Participation.objects.current().count()) == ("changed", 2)


def test_only_partners_that_take_part_merge(merge):
    for chosen, code in [([OrganisationFactory()], "not_taking_part"), ([], "nobody")]:
        with pytest.raises(ValidationError) as error:
            merge(chosen=chosen)
        assert error.value.code == code


# a split


@pytest.fixture
def divide(programme, old, coordinator):
    def act(**values):
        known = {"organisation": old[0], "successor": None, "name": "Zorg AB", "kind": "care", "reason": "Splitsing.", "by": coordinator}
        speakers = [row.user for row in old[0].representatives.active()]
        return succession.split(programme, **{**known, "speakers": speakers, "commitments": [], "signed": [], **values})

    return act


def test_a_split_takes_along_what_was_chosen(divide, programme, old):
    goes, stays = promise(programme, old[0]), promise(programme, old[0])
    signed = AgreementFactory(programme=programme, organisations=old)

    divide(commitments=[goes], signed=[signed])

    for row in [goes, stays]:
        row.refresh_from_db()
    assert (goes.organisation, stays.organisation) == (new(), old[0])
    assert set(Organisation.objects.in_programme(programme)) == {*old, new()}
    assert {party.organisation for party in signed.parties.present()} == {*old, new()}
    assert old[0].representatives.active().exists()


def test_a_part_that_takes_promises_needs_somebody_who_speaks(divide, programme, old):
    with pytest.raises(ValidationError) as error:
        divide(commitments=[promise(programme, old[0])], speakers=[])
    assert error.value.code == "no_speaker"


def test_promises_of_others_do_not_go_along(divide, programme, old):
    other = promise(programme, old[1])

    divide(commitments=[other])

    other.refresh_from_db()
    assert other.organisation == old[1]


def test_of_very_many_promises_the_later_ones_have_one_choice_together(programme, old, monkeypatch):
    monkeypatch.setattr("dashboards.forms.succession.ONE_BY_ONE", 1)
    first, *later = [promise(programme, old[0], due_on=in_days(number)) for number in (10, 20, 30)]
    values = {"successor": old[1].pk, "reason": "Splitsing.", f"toezegging_{first.pk}": "stays", "overige": "goes"}

    form = SplitForm(values, programme=programme, organisation=old[0])

    assert form.is_valid(), form.errors
    assert form.cleaned_data["commitments"] == later


def test_of_very_many_open_things_the_later_ones_go_where_everything_goes(programme, old, monkeypatch):
    monkeypatch.setattr("dashboards.forms.succession.ONE_BY_ONE", 1)
    found = [promise(programme, old[0], due_on=in_days(number)) for number in (10, 20, 30)]
    things = departures.things(programme, old[0])

    alone = DepartureForm({"reason": "Weg.", things[0].key: old[1].pk}, things=things)
    together = DepartureForm({"reason": "Weg.", "everything": old[1].pk}, things=things)

    assert set(alone.errors) == {"everything"}
    assert together.is_valid(), together.errors
    assert [choice.taker for choice in together.values()["choices"].values()] == [old[1]] * len(found)
