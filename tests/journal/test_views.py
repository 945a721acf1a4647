"""Pages on jobs, mails and events, per kind of visitor."""

import pytest
from django.urls import reverse

from tests.accounts.factories import UserFactory
from tests.journal.factories import EventFactory, JobFactory, MailFactory
from tests.neighbourhoods.factories import MembershipFactory
from wijkaanpak.journal.choices import JobState
from wijkaanpak.journal.models import Job
from wijkaanpak.neighbourhoods.choices import Role

pytestmark = pytest.mark.django_db
LISTS = ["journal:job_list", "journal:mail_list", "journal:event_list"]


@pytest.fixture
def administrator(client):
    user = UserFactory(administrator=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def sign_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_the_administration_is_closed_to_others(client, name):
    assert client.get(reverse(name)).status_code == 302

    sign_in(client, MembershipFactory(role=Role.COORDINATOR).user)
    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("rows", [1, 30])
def test_jobs_are_listed_in_constant_queries(client, administrator, django_assert_num_queries, rows):
    made = JobFactory.create_batch(rows, requested_by_name="Ada")

    with django_assert_num_queries(4):
        page = text(client.get(reverse("journal:job_list")))

    assert all(f'href="/taken/{job.pk}/"' in page for job in made)


@pytest.mark.parametrize("rows", [1, 30])
def test_mails_are_listed_in_constant_queries(client, administrator, django_assert_num_queries, rows):
    MailFactory.create_batch(rows)

    with django_assert_num_queries(4):
        page = text(client.get(reverse("journal:mail_list")))

    assert page.count("Dit is een bericht.") == rows


@pytest.mark.parametrize("rows", [1, 30])
def test_events_are_listed_in_constant_queries(client, administrator, django_assert_num_queries, rows):
    EventFactory.create_batch(rows)

    with django_assert_num_queries(4):
        page = text(client.get(reverse("journal:event_list")))

    assert page.count("De instellingen van het programma zijn gewijzigd.") == rows


def test_jobs_can_be_filtered_by_state(client, administrator):
    JobFactory(kind="it.failed", state=JobState.FAILED, error="stuk")
    JobFactory(kind="it.waits")

    page = text(client.get(reverse("journal:job_list"), {"state": "failed"}))

    assert "it.failed" in page
    assert "stuk" in page
    assert "it.waits" not in page


def test_events_can_be_filtered_by_subject_person_and_day(client, administrator):
    EventFactory(actor_name="Ada", kind="programme.changed")
    EventFactory(actor_name="Bob", kind="programme.published")
    EventFactory(actor_name="Ada", kind="member.invited")

    page = text(client.get(reverse("journal:event_list"), {"about": "programme", "who": "ada", "since": "2020-01-01"}))

    assert "zijn gewijzigd" in page
    assert "openbaar gemaakt" not in page
    assert "is uitgenodigd" not in page


def test_an_event_shows_what_changed_in_words(client, administrator):
    EventFactory(old={"is_public": False, "unknown_key": "x"}, new={"is_public": True})

    page = text(client.get(reverse("journal:event_list")))

    assert "<dt>Openbaar</dt><dd>nee → ja</dd>" in page
    assert "<dt>Unknown key</dt><dd>x → –</dd>" in page


def test_the_text_of_mails_stays_closed_where_links_open_doors(client, administrator, settings):
    settings.MAILS_READABLE = False
    MailFactory(is_personal=True)

    page = text(client.get(reverse("journal:mail_list")))

    assert "Voorbeeldwijk: bericht" in page
    assert "Dit is een bericht." not in page
    assert "persoon@voorbeeld.example" not in page


def test_an_empty_list_says_what_will_stand_there(client, administrator):
    for name in LISTS:
        assert 'class="empty' in text(client.get(reverse(name), {"who": "nobody"}))


def visitors(job):
    return {
        "stranger": MembershipFactory(role=Role.COORDINATOR).user,
        "reader": MembershipFactory(programme_id=job.programme_id, role=Role.READER).user,
        "coordinator": MembershipFactory(programme_id=job.programme_id, role=Role.COORDINATOR).user,
        "administrator": UserFactory(administrator=True),
    }


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("reader", 404), ("coordinator", 200), ("administrator", 200)])
def test_a_job_is_seen_by_who_steers_its_programme(client, who, status):
    job = JobFactory(programme_id=MembershipFactory().programme_id)
    sign_in(client, visitors(job)[who])

    assert client.get(reverse("journal:job_detail", args=[job.pk])).status_code == status
    assert client.get(reverse("journal:job_progress", args=[job.pk])).status_code == status
    assert client.post(reverse("journal:job_cancel", args=[job.pk])).status_code == (302 if status == 200 else status)


def test_a_job_is_seen_by_who_asked_for_it(client):
    user = sign_in(client, UserFactory())
    job = JobFactory(requested_by_id=user.pk, running=True, done=3, total=10, message="3 van 10 gebieden")

    page = text(client.get(reverse("journal:job_detail", args=[job.pk])))

    assert '<progress max="10" value="3"' in page
    assert "3 van 10 gebieden" in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert f'hx-get="/taken/{job.pk}/voortgang/"' in page


def test_progress_asks_for_the_whole_page_when_the_job_has_ended(client, administrator):
    job = JobFactory(state=JobState.DONE)

    response = client.get(reverse("journal:job_progress", args=[job.pk]), headers={"HX-Request": "true"})

    assert response["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"state": "queued"}, "Wacht op een vrije plek."),
        ({"state": "done"}, "Klaar."),
        ({"state": "cancelled"}, "Deze taak is gestopt."),
        ({"state": "failed", "error": "Regel 3 is leeg.", "result": {"refused": True}}, "Regel 3 is leeg."),
        ({"state": "failed", "error": "KeyError('x')"}, "geef de beheerder dan het nummer"),
    ],
)
def test_each_state_says_what_it_means(client, administrator, values, words):
    job = JobFactory(**values)

    page = text(client.get(reverse("journal:job_detail", args=[job.pk])))

    assert words in page
    assert "KeyError" not in page


@pytest.mark.parametrize(("url", "shown"), [("/importeren/3/", True), ("https://elsewhere.example/", False)])
def test_an_ended_job_leads_on_within_this_site(client, administrator, url, shown):
    job = JobFactory(state="done", payload={"url": url})

    assert (f'href="{url}"' in text(client.get(reverse("journal:job_detail", args=[job.pk])))) is shown


def test_a_job_can_be_stopped_from_its_page(client, administrator):
    job = JobFactory()
    url = reverse("journal:job_cancel", args=[job.pk])

    assert client.get(url).status_code == 405
    response = client.post(url, follow=True)

    assert Job.objects.get().state == JobState.CANCELLED
    assert "De taak stopt zodra dat kan." in text(response)
    assert "De taak was al afgelopen." in text(client.post(url, follow=True))
