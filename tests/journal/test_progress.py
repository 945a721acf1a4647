"""The page of a job moves by itself, with and without script."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.accounts.factories import UserFactory
from tests.journal.factories import JobFactory
from wijkaanpak.journal.models import Job

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_waiting_person_sees_the_job_move_and_end(open_page, sign_in, javascript):
    page = sign_in(open_page(javascript=javascript), UserFactory(administrator=True))
    job = JobFactory(running=True, done=1, total=10, message="aan het laden", payload={"url": "/account/"})
    page.goto(f"/taken/{job.pk}/")
    expect(page.get_by_text("aan het laden")).to_be_visible()

    Job.objects.update(done=7, message="bijna klaar")
    expect(page.get_by_text("bijna klaar")).to_be_visible()

    Job.objects.update(state="done", token=None, lease_until=None, finished_at=timezone.now(), message="30 cijfers geladen")
    expect(page.get_by_text("Klaar. 30 cijfers geladen")).to_be_visible()
    page.get_by_role("link", name="Verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")
