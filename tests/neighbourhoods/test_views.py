"""The settings of a programme, page by page."""

import pytest
from django.urls import reverse

from tests.accounts.factories import UserFactory
from tests.journal.factories import EventFactory, MailFactory
from tests.neighbourhoods.factories import AreaFactory, MembershipFactory, PeriodFactory, ProgrammeFactory
from wijkaanpak.journal.models import Mail
from wijkaanpak.neighbourhoods.choices import AreaKind, Role
from wijkaanpak.neighbourhoods.models import Membership, Programme

pytestmark = pytest.mark.django_db
PAGES = ["programme_settings", "programme_areas", "period_add", "member_list", "member_invite", "programme_mails", "programme_events"]


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="oost", name="Oost")


@pytest.fixture
def coordinator(client, programme):
    return sign_in(client, MembershipFactory(programme=programme, role=Role.COORDINATOR, user__name="Coör").user)


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def page(name, *args):
    return reverse(f"neighbourhoods:{name}", args=["oost", *args])


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_settings_are_for_who_steers(client, programme, name):
    assert client.get(page(name)).status_code == 302

    visitors = {404: MembershipFactory(role=Role.COORDINATOR).user, 403: MembershipFactory(programme=programme, role=Role.READER).user}
    visitors[200] = UserFactory(administrator=True)
    for status, user in visitors.items():
        sign_in(client, user)
        assert client.get(page(name)).status_code == status


def test_the_settings_show_areas_and_periods(client, programme, coordinator):
    programme.areas.add(AreaFactory(name="Klarenbeek"))
    PeriodFactory(programme=programme, name="2024–2028")

    found = text(client.get(page("programme_settings")))

    assert "Klarenbeek" in found
    assert "1 januari 2024 tot en met 31 december 2027" in found


def test_the_settings_are_saved(client, programme, coordinator):
    values = {"name": "Oost", "summary": "Nieuw.", "is_public": "on", "answer_term_days": "10"}

    response = client.post(page("programme_settings"), values, follow=True)

    programme.refresh_from_db()
    assert (programme.summary, programme.is_public, programme.answer_term_days) == ("Nieuw.", True, 10)
    assert "De instellingen zijn opgeslagen." in text(response)


def test_a_programme_keeps_a_name(client, programme, coordinator):
    response = client.post(page("programme_settings"), {"name": "", "summary": "x", "answer_term_days": "10"})

    assert response.status_code == 422
    assert Programme.objects.get().name == "Oost"


@pytest.fixture
def city():
    city = AreaFactory(kind=AreaKind.MUNICIPALITY, code="GM0202", name="Arnhem")
    district = AreaFactory(kind=AreaKind.DISTRICT, code="WK020201", parent=city, name="Centrum")
    AreaFactory(code="BU02020101", parent=district, name="Markt")
    return city


def test_areas_are_chosen_after_the_municipality(client, programme, coordinator, city):
    assert "Centrum" not in text(client.get(page("programme_areas")))

    found = text(client.get(page("programme_areas"), {"gemeente": city.pk}))

    assert found.index("Centrum (wijk)") < found.index("Markt")


def test_chosen_areas_are_saved(client, programme, coordinator, city):
    market = city.children.get().children.get()

    client.post(f"{page('programme_areas')}?gemeente={city.pk}", {"areas": [market.pk]})

    programme.refresh_from_db()
    assert (list(programme.areas.all()), programme.municipality) == ([market], city)


def test_areas_that_would_count_twice_are_refused(client, programme, coordinator, city):
    district = city.children.get()
    both = [district.pk, district.children.get().pk]

    response = client.post(f"{page('programme_areas')}?gemeente={city.pk}", {"areas": both})

    assert response.status_code == 422
    assert "Markt zou dubbel tellen" in text(response)
    assert not programme.areas.exists()


PERIOD = {"name": "Tweede", "starts_on": "2028-01-01", "ends_on": "2031-12-31", "review_on": "2030-01-01"}


