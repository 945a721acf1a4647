"""Somebody leaves: everything in hand goes to others at one moment, the dossier stays, and nothing is ever without an owner."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from ambitions.models import Commitment
from dashboards import handovers, holdings
from dashboards.choices import Holding
from dashboards.models import Action, Handover, Question
from dashboards.papers import handover as paper
from tests.accounts.factories import UserFactory
from tests.actors.factories import RepresentativeFactory, TensionFactory
from tests.ambitions.factories import CommitmentFactory, EscalationFactory, in_days
from tests.dashboards.factories import ActionFactory, DecisionFactory, HandoverFactory, MeetingFactory, QuestionFactory
from tests.neighbourhoods.factories import MembershipFactory, MomentFactory, ProgrammeFactory
from wijkaanpak.accounts import signed_links
from wijkaanpak.accounts.models import SignedLink
from wijkaanpak.journal.models import Event, Mail
from wijkaanpak.journal.sentences import sentence
from wijkaanpak.neighbourhoods import members
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaver(programme):
    return RepresentativeFactory(in_programme=programme).user


@pytest.fixture
def colleague(programme, leaver):
    """Somebody of the same organisation, who can take everything over."""
    return RepresentativeFactory(in_programme=programme, organisation=leaver.representations.get().organisation).user


def one_of_everything(programme, leaver):
    organisation = leaver.representations.get().organisation
    commitment = CommitmentFactory(in_programme=programme, started=True, owner=leaver, organisation=organisation, what="Lampen vervangen")
    EscalationFactory(commitment=commitment)
    TensionFactory(programme=programme, owner=leaver)
    QuestionFactory(programme=programme, ambition=commitment.ambition, asked_of=leaver)
    ActionFactory(meeting=MeetingFactory(programme=programme), owner=leaver)
    MomentFactory(programme=programme, owner=leaver)
    return commitment


@pytest.fixture
def handover(programme, leaver, coordinator):
    one_of_everything(programme, leaver)
    return handovers.begin(programme, leaver=leaver, leaves_on=in_days(14), by=coordinator)


def all_to(handover, person):
    return {item.key: person for item in holdings.items(handover.programme, handover.leaver)}


def test_everything_in_hand_is_found_and_what_ended_or_is_of_others_is_not(programme, leaver):
    one_of_everything(programme, leaver)
    CommitmentFactory(in_programme=programme, kept=True, owner=leaver)
    MomentFactory(programme=ProgrammeFactory(), owner=leaver)
    one_of_everything(programme, RepresentativeFactory(in_programme=programme).user)

    assert [item.kind for item in holdings.items(programme, leaver)] == list(Holding)
    assert holdings.count(programme, leaver) == len(Holding)


@pytest.mark.parametrize("rows", [1, 4])
def test_what_is_in_hand_is_read_in_a_constant_number_of_queries(programme, leaver, rows, django_assert_num_queries):
    for _number in range(rows):
        one_of_everything(programme, leaver)

    with django_assert_num_queries(9):
        assert len(holdings.items(programme, leaver)) == rows * len(Holding)


def test_handing_over_gives_everything_to_the_successor_and_ends_the_roles(handover, colleague, coordinator, programme):
    leaver = handover.leaver

    handovers.hand_over(handover, successors=all_to(handover, colleague), by=coordinator)

    assert holdings.count(programme, leaver) == 0
    assert holdings.count(programme, colleague) == len(Holding)
    assert not Membership.objects.active().filter(programme=programme, user=leaver).exists()


def test_each_thing_tells_in_its_own_log_who_answers_now(handover, colleague, coordinator):
    handovers.hand_over(handover, successors=all_to(handover, colleague), by=coordinator)

    told = [sentence(Event.objects.about(row.objects.get()).latest("pk")) for row in (Action, Question)]
    assert all(colleague.name in text and handover.leaver.name in text for text in told)
    assert Event.objects.about(Commitment.objects.get(what="Lampen vervangen")).filter(kind="commitment.edited").exists()


def test_one_thing_that_cannot_go_keeps_everything_where_it_was(handover, colleague, coordinator, programme):
    successors = all_to(handover, colleague)
    commitment = next(key for key in successors if key.startswith("commitment"))

    for wrong in ({**successors, commitment: coordinator}, {key: person for key, person in successors.items() if key != commitment}):
        with pytest.raises(ValidationError) as refusal:
            handovers.hand_over(handover, successors=wrong, by=coordinator)
        assert refusal.value.code == "no_successor"

    assert holdings.count(programme, handover.leaver) == len(Holding)
    assert Handover.objects.open().exists()


def test_the_only_coordinator_cannot_leave_and_nothing_moves(programme, coordinator):
    MomentFactory(programme=programme, owner=coordinator)
    member = MembershipFactory(programme=programme, role=Role.ANALYST).user
    made = handovers.begin(programme, leaver=coordinator, leaves_on=in_days(1), by=coordinator)

    with pytest.raises(ValidationError) as refusal:
        handovers.hand_over(made, successors=all_to(made, member), by=coordinator)

    assert refusal.value.code == "last_coordinator"
    assert holdings.count(programme, coordinator) == 1


def test_who_moves_but_stays_in_the_programme_keeps_the_roles(handover, colleague, coordinator):
    handovers.hand_over(handover, successors=all_to(handover, colleague), by=coordinator, ends_roles=False)

    assert Membership.objects.active().filter(user=handover.leaver).exists()


def test_the_dossier_keeps_promises_and_decisions_with_reasons(handover, colleague, coordinator, programme):
    CommitmentFactory(in_programme=programme, not_kept=True, owner=handover.leaver, what="Moestuin")
    DecisionFactory(meeting=MeetingFactory(programme=programme), what="Eerst het plein.", reason="Het kan voor de winter.")
    handovers.write(handover, unwritten="Bel eerst de huismeester.", by=handover.leaver)

    document = handovers.hand_over(handover, successors=all_to(handover, colleague), by=coordinator).document

    assert {row["to"] for row in document["items"]} == {colleague.name}
    assert [(row["what"], row["reason"]) for row in document["promises"]] == [("Moestuin", "Geen geld.")]
    assert [(row["what"], row["reason"]) for row in document["decisions"]] == [("Eerst het plein.", "Het kan voor de winter.")]
    assert (document["unwritten"], document["unwritten_by"]) == ("Bel eerst de huismeester.", handover.leaver.name)


def test_the_dossier_never_changes_and_gives_the_same_pages(handover, colleague, coordinator):
    closed = handovers.hand_over(handover, successors=all_to(handover, colleague), by=coordinator)

    assert paper.render(closed) == paper.render(closed)
    assert b"pdfuaid" in paper.render(closed)
    for change in (lambda rows: rows.update(document={}), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(Handover.objects.filter(pk=closed.pk))


def test_mark_up_in_what_people_wrote_is_not_read_in_the_pdf(handover, colleague, coordinator):
    handovers.write(handover, unwritten='#panic("x") <b>vet</b> $1$ = kop', by=handover.leaver)

    assert paper.render(handovers.hand_over(handover, successors=all_to(handover, colleague), by=coordinator)).startswith(b"%PDF")


def test_each_successor_gets_one_mail_with_what_was_given_and_what_was_unwritten(handover, colleague, coordinator):
    handovers.write(handover, unwritten="Bel eerst de huismeester.", by=handover.leaver)
    other = MembershipFactory(programme=handover.programme, role=Role.ANALYST).user
    successors = all_to(handover, colleague)
    successors[next(key for key in successors if key.startswith("moment"))] = other

    handovers.hand_over(handover, successors=successors, by=coordinator)

    mails = {mail.to: mail.text for mail in Mail.objects.filter(purpose="handover.closed")}
    assert set(mails) == {colleague.email, other.email}
    assert "Lampen vervangen" in mails[colleague.email]
    assert "Lampen vervangen" not in mails[other.email]
    assert all("Bel eerst de huismeester." in text for text in mails.values())


# --- nothing without an owner


MAKERS = {
    "commitment": lambda programme, person: CommitmentFactory(in_programme=programme, started=True, owner=person),
    "step": lambda programme, person: EscalationFactory(commitment=CommitmentFactory(in_programme=programme, late=True), person=person),
    "tension": lambda programme, person: TensionFactory(programme=programme, owner=person),
    "question": lambda programme, person: QuestionFactory(
        programme=programme, ambition=CommitmentFactory(in_programme=programme).ambition, asked_of=person
    ),
    "action": lambda programme, person: ActionFactory(meeting=MeetingFactory(programme=programme), owner=person),
    "moment": lambda programme, person: MomentFactory(programme=programme, owner=person),
}  # fmt: skip


@pytest.mark.parametrize("kind", Holding.values)
def test_the_database_refuses_that_somebody_leaves_with_something_open(programme, leaver, kind):
    MAKERS[kind](programme, leaver)
    mine = Membership.objects.filter(programme=programme, user=leaver)

    for change in (lambda: mine.update(ended_at=timezone.now()), mine.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


@pytest.mark.parametrize("kind", Holding.values)
def test_ending_the_last_role_says_what_to_do_first(programme, leaver, coordinator, kind):
    MAKERS[kind](programme, leaver)

    with pytest.raises(ValidationError) as refusal:
        members.end(Membership.objects.get(programme=programme, user=leaver), by=coordinator)

    assert refusal.value.code == "in_hand"
    assert "Draag dat eerst over" in refusal.value.message


def test_one_of_two_roles_may_end_and_so_may_the_role_in_another_programme(programme, leaver, coordinator):
    MAKERS["moment"](programme, leaver)
    second = MembershipFactory(programme=programme, user=leaver, role=Role.ANALYST)
    elsewhere = MembershipFactory(user=leaver)

    assert members.end(second, by=coordinator).ended_at
    assert members.end(elsewhere, by=coordinator).ended_at


def test_both_roles_at_once_are_refused_too(programme, leaver):
    MAKERS["moment"](programme, leaver)
    MembershipFactory(programme=programme, user=leaver, role=Role.ANALYST)

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(programme=programme, user=leaver).update(ended_at=timezone.now())


# --- beginning, asking, stopping


def test_the_leaver_is_asked_by_mail_and_writes_without_signing_in(client, handover):
    mail = Mail.objects.get(purpose="handover.asked")
    address = re.search(r"/overdracht/\S+/", mail.text)[0]

    page = client.post(address, {"unwritten": "Bel eerst de huismeester."}).content.decode()

    handover.refresh_from_db()
    assert (handover.unwritten, handover.unwritten_by) == ("Bel eerst de huismeester.", handover.leaver)
    assert "Dank u" in page


def test_an_empty_answer_is_refused(client, handover):
    address = re.search(r"/overdracht/\S+/", Mail.objects.get(purpose="handover.asked").text)[0]

    answer = client.post(address, {"unwritten": "  "})

    assert answer.status_code == 422
    assert "Schrijf minstens één ding op" in answer.content.decode()


def test_the_link_is_gone_after_the_hand_over_and_a_forged_one_was_never_there(client, handover, colleague, coordinator):
    address = re.search(r"/overdracht/\S+/", Mail.objects.get(purpose="handover.asked").text)[0]
    handovers.hand_over(handover, successors=all_to(handover, colleague), by=coordinator)

    assert client.get(address).status_code == 410
    assert client.get("/overdracht/verzonnen/").status_code == 404


def test_a_link_of_another_purpose_opens_nothing(client, handover):
    token = signed_links.create(purpose="calendar", object_id=handover.pk, user=handover.leaver)

    assert client.get(reverse("dashboards:handover_link", args=[token])).status_code == 404


def test_asking_again_sends_the_same_link_at_most_once_a_day(handover, coordinator):
    handovers.ask(handover, by=coordinator)

    assert Mail.objects.filter(purpose="handover.asked").count() == 1
    assert SignedLink.objects.usable().count() == 1


def test_a_second_hand_over_of_the_same_person_waits_for_the_first(handover, coordinator):
    with pytest.raises(ValidationError) as refusal:
        handovers.begin(handover.programme, leaver=handover.leaver, leaves_on=in_days(1), by=coordinator)
    assert refusal.value.code == "begun"

    handovers.stop(handover, by=coordinator)
    assert handovers.begin(handover.programme, leaver=handover.leaver, leaves_on=in_days(1), by=coordinator).number == 2


def test_only_somebody_who_takes_part_can_leave(programme, coordinator):
    with pytest.raises(ValidationError) as refusal:
        handovers.begin(programme, leaver=UserFactory(), leaves_on=in_days(1), by=coordinator)

    assert refusal.value.code == "not_here"


def test_what_ended_cannot_be_written_stopped_or_handed_over_again(handover, coordinator, colleague):
    handovers.stop(handover, by=coordinator)

    for action, values in [(handovers.write, {"unwritten": "x"}), (handovers.stop, {}), (handovers.hand_over, {"successors": {}})]:
        with pytest.raises(ValidationError) as refusal:
            action(handover, by=coordinator, **values)
        assert refusal.value.code == "closed"


# --- pages


def detail(number):
    return reverse("dashboards:handover_detail", args=["voorbeeldwijk", number])


def test_one_choice_for_all_and_another_where_that_is_chosen(client, handover, colleague, coordinator, programme):
    other = MembershipFactory(programme=programme, role=Role.ANALYST).user
    moment = next(item.key for item in holdings.items(programme, handover.leaver) if item.kind == Holding.MOMENT)
    client.force_login(coordinator)

    answer = client.post(detail(handover.number), {"everyone": colleague.pk, moment: other.pk, "ends_roles": "on"}, follow=True)

    assert "Dossier als pdf" in answer.content.decode()
    assert holdings.count(programme, other) == 1
    assert holdings.count(programme, colleague) == len(Holding) - 1


def test_what_somebody_may_not_take_over_is_named_and_the_choices_stay(client, handover, coordinator):
    client.force_login(coordinator)

    answer = client.post(detail(handover.number), {"everyone": coordinator.pk, "ends_roles": "on"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Niemand kan dit nu overnemen: “Lampen vervangen”" in page
    assert f'<option value="{coordinator.pk}" selected>' in page
    assert Handover.objects.open().exists()


@pytest.mark.parametrize("rows", [1, 4])
def test_the_dossier_page_needs_a_constant_number_of_queries(client, programme, leaver, coordinator, rows, django_assert_num_queries):
    for _number in range(rows):
        one_of_everything(programme, leaver)
    made = HandoverFactory(programme=programme, leaver=leaver)
    client.force_login(coordinator)

    with django_assert_num_queries(17):
        client.get(detail(made.number))


def test_the_pdf_is_there_once_everything_is_handed_over(client, handover, colleague, coordinator):
    client.force_login(coordinator)
    address = reverse("dashboards:handover_file", args=["voorbeeldwijk", handover.number])

    assert client.get(address).status_code == 404
    handovers.hand_over(handover, successors=all_to(handover, colleague), by=coordinator)
    assert client.get(address)["Content-Type"] == "application/pdf"


def test_the_list_of_members_leads_to_the_hand_over_of_each(client, handover, coordinator):
    client.force_login(coordinator)

    page = client.get(reverse("neighbourhoods:member_list", args=["voorbeeldwijk"])).content.decode()

    assert f'{reverse("dashboards:handover_begin", args=["voorbeeldwijk"])}?wie={handover.leaver_id}' in page


def test_what_a_closed_account_holds_can_still_be_handed_over(client, programme, coordinator, leaver, colleague):
    one_of_everything(programme, leaver)
    type(leaver).objects.filter(pk=leaver.pk).update(is_active=False)
    client.force_login(coordinator)

    answer = client.post(reverse("dashboards:handover_begin", args=[programme.slug]), {"leaver": leaver.pk, "leaves_on": timezone.localdate().isoformat()})
    handover = Handover.objects.get()
    handovers.hand_over(handover, successors=all_to(handover, colleague), by=coordinator)

    assert (answer.status_code, holdings.count(programme, leaver)) == (302, 0)
    assert not Mail.objects.filter(purpose="handover.asked").exists()


def test_an_answer_that_is_asked_goes_along_without_a_mail_of_its_own(handover, colleague, coordinator):
    handovers.hand_over(handover, successors=all_to(handover, colleague), by=coordinator)

    assert Commitment.objects.get().escalations.open().get().person == colleague
    assert not Mail.objects.filter(purpose="commitment.escalated").exists()
