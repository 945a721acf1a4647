"""What a page asks of the database does not grow with the programme."""

from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ambitions.choices import CommitmentState, Report
from ambitions.models import Commitment, DueDate, ProgressUpdate
from tests.access.expected import ALLOWED
from tests.access.test_every_page import closed_pages
from tests.access.world import build
from tests.ambitions.factories import in_days

READERS = ["coordinator", "representative"]
LARGEST = 250_000  # bytes of a page, however large the programme


def test_no_page_asks_or_weighs_more_with_three_thousand_commitments_than_with_thirty(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world, arguments = build(), closed_pages()
    addresses = {name: world.address(name, arguments[name]) for name in ALLOWED}

    many(30)
    few = asked(client, world, addresses)
    many(3000)
    after = asked(client, world, addresses)

    assert len(few) > 100
    assert {page: (few[page], found) for page, found in after.items() if found[0] > few[page][0]} == {}
    assert {page: found for page, found in after.items() if found[1] > LARGEST} == {}


def asked(client, world, addresses):
    """Return (queries, bytes) of every page that can be read, by name and role; nothing is kept from an earlier visit."""
    found = {}
    for role in READERS:
        client.force_login(world.people[role])
        for name, address in addresses.items():
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            if response.status_code == 200:
                found[name, role] = (len(queries), sum(len(part) for part in response))
    return found


def many(wanted):
    """Fill the programme up to so many commitments: some late, some silent, some ended, most with a word."""
    model = Commitment.objects.order_by("pk").first()
    numbers = range(wanted - Commitment.objects.filter(ambition__programme=model.ambition.programme).count())
    values = {"ambition": model.ambition, "organisation": model.organisation, "owner": model.owner, "created_by": model.owner, "starts_on": in_days(-100)}
    agreed = {"agreed_at": timezone.now() - timedelta(days=100), "state": CommitmentState.IN_PROGRESS}
    made = Commitment.objects.bulk_create(
        Commitment(**values, **agreed, what=f"Toezegging {number}", due_on=in_days(number % 60 - 20), first_due_on=in_days(number % 60 - 20)) for number in numbers
    )
    DueDate.objects.bulk_create(DueDate(commitment=one, due_on=one.due_on, set_by=model.owner) for one in made)
    said = {"report": Report.ON_TRACK, "sentence": "Het loopt.", "by": model.owner, "by_organisation": model.organisation}
    ProgressUpdate.objects.bulk_create(ProgressUpdate(commitment=one, at=timezone.now() - timedelta(days=number % 90), **said) for number, one in enumerate(made))
