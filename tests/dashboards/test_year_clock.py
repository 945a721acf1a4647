"""The page of the year clock, what must enter the bid, and the calendar a person reads elsewhere."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.choices import OrganisationKind
from ambitions.choices import FormalBasis, Visibility
from dashboards import bid, diary
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory, TensionFactory
from tests.ambitions.factories import CommitmentFactory, in_days
from tests.dashboards.factories import ActionFactory, MeetingFactory, QuestionFactory
from tests.dashboards.test_icalendar import read
from tests.neighbourhoods.factories import MembershipFactory, MomentFactory
from wijkaanpak.accounts import signed_links
from wijkaanpak.accounts.models import SignedLink
from wijkaanpak.neighbourhoods.choices import Role
from wijkaanpak.neighbourhoods.models import Membership, Moment, MomentDone

pytestmark = pytest.mark.django_db
CLOCK = "/werk/voorbeeldwijk/jaarklok/"


def feed_of(user):
    diary.renew(user)
    return reverse("dashboards:calendar_feed", args=[signed_links.token(diary.address_of(user))])


def dated(days, **values):
    on = in_days(days)
    return {"month": on.month, "day": min(on.day, 28) if on.month == 2 else on.day, **values}


@pytest.mark.parametrize("rows", [1, 8])
def test_the_page_shows_the_coming_year_in_a_constant_number_of_queries(client, programme, coordinator, rows, django_assert_num_queries):
    for number in range(rows):
        MomentFactory(programme=programme, what=f"Moment {number}", owner=coordinator, **dated(20 + 30 * number))
        CommitmentFactory(in_programme=programme, started=True)
    client.force_login(coordinator)

    with django_assert_num_queries(8):
        answer = client.get(CLOCK)

    assert [entry["row"].moment.what for entry in answer.context["coming"]] == [f"Moment {number}" for number in range(rows)]
    assert answer.content.decode().count('class="ring__mark') == rows


def test_an_empty_clock_offers_the_usual_moments(client, programme, coordinator):
    client.force_login(coordinator)

    page = client.get(CLOCK).content.decode()
    answer = client.post(reverse("dashboards:moments_propose", args=["voorbeeldwijk"]), follow=True)

    assert "Begin met de gebruikelijke momenten" in page
    assert "vóór 1 juli" in answer.content.decode()


def test_a_moment_that_passed_without_a_tick_stands_on_top(client, programme, coordinator):
    moment = MomentFactory(programme=programme, **dated(-10))
    client.force_login(coordinator)

    assert [entry["row"].moment for entry in client.get(CLOCK).context["late"]] == [moment]


def test_the_owner_ticks_and_another_member_does_not(client, programme, speaker):
    moment, year = MomentFactory(programme=programme, owner=speaker), timezone.localdate().year
    address = reverse("dashboards:moment_tick", args=["voorbeeldwijk", moment.pk, year])

    client.force_login(MembershipFactory(programme=programme, role=Role.ANALYST).user)
    assert client.post(address).status_code == 403
    client.force_login(speaker)
    client.post(address)
    assert MomentDone.objects.get().by == speaker


def test_a_day_that_does_not_exist_is_refused_with_everything_still_there(client, programme, coordinator):
    client.force_login(coordinator)
    typed = {"what": "Terugblik", "kind": "own", "day": 31, "month": 6, "weeks_ahead": 4, "owner": coordinator.pk, "explanation": "Halverwege"}

    answer = client.post(reverse("dashboards:moment_add", args=["voorbeeldwijk"]), typed)

    assert answer.status_code == 422
    assert "Deze dag bestaat niet" in answer.content.decode()
    assert "Halverwege" in answer.content.decode()
    assert not Moment.objects.exists()


def test_the_cockpit_says_what_it_is_time_for(client, programme, coordinator):
    near = MomentFactory(programme=programme, weeks_ahead=4, **dated(20))
    MomentFactory(programme=programme, weeks_ahead=4, **dated(60))
    client.force_login(coordinator)

    answer = client.get(reverse("dashboards:cockpit", args=["voorbeeldwijk"]))

    assert [row.moment for row in answer.context["clock"]] == [near]
    assert "Hiervoor is het tijd" in answer.content.decode()


@pytest.mark.parametrize(("today", "year"), [(date(2026, 6, 30), 2027), (date(2026, 12, 14), 2027), (date(2026, 12, 15), 2028)])
def test_next_year_is_agreed_about_until_the_agreements_are_signed(today, year):
    assert bid.round_of(today).year == year


def test_what_has_no_formal_basis_and_what_is_meant_for_the_agreements_must_be_brought_in(programme, coordinator):
    year, tenants = timezone.localdate().year + 1, OrganisationFactory(name="Aardbei", kind=OrganisationKind.RESIDENTS)
    corporation = OrganisationFactory(name="Woning", kind=OrganisationKind.HOUSING)
    runs = {"in_programme": programme, "organisation": corporation, "due_on": date(year, 6, 1)}
    loose = CommitmentFactory(in_programme=programme, organisation=tenants, started=True)
    meant = CommitmentFactory(agreed=True, formal_basis=FormalBasis.PERFORMANCE, **runs)
    CommitmentFactory(agreed=True, formal_basis=FormalBasis.BUDGET, **runs)
    CommitmentFactory(agreed=True, formal_basis=FormalBasis.PERFORMANCE, **{**runs, "due_on": date(year - 1, 12, 31)})
    CommitmentFactory(kept=True, in_programme=programme)

    wanted = bid.by_organisation(bid.to_bring_in(programme, coordinator, year))

    assert [(part.organisation, part.commitments, part.bids) for part in wanted] == [(corporation, [meant], True), (tenants, [loose], False)]


def test_an_internal_commitment_is_not_shown_to_others(programme, speaker):
    CommitmentFactory(in_programme=programme, started=True, visibility=Visibility.INTERNAL)

    assert list(bid.to_bring_in(programme, speaker, timezone.localdate().year + 1)) == []


@pytest.fixture
def busy(programme, speaker):
    """Somebody with one of everything that has a date."""
    MomentFactory(programme=programme, what="Bod, vóór de zomer; echt", is_before=True, owner=speaker)
    MeetingFactory(programme=programme, place="Stadhuis, kamer 2")
    CommitmentFactory(in_programme=programme, started=True, owner=speaker)
    ActionFactory(meeting=MeetingFactory(programme=programme), owner=speaker)
    QuestionFactory(programme=programme, ambition=CommitmentFactory(in_programme=programme).ambition, asked_of=speaker)
    TensionFactory(programme=programme, owner=speaker)
    return speaker


def test_the_calendar_holds_moments_meetings_and_own_dates(client, busy, programme):
    answer = client.get(feed_of(busy))

    found = read(answer.content)
    kinds = {entry["UID"].split("-")[0] for entry in found}
    assert kinds == {"moment", "meeting", "commitment", "action", "question", "tension"}
    assert f"{programme.name}: Bod, vóór de zomer; echt" in {entry["SUMMARY"] for entry in found}
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies


def test_the_same_thing_keeps_its_uid_when_its_date_moves(client, programme, coordinator):
    meeting, address = MeetingFactory(programme=programme), feed_of(coordinator)
    [before] = read(client.get(address).content)
    type(meeting).objects.update(held_on=meeting.held_on + timedelta(days=3))

    [after] = read(client.get(address).content)

    assert before["UID"] == after["UID"]
    assert before["DTSTART"] != after["DTSTART"]


def test_what_must_be_done_before_a_day_stands_on_its_last_day(client, programme, coordinator):
    MomentFactory(programme=programme, month=7, day=1, is_before=True)

    days = {entry["DTSTART"][4:] for entry in read(client.get(feed_of(coordinator)).content)}

    assert days == {"0630"}


@pytest.mark.parametrize("rows", [1, 5])
def test_the_calendar_is_read_in_a_constant_number_of_queries(client, programme, coordinator, rows, django_assert_num_queries):
    for _number in range(rows):
        MomentFactory(programme=programme)
        MeetingFactory(programme=programme)
        CommitmentFactory(in_programme=programme, started=True, owner=coordinator)
        TensionFactory(programme=programme, owner=coordinator)
    address = feed_of(coordinator)

    with django_assert_num_queries(11):
        client.get(address)


def test_others_dates_and_other_programmes_stay_out(client, busy):
    outsider = MembershipFactory(role=Role.COORDINATOR).user

    assert read(client.get(feed_of(outsider)).content) == []


def test_who_left_the_programme_reads_nothing_more(client, programme, speaker):
    MeetingFactory(programme=programme)
    address = feed_of(speaker)
    assert read(client.get(address).content)
    Membership.objects.filter(user=speaker).update(ended_at=timezone.now())

    assert read(client.get(address).content) == []


def test_an_administrator_reads_only_the_programmes_with_a_role(client, busy):
    assert read(client.get(feed_of(UserFactory(administrator=True))).content) == []


def test_a_withdrawn_address_is_gone_and_a_forged_one_was_never_there(client, busy):
    address = feed_of(busy)
    client.force_login(busy)
    client.post(reverse("dashboards:calendar_withdraw"))

    assert client.get(address).status_code == 410
    assert client.get("/agenda/verzonnen.ics").status_code == 404


def test_a_new_address_replaces_the_one_before(client, busy):
    first = feed_of(busy)
    client.force_login(busy)
    page = client.post(reverse("dashboards:calendar_renew"), follow=True).content.decode()

    assert client.get(first).status_code == 410
    assert signed_links.token(diary.address_of(busy)) in page
    assert SignedLink.objects.usable().count() == 1


def test_a_closed_account_reads_nothing(client, busy):
    address = feed_of(busy)
    type(busy).objects.filter(pk=busy.pk).update(is_active=False)

    assert client.get(address).status_code == 410