def test_a_period_is_added_changed_and_removed(client, programme, coordinator):
    client.post(page("period_add"), PERIOD)
    period = programme.periods.get()
    assert 'value="2028-01-01"' in text(client.get(page("period_edit", period.pk)))

    client.post(page("period_edit", period.pk), PERIOD | {"name": "De tweede"})
    assert programme.periods.get().name == "De tweede"

    client.post(page("period_remove", period.pk))
    assert not programme.periods.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [({"ends_on": "2027-01-01"}, "De periode eindigt voordat ze begint."), ({"review_on": "2040-01-01"}, "De tussenbalans valt buiten de periode.")],
)
def test_a_period_that_cannot_be_says_why(client, programme, coordinator, change, words):
    response = client.post(page("period_add"), PERIOD | change)

    assert response.status_code == 422
    assert words in text(response)


def test_the_period_of_another_programme_is_not_found(client, programme, coordinator):
    assert client.post(page("period_remove", PeriodFactory().pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_members_are_listed_in_constant_queries(client, programme, coordinator, django_assert_num_queries, rows):
    made = MembershipFactory.create_batch(rows, programme=programme)

    with django_assert_num_queries(5):
        found = text(client.get(page("member_list")))

    assert all(membership.user.email in found for membership in made)


INVITATION = {"email": "ada@voorbeeld.example", "name": "Ada", "role": "reader"}


def test_somebody_is_invited(client, programme, coordinator):
    response = client.post(page("member_invite"), INVITATION, follow=True)

    assert Membership.objects.get(user__email="ada@voorbeeld.example").role == Role.READER
    assert "Ada krijgt een mail op ada@voorbeeld.example." in text(response)
    assert "uitgenodigd" in text(response)


def test_a_refused_invitation_keeps_what_was_typed(client, programme, coordinator):
    UserFactory(email="ada@voorbeeld.example", is_active=False)

    response = client.post(page("member_invite"), INVITATION)

    assert response.status_code == 422
    assert "Dit account is gesloten." in text(response)
    assert 'value="Ada"' in text(response)
    assert not Mail.objects.exists()


def test_a_role_is_ended(client, programme, coordinator):
    membership = MembershipFactory(programme=programme, user__name="Ada")
    assert client.get(page("member_end", membership.pk)).status_code == 405

    response = client.post(page("member_end", membership.pk), follow=True)

    membership.refresh_from_db()
    assert membership.ended_at
    assert "Ada heeft deze rol niet meer." in text(response)


def test_the_only_coordinator_cannot_leave(client, programme, coordinator):
    response = client.post(page("member_end", coordinator.memberships.get().pk), follow=True)

    assert "Dit is de enige wijkregisseur." in text(response)
    assert Membership.objects.active().count() == 1


def test_a_role_in_another_programme_is_not_found(client, programme, coordinator):
    assert client.post(page("member_end", MembershipFactory().pk)).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_mails_of_the_programme_are_listed_in_constant_queries(client, programme, coordinator, django_assert_num_queries, rows):
    MailFactory.create_batch(rows, programme_id=programme.pk)
    MailFactory(programme_id=ProgrammeFactory().pk, subject="Van een andere wijk")

    with django_assert_num_queries(6):
        found = text(client.get(page("programme_mails")))

    assert found.count("Dit is een bericht.") == rows
    assert "Van een andere wijk" not in found


@pytest.mark.parametrize("rows", [1, 30])
def test_events_of_the_programme_are_listed_in_constant_queries(client, programme, coordinator, django_assert_num_queries, rows):
    EventFactory.create_batch(rows, programme_id=programme.pk)
    EventFactory(programme_id=ProgrammeFactory().pk, actor_name="Van een andere wijk")

    with django_assert_num_queries(6):
        found = text(client.get(page("programme_events")))

    assert found.count("De instellingen van het programma zijn gewijzigd.") == rows
    assert "Van een andere wijk" not in found
