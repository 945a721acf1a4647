"""A register is taken over as a whole, or not at all."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from ambitions import commitments
from ambitions.models import Commitment, RegisterUpload
from ambitions.register import uploads
from tests.ambitions.register.sheets import sheet
from wijkaanpak.indicators.problems import FileRefused
from wijkaanpak.journal.models import Event

pytestmark = pytest.mark.django_db


def take_over(upload, by):
    return uploads.take_over(upload, seen=uploads.plan(upload, by=by).fingerprint, by=by)


def code(error):
    return error.value.error_list[0].code


def test_new_ones_come_in_as_proposals_and_changes_are_written_with_events(upload, fresh, same, promise, coordinator):
    take_over(upload(fresh(), same(promise, euro=2500)), coordinator)

    made = Commitment.objects.get(what="Gevels schilderen")
    promise.refresh_from_db()
    assert (made.state, promise.euro) == ("proposed", 2500)
    assert Event.objects.about(made).get().kind == "commitment.proposed"
    assert Event.objects.about(promise).get().new == {"euro": "2500.00"}
    assert Event.objects.get(kind="register.taken_over").new == {"added": 1, "changed": 1, "file_name": "lijst.xlsx"}


def test_nothing_is_written_by_looking(upload, fresh, coordinator):
    uploads.plan(upload(fresh()), by=coordinator)

    assert not Commitment.objects.exists()
    assert not Event.objects.exists()


def test_confirming_twice_writes_once(upload, fresh, coordinator):
    made = upload(fresh())
    take_over(made, coordinator)

    with pytest.raises(ValidationError) as error:
        uploads.take_over(made, seen="", by=coordinator)
    assert (code(error), Commitment.objects.count()) == ("gone", 1)


def test_a_commitment_that_changed_meanwhile_is_shown_again(upload, same, promise, coordinator):
    made = upload(same(promise, euro=2500))
    seen = uploads.plan(made, by=coordinator).fingerprint
    commitments.edit(promise, euro=1700, by=coordinator)

    with pytest.raises(ValidationError) as error:
        uploads.take_over(made, seen=seen, by=coordinator)

    promise.refresh_from_db()
    assert (code(error), promise.euro) == ("moved_on", 1700)


def test_with_one_fault_nothing_is_taken_over(upload, fresh, coordinator):
    with pytest.raises(ValidationError) as error:
        take_over(upload(fresh(), fresh(what="Anders", euro=-1)), coordinator)
    assert (code(error), Commitment.objects.count()) == ("moved_on", 0)


def test_what_the_domain_refuses_undoes_the_rest_and_names_the_row(upload, fresh, same, promise, coordinator):
    promise.organisation.participations.all().delete()  # one who left may stay, but not take on another text
    made = upload(same(promise, what="Bomen snoeien"))

    with pytest.raises(ValidationError) as error:
        take_over(made, coordinator)

    assert "Rij 2: " in error.value.messages[0]
    assert RegisterUpload.objects.filter(pk=made.pk).exists()


def test_a_later_upload_takes_the_place_of_an_earlier_one(upload, fresh, programme, coordinator):
    first = upload(fresh())
    second = upload(fresh(what="Anders"))

    assert (first.pk, RegisterUpload.objects.count()) == (second.pk, 1)
    assert uploads.waiting(programme, by=coordinator).rows[0]["cells"]["what"] == "Anders"


def test_a_refused_file_leaves_what_was_waiting(upload, fresh, programme, coordinator):
    upload(fresh())

    with pytest.raises(FileRefused):
        uploads.receive(programme, b"geen Excel", name="lijst.xlsx", by=coordinator)
    assert uploads.waiting(programme, by=coordinator)


def test_what_nobody_confirms_is_forgotten_after_a_week(upload, fresh, programme, coordinator, person):
    made = upload(fresh())
    RegisterUpload.objects.filter(pk=made.pk).update(uploaded_at=timezone.now() - datetime.timedelta(days=8))

    assert uploads.waiting(programme, by=coordinator) is None
    uploads.receive(programme, sheet(fresh()), name="lijst.xlsx", by=person("coordinator"))
    assert not RegisterUpload.objects.filter(pk=made.pk).exists()
