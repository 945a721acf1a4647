"""Who reported, quarter by quarter."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from ambitions import completeness, links, reminders
from ambitions.completeness import Quarter
from ambitions.models import Excuse
from tests.accounts.factories import UserFactory
from tests.actors.factories import OrganisationFactory
from tests.ambitions.factories import CommitmentFactory, EscalationFactory, ProgressUpdateFactory
from tests.neighbourhoods.factories import ProgrammeFactory
from wijkaanpak.journal.models import Event, Mail

pytestmark = pytest.mark.django_db
SPRING, SUMMER = Quarter(2026, 2), Quarter(2026, 3)
TODAY = datetime.date(2026, 9, 10)


def at(year, month, day):
    return timezone.make_aware(datetime.datetime.combine(datetime.date(year, month, day), datetime.time(12)))


def running(programme, since=datetime.date(2026, 1, 5), **values):
    """A promise that runs since a day, also agreed then."""
    agreed = timezone.make_aware(datetime.datetime.combine(since, datetime.time(9)))
    due = datetime.date(2027, 6, 30)
    return CommitmentFactory(in_programme=programme, started=True, starts_on=since, due_on=due, **{"agreed_at": agreed} | values)


def said(promise, *day):
    return ProgressUpdateFactory(commitment=promise, at=at(*day))


def states(programme, today=TODAY):
    return [[(cell.state.value, cell.received, cell.asked) for cell in row.cells] for row in completeness.matrix(programme, [SPRING, SUMMER], today)]


@pytest.fixture
def programme():
    return ProgrammeFactory()


@pytest.mark.parametrize(
    ("day", "expected"), [((2026, 1, 1), Quarter(2026, 1)), ((2026, 3, 31), Quarter(2026, 1)), ((2026, 12, 31), Quarter(2026, 4))]
)
def test_a_day_lies_in_its_quarter(day, expected):
    quarter = Quarter.of(datetime.date(*day))

    assert quarter == expected
    assert quarter.starts_on <= datetime.date(*day) <= quarter.ends_on


@pytest.mark.parametrize(("name", "expected"), [("2026-3", SUMMER), ("2026-5", None), ("x-1", None), ("2026", None), ("0000-1", None), ("²026-1", None)])
def test_a_quarter_is_read_from_an_address(name, expected):
    assert Quarter.named(name) == expected


def test_quarters_count_over_the_years():
    assert (SUMMER.later(2), SUMMER.later(-3)) == (Quarter(2027, 1), Quarter(2025, 4))


def test_what_was_said_in_time_is_received_and_what_was_not_is_late_or_still_open(programme):
    promise = running(programme)
    said(promise, 2026, 6, 30)
    assert states(programme) == [[("received", 1, 1), ("open", 0, 1)]]

    assert states(programme, today=datetime.date(2026, 10, 1)) == [[("received", 1, 1), ("late", 0, 1)]]


def test_a_quarter_is_received_when_every_promise_was_spoken_of(programme):
    first = running(programme)
    running(programme, organisation=first.organisation)
    said(first, 2026, 5, 1)

    assert states(programme)[0][0] == ("late", 1, 2)


def test_nothing_is_asked_of_who_promised_nothing_yet_or_only_in_the_last_month(programme):
    OrganisationFactory(name="Aaa", in_programme=programme)
    running(programme, since=datetime.date(2026, 6, 2), organisation=OrganisationFactory(name="Bbb", in_programme=programme))

    assert states(programme) == [[("not_asked", 0, 0), ("not_asked", 0, 0)], [("not_asked", 0, 0), ("open", 0, 1)]]


def test_an_ending_is_a_word_and_nothing_is_asked_afterwards(programme):
    running(programme, state="kept", ended_at=at(2026, 5, 20))

    assert states(programme) == [[("received", 1, 1), ("not_asked", 0, 0)]]


def test_a_proposal_is_not_asked(programme):
    CommitmentFactory(in_programme=programme, starts_on=datetime.date(2026, 1, 1), due_on=datetime.date(2026, 12, 1))

    assert states(programme) == [[("not_asked", 0, 0), ("not_asked", 0, 0)]]


def test_an_excused_quarter_says_so_until_it_is_taken_back(programme):
    promise, by = running(programme), UserFactory()
    values = {"programme": programme, "quarter": SPRING, "by": by}

    completeness.excuse(promise.organisation, reason="De school was dicht.", **values)
    assert states(programme)[0][0] == ("excused", 0, 1)
    assert [completeness.take_back(promise.organisation, **values) for _press in range(2)] == [True, False]

    assert states(programme)[0][0] == ("late", 0, 1)
    assert list(Event.objects.about(promise.organisation).order_by("pk").values_list("kind", flat=True)) == [
        "organisation.excused", "organisation.excuse_taken_back",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "code"), [({"reason": " "}, "no_reason"), ({"quarter": Quarter(2999, 1)}, "not_asked"), ({}, "excused")]
)
def test_an_excuse_needs_a_reason_a_quarter_that_began_and_is_given_once(programme, values, code):
    organisation = OrganisationFactory(in_programme=programme)
    Excuse.objects.create(programme=programme, organisation=organisation, quarter=SPRING.starts_on, reason="Dicht.", excused_by=UserFactory())

    with pytest.raises(ValidationError) as error:
        completeness.excuse(organisation, **{"programme": programme, "quarter": SPRING, "reason": "Dicht.", "by": UserFactory()} | values)
    assert error.value.code == code


@pytest.mark.parametrize("values", [{"reason": ""}, {"quarter": datetime.date(2026, 4, 2)}, {"quarter": datetime.date(2026, 5, 1)}])
def test_the_database_refuses_half_an_excuse(programme, values):
    made = {"quarter": SPRING.starts_on, "reason": "Dicht.", "organisation": OrganisationFactory(), "excused_by": UserFactory()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Excuse.objects.create(programme=programme, **made | values)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_matrix_takes_four_queries(programme, rows, django_assert_num_queries):
    for _row in range(rows):
        said(running(programme), 2026, 5, 1)

    with django_assert_num_queries(4):
        assert len(completeness.matrix(programme, [SPRING, SUMMER], TODAY)) == rows


def test_who_is_open_gets_one_mail_about_everything_and_never_two_on_one_day(programme):
    first = running(programme)
    second = running(programme, organisation=first.organisation, owner=first.owner)
    spoken = running(programme)
    said(spoken, 2026, 8, 1)

    sent = [completeness.remind(programme, by=UserFactory(), today=TODAY) for _press in range(2)]

    mail = Mail.objects.get()
    assert (sent, mail.to, mail.text.count("/t/")) == ([1, 0], first.owner.email, 2)
    assert "Dit kwartaal is er nog geen bericht." in mail.text
    assert second.reminders.get().get_occasion_display() == "geen bericht dit kwartaal"
    assert Event.objects.get(kind="programme.reminded").new == {"people": 1, "quarter": "kwartaal 3 van 2026"}


def test_the_next_day_may_bring_the_next_mail(programme):
    running(programme)

    days = [TODAY, TODAY + datetime.timedelta(days=1)]

    assert [completeness.remind(programme, by=UserFactory(), today=day) for day in days] == [1, 1]


def test_the_digest_of_the_morning_counts_as_the_mail_of_the_day():
    today = timezone.localdate()
    promise = CommitmentFactory(late=True)
    reminders.send_digest(promise.owner, [promise.pk], today=today)

    assert completeness.remind(promise.ambition.programme, by=UserFactory(), today=today) == 0


def test_after_the_button_the_morning_does_not_ask_again():
    today = timezone.localdate()
    promise = CommitmentFactory(late=True)
    completeness.remind(promise.ambition.programme, by=UserFactory(), today=today)

    assert not reminders.due_for_reminder(today + datetime.timedelta(days=3)).exists()


def test_who_is_excused_was_asked_by_hand_or_by_a_step_today_is_left_alone(programme):
    excused, asked = running(programme), running(programme)
    today = timezone.localdate()
    completeness.excuse(excused.organisation, programme=programme, quarter=Quarter.of(today), reason="Dicht.", by=UserFactory())
    links.ask(asked, by=UserFactory())
    EscalationFactory(commitment=running(programme), since=today)

    assert completeness.remind(programme, by=UserFactory(), today=today) == 0
